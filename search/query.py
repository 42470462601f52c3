"""What somebody asks, read from an address that anybody may have changed."""

import unicodedata
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.index.schema import FACETS

# So much of a question is used, and so many values of one filter; the page says so.
MOST_CHARACTERS = 300
MOST_VALUES = 50
# How much of a refused value a notice repeats, and how many of them it names.
QUOTED_CHARACTERS = 40
NAMED_VALUES = 5

FACET_NAMES = FACETS


class Sort(models.TextChoices):
    RELEVANCE = "relevantie", gettext_lazy("best match")
    NEWEST = "nieuwste", gettext_lazy("newest")
    TITLE = "titel", gettext_lazy("title")
    STRENGTH = "sterkte", gettext_lazy("how sure")


@dataclass(frozen=True)
class SearchQuery:
    """Words, filters and order. Each change gives a new one, and each is an address."""

    words: str = ""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.NEWEST
    # Only the words as they are typed: no other words for them, no likely ones.
    precisely: bool = False
    # Results together for each practice.
    by_practice: bool = False
    notices: tuple[str, ...] = ()

    @property
    def default_sort(self) -> Sort:
        return Sort.RELEVANCE if self.words else Sort.NEWEST

    @property
    def sorts(self) -> list[Sort]:
        """The orders to choose from. Without words nothing matches better than the rest."""
        return [sort for sort in Sort if self.words or sort != Sort.RELEVANCE]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Every chosen filter as a pair of name and value."""
        return [(name, value) for name, values in self.filters.items() for value in values]

    def sorted_by(self, sort: Sort) -> "SearchQuery":
        return replace(self, sort=sort)

    def without(self, name: str, value: str) -> "SearchQuery":
        rest = tuple(kept for kept in self.filters.get(name, ()) if kept != value)
        return self.with_filters(self.filters | {name: rest})

    def with_filters(self, filters: dict[str, tuple[str, ...]]) -> "SearchQuery":
        chosen = {name: values for name, values in filters.items() if values}
        return replace(self, filters=chosen)

    def asking(self, words: str) -> "SearchQuery":
        return replace(self, words=words)

    def exactly(self, precisely: bool = True) -> "SearchQuery":
        return replace(self, precisely=precisely)

    def grouped(self, by_practice: bool = True) -> "SearchQuery":
        return replace(self, by_practice=by_practice)

    def noting(self, *notices: str) -> "SearchQuery":
        return replace(self, notices=(*self.notices, *notices))

    def parameters(self) -> str:
        """The query string of this question, on its first page."""
        words = [("q", self.words)] if self.words else []
        sort = [("sort", self.sort.value)] if self.sort != self.default_sort else []
        precisely = [("precies", "1")] if self.precisely and self.words else []
        group = [("groep", "praktijk")] if self.by_practice else []
        return urlencode([*words, *self.chosen, *sort, *precisely, *group])

    @property
    def address(self) -> str:
        return f"{reverse('search')}?{self.parameters()}".rstrip("?")

    def address_with(self, **parameters: str) -> str:
        """The address of this question with something that is no part of the question itself."""
        return f"{reverse('search')}?{self.parameters()}&{urlencode(parameters)}".replace("?&", "?")


def read_query(data: QueryDict) -> SearchQuery:
    """The question in these parameters. What cannot be used is left out, and a notice says so."""
    notices = []
    words = clean(data.get("q", ""))
    if len(words) > MOST_CHARACTERS:
        words = words[:MOST_CHARACTERS].strip()
        notices.append(
            _("Only the first %(most)s characters of your question are used.")
            % {"most": MOST_CHARACTERS}
        )
    filters = {}
    for name in FACET_NAMES:
        values = values_of(data, name)
        if len(values) > MOST_VALUES:
            values = values[:MOST_VALUES]
            notices.append(
                _("Of the filter “%(name)s” only the first %(most)s choices are used.")
                % {"name": name, "most": MOST_VALUES}
            )
        if values:
            filters[name] = values
    query = SearchQuery(
        words=words,
        filters=filters,
        precisely=data.get("precies") == "1",
        by_practice=data.get("groep") == "praktijk",
    )
    return replace(query, sort=_read_sort(data, query)).noting(*notices)


def values_of(data: QueryDict, name: str) -> tuple[str, ...]:
    """The values of a parameter, cleaned, each once; empty ones say nothing."""
    return tuple(dict.fromkeys(value for each in data.getlist(name) if (value := clean(each))))


def refusals(refused: list[tuple[str, str]]) -> list[str]:
    """A notice that names filters that were left out, or nothing."""
    if not refused:
        return []
    return [
        _("Left out, because this filter does not exist: %(names)s.")
        % {"names": name_values(refused)}
    ]


def name_values(values: list[tuple[str, str]]) -> str:
    """`soort: onzin, thema: niets`: as many as fit in a sentence."""
    named = [f"{name}: {shorten(value)}" for name, value in values[:NAMED_VALUES]]
    return ", ".join([*named, *(["…"] if len(values) > NAMED_VALUES else [])])


def shorten(value: str) -> str:
    value = clean(value)
    return value if len(value) <= QUOTED_CHARACTERS else f"{value[:QUOTED_CHARACTERS]}…"


def clean(text: str) -> str:
    """Composed letters, single spaces, and no character that nobody can see or that steers text."""
    visible = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in text)
    return " ".join(unicodedata.normalize("NFC", visible).split())


def _read_sort(data: QueryDict, query: SearchQuery) -> Sort:
    asked = data.get("sort", "")
    return Sort(asked) if asked in query.sorts else query.default_sort
