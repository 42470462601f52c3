"""Lessons: what somebody learned by doing, told so that a colleague can use it."""

from lessons.models.author import LessonAuthor
from lessons.models.choices import Byline, Outcome, Strength
from lessons.models.lesson import LessonManager, LessonPage, LessonQuerySet
from lessons.models.lesson_index import LessonIndexPage
from lessons.models.number import LessonNumber

__all__ = [
    "Byline",
    "LessonAuthor",
    "LessonIndexPage",
    "LessonManager",
    "LessonNumber",
    "LessonPage",
    "LessonQuerySet",
    "Outcome",
    "Strength",
]
