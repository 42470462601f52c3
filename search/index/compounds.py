"""Dutch compounds: `jeugdhulpaanbieder` is about `jeugdhulp`, `jeugd`, `hulp` and `aanbieder`.

The words that others are made of stand in a file of the project, so that a text is always split in
the same way: a query, a lesson of last year and one of today agree without a new index.
"""

from collections.abc import Container
from functools import cache
from pathlib import Path

SHORTEST, LONGEST = 3, 16
# No word of a text is longer; anything longer is no word.
LONGEST_COMPOUND = 60
# What Dutch puts between two parts: `gezin-s-coach`, `ziek-en-huis`.
LINKS = ("s", "en")


@cache
def known_parts() -> frozenset[str]:
    lines = Path(__file__).with_name("dutch_parts.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def parts_of(word: str) -> tuple[str, ...]:
    """Every known word that a compound is made of, those inside a part included; or nothing."""
    if not 2 * SHORTEST <= len(word) <= LONGEST_COMPOUND or not word.isalpha():
        return ()
    known = known_parts()
    found: dict[str, None] = {}
    pairs = pairs_in(word, known)
    for left, right in pairs:
        for part in (left, *parts_of(left), right, *parts_of(right)):
            found[part] = None
    if not pairs:
        for part in _in_three(word, known):
            found[part] = None
    return tuple(found)


def best_halves(word: str) -> tuple[str, ...]:
    """The two words that a compound is most likely made of, or more, or the word itself."""
    pairs = pairs_in(word, known_parts())
    if not pairs:
        return parts_of(word) or (word,)
    return max(pairs, key=lambda pair: min(map(len, pair)))


def pairs_in(word: str, known: Container[str], shortest: int = SHORTEST) -> list[tuple[str, str]]:
    """Every way to see a word as two known ones, with or without a link between them."""
    pairs = []
    for place in range(shortest, len(word) - shortest + 1):
        right = word[place:]
        if right in known:
            left = _known_before_link(word[:place], known, shortest)
            if left:
                pairs.append((left, right))
    return pairs


def _in_three(word: str, known: Container[str]) -> tuple[str, ...]:
    """The longest known beginning with a compound behind it."""
    for place in range(len(word) - 2 * SHORTEST, SHORTEST - 1, -1):
        left = _known_before_link(word[:place], known, SHORTEST)
        if left and (rest := parts_of(word[place:])):
            return (left, *rest)
    return ()


def _known_before_link(beginning: str, known: Container[str], shortest: int) -> str:
    if beginning in known:
        return beginning
    for link in LINKS:
        bare = beginning.removesuffix(link)
        if bare != beginning and len(bare) >= shortest and bare in known:
            return bare
    return ""
