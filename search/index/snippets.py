"""The piece of a text that holds what was asked, with the words marked."""

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from math import fsum
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from search.index.analysis import DUTCH, LANGUAGES, REMEMBERED, WORD, every_term_of

# A fragment has about so many characters; there are at most two of them.
LENGTH = 160
# So much of a text is looked through: a report of hundreds of pages is not read for every hit.
LOOKED_THROUGH = 20_000
# So far a fragment moves to begin where a sentence begins.
MOST_MOVED = 40
# A word that is only a part of what was asked weighs less; below this it is not marked.
LEAST_WEIGHT = 0.2
SHORT_TEXT, LESS_FOR_SHORT = 40, 0.9
GAP = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """Safe HTML with `<mark>`; where it stands (`tag`, `document`, `step`) and its anchor."""

    html: SafeString
    where: str = ""
    anchor: str = ""

    def __bool__(self) -> bool:
        return bool(self.html)


NO_SNIPPET = Snippet(SafeString(""))


class _Found(NamedTuple):
    """A wanted word in a text, with the terms that it was found by."""

    start: int
    end: int
    terms: frozenset[str]


class _Fragment(NamedTuple):
    """A stretch of a piece that begins with a wanted word, weighed by what it holds."""

    weight: float
    piece: int
    # The first wanted word in it and the end of the last one.
    first: int
    last: int
    terms: frozenset[str]


class _SeenWords:
    """What stood between spaces in all texts looked at so far, by each term that it is found by.

    Splitting at spaces is much quicker than finding words; and no word runs over a space. Kept as
    one text for each term: were it a set for each, Python would walk through tens of thousands of
    them time and again to see what can be thrown away.
    """

    def __init__(self) -> None:
        self.chunks: set[str] = set()
        self._by_term: dict[str, str] = {}
        self._lock = threading.Lock()

    def add(self, chunks: set[str], language: str) -> None:
        with self._lock:
            for chunk in chunks - self.chunks:
                # Once for each, so what a word gives need not be remembered.
                of_words = (
                    every_term_of.__wrapped__(word, language) for word in WORD.findall(chunk)
                )
                for term in frozenset().union(*of_words):
                    self._by_term[term] = f"{self._by_term.get(term, '')} {chunk}"
            self.chunks |= chunks

    def found_by(self, terms: Iterable[str]) -> set[str]:
        return set(" ".join(self._by_term.get(term, "") for term in terms).split())


_seen: dict[str, _SeenWords] = defaultdict(_SeenWords)


class Marker:
    """Which words hold a wanted term: found among all words of a text at once, not one by one."""

    def __init__(self, marked: dict[str, float], language: str = DUTCH):
        self.weights = {term: weight for term, weight in marked.items() if weight >= LEAST_WEIGHT}
        self.language = language if language in LANGUAGES else DUTCH
        if len(_seen[self.language].chunks) > REMEMBERED:
            _seen[self.language] = _SeenWords()
        self._seen = _seen[self.language]
        self._size = -1
        self._chunks: set[str] = set()

    def chunks_in(self, text: str) -> set[str]:
        """What stands between spaces in this text with a wanted word in it."""
        chunks = set(text.split())
        if not chunks <= self._seen.chunks:
            self._seen.add(chunks, self.language)
        if self._size != len(self._seen.chunks):
            self._size = len(self._seen.chunks)
            self._chunks = self._seen.found_by(self.weights)
        return chunks & self._chunks

    def terms_in(self, word: str) -> frozenset[str]:
        return every_term_of(word, self.language).intersection(self.weights)


def snippet_of(pieces: list[list[str]], marker: Marker) -> Snippet:
    """At most two fragments of these (where, text, anchor) that hold most of what was asked."""
    texts = [text[:LOOKED_THROUGH] for _, text, _ in pieces]
    found = _found_in_each(texts, marker)
    fragments = [
        fragment
        for piece, words in enumerate(found)
        if words
        for fragment in _fragments(piece, words, marker.weights, len(texts[piece]))
    ]
    if not fragments:
        return NO_SNIPPET
    best, start, end = _best(fragments, texts)
    where, _, anchor = pieces[best.piece]
    chosen = [(best.piece, start, end)]
    # A second one from the same place, when it tells something that the first does not.
    others = [
        fragment
        for fragment in fragments
        if pieces[fragment.piece][0] == where and not fragment.terms <= best.terms
    ]
    for other in sorted(others, key=lambda fragment: (-fragment.weight, fragment.piece)):
        other_start, other_end = _around(texts[other.piece], other.first, other.last)
        if other.piece != best.piece or other_end <= start or end <= other_start:
            chosen.append((other.piece, other_start, other_end))
            break
    chosen.sort()
    html = f" {GAP} ".join(
        _marked(texts[piece], start, end, found[piece]).strip() for piece, start, end in chosen
    )
    if chosen[0][1]:
        html = f"{GAP} {html}"
    piece, _, end = chosen[-1]
    if end < len(pieces[piece][1]):
        html = f"{html} {GAP}"
    return Snippet(mark_safe(html), where, anchor)  # noqa: S308 - each part is escaped above


