"""Thinks along with whoever writes a lesson: the words of the vocabulary, and lessons alike."""

from lessons.listing import lesson_lines
from lessons.models import LessonPage
from lessons.sharing.thinking_along import OFFERED_KINDS, Thoughts, thinks_along
from search.index.finding import Look
from search.index.named_terms import terms_in
from search.related import ask_in_passing, in_this_order
from vocabulary.models import Term

# More would keep somebody from writing.
MOST_TERMS = 5
MOST_LESSONS = 3


@thinks_along
def think_along(text: str, user, lesson: LessonPage | None) -> Thoughts:
    """Nothing where the index cannot tell: a lesson can be written without this."""
    item = lesson.translation_key.hex if lesson else ""

    def ask(look: Look) -> tuple[list[int], list[int]]:
        terms = terms_in(text, look.vocabulary, OFFERED_KINDS)
        return terms, look.lessons_like_text(text, MOST_LESSONS, leaving_out=item)

    found = ask_in_passing(ask, user)
    if found is None:
        return Thoughts()
    terms, lessons = found
    known = Term.objects.active().of_kind(*OFFERED_KINDS).named().in_bulk(terms)
    return Thoughts(
        terms=[known[pk] for pk in terms if pk in known][:MOST_TERMS],
        lessons=lesson_lines(in_this_order(lessons, user), user),
    )
