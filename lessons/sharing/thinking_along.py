"""What others have to say about a text while it is written: words for it, lessons like it.

The lessons know no search. What can look through all texts registers itself (`thinks_along`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from lessons.listing import LessonLine
from lessons.models import LessonPage
from vocabulary.models import Term, TermKind

# A shorter text says too little to be like another.
FEWEST_WORDS = 8
# What stands behind this changes little in what a text is about, and costs as much.
LONGEST_TEXT = 32_000
# The kinds of terms that are offered, and that the form shows: what a lesson is looked for by.
OFFERED_KINDS = (TermKind.THEME, TermKind.ELEMENT)


@dataclass(frozen=True)
class Thoughts:
    """Terms that the text is about, not chosen yet; and lessons that the writer may read."""

    terms: list[Term] = field(default_factory=list)
    lessons: list[LessonLine] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.terms or self.lessons)


Thinker = Callable[[str, object, LessonPage | None], Thoughts]

_thinkers: list[Thinker] = []


def thinks_along(thinker: Thinker) -> Thinker:
    """Register a function of a plain text, its writer, and the lesson that it belongs to."""
    _thinkers.append(thinker)
    return thinker


def thoughts_on(text: str, user, lesson: LessonPage | None, chosen: set[int]) -> Thoughts:
    """What comes to mind with this text; nothing with a few words."""
    if len(text.split()) < FEWEST_WORDS:
        return Thoughts()
    text = text[:LONGEST_TEXT]
    found = [thinker(text, user, lesson) for thinker in _thinkers]
    return Thoughts(
        terms=[term for each in found for term in each.terms if term.pk not in chosen],
        lessons=[line for each in found for line in each.lessons],
    )
