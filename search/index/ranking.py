"""The order of relevance: how well the words fit, times what kind of thing it is.

A practice and a path tell of all that was done there, an information page of the site itself, and
a word of the glossary what it means: whoever asks what to do is helped more by a lesson.
"""

import tantivy

from search.kinds import Kind

WEIGHTS = {Kind.PRACTICE: 0.85, Kind.PATH: 0.85, Kind.PAGE: 0.7}
FULL = 1.0
# A word that is no theme or element: it has a meaning, and seldom lessons.
WORD = 0.2
# So many more are looked at than are shown, because some of them go down.
SPARE = 100


def most_relevant(
    searcher: tantivy.Searcher, query: tantivy.Query, offset: int, limit: int
) -> tuple[list[tuple[float, tantivy.DocAddress]], tantivy.SearchResult]:
    """These places in the order of relevance, with the score of each; and the whole result.

    The engine knows the words only. What it puts after those that are looked at scores no more than
    the last of them, so what is shown must score more, or have been shown in that order anyway.
    """
    last = offset + limit
    number = last + SPARE
    while True:
        result = searcher.search(query, number, count=True)
        weights = searcher.fast_field_values("weight", [address for _, address in result.hits])
        weighed = [
            (score * weight, address)
            for (score, address), weight in zip(result.hits, weights, strict=True)
        ]
        weighed.sort(key=lambda hit: -hit[0])
        is_all = len(result.hits) < number
        if is_all or weights.count(FULL) >= last or weighed[last - 1][0] > result.hits[-1][0]:
            return weighed[offset:last], result
        number *= 2
