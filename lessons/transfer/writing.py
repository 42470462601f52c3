"""Rows of lessons into a file, one at a time."""

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from files.tables import LONGEST_CELL_IN_XLSX, write_csv, write_xlsx
from lessons.transfer.columns import COLUMNS, FileFormat, TransferError
from lessons.transfer.texts import joined

WrittenRow = dict[str, str | list[str]]

SHEET = "lessen"


def write(rows: Iterable[WrittenRow], file: BinaryIO, file_format: FileFormat) -> int:
    """Put all rows in the file; returns how many."""
    return WRITERS[file_format](rows, file)


def _write_jsonl(rows: Iterable[WrittenRow], file: BinaryIO) -> int:
    count = 0
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def _write_csv(rows: Iterable[WrittenRow], file: BinaryIO) -> int:
    # The names of the columns are no lesson.
    return write_csv(_table(rows), file) - 1


def _write_xlsx(rows: Iterable[WrittenRow], file: BinaryIO) -> int:
    return write_xlsx({SHEET: _fitting(_table(rows))}, file) - 1


def _table(rows: Iterable[WrittenRow]) -> Iterator[list[str]]:
    yield COLUMNS
    for row in rows:
        values = (row[name] for name in COLUMNS)
        yield [joined(value) if isinstance(value, list) else value for value in values]


def _fitting(table: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows of the table; stops at one that Excel cannot hold."""
    for cells in table:
        if any(len(cell) > LONGEST_CELL_IN_XLSX for cell in cells):
            raise TransferError(
                _("Lesson %(id)s has a text that is too long for Excel. Choose CSV or JSON Lines.")
                % {"id": cells[COLUMNS.index("external_id")]}
            )
        yield cells


WRITERS = {FileFormat.JSONL: _write_jsonl, FileFormat.CSV: _write_csv, FileFormat.XLSX: _write_xlsx}
