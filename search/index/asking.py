"""From words to a query of the engine. Never by its own language: a question is only words."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import tantivy
from tantivy import Occur, Query

from search.index.analysis import (
    DUTCH,
    LANGUAGES,
    Terms,
    halves_of,
    plain_words,
    spoken,
    stem_of,
    terms_of,
    written_words,
)
from search.index.compounds import best_halves
from search.index.schema import SCHEMA
from search.index.speller import likely_words
from search.index.synonyms import MOST_WORDS as MOST_WORDS_OF_A_NAME
from search.index.synonyms import Name, Synonyms, sound_of

# More words than this make a question slow and no better; and of those that mean something, more
# than people ask with.
MOST_WORDS, MOST_WITH_MEANING = 40, 12
# So many words of a question are looked at for a slip: each has hundreds of words near it.
MOST_SLIPS = 8
# What a word counts beside itself: the parts of a compound, the halves of a name, neighbours
# written as one, another name from the vocabulary, the same in another language.
PART, ASIDE, JOINED, SYNONYM, OTHER_LANGUAGE = 0.5, 0.3, 0.5, 0.6, 0.6
# Half of a compound that nothing holds is asked for in so many documents at most: `werk` of
# `werkdruk` is everywhere.
MOST_WITH_HALF = 0.5
# What has more hyphens than a word ever has is looked at so far.
MOST_PIECES = 8
# A misspelt word may still be a part of something.
AS_TYPED = 0.5
# What is called exactly what was asked comes first; what belongs to a practice that was named
# goes a little before the rest.
SAME_NAME, OF_PRACTICE = 30.0, 1.0
# What a word counts more where it stands in a title as it was asked; not one of very many titles,
# which tells little and takes long.
IN_TITLE, MOST_TITLES = 0.25, 300
SHORTEST_TO_JOIN = 2

PHRASE = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")


@dataclass
class Asked:
    """A question as the engine takes it, with what to tell about it."""

    query: Query | None
    # Other names that were searched too, and the question as it was probably meant.
    also_searched: list[str] = field(default_factory=list)
    meant: str | None = None
    # Whether a word that nothing holds was replaced by a likely one, and those that were not.
    is_replaced: bool = False
    missing: list[str] = field(default_factory=list)
    # The terms that a snippet marks, with their weights, and the phrases that must be there.
    marked: dict[str, float] = field(default_factory=dict)
    phrases: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Asking:
    """What questions are asked of: one commit of the index, for one person."""

    searcher: tantivy.Searcher
    synonyms: Synonyms
    # The documents that this person may see.
    visible: Query
    # The language of the reader.
    language: str
    # The keys of practices that this person may see, by the sound of their name or place.
    practices: dict[str, list[str]] = field(default_factory=dict)

    def ask(self, text: str, *, precisely: bool = False) -> Asked:
        """The query for these words; without a query when there is no word in it."""
        asked = Asked(query=None)
        phrases = [found for found in PHRASE.findall(text) if any(plain_words(found))]
        loose = PHRASE.sub(" ", text)
        words = list(written_words(loose))[:MOST_WORDS]
        parts = self._parts(words, asked, precisely)
        for phrase in phrases:
            asked.phrases.append(phrase)
            for word in written_words(phrase):
                self._mark(word, 1.0, asked, with_parts=False)
        must = [query for phrase in phrases if (query := phrase_query(phrase)) is not None]
        if not parts and not must:
            return asked
        should = [*parts, *self._names(text)] if parts else []
        asked.query = Query.boolean_query(
            [*((Occur.Must, query) for query in must)] + [(Occur.Should, query) for query in should]
        )
        return asked

    # Words

    def _parts(self, words: list[str], asked: Asked, precisely: bool) -> list[Query]:
        """A query for every word, and for every name that neighbouring words form."""
        taken, others = ([], []) if precisely else self._named(words, asked)
        meaning = self._telling([word for word in words if any(terms_of(word, DUTCH).whole)])
        parts = []
        corrected = list(words)
        slips = 0
        missing: set[int] = set()
        for place, word in enumerate(words):
            if meaning and word not in meaning:
                continue
            part = self._word(word, precisely, asked, with_stop_words=not meaning)
            if part is None and not precisely and place not in taken and slips < MOST_SLIPS:
                slips += 1
                part = self._slip(word, place, corrected, asked)
            if part is not None:
                parts.append(part)
            elif place not in taken:
                missing.add(place)
        parts += others
        if not precisely:
            for place, joined in self._neighbours(words, asked):
                parts.append(joined)
                missing -= {place, place + 1}
        asked.missing = [words[place] for place in sorted(missing)]
        if corrected != words and parts:
            asked.meant = " ".join(corrected)
        return parts

    def _telling(self, words: list[str]) -> list[str]:
        """These words; of very many those that say most: the rarest that there are."""
        plain = {word: spoken(word) for word in words}
        numbers = {each: self.searcher.doc_freq("exact", each) for each in plain.values()}
        if len(numbers) <= MOST_WITH_MEANING:
            return words
        numbers = {each: self._number_visible("exact", each) for each in numbers}
        rarest = sorted(numbers, key=lambda each: (not numbers[each], numbers[each]))
        kept = set(rarest[:MOST_WITH_MEANING])
        return [word for word in words if plain[word] in kept]

    def _word(self, word: str, precisely: bool, asked: Asked, *, with_stop_words: bool):
        """The query for one word in each language, or None when nothing visible holds it."""
        if precisely or with_stop_words:
            pieces = [piece for piece in halves_of(word) if piece]
            self._mark(word, 1.0, asked, with_parts=False)
            return all_of([_term("stems", stem_of(p, self.language)) for p in pieces])
        if not self._is_known(word):
            return None
        self._mark(word, 1.0, asked)
        return self._in_languages(word, known=True)

    def _in_languages(self, word: str, *, known: bool) -> Query | None:
        queries = [self._in_language(word, language, known=known) for language in LANGUAGES]
        query = one_of([query for query in queries if query is not None])
        if query is None or word in self.synonyms.abbreviations:
            return query
        plain = spoken(word)
        if not 0 < self.searcher.doc_freq("title_words", plain) <= MOST_TITLES:
            return query
        return any_of([query, _weighed(_term("title_words", plain), IN_TITLE)])

    def _in_language(self, word: str, language: str, *, known: bool) -> Query | None:
        """The query for a word; of one that nothing holds, each part may be what was meant."""
        terms = self._terms_of(word, language)
        weighed = [
            *((language, term, 1.0) for term in terms.whole),
            *(("aside", term, ASIDE) for term in (*terms.aside, *terms.whole)),
        ]
        found = [
            _weighed(_term(name, term), weight)
            for name, term, weight in weighed
            if (self.searcher.doc_freq(name, term) if known else self.is_visible(name, term))
        ]
        parts = [_term(language, term) for term in terms.parts]
        if parts and known:
            # `jeugdhulp` is also `hulp voor de jeugd`, but not every `hulp`.
            found.append(_weighed(all_of(parts) or parts[0], PART))
        elif parts:
            found += self._halves(word, language)
        if not found:
            return None
        weight = 1.0 if language == self.language else OTHER_LANGUAGE
        return _weighed(any_of(found), weight)

    def _halves(self, word: str, language: str) -> list[Query]:
        """What is probably meant by a compound that nothing holds: both halves, or one of them."""
        found = []
        for piece in halves_of(word)[:MOST_PIECES]:
            halves = [stem_of(half, language) for half in best_halves(piece)]
            numbers = [self._number_visible(language, half) for half in halves]
            terms = [_term(language, half) for half in halves]
            both = all_of(terms) if all(numbers) and len(terms) > 1 else None
            alone = [
                term
                for term, n in zip(terms, numbers, strict=True)
                if 0 < n <= self._most_with_half
            ]
            found += [_weighed(query, PART) for query in (both, *alone) if query is not None]
        return found

    def _is_known(self, word: str) -> bool:
        """Whether something that this person may see holds the word itself, in any form."""
        plain = spoken(word)
        if word not in self.synonyms.abbreviations and self.is_visible("exact", plain):
            return True
        return any(
            self.is_visible(field_name, term)
            for language in LANGUAGES
            for term in self._terms_of(word, language).whole
            for field_name in (language, "aside")
        )

    def _terms_of(self, word: str, language: str) -> Terms:
        """The terms of a word of the question; of an abbreviation only its capitals."""
        if word in self.synonyms.abbreviations:
            return Terms(whole=(word,))
        return terms_of(word, language)

    def is_visible(self, field_name: str, term: str) -> bool:
        """Whether a document that this person may see holds the term."""
        if not term or not self.searcher.doc_freq(field_name, term):
            return False
        return self._is_there(_term(field_name, term))

    def _is_there(self, query: Query) -> bool:
        """Whether this finds something that this person may see."""
        return bool(self.searcher.search(self._to_see(query), 1, count=False).hits)

    def _number_visible(self, field_name: str, term: str) -> int:
        """How many documents that this person may see hold the term."""
        query = self._to_see(_term(field_name, term))
        return number_of_hits(self.searcher.search(query, 1, count=True))

    def _to_see(self, query: Query) -> Query:
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, self.visible)])

    @cached_property
    def _most_with_half(self) -> float:
        """A word of more documents than this is too common to be what was meant."""
        visible = self.searcher.search(self.visible, 1, count=True)
        return number_of_hits(visible) * MOST_WITH_HALF

    # Slips of the pen

    def _slip(self, word: str, place: int, corrected: list[str], asked: Asked) -> Query | None:
        """The likely words for one that nothing holds, and what the word as typed is part of."""
        likely = likely_words(spoken(word), self.searcher, self._number_visible)
        options = []
        for other, weight in likely:
            query = self._in_languages(other, known=True) or _term("exact", other)
            options.append(_weighed(query, weight / likely[0][1]))
            self._mark(other, weight / likely[0][1], asked)
        if likely:
            corrected[place] = likely[0][0]
            asked.is_replaced = True
        typed = self._in_languages(word, known=False)
        if typed is not None:
            self._mark(word, PART, asked)
        meant = one_of(options)
        if meant is None or typed is None:
            return meant or typed
        return any_of([_weighed(typed, AS_TYPED), meant])

    def _neighbours(self, words: list[str], asked: Asked) -> list[tuple[int, Query]]:
        """`jeugd hulp` also finds `jeugdhulp`: the place of the first word, and the query."""
        found = []
        for place, (left, right) in enumerate(pairwise(words)):
            if min(len(left), len(right)) < SHORTEST_TO_JOIN:
                continue
            joined = spoken(left) + spoken(right)
            stem = stem_of(joined, DUTCH)
            if self.is_visible(DUTCH, stem):
                found.append((place, _weighed(_term(DUTCH, stem), JOINED)))
                asked.marked.setdefault(stem, JOINED)
        return found

    # Other names

    def _named(self, words: list[str], asked: Asked) -> tuple[set[int], list[Query]]:
        """The places of words that name something in the vocabulary, and its other names."""
        taken: set[int] = set()
        queries: list[Query] = []
        is_alone = sum(any(terms_of(word, DUTCH).whole) for word in words) == 1
        for size in range(min(MOST_WORDS_OF_A_NAME, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                places = set(range(start, start + size))
                if places & taken:
                    continue
                named = " ".join(words[start : start + size])
                others = self.synonyms.of(named, is_alone=is_alone)
                found = [q for name in others if (q := self._name(name, asked)) is not None]
                if (query := one_of(found)) is not None:
                    taken |= places
                    queries.append(query)
        return taken, queries

    def _name(self, name: Name, asked: Asked) -> Query | None:
        """The query for another name, when something that this person may see holds it."""
        words = list(written_words(name.text))
        terms = [terms_of(word, name.language).whole for word in words]
        # The capitals of an abbreviation are its last term: then only these count.
        chosen = [own[-1] if name.capitals_only else own[0] for own in terms if own]
        query = all_of([_term(name.language, term) for term in chosen])
        if query is None or not self._is_there(query):
            return None
        for term in chosen:
            asked.marked.setdefault(term, SYNONYM)
        if name.language == self.language and name.text not in asked.also_searched:
            asked.also_searched.append(name.text)
        return _weighed(query, SYNONYM)

    def _names(self, text: str) -> list[Query]:
        """What is called exactly this, and what belongs to the practices that are named in it."""
        sound = sound_of(text)
        queries = [Query.const_score_query(_term("name", sound), SAME_NAME)] if sound else []
        words = [spoken(word) for word in written_words(text)][:MOST_WORDS]
        keys: set[str] = set()
        for size in range(1, min(MOST_WORDS_OF_A_NAME, len(words)) + 1):
            for start in range(len(words) - size + 1):
                keys.update(self.practices.get("".join(words[start : start + size]), ()))
        queries += [
            Query.const_score_query(_term("praktijk", key), OF_PRACTICE) for key in sorted(keys)
        ]
        return queries

    def _mark(self, word: str, weight: float, asked: Asked, with_parts: bool = True) -> None:
        for language in LANGUAGES:
            terms = self._terms_of(word, language)
            for term in terms.whole:
                asked.marked[term] = max(weight, asked.marked.get(term, 0))
            for term in terms.parts if with_parts else ():
                asked.marked.setdefault(term, weight * PART)
        if not any(terms_of(word, DUTCH).whole):
            asked.marked.setdefault(spoken(word), weight)


def number_of_hits(result: tantivy.SearchResult) -> int:
    # The types of the library leave it out.
    return getattr(result, "count", 0) or 0


# Queries


def _term(name: str, term: str) -> Query:
    return Query.term_query(SCHEMA, name, term)


def _weighed(query: Query, weight: float) -> Query:
    return query if weight == 1.0 else Query.boost_query(query, weight)


def any_of(queries: list[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def all_of(queries: list[Query]) -> Query | None:
    if len(queries) < 2:
        return queries[0] if queries else None
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def one_of(queries: list[Query]) -> Query | None:
    """The best of these: the same thing said in two ways does not count twice."""
    if len(queries) < 2:
        return queries[0] if queries else None
    return Query.disjunction_max_query(queries, 0.1)


def phrase_query(phrase: str) -> Query | None:
    words: list[str | tuple[int, str]] = []
    words += list(plain_words(phrase))[:MOST_WORDS]
    if len(words) < 2:
        return _term("exact", str(words[0])) if words else None
    return Query.phrase_query(SCHEMA, "exact", words)
