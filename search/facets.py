"""The filters beside the results, with the number that each choice gives."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

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

# So many values of a filter stand on the page at once, and so many of those before one asks for
# more. All of them, there can be a thousand schools, have an address.
MOST_SHOWN, SHOWN_FIRST = 50, 8
# So many are counted for that: among them may be some that this person cannot choose.
MOST_COUNTED = 2 * MOST_SHOWN


class Option(NamedTuple):
    value: str
    label: str
    # A tuple can count as well; nobody asks this one.
    count: int  # type: ignore[assignment]
    selected: bool
    # What is counted, for who hears the number without seeing where it stands.
    unit: str

    @property
    def number(self) -> str:
        """The number as a text: of a number Django asks each time how the language writes it."""
        return str(self.count)


@lru_cache(maxsize=10_000)
def _unit(count: int, language: str | None) -> str:
    """In this language, which is the active one."""
    return ngettext("result", "results", count)


@dataclass(frozen=True)
class Facet:
    name: str
    title: str
    # All values, or of very many the most frequent.
    options: list[Option]
    has_others: bool = False
    # Whether all values were asked for, and the address that asks for them.
    is_whole: bool = False
    all_address: str = ""

    @property
    def parts(self) -> list[list[Option]]:
        """What shows at once, and what shows when somebody asks for more."""
        return [part for part in (self.options[:SHOWN_FIRST], self.options[SHOWN_FIRST:]) if part]

    @property
    def more(self) -> int:
        return len(self.options) - SHOWN_FIRST


def facets_of(
    counts: dict[str, dict[str, int]],
    query: SearchQuery,
    labels: Labels,
    *,
    whole: Container[str] = (),
) -> list[Facet]:
    """Each filter with its values: those in `whole` with all of them, however many.

    A count leaves out the choices in the own filter. A value that would give nothing is left out,
    unless it is chosen.
    """
    address = query.address_with(alle="")
    return [
        _facet(name, counts.get(name, {}), query, labels, name in whole, address) for name in FACETS
    ]


def _facet(
    name: str,
    counts: dict[str, int],
    query: SearchQuery,
    labels: Labels,
    is_whole: bool,
    address: str,
) -> Facet:
    selected = query.filters.get(name, ())
    known = labels.of[name]
    numbers = _numbers(name, counts, selected, labels)
    # The known ones in their order.
    others = sorted(numbers.keys() - known.keys(), reverse=name in BACKWARDS)
    values = [*(value for value in known if value in numbers), *others]
    has_others = not is_whole and (len(values) > MOST_SHOWN or len(counts) >= MOST_COUNTED)
    if has_others:
        largest = sorted(values, key=lambda value: (value not in selected, -numbers[value]))
        kept = {*largest[:MOST_SHOWN], *selected}
        values = [value for value in values if value in kept]
    language = get_language()
    options = [
        Option(
            value,
            known.get(value, value),
            numbers[value],
            value in selected,
            _unit(numbers[value], language),
        )
        for value in values
    ]
    if name in BY_NUMBER:
        options.sort(key=lambda option: (not option.selected, -option.count, option.label))
    return Facet(
        name, str(TITLES[name]), options, has_others, is_whole, f"{address}{name}#filter-{name}"
    )


def _numbers(
    name: str, counts: dict[str, int], selected: Iterable[str], labels: Labels
) -> dict[str, int]:
    """The number of each value of an address, as far as this person can choose it."""
    of_index = labels.values[name]
    numbers: dict[str, int] = dict.fromkeys(selected, 0)
    for key, count in counts.items():
        value = of_index.get(key, key if name == "jaar" else None)
        if value is not None:
            numbers[value] = numbers.get(value, 0) + count
    return numbers
