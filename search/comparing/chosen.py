"""Which practices or schools an address puts side by side."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from practices.listing import PracticeGroup
from practices.models import DevelopmentPathPage, PracticePage
from search.comparing.schools import School, named_school
from search.labels import practice_label
from search.query import MOST_VALUES, values_of

FEWEST, MOST = 2, 4
PRACTICE, SCHOOL = "praktijk", "school"


@dataclass(frozen=True)
class ComparisonQuery:
    """The practices and schools that an address names, in its order, and which rows it wants."""

    practices: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    only_differences: bool = False
    # A row for every theme, not only for those with the most lessons.
    all_themes: bool = False

    @property
    def of_schools(self) -> bool:
        return bool(self.schools) and not self.practices

    @property
    def values(self) -> tuple[str, ...]:
        return self.schools if self.of_schools else self.practices

    def parameters(self) -> str:
        parameters = [(PRACTICE, slug) for slug in self.practices]
        parameters += [(SCHOOL, value) for value in self.schools]
        if self.only_differences:
            parameters.append(("verschillen", "1"))
        if self.all_themes:
            parameters.append(("themas", "alle"))
        return urlencode(parameters, safe="/")

    @property
    def address(self) -> str:
        return f"{reverse('compare')}?{self.parameters()}".rstrip("?")

    def with_values(self, values: tuple[str, ...]) -> "ComparisonQuery":
        if self.of_schools:
            return replace(self, schools=values)
        return replace(self, practices=values)

    def without(self, value: str) -> "ComparisonQuery":
        return self.with_values(tuple(kept for kept in self.values if kept != value))

    def beginning_with(self, value: str) -> "ComparisonQuery":
        return self.with_values((value, *self.without(value).values))


@dataclass(frozen=True)
class Compared:
    """What stands in one column: a practice, or one of its schools."""

    # The name, marked or longer where it would not tell enough by itself.
    label: str
    practice: PracticePage
    school: School | None = None

    @property
    def path(self) -> DevelopmentPathPage:
        """Of a school. Raises ValueError for a practice, which may have several."""
        if self.school is None:
            raise ValueError(f"No school: {self.label!r}")
        return self.school.path

    @property
    def search_parameters(self) -> list[tuple[str, str]]:
        """What limits a search to this practice or school."""
        parameters = [(PRACTICE, self.practice.slug)]
        if self.school is not None:
            parameters.append((SCHOOL, self.school.path.slug))
        return parameters


@dataclass(frozen=True)
class Choice:
    """What can be compared, what was chosen of it, and what there is to say about that."""

    query: ComparisonQuery
    compared: list[Compared]
    # The values of everything that was chosen, for the form: also what found no place.
    ticked: frozenset[str]
    notices: list[str]

    @property
    def by_value(self) -> list[tuple[str, Compared]]:
        return list(zip(self.query.values, self.compared, strict=True))


def read_comparison(data: QueryDict) -> ComparisonQuery:
    return ComparisonQuery(
        practices=values_of(data, PRACTICE)[:MOST_VALUES],
        schools=values_of(data, SCHOOL)[:MOST_VALUES],
        only_differences=data.get("verschillen") == "1",
        all_themes=data.get("themas") == "alle",
    )


def choose(
    query: ComparisonQuery, groups: list[PracticeGroup], schools: dict[str, School]
) -> Choice:
    """What of this query stands side by side. What cannot be there is left out, and said so."""
    visible = {practice.slug: practice for group in groups for practice in group.practices}
    by_key = {practice.practice_key: practice for practice in visible.values()}
    practices = {
        slug: Compared(practice_label(visible[slug], visible.values()), visible[slug])
        for slug in query.practices
        if slug in visible
    }
    found = [named_school(name, schools) for name in query.schools]
    named = {
        school.value: Compared(school.label, by_key[school.practice.practice_key], school)
        for school in found
        if school is not None and school.practice.practice_key in by_key
    }
    notices = []
    if len(practices) < len(query.practices) or None in found:
        # Not which one: a name would tell that it exists.
        notices.append(_("A choice is not available."))
    ticked = frozenset((*practices, *named))
    if practices and named:
        practices, named, notice = _of_one_kind(practices, named)
        notices.append(notice)
    compared = practices or named
    if len(compared) > MOST:
        compared = dict(list(compared.items())[:MOST])
        notices.append(
            _("At most four schools fit side by side. These are the first four.")
            if named
            else _("At most four practices fit side by side. These are the first four.")
        )
    values = tuple(compared)
    query = replace(query, practices=() if named else values, schools=values if named else ())
    return Choice(query, list(compared.values()), ticked, notices)


def _of_one_kind(practices: dict, schools: dict) -> tuple[dict, dict, str]:
    """The practices or the schools: not the same is known of both, so no table holds the two."""
    if len(practices) >= FEWEST or len(schools) < FEWEST:
        notice = _("Practices and schools do not fit in one table. The schools are left out.")
        return practices, {}, notice
    notice = _("Practices and schools do not fit in one table. The practices are left out.")
    return {}, schools, notice
