"""The lessons of a practice, for the pages of practices: those may not import lessons."""

from dataclasses import dataclass

from django import template

from content.languages import in_frame
from lessons.listing import LessonLine, lesson_counts, lessons_of, theme_counts
from lessons.models import LessonIndexPage

register = template.Library()


@dataclass(frozen=True)
class LessonsOfPractice:
    """The newest lessons, how many there are, and the address of them all."""

    lines: list[LessonLine]
    count: int
    address: str


@register.simple_tag(takes_context=True)
def practice_lessons(context, practice, most: int = 4) -> LessonsOfPractice:
    """The newest lessons of a practice that the reader may see."""
    user = context["request"].user
    lessons = lessons_of(practice, user)
    newest = [LessonLine(lesson, practice) for lesson in lessons.newest_first()[:most]]
    count = lessons.count() if len(newest) == most else len(newest)
    return LessonsOfPractice(newest, count, _index_address(practice, user))


@register.simple_tag(takes_context=True)
def lessons_per_practice(context) -> dict:
    """How many lessons the reader may see of each practice, by its key."""
    return lesson_counts(context["request"].user)


@register.simple_tag(takes_context=True)
def lessons_per_element(context, practice) -> dict:
    """How many lessons of this practice the reader may see with each term, by the term's key."""
    return theme_counts(context["request"].user, practice)


@register.filter
def count_for(counts: dict, key) -> int:
    """The count of one key; 0 when it is not there."""
    return counts.get(key, 0)


def _index_address(practice, user) -> str:
    index = (
        LessonIndexPage.objects.of_practice(practice.practice_key)
        .visible_to(user)
        .in_language(user)
        .select_related("locale")
        .first()
    )
    return index.address() if index else in_frame("/zoeken/?soort=les")
