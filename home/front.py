"""What the first page shows, all of it through `visible_to`."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from home.models import HomePage, NewsPage
from lessons.listing import (
    LINE_FIELDS,
    LessonLine,
    lesson_counts,
    theme_counts,
    visible_lessons,
)
from lessons.models import LessonPage
from practices.models import DevelopmentPathPage, PracticePage
from practices.profile import NAME_FIELDS
from vocabulary.models import Term

NEWEST_LESSONS = 3
NEWEST_NEWS = 3


def visible_news(user):
    """News that this person may read and that is not of a date still to come."""
    return (
        NewsPage.objects.visible_to(user)
        .in_language(user)
        .filter(date__lte=timezone.localdate().isoformat())
        .for_links("summary", "date")
        .order_by("-date", "-pk")
    )


@dataclass(frozen=True)
class PracticeOnFront:
    """A practice with how much there is to read about it."""

    page: PracticePage
    lesson_count: int
    path_count: int


@dataclass(frozen=True)
class ThemeWithCount:
    term: Term
    count: int


@dataclass(frozen=True)
class QuestionOnFront:
    """A question with the themes that have lessons."""

    title: str
    themes: list[ThemeWithCount]


def home_context(page: HomePage, request) -> dict[str, Any]:
    user = request.user
    counts = lesson_counts(user)
    practices = {
        practice.practice_key: practice
        for practice in PracticePage.objects.visible_to(user)
        .in_language(user)
        .for_links(*NAME_FIELDS, "summary", "education")
        .order_by("path")
    }
    leading, newest = leading_and_newest(page, practices, user)
    return {
        "practices": practices_on_front(practices.values(), counts, user),
        "leading": leading,
        "newest": newest,
        "lesson_count": sum(counts.values()),
        "questions": questions_on_front(page, user),
        "news": list(visible_news(user)[:NEWEST_NEWS]),
    }


def practices_on_front(
    practices: Iterable[PracticePage], counts: dict[Any, int], user
) -> list[PracticeOnFront]:
    """The learning practices that go on."""
    paths = Counter(
        DevelopmentPathPage.objects.visible_to(user)
        .in_language(user)
        .values_list("practice_key", flat=True)
    )
    return [
        PracticeOnFront(
            practice, counts.get(practice.practice_key, 0), paths[practice.practice_key]
        )
        for practice in practices
        if practice.is_at_work
    ]


def questions_on_front(page: HomePage, user) -> list[QuestionOnFront]:
    words = theme_counts(user)
    questions = []
    for question in page.questions.prefetch_related(Prefetch("themes", Term.objects.named())):
        themes = [ThemeWithCount(term, words.get(term.pk, 0)) for term in question.themes.all()]
        questions.append(QuestionOnFront(question.title, [one for one in themes if one.count]))
    return [question for question in questions if question.themes]


def leading_and_newest(page: HomePage, practices: dict[Any, PracticePage], user):
    """The lesson that the project leader puts first, else the newest; and the newest others."""
    lessons = visible_lessons(user).for_links(*LINE_FIELDS, "summary", "advice")
    chosen = None
    if page.leading_lesson_id:
        chosen = lessons.filter(
            translation_key__in=LessonPage.objects.filter(pk=page.leading_lesson_id).values(
                "translation_key"
            )
        ).first()
    newest = list(lessons.newest_first()[: NEWEST_LESSONS + 1])
    leading = chosen or (newest[0] if newest else None)
    others = [lesson for lesson in newest if leading is None or lesson.pk != leading.pk]
    lines = [
        LessonLine(lesson, practices.get(lesson.practice_key))
        for lesson in [leading, *others[:NEWEST_LESSONS]]
        if lesson is not None
    ]
    return (lines[0], lines[1:]) if leading else (None, lines)