def marked_text(text: str, marker: Marker) -> SafeString:
    """A whole text with the wanted words marked."""
    found = _words_found(text, marker.chunks_in(text), marker)
    return mark_safe(_marked(text, 0, len(text), found))  # noqa: S308 - each part is escaped


def _found_in_each(texts: list[str], marker: Marker) -> list[list[_Found]]:
    """The wanted words of each text: looked for in all at once, because most texts have none."""
    whole = "\n".join(texts)
    words = iter(_words_found(whole, marker.chunks_in(whole), marker))
    word = next(words, None)
    found, start = [], 0
    for text in texts:
        own: list[_Found] = []
        while word is not None and word.end <= start + len(text):
            own.append(_Found(word.start - start, word.end - start, word.terms))
            word = next(words, None)
        found.append(own)
        start += len(text) + 1
    return found


def _words_found(text: str, chunks: set[str], marker: Marker) -> list[_Found]:
    """The wanted words of a text, which stand in these chunks of it, in order."""
    found = []
    for chunk in chunks:
        start = text.find(chunk)
        while start >= 0:
            end = start + len(chunk)
            is_whole = (not start or text[start - 1].isspace()) and (
                end == len(text) or text[end].isspace()
            )
            if is_whole:
                for word in WORD.finditer(text, start, end):
                    if terms := marker.terms_in(word[0]):
                        found.append(_Found(word.start(), word.end(), terms))
            start = text.find(chunk, end if is_whole else start + 1)
    found.sort()
    return found


def _fragments(
    piece: int, words: list[_Found], weights: dict[str, float], length: int
) -> list[_Fragment]:
    """Stretches of a text of this length that begin with a wanted word."""
    fragments = []
    for place, (start, end, _) in enumerate(words):
        terms: set[str] = set()
        for other in range(place, len(words)):
            _, other_end, others = words[other]
            if other_end - start > LENGTH and other_end != end:
                break
            end = max(end, other_end)
            terms.update(others)
        # Exactly, because a set has another order in each process.
        weight = fsum(weights[term] for term in terms)
        if length < SHORT_TEXT:
            # A sentence tells more than a name in a list.
            weight *= LESS_FOR_SHORT
        fragments.append(_Fragment(weight, piece, start, end, frozenset(terms)))
    return fragments


def _best(fragments: list[_Fragment], texts: list[str]) -> tuple[_Fragment, int, int]:
    """The fragment that holds most, the earliest of equal ones, and where it begins and ends."""
    most = max(fragment.weight for fragment in fragments)
    # They stand in the order of the pieces.
    piece = next(fragment.piece for fragment in fragments if fragment.weight == most)
    equal = [one for one in fragments if one.weight == most and one.piece == piece]
    placed = [(one, *_around(texts[piece], one.first, one.last)) for one in equal]
    return min(placed, key=lambda each: each[1])


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of about the right length around these places, of whole words."""
    room = max(LENGTH - (end - start), 0)
    begin = max(start - room // 2, 0)
    sentence = max(
        text.rfind(mark, max(begin - MOST_MOVED, 0), start) for mark in (". ", "? ", "! ")
    )
    if sentence >= 0:
        begin = sentence + 2
    elif begin:
        space = text.find(" ", begin, start)
        begin = space + 1 if space >= 0 else start
    stop = min(max(begin + LENGTH, end), len(text))
    if stop < len(text):
        space = text.rfind(" ", end, stop)
        stop = space if space >= 0 else end
    return begin, stop


def _marked(text: str, start: int, end: int, words: list[_Found]) -> str:
    html: list[str] = []
    place = start
    for word in words:
        if start <= word.start and word.end <= end:
            marked = escape(text[word.start : word.end])
            html += [escape(text[place : word.start]), "<mark>", marked, "</mark>"]
            place = word.end
    html.append(escape(text[place:end]))
    return "".join(html)
