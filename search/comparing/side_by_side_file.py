"""Practices or schools side by side as a table to take along."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from files.tables import Row
from lessons.transfer.texts import joined
from search.comparing.side_by_side import Comparison
from search.formats import TableFile, row_of_date

FILE_NAME = "vergelijking"


def table_of(comparison: Comparison) -> TableFile:
    """The table as the page shows it, and below it what was compared and when."""
    return TableFile(
        FILE_NAME,
        [
            [comparison.title],
            row_of_date(),
            [_("Compared"), joined(column.in_words for column in comparison.columns)],
            [_("Rows"), next(view.label for view in comparison.views if view.current)],
            [_("Address"), comparison.whole_address],
        ],
        {_("Comparison"): list(_table(comparison))},
    )


def _table(comparison: Comparison) -> Iterator[Row]:
    yield [_("Subject"), _("Row"), *(column.in_words for column in comparison.columns)]
    for group in comparison.rows_of.groups:
        for row in group.rows:
            yield [group.title, row.title, *(cell.in_words for cell in row.cells)]
