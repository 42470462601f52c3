"""Tables as files for a spreadsheet: every cell is text, and no cell is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Row = Sequence[str]

# More characters than this a cell of Excel cannot hold.
LONGEST_CELL_IN_XLSX = 32_767
APOSTROPHE = "'"
# What a spreadsheet takes for a formula. Apostrophes before it count too: else reading would take
# away one that the text has of its own.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
TEXT_FORMAT = "@"


def guarded(cell: str) -> str:
    """A cell of CSV that no spreadsheet takes for a formula."""
    return f"{APOSTROPHE}{cell}" if FORMULA.match(cell) else cell


def is_guarded(cell: str) -> bool:
    return cell.startswith(APOSTROPHE) and FORMULA.match(cell) is not None


def write_csv(rows: Iterable[Row], file: BinaryIO) -> int:
    """With a mark at the start and semicolons, as Dutch Excel reads it; returns how many rows."""
    stream = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(stream, delimiter=";")
    count = 0
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
        count += 1
    stream.detach()
    return count


def write_xlsx(sheets: Mapping[str, Iterable[Row]], file: BinaryIO) -> int:
    """Each sheet by its name; returns how many rows. No cell may be over LONGEST_CELL_IN_XLSX."""
    book = Workbook(write_only=True)
    count = sum(_fill(book.create_sheet(name), rows) for name, rows in sheets.items())
    book.save(file)
    return count


def _fill(sheet, rows: Iterable[Row]) -> int:
    count = 0
    try:
        for row in rows:
            sheet.append([_text_cell(sheet, text) for text in row])
            count += 1
    finally:
        sheet.close()
    return count


def _text_cell(sheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    # Also when it begins with `=`.
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    return cell
