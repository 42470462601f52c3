"""What somebody may be typing: titles and words that begin with it."""

import re

import tantivy
from tantivy import Occur, Query

from search.index.analysis import plain_words
from search.index.schema import SCHEMA
from search.kinds import Kind

# A beginning of fewer letters is a beginning of everything.
SHORTEST = 2
# So many words of a beginning are used.
MOST_WORDS = 10
# Practices, paths and themes are few and name much: they come before lessons.
WEIGHTS = {Kind.THEME: 3.0, Kind.PRACTICE: 3.0, Kind.PATH: 2.0}
WORD = "woord"


def suggestions(
    searcher: tantivy.Searcher, visible: Query, text: str, limit: int
) -> list[tuple[str, str, str]]:
    """(kind, text, key) of at most so many titles and words; the key of a word is empty."""
    words = list(plain_words(text))[:MOST_WORDS]
    if not words or len(words[-1]) < SHORTEST:
        return []
    found = _titles(searcher, visible, words, limit)
    known = {title.casefold() for _, title, _ in found}
    if len(words) == 1 and len(found) < limit:
        beginnings = searcher.terms_with_prefix(
            "exact", words[0], filter_query=visible, limit=limit
        )
        found += [(WORD, word, "") for word, _ in beginnings if word not in known]
    return found[:limit]


def _titles(searcher, visible: Query, words: list[str], limit: int) -> list[tuple[str, str, str]]:
    """Titles that hold all words, the last one as a beginning; each title once."""
    *whole, last = words
    clauses = [(Occur.Must, visible)]
    clauses += [(Occur.Must, _has(word)) for word in whole]
    beginning = Query.regex_query(SCHEMA, "title_words", f"{re.escape(last)}.*")
    clauses.append((Occur.Must, Query.const_score_query(beginning, 1.0)))
    for kind, weight in WEIGHTS.items():
        is_kind = Query.term_query(SCHEMA, "soort", kind.value)
        clauses.append((Occur.Should, Query.const_score_query(is_kind, weight)))
    # Some titles stand there more than once.
    hits = searcher.search(Query.boolean_query(clauses), 2 * limit, count=False).hits
    found: dict[str, tuple[str, str, str]] = {}
    for _, address in hits:
        document = searcher.doc(address)
        title, key = str(document.get_first("title")), str(document.get_first("key"))
        of_kind = str(document.get_first("kind") or "")
        found.setdefault(title.casefold(), (of_kind, title, key))
    return list(found.values())[:limit]


def _has(word: str) -> Query:
    return Query.const_score_query(Query.term_query(SCHEMA, "title_words", word), 1.0)
