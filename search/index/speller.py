"""Words that were probably meant: one letter away, and in what this person may see."""

import math
from collections.abc import Callable

import tantivy

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Shorter words are one letter away from too many others.
SHORTEST = 4
LONGEST = 30
# How likely people make each mistake; two letters in each other's place is the most common.
SWAPPED, LEFT_OUT, ADDED, ANOTHER = 3.0, 1.5, 1.5, 1.0
# A first letter is seldom wrong.
OTHER_BEGINNING = 0.5
MOST_WORDS = 3


def likely_words(
    word: str, searcher: tantivy.Searcher, is_visible: Callable[[str], bool]
) -> list[tuple[str, float]]:
    """The words of the index that this may be a slip of, likeliest first, each with a weight."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return []
    weighed = []
    for other, weight in one_letter_away(word).items():
        number = searcher.doc_freq("exact", other)
        if number:
            beginning = 1.0 if other[0] == word[0] else OTHER_BEGINNING
            weighed.append((weight * beginning * (1 + math.log(number) / 2), other))
    weighed.sort(reverse=True)
    found: list[tuple[str, float]] = []
    for weight, other in weighed:
        if is_visible(other):
            found.append((other, weight))
        if len(found) == MOST_WORDS:
            break
    return found


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
