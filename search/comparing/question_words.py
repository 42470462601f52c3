"""The words of lessons that were found: which of them practices share, and which only one has."""

from dataclasses import dataclass, replace

from search.comparing.chosen import FEWEST
from search.facets import TITLES
from search.index.finding import Answer
from search.kinds import Kind
from search.labels import Labels
from search.query import SearchQuery

# So many words are named that all share, and so many that only one practice has.
MOST_WORDS = 8
# The filters whose values are words of a lesson; those that tell more of it come first.
TELLING_FILTERS = ("thema", "element", "beroep", "tag")
GENERAL_FILTERS = ("domein", "niveau", "fase")
Filters = dict[str, tuple[str, ...]]
LESSONS: Filters = {"soort": (Kind.LESSON.value,)}


@dataclass(frozen=True)
class Count:
    """How many lessons there are, and the search that gives exactly those."""

    number: int
    url: str


@dataclass(frozen=True)
class Word:
    """A word of the vocabulary, with the number of lessons in each column that has it."""

    label: str
    kind: str
    counts: tuple[Count, ...]

    @property
    def total(self) -> int:
        return sum(count.number for count in self.counts)


def address_of(query: SearchQuery, slug: str, filters: Filters) -> str:
    """The search that gives exactly what is counted."""
    return query.with_filters(query.filters | {"praktijk": (slug,)} | filters).address


def words_of(
    answers: list[Answer], query: SearchQuery, shown: tuple[str, ...], labels: Labels
) -> list[Word]:
    """The words of the lessons that were found, those of the most lessons first.

    Not of a filter with a choice in it: its numbers would tell of other lessons than these.
    """
    words: list[Word] = []
    for names in (TELLING_FILTERS, GENERAL_FILTERS):
        found = [
            word
            for name in names
            if name not in query.filters
            for word in _words_in(name, answers, query, shown, labels)
        ]
        words += sorted(found, key=lambda word: (-word.total, word.label))
    return words


def _words_in(
    name: str, answers: list[Answer], query: SearchQuery, shown: tuple[str, ...], labels: Labels
) -> list[Word]:
    """The values of one filter, with their number in each column."""
    numbers = [_by_value(answer.counts[name], name, labels) for answer in answers]
    columns = list(zip(shown, numbers, strict=True))

    def counts(value: str) -> tuple[Count, ...]:
        lessons: Filters = LESSONS | {name: (value,)}
        return tuple(
            Count(counted.get(value, 0), address_of(query, slug, lessons))
            for slug, counted in columns
        )

    values = dict.fromkeys(value for counted in numbers for value in counted)
    return [Word(labels.label(name, value), str(TITLES[name]), counts(value)) for value in values]


def _by_value(counts: dict[str, int], name: str, labels: Labels) -> dict[str, int]:
    """By the value of an address, as far as this person can choose it."""
    known = labels.values[name]
    numbers: dict[str, int] = {}
    for key, number in counts.items():
        if key in known:
            numbers[known[key]] = numbers.get(known[key], 0) + number
    return numbers


def shared_words(words: list[Word], answers: list[Answer]) -> list[Word]:
    """The words that every practice with a lesson about the question has, if there are two."""
    speaking = [number for number, answer in enumerate(answers) if answer.total]
    if len(speaking) < FEWEST:
        return []
    shared = [word for word in words if all(word.counts[number].number for number in speaking)]
    return shared[:MOST_WORDS]


def own_words(words: list[Word], column: int) -> list[Word]:
    """The words that only this column has, each with its one count."""
    own = [
        replace(word, counts=(word.counts[column],))
        for word in words
        if word.counts[column].number and word.counts[column].number == word.total
    ]
    return own[:MOST_WORDS]
