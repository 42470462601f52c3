"""What is most like a lesson: first by the terms that both carry, then by what both say."""

import json
from collections import Counter
from dataclasses import dataclass
from math import log

import tantivy
from tantivy import Occur, Query

from search.index.analysis import LANGUAGES, forms_in
from search.index.asking import any_of, one_of
from search.index.documents import TITLE_COUNTS
from search.index.schema import SCHEMA
from search.kinds import Kind

# So many words say what a text is about: what it says often, and few other texts say. Two texts
# with fewer of these in common are about different things.
TELLING_WORDS = 30
LEAST_IN_COMMON = 3
# To tell a writer that a lesson is like the text, it takes more than to read on after a lesson.
ALIKE_IN_COMMON = 5
# More than the likeness of any two texts comes to.
SAME_TERM = 1_000.0


@dataclass(frozen=True)
class Original:
    """The lesson that others are held beside, in the values of the index."""

    # What the page and its translations have in common.
    item: str
    practice: str
    # The filter and the value of each term that counts.
    terms: tuple[tuple[str, str], ...]


def query_for(
    original: Original, searcher: tantivy.Searcher, readable: Query, listed: Query
) -> Query | None:
    """The query for lessons that have something in common with this one, or None for no lesson.

    `readable` is all that somebody may see; `listed` is of that every thing once.
    """
    alike = [
        Query.const_score_query(_term(name, value), SAME_TERM) for name, value in original.terms
    ]
    texts = [
        query
        for language in LANGUAGES
        if (query := _same_subject(original.item, searcher, readable, language)) is not None
    ]
    if (text := one_of(texts)) is not None:
        alike.append(text)
    if not alike:
        return None
    return Query.boolean_query(
        [
            (Occur.Must, listed),
            (Occur.Must, Query.const_score_query(_term("soort", Kind.LESSON.value), 0.0)),
            (Occur.MustNot, _term("item", original.item)),
            (Occur.Must, any_of(alike)),
        ]
    )


def query_for_text(
    text: str, searcher: tantivy.Searcher, listed: Query, language: str, *, leaving_out: str = ""
) -> Query | None:
    """The query for lessons about the same as a text that is no lesson yet, or None for none."""
    words = _count_words([text], language)
    alike = _saying_the_same(words, searcher, language, ALIKE_IN_COMMON, indexed=False)
    if alike is None:
        return None
    clauses = [
        (Occur.Must, listed),
        (Occur.Must, Query.const_score_query(_term("soort", Kind.LESSON.value), 0.0)),
        (Occur.Must, alike),
    ]
    if leaving_out:
        clauses.append((Occur.MustNot, _term("item", leaving_out)))
    return Query.boolean_query(clauses)


def of_another_practice(query: Query, original: Original) -> Query:
    own = _term("praktijk", original.practice)
    return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, own)])


def _same_subject(
    item: str, searcher: tantivy.Searcher, readable: Query, language: str
) -> Query | None:
    """Texts in this language with enough of the telling words of this one."""
    version = [_term("item", item), _term("taal", language), readable]
    found = searcher.search(
        Query.boolean_query([(Occur.Must, query) for query in version]), 1, count=False
    ).hits
    if not found:
        return None
    words = _words_of(searcher.doc(found[0][1]), language)
    return _saying_the_same(words, searcher, language, LEAST_IN_COMMON)


def _saying_the_same(
    words: Counter[str],
    searcher: tantivy.Searcher,
    language: str,
    least: int,
    *,
    indexed: bool = True,
) -> Query | None:
    """Texts with at least so many of the telling words among these."""
    telling = _telling(words, searcher, language, indexed=indexed)
    if len(telling) < least:
        return None
    return Query.boolean_query(
        [
            (Occur.Should, Query.boost_query(_term(language, word), weight))
            for word, weight in telling
        ],
        minimum_number_should_match=least,
    )


def _words_of(document: tantivy.Document, language: str) -> Counter[str]:
    """How often the text says each word, as the ranking field of its language has it."""
    pieces = json.loads(str(document.get_first("parts")))
    # The names of its terms are no text: the terms themselves are compared.
    texts = [text for where, text, _anchor in pieces if where != "tag"]
    title = [str(document.get_first("title"))] * TITLE_COUNTS
    return _count_words([*title, *texts], language)


def _count_words(texts: list[str], language: str) -> Counter[str]:
    return Counter(
        word for text in texts for form in forms_in(text, language) for word in form.ranking.split()
    )


def _telling(
    words: Counter[str], searcher: tantivy.Searcher, language: str, *, indexed: bool
) -> list[tuple[str, float]]:
    """The words that say most of what a text is about, with a weight of at most 1."""
    weighed = []
    for word, times in words.items():
        texts = searcher.doc_freq(language, word)
        # What no other text says leads to none. A text in the index is one of those that say it.
        if texts > int(indexed):
            weighed.append((times * log(1 + searcher.num_docs / texts), word))
    weighed.sort(reverse=True)
    return [(word, weight / weighed[0][0]) for weight, word in weighed[:TELLING_WORDS]]


def _term(name: str, value: str) -> Query:
    return Query.term_query(SCHEMA, name, value)
