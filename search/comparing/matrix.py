"""Practices beside the words of the field: who uses what, and the lessons that show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.languages import in_frame
from content.meta import whole_address
from practices.listing import PracticeGroup, in_groups
from practices.models import ElementState, PracticePage
from practices.profile import practices_by_key
from search.comparing.matrix_cells import (
    Cell,
    Column,
    Evidence,
    number_of_lessons,
    read_evidence,
)
from search.comparing.matrix_query import MatrixQuery, RowKind
from search.facets import TITLES
from search.formats import file_links
from search.labels import practice_labels
from search.query import MOST_VALUES
from search.results import Link
from vocabulary.models import Term

# With more columns or rows nobody finds the way in a table.
MOST_COLUMNS = 30
MOST_ROWS = 60
# A click on a column that stands for several practices names them all; the search takes no more.
MOST_IN_A_COLUMN = MOST_VALUES
# So many columns fit on a screen without scrolling sideways.
MOST_THAT_FIT = 5

_SHORT = {RowKind.ELEMENT: gettext_lazy("Elements")}
_LEADS = {
    RowKind.ELEMENT: gettext_lazy(
        "The working elements, at each practice. Each cell also tells which lessons show it."
    ),
    RowKind.THEME: gettext_lazy(
        "The themes, at each practice. Each cell tells how many lessons are about it."
    ),
    RowKind.PHASE: gettext_lazy(
        "The phases, at each practice. Each cell tells how many lessons come from it."
    ),
    RowKind.DOMAIN: gettext_lazy(
        "The domains, at each practice. Each cell tells how many lessons are about it."
    ),
}


@dataclass(frozen=True)
class Row:
    term: Term
    cells: tuple[Cell, ...]

    @property
    def title(self) -> str:
        return self.term.label

    @property
    def lang(self) -> str:
        return self.term.language_of_label

    @property
    def hint(self) -> str:
        return "" if self.term.active else _("no longer on the list")

    @property
    def has_lessons(self) -> bool:
        return any(cell.links for cell in self.cells)

    @property
    def telling(self) -> list[Cell]:
        """The cells that say something: those of the list for a narrow screen."""
        return [cell for cell in self.cells if cell.says_something]

    @property
    def silent(self) -> list[Column]:
        """The columns that this list names in one line."""
        return [cell.column for cell in self.cells if not cell.says_something]


@dataclass(frozen=True)
class Gap:
    """A word that the practices in the table have no lesson about."""

    term: Term
    url: str
    # How many lessons others have.
    count: int = 0

    @property
    def label(self) -> str:
        return self.term.label

    @property
    def lang(self) -> str:
        return self.term.language_of_label

    @property
    def count_label(self) -> str:
        return number_of_lessons(self.count) if self.count else ""


@dataclass(frozen=True)
class Matrix:
    query: MatrixQuery
    columns: list[Column]
    rows: list[Row]
    gaps: list[Gap]
    groups: list[PracticeGroup]

    @property
    def notices(self) -> tuple[str, ...]:
        return self.query.notices

    @property
    def has_states(self) -> bool:
        return self.query.rows == RowKind.ELEMENT

    @property
    def title(self) -> str:
        return _("Who uses what?") if self.has_states else _("Who learned what?")

    @property
    def lead(self) -> str:
        return str(_LEADS[self.query.rows])

    @property
    def row_title(self) -> str:
        """What one row is: the name of the filter."""
        return str(TITLES[self.query.rows.value])

    @property
    def explanation(self) -> str:
        lessons = _(
            "A number opens exactly those lessons. Where nothing else is said, it worked, wholly "
            "or partly."
        )
        disc = _("A filled disc says: the practice uses this.")
        return f"{disc} {lessons}" if self.has_states else lessons

    @property
    def legend(self) -> list[ElementState]:
        return list(ElementState) if self.has_states else []

    @property
    def views(self) -> list[Link]:
        """The same practices with each kind of rows."""
        return [
            Link(
                str(_SHORT.get(rows, rows.label)),
                self.query.with_rows(rows).address,
                current=rows == self.query.rows,
            )
            for rows in RowKind
        ]

    @property
    def is_chosen(self) -> bool:
        return bool(self.query.slugs)

    @property
    def address_of_all(self) -> str:
        return self.query.of().address

    @property
    def is_wide(self) -> bool:
        """Whether the table may be wider than the screen."""
        return len(self.columns) > MOST_THAT_FIT

    @property
    def folded(self) -> list[PracticePage]:
        """The practices that share a column."""
        return [page for column in self.columns if column.is_folded for page in column.practices]

    @property
    def unknown_to_all(self) -> list[Gap]:
        return [gap for gap in self.gaps if not gap.count]

    @property
    def known_to_others(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.count]

    @property
    def files(self) -> list[Link]:
        label = _("Download as %(format)s")
        return file_links("compare_matrix_export", self.query.parameters, label)

    @property
    def whole_address(self) -> str:
        return whole_address(self.query.address)


def matrix_of(query: MatrixQuery, request) -> Matrix:
    """The table as this person may see it; its number of queries does not depend on its size."""
    practices = sorted(practices_by_key(request.user).values(), key=lambda page: page.path)
    groups = in_groups(practices)
    query, columns = _columns(query, groups, practice_labels(practices), request)
    evidence = read_evidence(query.rows, columns, request.user)
    rows = [
        Row(term, evidence.cells(term, columns))
        for term in Term.objects.of_kind(query.rows.term_kind).named()
    ]
    shown = [row for row in rows if _is_shown(row, query.rows)]
    if len(shown) > MOST_ROWS:
        shown = shown[:MOST_ROWS]
        query = query.noting(_("These are the first %(most)s rows.") % {"most": MOST_ROWS})
    return Matrix(query, columns, shown, _gaps(rows, evidence), groups)


def _columns(
    query: MatrixQuery, groups: list[PracticeGroup], labels: Mapping[str, str], request
) -> tuple[MatrixQuery, list[Column]]:
    """The chosen practices in the order of the choice; else all that go on, elsewhere as one."""
    visible = {practice.slug: practice for group in groups for practice in group.practices}
    chosen = [visible[slug] for slug in query.slugs if slug in visible]
    if len(chosen) < len(query.slugs):
        # Not which one: a name would tell that it exists.
        query = query.noting(_("A choice is not available."))
    active = {group.key: group.practices for group in groups}
    shown = chosen or active.get("practices", [])
    if len(shown) > MOST_COLUMNS:
        shown = shown[:MOST_COLUMNS]
        notice = _("At most %(most)s practices fit in this table. These are the first ones.")
        query = query.noting(notice % {"most": MOST_COLUMNS})
    query = query.of(*(practice.slug for practice in chosen[:MOST_COLUMNS]))
    columns = [
        Column(
            title=labels[practice.slug],
            sign=f"sign-{practice.sign}",
            url=practice.address(request),
            practices=(practice,),
            lang=practice.language_of_text,
            url_without=query.without(practice.slug).address if chosen else "",
        )
        for practice in shown
    ]
    elsewhere = active.get("elsewhere", [])
    if elsewhere and not chosen:
        columns.append(_folded(elsewhere[:MOST_IN_A_COLUMN]))
    if len(elsewhere) > MOST_IN_A_COLUMN and not chosen:
        notice = _("Of the examples from elsewhere only the first %(most)s are counted.")
        query = query.noting(notice % {"most": MOST_IN_A_COLUMN})
    return query, columns


def _folded(practices: list[PracticePage]) -> Column:
    return Column(
        title=_("Examples from elsewhere"),
        sign="sign-elsewhere",
        url=in_frame("/praktijken/#groep-elsewhere"),
        practices=tuple(practices),
        is_folded=True,
    )


def _is_shown(row: Row, rows: RowKind) -> bool:
    """Each element, for the list is short; of other words those that there is a lesson about."""
    if rows == RowKind.ELEMENT:
        return row.term.active or bool(row.telling)
    return row.has_lessons


def _gaps(rows: Iterable[Row], evidence: Evidence) -> list[Gap]:
    """The words in use that no practice in the table has a lesson about."""
    gaps = []
    for row in rows:
        if not row.term.active or row.has_lessons:
            continue
        number = evidence.number(row.term)
        page = in_frame(f"/themas/{row.term.slug}/")
        gaps.append(Gap(row.term, evidence.address(row.term) if number else page, number))
    return gaps
