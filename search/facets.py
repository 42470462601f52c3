"""The filters beside the results, with the number that each choice gives."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from search.index.schema import FACETS
from search.labels import Labels
from search.query import SearchQuery

TITLES = {
    "soort": _("Kind"),
    "praktijk": _("Practice"),
    "school": _("School"),
    "schoolsoort": _("Kind of school"),
    "thema": _("Theme"),
    "element": _("Working element"),
    "domein": _("Domain"),
    "beroep": _("Profession"),
    "niveau": _("Level"),
    "fase": _("Phase"),
    "uitkomst": _("Outcome"),
    "sterkte": _("How sure"),
    "tag": _("Free tag"),
    "jaar": _("Year"),
    "taal": _("Language"),
}
# The values of these filters have no order of their own: the most frequent come first.
BY_NUMBER = {"thema", "element", "domein", "beroep", "tag", "school"}
# Years count down.
BACKWARDS = {"jaar"}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    selected: bool

    @property
    def unit(self) -> str:
        """What is counted, for who hears the number without seeing where it stands."""
        return ngettext("result", "results", self.count)


@dataclass(frozen=True)
class Facet:
    name: str
    title: str
    options: list[Option]

    @property
    def is_open(self) -> bool:
        """Whether something is chosen here."""
        return any(option.selected for option in self.options)


def facets_of(counts: dict[str, dict[str, int]], query: SearchQuery, labels: Labels) -> list[Facet]:
    """Each filter with its values. A count leaves out the choices in the own filter.

    A value that would give nothing is left out, unless it is chosen.
    """
    return [
        Facet(name, str(TITLES[name]), _options(name, counts.get(name, {}), query, labels))
        for name in FACETS
    ]


def _options(name: str, counts: dict[str, int], query: SearchQuery, labels: Labels) -> list[Option]:
    selected = query.filters.get(name, ())
    numbers: dict[str, int] = {}
    for key, count in counts.items():
        value = labels.values[name].get(key, key if name == "jaar" else None)
        if value is not None:
            numbers[value] = numbers.get(value, 0) + count
    values = [*labels.of[name], *sorted(numbers.keys() | set(selected), reverse=name in BACKWARDS)]
    options = [
        Option(value, labels.label(name, value), numbers.get(value, 0), value in selected)
        for value in dict.fromkeys(values)
        if numbers.get(value) or value in selected
    ]
    if name in BY_NUMBER:
        options.sort(key=lambda option: (not option.selected, -option.count, option.label))
    return options
