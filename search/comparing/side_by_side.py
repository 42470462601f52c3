"""Practices or schools side by side on the same rows, in the order in which they were chosen."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from content.meta import whole_address
from practices.listing import PracticeGroup, practice_groups
from search.comparing.cells import Cell, Row
from search.comparing.chosen import FEWEST, MOST, Compared, ComparisonQuery, choose
from search.comparing.rows import Rows, rows_for
from search.comparing.schools import SchoolGroup, by_practice, visible_schools
from search.formats import file_links
from search.labels import practice_label
from search.results import Link


@dataclass(frozen=True)
class Column:
    title: str
    sign: str
    url: str
    lang: str
    # Of a school: its practice, where the title does not name it.
    note: str
    note_lang: str
    # The same comparison without this column, and with it as the first.
    url_without: str
    url_first: str

    @property
    def in_words(self) -> str:
        """As it stands in a file."""
        return f"{self.title} ({self.note})" if self.note else self.title


@dataclass(frozen=True)
class Comparison:
    query: ComparisonQuery
    columns: list[Column]
    rows_of: Rows
    groups: list[PracticeGroup]
    school_groups: list[SchoolGroup]
    # The values that are ticked in the form.
    ticked: frozenset[str]
    notices: list[str]
    # The slugs of the practices that are compared, or whose schools are.
    practices: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return len(self.columns) >= FEWEST

    @property
    def has_room(self) -> bool:
        return len(self.columns) < MOST

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.rows_of.groups for row in group.rows]

    @property
    def title(self) -> str:
        if self.query.of_schools:
            titles = {
                2: _("Two schools side by side"),
                3: _("Three schools side by side"),
                4: _("Four schools side by side"),
            }
        else:
            titles = {
                2: _("Two practices side by side"),
                3: _("Three practices side by side"),
                4: _("Four practices side by side"),
            }
        return titles.get(len(self.columns), _("Compare practices"))

    @property
    def views(self) -> list[Link]:
        everything = replace(self.query, only_differences=False)
        differences = replace(self.query, only_differences=True)
        return [
            Link(_("Everything"), everything.address, current=self.query == everything),
            Link(_("Only differences"), differences.address, current=self.query == differences),
        ]

    @property
    def all_themes(self) -> Link | None:
        """The same with a row for each theme, where some have none."""
        if not self.rows_of.left_out_of:
            return None
        label = _("Show all %(number)s themes") % {"number": self.rows_of.left_out_of}
        return Link(label, replace(self.query, all_themes=True).address)

    @property
    def columns_by_row(self) -> list[tuple[str, list[tuple[Row, list[tuple[Column, Cell]]]]]]:
        """Each group, each row in it, and its cells beside their columns: the table as a list."""
        return [
            (
                group.title,
                [(row, list(zip(self.columns, row.cells, strict=True))) for row in group.rows],
            )
            for group in self.rows_of.groups
        ]

    @property
    def files(self) -> list[Link]:
        """The table in each format."""
        return file_links("compare_export", self.query.parameters())

    @property
    def carried(self) -> str:
        """What other ways of comparing take over of this choice."""
        return urlencode([("praktijk", slug) for slug in self.practices])

    @property
    def carried_schools(self) -> str:
        """The same for paths: those of the chosen schools, or all of the chosen practices."""
        schools = urlencode([("school", value) for value in self.query.schools], safe="/")
        return schools or self.carried

    @property
    def whole_address(self) -> str:
        return whole_address(self.query.address)


def compare_practices(query: ComparisonQuery, request: HttpRequest) -> Comparison:
    groups = practice_groups(request.user)
    schools = visible_schools(request.user)
    choice = choose(query, groups, schools)
    compared = choice.compared
    rows = rows_for(choice, schools, request) if len(compared) >= FEWEST else Rows([])
    return Comparison(
        query=choice.query,
        columns=[_column(one, value, choice.query, request) for value, one in choice.by_value],
        rows_of=rows,
        groups=groups,
        school_groups=by_practice(schools.values()) if len(schools) >= FEWEST else [],
        ticked=choice.ticked,
        notices=choice.notices,
        practices=tuple(dict.fromkeys(one.practice.slug for one in compared)),
    )


def _column(one: Compared, value: str, query: ComparisonQuery, request) -> Column:
    page = one.school.path if one.school else one.practice
    return Column(
        title=one.label,
        sign=f"sign-{one.practice.sign}",
        url=page.address(request),
        lang=page.language_of_text,
        note=practice_label(one.practice) if one.label == _name_of_school(one) else "",
        note_lang=one.practice.language_of_text,
        url_without=query.without(value).address,
        url_first=query.beginning_with(value).address,
    )


def _name_of_school(one: Compared) -> str | None:
    return one.school.path.school if one.school else None
