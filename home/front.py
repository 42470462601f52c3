"""What the first page shows, all of it through `visible_to`."""

from typing import Any

from content.partial_dates import first_day
from django.utils import timezone

from home.models import HomePage, NewsPage
from lessons.listing import lesson_counts, lesson_lines, theme_counts, visible_lessons
from lessons.models import LessonPage
from practices.models import DevelopmentPathPage, PracticeKind, PracticePage

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


def home_context(page: HomePage, request) -> dict[str, Any]:
    user = request.user
    counts = lesson_counts(user)
    practices = list(
        PracticePage.objects.visible_to(user)
        .in_language(user)
        .filter(kind=PracticeKind.PRACTICE)
        .select_related("locale")
        .order_by("path")
    )
    leading, newest = leading_and_newest(page, user)
    words = theme_counts(user)
    return {
        "practices": [
            {"page": practice, "lesson_count": counts.get(practice.practice_key, 0)}
            for practice in practices
            if not practice.is_ended
        ],
        "leading": leading,
        "newest": newest,
        "lesson_count": sum(counts.values()),
        "questions": [
            {
                "title": question.title,
                "themes": [
                    {"term": term, "count": words.get(term.pk, 0)}
                    for term in question.themes.all()
                    if words.get(term.pk, 0)
                ],
            }
            for question in page.questions.prefetch_related("themes__translations")
        ],
        "news": list(visible_news(user)[:NEWEST_NEWS]),
    }


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
