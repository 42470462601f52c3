"""What somebody asks, read from an address that anybody may have changed."""

import unicodedata
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# So much of a question is used, and so many values of one filter; the page says so.
MOST_CHARACTERS = 300
MOST_VALUES = 50
# How much of a refused value a notice repeats, and how many of them it names.
QUOTED_CHARACTERS = 40
NAMED_VALUES = 5

FACET_NAMES = ("soort", "praktijk", "thema", "uitkomst")
# Filters that other addresses of the platform know and this page does not have yet.
OTHER_FACET_NAMES = (
    "school", "element", "domein", "beroep", "niveau", "fase", "sterkte", "tag", "jaar", "taal",
)  # fmt: skip


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

    def noting(self, *notices: str) -> "SearchQuery":
        return replace(self, notices=(*self.notices, *notices))

    def parameters(self) -> str:
        """The query string of this question, on its first page."""
        words = [("q", self.words)] if self.words else []
        sort = [("sort", self.sort.value)] if self.sort != self.default_sort else []
        return urlencode([*words, *self.chosen, *sort])

    @property
    def address(self) -> str:
        return f"{reverse('search')}?{self.parameters()}".rstrip("?")


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
        values = tuple(dict.fromkeys(clean(value) for value in data.getlist(name) if clean(value)))
        if len(values) > MOST_VALUES:
            values = values[:MOST_VALUES]
            notices.append(
                _("Of the filter “%(name)s” only the first %(most)s choices are used.")
                % {"name": name, "most": MOST_VALUES}
            )
        if values:
            filters[name] = values
    asked = [(name, data.get(name, "")) for name in OTHER_FACET_NAMES]
    refused = [(name, value) for name, value in asked if clean(value)]
    query = SearchQuery(words=words, filters=filters)
    return replace(query, sort=_read_sort(data, query)).noting(*notices, *refusals(refused))


def refusals(refused: list[tuple[str, str]]) -> list[str]:
    """A notice that names filters that were left out, or nothing."""
    if not refused:
        return []
    named = [f"{name}: {shorten(value)}" for name, value in refused[:NAMED_VALUES]]
    if len(refused) > NAMED_VALUES:
        named.append("…")
    return [
        _("Left out, because this filter does not exist: %(names)s.") % {"names": ", ".join(named)}
    ]


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
