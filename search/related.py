"""What to read after a lesson: the most alike in the index, or by terms alone without one."""

import logging
from collections.abc import Callable
from typing import TypeVar

from accounts.roles import role_of
from content.languages import active_language
from lessons.listing import (
    LINE_FIELDS,
    RELATED_LESSONS,
    RELATING_KINDS,
    LessonLine,
    lesson_lines,
    lessons_sharing_terms,
    visible_lessons,
    with_another_practice,
)
from lessons.models import LessonPage
from search.index.copy import IndexNotReadyError, is_engine_error
from search.index.finding import Look, safely
from search.index.likeness import Original
from search.index.texts import FACET_OF_KIND

# So many times more are looked at than shown: some may not be there any more, or not for this
# person, since the index was written.
LOOKED_AT = 2

T = TypeVar("T")
logger = logging.getLogger(__name__)


def related_lessons(lesson: LessonPage, user, most: int = RELATED_LESSONS) -> list[LessonLine]:
    """Lessons with something in common, the most alike first, at least one of another practice.

    Whoever shares more elements and themes is more alike; then it is what the texts say.
    """
    original = original_of(lesson)
    alike = ask_in_passing(lambda look: look.lessons_like(original, LOOKED_AT * most), user)
    lessons = in_this_order(alike or [], user)
    if not lessons:
        # An index that could not follow knows nothing of what is new.
        lessons = lessons_sharing_terms(lesson, user, most)
    return lesson_lines(with_another_practice(lessons, lesson.practice_key, most), user)


def original_of(lesson: LessonPage) -> Original:
    terms = lesson.terms_of_kind(*RELATING_KINDS)
    return Original(
        item=lesson.translation_key.hex,
        practice=lesson.practice_key.hex if lesson.practice_key else "",
        terms=tuple((FACET_OF_KIND[term.kind], str(term.pk)) for term in terms),
    )


def ask_in_passing(ask: Callable[[Look], T], user) -> T | None:
    """What the index tells about lessons alike; None where it cannot: a page does without."""
    try:
        return safely(ask, role_of(user), active_language(), hurried=True)
    except IndexNotReadyError:
        return None
    except Exception as error:
        if not is_engine_error(error):
            raise
        logger.exception("The index does not tell which lessons are alike")
        return None


def in_this_order(lessons: list[int], user) -> list[LessonPage]:
    """Of the lessons with these keys those that this person may read, in the same order."""
    readable = visible_lessons(user).for_links(*LINE_FIELDS).in_bulk(lessons)
    return [readable[pk] for pk in lessons if pk in readable]
