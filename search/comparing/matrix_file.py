"""The matrix as a table to take along: what the page shows, cell by cell."""

from django.utils.translation import gettext as _

from content.meta import whole_address
from files.tables import Row
from lessons.transfer.texts import joined
from search.comparing.matrix import Gap, Matrix
from search.formats import TableFile, row_of_date

FILE_NAME = "praktijken-naast-elkaar"


def table_of(matrix: Matrix) -> TableFile:
    """The table, and below it the words that there is no lesson about."""
    sheets = {str(matrix.query.rows.label): _rows(matrix)}
    if matrix.gaps:
        sheets[_("No lesson yet")] = [
            [matrix.row_title, _("Lessons of others"), _("Address")],
            *(_gap(gap) for gap in matrix.gaps),
        ]
    return TableFile(FILE_NAME, _about(matrix), sheets)


def _rows(matrix: Matrix) -> list[Row]:
    return [
        [matrix.row_title, *(column.title for column in matrix.columns)],
        *(
            [
                joined(filter(None, [row.title, row.hint])),
                *(joined(cell.texts) for cell in row.cells),
            ]
            for row in matrix.rows
        ),
    ]


def _gap(gap: Gap) -> Row:
    return [gap.label, gap.count_label or _("no lesson yet"), whole_address(gap.url)]


def _about(matrix: Matrix) -> list[Row]:
    folded = [practice.title for practice in matrix.folded]
    return [
        [_("%(title)s Table of Lerende Praktijken") % {"title": matrix.title}],
        row_of_date(),
        [_("Explanation"), matrix.explanation],
        *([[_("Examples from elsewhere"), joined(folded)]] if folded else []),
        [_("Address"), matrix.whole_address],
    ]
