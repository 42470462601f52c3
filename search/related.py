"""What to read after a lesson: the most alike in the index, or by terms alone without one."""

import logging

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
from search.index.finding import safely
from search.index.likeness import Original
from search.index.texts import FACET_OF_KIND

# So many times more are looked at than shown: some may not be there any more, or not for this
# person, since the index was written.
LOOKED_AT = 2

logger = logging.getLogger(__name__)


def related_lessons(lesson: LessonPage, user, most: int = RELATED_LESSONS) -> list[LessonLine]:
    """Lessons with something in common, the most alike first, at least one of another practice.

    Whoever shares more elements and themes is more alike; then it is what the texts say.
    """
    lessons = _lessons_like(lesson, user, LOOKED_AT * most)
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


def _lessons_like(lesson: LessonPage, user, limit: int) -> list[LessonPage]:
    """None where the index cannot tell: a lesson can be read without this."""
    original = original_of(lesson)
    try:
        alike = safely(
            lambda look: look.lessons_like(original, limit),
            role_of(user),
            active_language(),
            hurried=True,
        )
    except IndexNotReadyError:
        return []
    except Exception as error:
        if not is_engine_error(error):
            raise
        logger.exception("The related lessons share terms only")
        return []
    lessons = visible_lessons(user).for_links(*LINE_FIELDS).in_bulk(alike)
    return [lessons[pk] for pk in alike if pk in lessons]
