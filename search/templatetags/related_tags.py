"""What the index has like a lesson, for the page of that lesson: `lessons` may not import it."""

from django import template

from lessons.listing import LessonLine
from search import related

register = template.Library()


@register.simple_tag(takes_context=True)
def related_lessons(context, lesson) -> list[LessonLine]:
    """Lessons to read after this one that the reader may see."""
    return related.related_lessons(lesson, context["request"].user)
