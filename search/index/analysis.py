"""From a text to the terms that the index holds, and from a question to the terms that it asks.

A word of Dutch gives its stem, and in a ranking field also the stems of the words that it is made
of. English has its own stems. Both sides use these functions, so what is written alike is found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from search.index.compounds import parts_of
from search.index.stemming import DUTCH, ENGLISH, stem_of
from vocabulary.text import fold

LANGUAGES = (DUTCH, ENGLISH)
# So many different words are kept in memory with their terms: most of what Dutch people write.
REMEMBERED = 200_000
# Longer ones are no words; the index would refuse the very long.
LONGEST_WORD = 80
# An abbreviation in capitals has a term of its own: `SO` is not `so`.
ABBREVIATION = re.compile(r"[A-Z]{2,5}")

# A word with the apostrophes and hyphens inside it: `ib'er`, `jeugd-ggz`, `Nieuw-Amsterdam`.
APOSTROPHES = "'\u2019\u2018`\u00b4"
HYPHENS = "\\-\u2010\u2011\u2013"
WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}{HYPHENS}][^\W_]+)*")
_MARKS = re.compile(f"[{APOSTROPHES}{HYPHENS}]")
_HYPHENS = re.compile(f"[{HYPHENS}]")

# Words that carry no meaning of their own. Question words too: a question is asked with them, and
# no text is about them.
_DUTCH_STOP_WORDS = """
de het een en van in is dat die te op aan met voor niet zijn er om ook als dan maar bij of uit
door over nog naar heeft heb hij ze zij wij we je jij jou jouw u uw ik me mij mijn hem haar hun
hen ons onze dit deze was waren wordt worden werd werden kan kun kunnen zou zouden zullen zal
hebben had hadden al wel geen toen tot zo zich na wat meer moet moeten mag mogen wil willen zelf
iets alles ja nee daar hier men iemand omdat doch doen doet want dus toch te der des den eens er
wie waar wanneer waarom hoe welke welk hoeveel waarmee waarvan waarin waarop waardoor waaruit
waarnaar waartoe hoelang ben bent gaat gaan ga volgens
"""
_ENGLISH_STOP_WORDS = """
a an and are as at be been but by can could did do does for from had has have he her his how i
if in into is it its me my no not of on or our she should so some than that the their them then
there these they this to us was we were what when where which who why will with would you your
"""
STOP_WORDS = {
    DUTCH: frozenset(_DUTCH_STOP_WORDS.split()),
    ENGLISH: frozenset(_ENGLISH_STOP_WORDS.split()),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What one written word gives in one language."""

    # The word itself: its stem, `jeugdggz` for `jeugd-ggz`, and `SO` for what stood in capitals.
    whole: tuple[str, ...] = ()
    # What it is made of.
    parts: tuple[str, ...] = ()
    # The halves of a name: Nieuw-Amsterdam is hardly about Amsterdam.
    aside: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.whole, *self.parts, *self.aside)


def spoken(word: str) -> str:
    """A word without case, accents, apostrophes and hyphens: `IB'er` and `iber` are one."""
    return _MARKS.sub("", fold(word))[:LONGEST_WORD]


@lru_cache(maxsize=REMEMBERED)
def halves_of(word: str) -> tuple[str, ...]:
    """The words on both sides of hyphens; of a word without them that word."""
    return tuple(spoken(half) for half in _HYPHENS.split(word))


def written_words(text: str) -> Iterator[str]:
    """The words of a text as they are written."""
    return (match[0] for match in WORD.finditer(text))


def find_terms(word: str, language: str) -> Terms:
    """The terms of a word as it is written. A stop word gives none, unless it is in capitals."""
    plain = spoken(_without_plural(word))
    halves = halves_of(word) if _HYPHENS.search(word) else ()
    capitals = (word,) if ABBREVIATION.fullmatch(word) else ()
    if not plain or plain in STOP_WORDS[language]:
        return Terms(whole=capitals)
    stem = stem_of(plain, language)
    stems = tuple(stem_of(half, language) for half in halves if half not in STOP_WORDS[language])
    if halves and is_name(word):
        return Terms(whole=(stem,), aside=_without(stems, stem))
    inner = tuple(
        stem_of(part, language)
        for piece in (halves or (plain,))
        for part in (parts_of(piece) if language == DUTCH else ())
    )
    return Terms(whole=(stem, *capitals), parts=_without((*stems, *inner), stem))


terms_of = lru_cache(maxsize=REMEMBERED)(find_terms)


def is_name(word: str) -> bool:
    """Whether every half begins with a capital, as in Borger-Odoorn, and is no abbreviation."""
    halves = _HYPHENS.split(word)
    return len(halves) > 1 and all(half.istitle() for half in halves)


def plain_words(text: str) -> Iterator[str]:
    """Every word without case and accents, unsplit, for phrases and beginnings of words."""
    for word in written_words(text):
        yield from halves_of(word)


class Forms(NamedTuple):
    """What the fields of the index hold of one word, each with spaces between the terms."""

    ranking: str
    aside: str
    exact: str
    stems: str


@lru_cache(maxsize=REMEMBERED)
def forms_of(word: str, language: str) -> Forms:
    terms = terms_of(word, language)
    halves = [half for half in halves_of(word) if half]
    return Forms(
        " ".join((*terms.whole, *terms.parts)),
        " ".join(terms.aside),
        " ".join(halves),
        " ".join(stem_of(half, language) for half in halves),
    )


@lru_cache(maxsize=REMEMBERED)
def every_term_of(word: str, language: str) -> frozenset[str]:
    """All that a word can be found by, its parts and plain form included: for marking it."""
    return frozenset((*find_terms(word, language).all, spoken(word)))


def forms_in(text: str, language: str) -> list[Forms]:
    """The forms of every word of a text, in order."""
    # Called for every word that is indexed: the regular expression does the work.
    return [forms_of(word, language) for word in WORD.findall(text)]


def _without_plural(word: str) -> str:
    """`auto's` is about an auto; in `ib'er` the apostrophe belongs to the word."""
    return word[:-2] if len(word) > 3 and word[-2] in APOSTROPHES and word[-1] in "sS" else word


def _without(terms: tuple[str, ...], stem: str) -> tuple[str, ...]:
    return tuple(term for term in dict.fromkeys(terms) if term and term != stem)
