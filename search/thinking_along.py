"""Thinks along with whoever writes a lesson: the words of the vocabulary, and lessons alike."""

import logging

from accounts.roles import role_of
from content.languages import active_language
from lessons.listing import LINE_FIELDS, lesson_lines, visible_lessons
from lessons.models import LessonPage
from lessons.sharing.thinking_along import OFFERED_KINDS, Thoughts, thinks_along
from search.index.copy import IndexNotReadyError, is_engine_error
from search.index.finding import Look, safely
from search.index.named_terms import terms_in
from vocabulary.models import Term

# More would keep somebody from writing.
MOST_TERMS = 5
MOST_LESSONS = 3

logger = logging.getLogger(__name__)


@thinks_along
def think_along(text: str, user, lesson: LessonPage | None) -> Thoughts:
    """Nothing where the index cannot tell: a lesson can be written without this."""
    item = lesson.translation_key.hex if lesson else ""

    def ask(look: Look) -> tuple[list[int], list[int]]:
        terms = terms_in(text, look.vocabulary, OFFERED_KINDS)
        return terms, look.lessons_like_text(text, MOST_LESSONS, leaving_out=item)

    try:
        terms, lessons = safely(ask, role_of(user), active_language(), hurried=True)
    except IndexNotReadyError:
        return Thoughts()
    except Exception as error:
        if not is_engine_error(error):
            raise
        logger.exception("Nobody thinks along with a lesson")
        return Thoughts()
    known = Term.objects.active().of_kind(*OFFERED_KINDS).named().in_bulk(terms)
    readable = visible_lessons(user).for_links(*LINE_FIELDS).in_bulk(lessons)
    return Thoughts(
        terms=[known[pk] for pk in terms if pk in known][:MOST_TERMS],
        lessons=lesson_lines([readable[pk] for pk in lessons if pk in readable], user),
    )
