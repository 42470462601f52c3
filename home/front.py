"""What the first page shows, all of it through `visible_to`."""

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from home.models import HomePage, NewsPage
from lessons.listing import lesson_counts, lesson_lines, theme_counts, visible_lessons
from lessons.models import LessonPage
from practices.models import DevelopmentPathPage, PracticeKind, PracticePage
from vocabulary.models import Term

NEWEST_LESSONS = 3
NEWEST_NEWS = 3


def visible_news(user):
    """News that this person may read and that is not of a date still to come."""
    return (
        NewsPage.objects.visible_to(user)
        .in_language(user)
        .filter(date__lte=timezone.localdate().isoformat())
        .select_related("locale")
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
    leading, newest = leading_and_newest(page, user)
    return {
        "practices": practices_on_front(user, counts),
        "leading": leading,
        "newest": newest,
        "lesson_count": sum(counts.values()),
        "questions": questions_on_front(page, user),
        "news": list(visible_news(user)[:NEWEST_NEWS]),
    }


def practices_on_front(user, counts: dict[uuid.UUID, int]) -> list[PracticeOnFront]:
    """The learning practices that go on."""
    practices = (
        PracticePage.objects.visible_to(user)
        .in_language(user)
        .filter(kind=PracticeKind.PRACTICE)
        .select_related("locale")
        .order_by("path")
    )
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
        if not practice.is_ended
    ]


def questions_on_front(page: HomePage, user) -> list[QuestionOnFront]:
    words = theme_counts(user)
    questions = []
    for question in page.questions.prefetch_related("themes__translations"):
        themes = [ThemeWithCount(term, words.get(term.pk, 0)) for term in question.themes.all()]
        questions.append(QuestionOnFront(question.title, [one for one in themes if one.count]))
    return [question for question in questions if question.themes]


def leading_and_newest(page: HomePage, user):
    """The lesson that the project leader puts first, else the newest; and the newest others."""
    lessons = visible_lessons(user)
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
    lines = lesson_lines([*([leading] if leading else []), *others[:NEWEST_LESSONS]], user)
    return (lines[0], lines[1:]) if leading else (None, lines)
