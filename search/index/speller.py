"""Words that were probably meant: a letter or a sound away, in what this person may see."""

import math
from collections.abc import Callable

import tantivy

from search.index.compounds import known_parts
from search.index.stemming import DUTCH, stem_of

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Shorter words are one letter away from too many others.
SHORTEST = 4
LONGEST = 30
# How likely people make each mistake; two letters in each other's place is the most common.
SWAPPED, LEFT_OUT, ADDED, ANOTHER, BY_EAR = 3.0, 1.5, 1.5, 1.0, 3.0
# Letters that sound alike in Dutch.
SOUNDS = [
    pair
    for one, other in [
        *(("ij", "ei"), ("au", "ou"), ("g", "ch"), ("c", "k"), ("s", "z"), ("f", "v"), ("t", "d")),
        *(("i", "ie"), ("dt", "d"), ("dt", "t"), ("y", "ie"), ("x", "ks"), ("qu", "kw")),
    ]
    for pair in ((one, other), (other, one))
]
# A first letter is seldom wrong.
OTHER_BEGINNING = 0.5
MOST_WORDS = 3


def likely_words(
    word: str, searcher: tantivy.Searcher, number_visible: Callable[[str, str], int]
) -> list[tuple[str, float]]:
    """The words that this may be a slip of, likeliest first, each with a weight.

    They stand in what this person may see, as they are written or else in another form. A word that
    is Dutch is no slip. `number_visible` tells in how many documents a field holds a term.
    """
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or word in known_parts():
        return []
    slips = one_letter_away(word) | spelled_by_ear(word)

    def there(field: str, term_of: Callable[[str], str]) -> list[tuple[str, float]]:
        terms = ((other, term_of(other)) for other in slips)
        found = {
            other: number
            for other, term in terms
            if searcher.doc_freq(field, term) and (number := number_visible(field, term))
        }
        weighed = [
            (slips[other] * _beginning(word, other) * (1 + math.log(number) / 2), other)
            for other, number in found.items()
        ]
        return [(other, weight) for weight, other in sorted(weighed, reverse=True)[:MOST_WORDS]]

    return there("exact", str) or there(DUTCH, _stem_of_form)


def _beginning(word: str, other: str) -> float:
    return 1.0 if other[0] == word[0] else OTHER_BEGINNING


def _stem_of_form(word: str) -> str:
    """The stem of another form of a Dutch word: `wachtlijst` of `wachtlijsten`; or nothing."""
    stem = stem_of(word, DUTCH)
    return stem if stem != word and stem in known_parts() else ""


def spelled_by_ear(word: str) -> dict[str, float]:
    """Every word that sounds the same and has other letters in one place: `ij` for `ei`."""
    return {
        f"{word[:place]}{right}{word[place + len(wrong) :]}": BY_EAR
        for wrong, right in SOUNDS
        for place in range(len(word))
        if word.startswith(wrong, place)
    }


def one_letter_away(word: str) -> dict[str, float]:
    """Every word that one slip turns into this one, with how likely that slip is."""
    size = range(len(word))
    found: dict[str, float] = {}
    for i in size[:-1]:
        found.setdefault(word[:i] + word[i + 1] + word[i] + word[i + 2 :], SWAPPED)
    for i in size:
        found.setdefault(word[:i] + word[i + 1 :], ADDED)
    for letter in LETTERS:
        for i in range(len(word) + 1):
            found.setdefault(word[:i] + letter + word[i:], LEFT_OUT)
        for i in size:
            found.setdefault(word[:i] + letter + word[i + 1 :], ANOTHER)
    found.pop(word, None)
    return found
