"""The lessons of a practice, for the pages of practices: those may not import lessons."""

from dataclasses import dataclass

from django import template
from django.db.models import Count, Window

from lessons.gaps import Gaps, gaps_of
from lessons.listing import LINE_FIELDS, LessonLine, lesson_counts, lessons_of, theme_counts

register = template.Library()


@dataclass(frozen=True)
class LessonsOfPractice:
    """The newest lessons, and how many there are."""

    lines: list[LessonLine]
    count: int


@register.simple_tag(takes_context=True)
def practice_lessons(context, practice, most: int = 4) -> LessonsOfPractice:
    """The newest lessons of a practice that the reader may see."""
    user = context["request"].user
    lessons = lessons_of(practice, user).annotate(total=Window(Count("*")))
    newest = list(lessons.newest_first().for_links(*LINE_FIELDS)[:most])
    lines = [LessonLine(lesson, practice) for lesson in newest]
    return LessonsOfPractice(lines, newest[0].total if newest else 0)


@register.simple_tag(takes_context=True)
def lessons_per_practice(context) -> dict:
    """How many lessons the reader may see of each practice, by its key."""
    return lesson_counts(context["request"].user)


@register.simple_tag(takes_context=True)
def lessons_per_element(context, practice) -> dict:
    """How many lessons of this practice the reader may see with each term, by the term's key."""
    return theme_counts(context["request"].user, practice)


@register.simple_tag
def words_without_lessons(practice, counts: dict) -> list[Gaps]:
    """The working elements and themes of which no lesson was counted."""
    return gaps_of(practice, counts)


@register.filter
def count_for(counts: dict, key) -> int:
    """The count of one key; 0 when it is not there."""
    return counts.get(key, 0)
