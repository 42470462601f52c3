"""The piece of a text that holds what was asked, with the words marked."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.index.analysis import DUTCH, LANGUAGES, REMEMBERED, WORD, every_term_of

# A fragment has about so many characters; there are at most two of them.
LENGTH = 160
MOST_FRAGMENTS = 2
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


@dataclass(frozen=True, slots=True)
class _Fragment:
    weight: float
    piece: int
    start: int
    end: int
    terms: frozenset[str]


class _SeenWords:
    """The words of all texts looked at so far, and those that each term is found by."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.by_term: dict[str, set[str]] = defaultdict(set)

    def add(self, words: set[str], language: str) -> None:
        for word in words:
            for term in every_term_of(word, language):
                self.by_term[term].add(word)
        self.words |= words


_seen: dict[str, _SeenWords] = defaultdict(_SeenWords)


class Marker:
    """Which words hold a wanted term: found among all words of a text at once, not one by one."""

    def __init__(self, marked: dict[str, float], language: str = DUTCH):
        self.weights = {term: weight for term, weight in marked.items() if weight >= LEAST_WEIGHT}
        self.language = language if language in LANGUAGES else DUTCH
        if len(_seen[self.language].words) > REMEMBERED:
            _seen[self.language] = _SeenWords()
        self._seen = _seen[self.language]
        self._size = -1
        self._words: set[str] = set()

    def words_in(self, text: str) -> set[str]:
        """The words of this text that are to be marked."""
        words = set(WORD.findall(text))
        if not words <= self._seen.words:
            self._seen.add(words - self._seen.words, self.language)
        if self._size != len(self._seen.words):
            self._size = len(self._seen.words)
            by_term = self._seen.by_term
            self._words = set().union(*(by_term.get(term, ()) for term in self.weights))
        return words & self._words

    def terms_in(self, word: str) -> frozenset[str]:
        return every_term_of(word, self.language).intersection(self.weights)


def snippet_of(pieces: list[list[str]], marker: Marker) -> Snippet:
    """At most two fragments of these (where, text, anchor) that hold most of what was asked."""
    found = [
        fragment
        for number, (_, text, _) in enumerate(pieces)
        for fragment in _fragments(number, text[:LOOKED_THROUGH], marker)
    ]
    if not found:
        return NO_SNIPPET
    first = max(found, key=lambda fragment: (fragment.weight, -fragment.piece, -fragment.start))
    where, _, anchor = pieces[first.piece]
    chosen = [first]
    # A second one from the same place, when it tells something that the first does not.
    others = [
        fragment
        for fragment in found
        if pieces[fragment.piece][0] == where
        and not fragment.terms <= first.terms
        and (fragment.piece != first.piece or _is_apart(fragment, first))
    ]
    if others:
        chosen.append(max(others, key=lambda fragment: (fragment.weight, -fragment.piece)))
    chosen.sort(key=lambda fragment: (fragment.piece, fragment.start))
    html = f" {GAP} ".join(
        _marked(pieces[fragment.piece][1], fragment, marker).strip() for fragment in chosen
    )
    if chosen[0].start:
        html = f"{GAP} {html}"
    if chosen[-1].end < len(pieces[chosen[-1].piece][1]):
        html = f"{html} {GAP}"
    return Snippet(mark_safe(html), where, anchor)  # noqa: S308 - each part is escaped above


def marked_text(text: str, marker: Marker) -> SafeString:
    """A whole text with the wanted words marked."""
    whole = _Fragment(0.0, 0, 0, len(text), frozenset())
    return mark_safe(_marked(text, whole, marker))  # noqa: S308 - each part is escaped


def _is_apart(one: _Fragment, other: _Fragment) -> bool:
    return one.end <= other.start or other.end <= one.start


def _fragments(number: int, text: str, marker: Marker) -> list[_Fragment]:
    """Stretches of a text that begin with a wanted word, weighed by what they hold."""
    words = marker.words_in(text)
    if not words:
        return []
    hits = [
        (match.start(), match.end(), marker.terms_in(match[0]))
        for match in WORD.finditer(text)
        if match[0] in words
    ]
    fragments = []
    for place, (start, end, _) in enumerate(hits):
        terms: set[str] = set()
        for _, other_end, others in hits[place:]:
            if other_end - start > LENGTH and other_end != end:
                break
            end = max(end, other_end)
            terms.update(others)
        weight = sum(marker.weights[term] for term in terms)
        if len(text) < SHORT_TEXT:
            # A sentence tells more than a name in a list.
            weight *= LESS_FOR_SHORT
        fragments.append(_Fragment(weight, number, *_around(text, start, end), frozenset(terms)))
    return fragments


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


def _marked(text: str, fragment: _Fragment, marker: Marker) -> str:
    html: list[str] = []
    place = fragment.start
    words = marker.words_in(text[:LOOKED_THROUGH])
    for match in WORD.finditer(text, fragment.start, fragment.end):
        if match[0] in words:
            html += [escape(text[place : match.start()]), "<mark>", escape(match[0]), "</mark>"]
            place = match.end()
    html.append(escape(text[place : fragment.end]))
    return "".join(html)
