"""The filters beside the results, with the number that each choice gives."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from search.catalogue import Entry
from search.query import FACET_NAMES, SearchQuery

TITLES = {
    "soort": _("Kind"),
    "praktijk": _("Practice"),
    "thema": _("Theme"),
    "uitkomst": _("Outcome"),
}
# The values of these filters have no order of their own: the most frequent come first.
BY_NUMBER = {"thema"}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    name: str
    title: str
    options: list[Option]


def chosen_entries(entries: Iterable[Entry], filters: dict[str, tuple[str, ...]]) -> list[Entry]:
    """The entries that every filter lets through."""
    return [entry for entry in entries if not _refusing(entry, filters)]


def facets_of(
    entries: Iterable[Entry], query: SearchQuery, labels: dict[str, dict[str, str]]
) -> list[Facet]:
    """Each filter with its values. A count leaves out the choices in the own filter.

    A value that would give nothing is left out, unless it is chosen.
    """
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACET_NAMES}
    for entry in entries:
        refusing = _refusing(entry, query.filters)
        if len(refusing) > 1:
            continue
        for name in refusing or FACET_NAMES:
            for value in entry.values[name]:
                counts[name][value] += 1
    return [
        Facet(name, str(TITLES[name]), _options(name, labels[name], counts[name], query))
        for name in FACET_NAMES
    ]


def _refusing(entry: Entry, filters: dict[str, tuple[str, ...]]) -> list[str]:
    return [name for name, values in filters.items() if entry.values[name].isdisjoint(values)]


def _options(
    name: str, labels: dict[str, str], counts: Counter[str], query: SearchQuery
) -> list[Option]:
    selected = query.filters.get(name, ())
    options = [
        Option(value, label, counts[value], value in selected)
        for value, label in labels.items()
        if counts[value] or value in selected
    ]
    if name in BY_NUMBER:
        options.sort(key=lambda option: (not option.selected, -option.count, option.label))
    return options
