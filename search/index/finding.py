"""The door to the index: a question in, an answer out. What is shown passes `visible_to` again."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import tantivy
from django.utils.functional import cached_property
from tantivy import Occur, Order, Query

from accounts.roles import Role
from search.index import likeness
from search.index.asking import Asked, Asking, number_of_hits
from search.index.behind import NOTHING, Changed, changed_since
from search.index.copy import EngineGaveUpError, IndexNotReadyError, Opened, index_copy, is_panic
from search.index.memory import Remembered
from search.index.openness import in_language, terms_of_role
from search.index.ranking import most_relevant
from search.index.schema import FACETS, SCHEMA, VALUES, column_of
from search.index.snippets import NO_SNIPPET, Marker, Snippet, snippet_of
from search.index.suggesting import suggestions
from search.index.synonyms import Vocabulary, read_vocabulary

__all__ = ["Answer", "Hit", "IndexNotReadyError", "Look", "Question", "look"]

# More values of one filter than this are never counted.
ALL_VALUES = 10_000
# So many questions are remembered with their numbers: paging and sorting count nothing anew.
REMEMBERED = 256

Filters = dict[str, tuple[str, ...]]
# For each filter the number of each of its values.
Counts = dict[str, dict[str, int]]

RELEVANCE, NEWEST, TITLE, STRENGTH = "relevantie", "nieuwste", "titel", "sterkte"
_ORDERS = {
    NEWEST: ("newest", Order.Desc),
    STRENGTH: ("strongest", Order.Desc),
    TITLE: ("by_title", Order.Asc),
}


@dataclass(frozen=True)
class Question:
    """What is asked. Filters have the values of the index (a key, a primary key), not slugs."""

    words: str = ""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # Things that are not in the list, by what they and their translations have in common. They are
    # in the numbers beside the filters.
    leaving_out: tuple[str, ...] = ()
    sort: str = RELEVANCE
    offset: int = 0
    limit: int = 20
    # Only the words as they are: no synonyms, parts or likely words.
    precisely: bool = False
    with_counts: bool = True
    with_snippets: bool = True
    # So many values of each filter are counted, the most frequent ones; of a filter with choices
    # all. Each value that is counted costs time, and there can be thousands of free tags.
    most_values: int = ALL_VALUES


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    source: str
    pk: int
    score: float
    snippet: Snippet


@dataclass(frozen=True)
class Answer:
    hits: list[Hit]
    total: int
    # For each filter the number that each of its values gives; its own choices are left out.
    counts: dict[str, dict[str, int]]
    also_searched: list[str] = field(default_factory=list)
    # The question as it was probably meant, when nothing holds a word of it.
    did_you_mean: str | None = None
    # Words of the question that nothing holds.
    missing: list[str] = field(default_factory=list)
    marked: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """The index at one moment, for one person who reads in one language."""

    opened: Opened
    vocabulary: Vocabulary
    role: Role
    language: str
    practices: dict[str, list[str]] = field(default_factory=dict)
    # What the index does not know the present state of. It is nowhere in an answer.
    changed: Changed = NOTHING

    def find(self, question: Question) -> Answer:
        asked = self._ask(question)
        if question.words and asked.query is None:
            return Answer([], 0, {name: {} for name in FACETS})
        field_name, order = _ORDERS.get(
            question.sort, (None, Order.Desc) if question.words else _ORDERS[NEWEST]
        )
        query = self._query(asked, question.filters, question.leaving_out)
        if field_name is None:
            found, result = most_relevant(
                self.searcher, query, question.offset, max(question.limit, 1)
            )
        else:
            result = self.searcher.search(
                query,
                max(question.limit, 1),
                count=True,
                order_by_field=field_name,
                offset=question.offset,
                order=order,
            )
            found = result.hits
        marker = Marker(asked.marked, self.language) if question.with_snippets else None
        hits = [
            self._hit(address, score if field_name is None else 0.0, marker)
            for score, address in found[: question.limit]
        ]
        return Answer(
            hits=hits,
            total=number_of_hits(result),
            counts=self._counts(asked, question) if question.with_counts else {},
            also_searched=asked.also_searched,
            did_you_mean=asked.meant,
            missing=asked.missing,
            marked=asked.marked,
        )

    def total(self, question: Question) -> int:
        """How many this question gives."""
        asked = self._ask(question)
        if question.words and asked.query is None:
            return 0
        query = self._query(asked, question.filters, question.leaving_out)
        return number_of_hits(self.searcher.search(query, 1, count=True))

    def has(self, name: str, values: Iterable[str]) -> bool:
        """Whether this person may see something with one of these values of a filter."""
        query = self._query(Asked(query=None), {name: tuple(values)})
        return bool(self.searcher.search(query, 1, count=False).hits)

    def suggest(self, text: str, limit: int) -> list[tuple[str, str, str]]:
        """(kind, text, key) of the titles and words that begin with this text."""
        return suggestions(self.searcher, self._visible({}), text, limit)

    def lessons_like(self, original: likeness.Original, limit: int) -> list[int]:
        """The primary keys of lessons that are like this one, the most alike first.

        After them come those of other practices, as far as they are not among the first.
        """
        query = likeness.query_for(original, self.searcher, self._readable, self._visible({}))
        if query is None:
            return []
        found = [
            *self.searcher.search(query, limit, count=False).hits,
            *self.searcher.search(
                likeness.of_another_practice(query, original), limit, count=False
            ).hits,
        ]
        keys = (str(self.searcher.doc(address).get_first("key")) for _score, address in found)
        return list(dict.fromkeys(int(key.partition(":")[2]) for key in keys))

    def lessons_like_text(self, text: str, limit: int, *, leaving_out: str = "") -> list[int]:
        """The primary keys of lessons about the same as this text, the most alike first."""
        query = likeness.query_for_text(
            text, self.searcher, self._visible({}), self.language, leaving_out=leaving_out
        )
        if query is None:
            return []
        hits = self.searcher.search(query, limit, count=False).hits
        keys = (str(self.searcher.doc(address).get_first("key")) for _score, address in hits)
        return [int(key.partition(":")[2]) for key in keys]

    @property
    def searcher(self) -> tantivy.Searcher:
        return self.opened.searcher

    @property
    def is_current(self) -> bool:
        """Whether the index has all that the database has. If not, less is kept in memory."""
        return self.changed.key is None

    def _ask(self, question: Question) -> Asked:
        if not question.words:
            return Asked(query=None)
        asking = Asking(
            self.searcher,
            self.vocabulary.synonyms,
            self._visible({}),
            self.language,
            self.practices,
        )
        return asking.ask(question.words, precisely=question.precisely)

    # Who may see what

    @cached_property
    def _terms(self) -> list[str]:
        return terms_of_role(self.role)

    @cached_property
    def _readable(self) -> Query:
        """All documents for this person, of a page in two languages both."""
        return self.changed.left_out_of(
            Query.boolean_query(
                [
                    (Occur.Must, _any("who", self._terms)),
                    (Occur.MustNot, _any("hidden_for", self._terms)),
                ]
            )
        )

    def _visible(self, filters: dict[str, tuple[str, ...]]) -> Query:
        """The documents for this person: of a page in two languages the reader's own.

        Whoever asks for a language gets what there is in it, also where there is another version.
        """
        clauses = [(Occur.Must, self._readable)]
        languages = filters.get("taal", ())
        if len(languages) != 1:
            preferred = (
                self.language if not languages or self.language in languages else languages[0]
            )
            clauses.append((Occur.MustNot, self._elsewhere(preferred)))
        return Query.const_score_query(Query.boolean_query(clauses), 0.0)

    def _elsewhere(self, preferred: str) -> Query:
        """What stands in the list in the preferred language instead."""
        return _any("elsewhere", in_language(preferred, self._terms))

    def _query(
        self,
        asked: Asked,
        filters: dict[str, tuple[str, ...]],
        leaving_out: tuple[str, ...] = (),
    ) -> Query:
        clauses = [(Occur.Must, self._visible(filters))]
        if leaving_out:
            clauses.append((Occur.MustNot, _any("item", list(leaving_out))))
        if asked.query is not None:
            clauses.append((Occur.Must, asked.query))
        for name, values in filters.items():
            clauses.append((Occur.Must, Query.const_score_query(_any(name, list(values)), 0.0)))
        return Query.boolean_query(clauses)

    # Numbers

    def _counts(self, asked: Asked, question: Question) -> Counts:
        opened = self.opened
        now = (opened.note, opened.folder, opened.moment, self.changed.key)
        filters = tuple(sorted(question.filters.items()))
        asked_for = (question.words, question.precisely, filters, question.most_values)
        key = (*now, self.role, self.language, *asked_for)
        known = _counts_known.get(key)
        if known is not None:
            return known
        return _counts_known.put(key, self._count(asked, question.filters, question.most_values))

    def _count(self, asked: Asked, filters: Filters, most_values: int) -> Counts:
        """All numbers: one pass for the filters without a choice, one for each with one."""
        free = [name for name in FACETS if name not in filters]
        counts = self._aggregate(self._query(asked, filters), free, most_values)
        for name in filters:
            rest = {other: values for other, values in filters.items() if other != name}
            counts |= self._aggregate(self._query(asked, rest), [name])
        return self._with_other_languages(counts, asked, filters)

    def _with_other_languages(self, counts: Counts, asked: Asked, filters: Filters) -> Counts:
        """Whoever asks for one language gets what there is in it, also what stands here in another.

        So what is left out because of its twin counts for its language all the same.
        """
        rest = {name: values for name, values in filters.items() if name != "taal"}
        clauses = [
            (Occur.Must, self._readable),
            (Occur.Must, self._elsewhere(self.language)),
            *((Occur.Must, _any(name, list(values))) for name, values in rest.items()),
        ]
        if asked.query is not None:
            clauses.append((Occur.Must, asked.query))
        twins = self._aggregate(Query.boolean_query(clauses), ["taal"])["taal"]
        shown = Counter(counts["taal"])
        shown.update(twins)
        return counts | {"taal": dict(shown)}

    def _aggregate(self, query: Query, names: list[str], most_values: int = ALL_VALUES) -> Counts:
        if not names:
            return {}
        counted = {"size": most_values, "segment_size": ALL_VALUES}
        found = self.searcher.aggregate(
            query, {name: {"terms": {"field": column_of(name), **counted}} for name in names}
        )
        return {name: _numbers(name, found[name]["buckets"]) for name in names}

    # Lines

    def _hit(self, address, score: float, marker: Marker | None) -> Hit:
        document = self.searcher.doc(address)
        source, _, pk = str(document.get_first("key")).partition(":")
        snippet = NO_SNIPPET
        if marker is not None and marker.weights:
            snippet = snippet_of(json.loads(str(document.get_first("parts"))), marker)
        return Hit(source, int(pk), float(score or 0.0), snippet)


def look(
    role: Role,
    language: str,
    practices: dict[str, list[str]] | None = None,
    *,
    hurried: bool = False,
) -> Look:
    """A look at the index with every change that is committed. One query where nothing changed.

    Hurried, or where the index cannot follow, it misses what changed last: all of it, what it said
    before as well. Raises IndexNotReadyError when there is no index yet and making one takes long.
    """
    opened, counter = index_copy().up_to_date(hurried=hurried)
    key = (counter.identity, counter.word_mark)
    vocabulary = _vocabulary_known.get(key) or _vocabulary_known.put(key, read_vocabulary())
    changed = changed_since(opened, counter)
    return Look(opened, vocabulary, role, language, practices or {}, changed)


def safely(ask: Callable[[Look], object], role: Role, language: str, *, hurried: bool = False):
    """What `ask` makes of a look; a panic of the engine is an error like any other."""
    try:
        return ask(look(role, language, hurried=hurried))
    except BaseException as error:
        if is_panic(error):
            raise EngineGaveUpError("The search engine gave up") from error
        raise


def _numbers(name: str, buckets: list[dict]) -> dict[str, int]:
    if name in VALUES:
        values = VALUES[name]
        return {values[bucket["key"]]: bucket["doc_count"] for bucket in buckets}
    return {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def _any(name: str, values: list[str]) -> Query:
    if len(values) == 1:
        return Query.term_query(SCHEMA, name, values[0])
    return Query.term_set_query(SCHEMA, name, values)


_counts_known: Remembered[Counts] = Remembered(REMEMBERED)
_vocabulary_known: Remembered[Vocabulary] = Remembered(2)
