"""Rows of lessons into a file, one at a time."""

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from lessons.transfer.columns import COLUMNS, LONGEST_CELL_IN_XLSX, FileFormat, TransferError
from lessons.transfer.texts import joined

WrittenRow = dict[str, str | list[str]]

APOSTROPHE = "'"
# What a spreadsheet takes for a formula. Apostrophes before it count too: else reading would take
# away one that the text has of its own.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
SHEET = "lessen"
TEXT_FORMAT = "@"


def write(rows: Iterable[WrittenRow], file: BinaryIO, file_format: FileFormat) -> int:
    """Put all rows in the file; returns how many."""
    return WRITERS[file_format](rows, file)


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"{APOSTROPHE}{cell}" if FORMULA.match(cell) else cell


def is_guarded(cell: str) -> bool:
    return cell.startswith(APOSTROPHE) and FORMULA.match(cell) is not None


def _write_jsonl(rows: Iterable[WrittenRow], file: BinaryIO) -> int:
    count = 0
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def _write_csv(rows: Iterable[WrittenRow], file: BinaryIO) -> int:
    # With a mark at the start and semicolons, as Dutch Excel reads it.
    stream = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(COLUMNS)
    count = 0
    for row in rows:
        writer.writerow([guarded(cell) for cell in _cells(row)])
        count += 1
    stream.detach()
    return count


def _write_xlsx(rows: Iterable[WrittenRow], file: BinaryIO) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.append(COLUMNS)
    count = 0
    try:
        for row in rows:
            sheet.append([_text_cell(sheet, row, cell) for cell in _cells(row)])
            count += 1
    finally:
        sheet.close()
    book.save(file)
    return count


def _text_cell(sheet, row: WrittenRow, text: str) -> WriteOnlyCell:
    if len(text) > LONGEST_CELL_IN_XLSX:
        raise TransferError(
            _("Lesson %(id)s has a text that is too long for Excel. Choose CSV or JSON Lines.")
            % {"id": row["external_id"]}
        )
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    # Also when it begins with `=`.
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    return cell


def _cells(row: WrittenRow) -> list[str]:
    values = (row[name] for name in COLUMNS)
    return [joined(value) if isinstance(value, list) else value for value in values]


WRITERS = {FileFormat.JSONL: _write_jsonl, FileFormat.CSV: _write_csv, FileFormat.XLSX: _write_xlsx}
