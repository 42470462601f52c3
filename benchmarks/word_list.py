"""Make search/index/dutch_parts.txt from a Dutch word list with one word a line.

    python -m benchmarks.word_list /usr/share/dict/dutch > search/index/dutch_parts.txt

A word is kept when other words of the list are made of it: `jeugd` and `hulp`, never `jeugdhulp-
aanbieder` itself. So the list stays a twentieth of its source, and needs no look at our own texts.
"""

import sys
from collections import Counter

from search.index.compounds import LONGEST, SHORTEST, pairs_in
from vocabulary.text import fold

HEADER = """\
# Dutch words that other words are made of, for splitting compounds (search/index/compounds.py).
# Derived by benchmarks/word_list.py from the word list of OpenTaal, https://www.opentaal.org/
# Copyright (c) 2006-2020 OpenTaal; (c) 2001-2005 Simon Brouwer e.a.;
# (c) 1996 Nederlandstalige TeX Gebruikersgroep. Used under Creative Commons Attribution 3.0,
# https://creativecommons.org/licenses/by/3.0/. Changed: a selection, without accents.
"""
# Short words must have proved themselves in more words than long ones, which are never chance.
LONG = 7
LEAST_USES = 2
# Three letters before another word are seldom a word of their own.
SHORT_FIRST = 3
LEAST_USES_SHORT = 40
PREFIXES = {
    *[
        "aan",
        "bes",
        "bij",
        "bin",
        "een",
        "ere",
        "erf",
        "ges",
        "her",
        "ins",
        "los",
        "mee",
        "mis",
        "net",
        "ont",
        "oer",
        "per",
        "pre",
        "pro",
        "sub",
        "toe",
        "uit",
    ],
    *["ver", "vol", "wan", "was", "weg", "wel", "wie", "zij"],
}


def main(path: str) -> None:
    with open(path, encoding="utf-8") as lines:
        stripped = {line.strip() for line in lines}
    words = {fold(word) for word in stripped if word.islower() and word.isalpha()}
    candidates = {word for word in words if SHORTEST < len(word) <= LONGEST}
    uses: Counter[str] = Counter()
    short: Counter[str] = Counter()
    for word in words:
        for left, right in pairs_in(word, candidates, shortest=SHORTEST + 1):
            uses.update([left, right])
        if word[:SHORT_FIRST] in words and word[SHORT_FIRST:] in candidates:
            short[word[:SHORT_FIRST]] += 1
    kept = {word for word, n in uses.items() if n >= (1 if len(word) >= LONG else LEAST_USES)}
    kept |= {word for word, n in short.items() if n >= LEAST_USES_SHORT} - PREFIXES
    sys.stdout.write(HEADER + "\n".join(sorted(kept)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
