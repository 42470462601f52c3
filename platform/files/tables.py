"""Tables as files for a spreadsheet: every cell is text, and no cell is a formula."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, TextIOWrapper
from typing import IO, BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.xml.constants import SHEET_MAIN_NS

Row = Sequence[str]

# More characters than this a cell of Excel cannot hold.
LONGEST_CELL_IN_XLSX = 32_767
APOSTROPHE = "'"
# What a spreadsheet takes for a formula. Apostrophes before it count too: else reading would take
# away one that the text has of its own.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
TEXT_FORMAT = "@"
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def guarded(cell: str) -> str:
    """A cell of CSV that no spreadsheet takes for a formula."""
    return f"{APOSTROPHE}{cell}" if FORMULA.match(cell) else cell


def is_guarded(cell: str) -> bool:
    return cell.startswith(APOSTROPHE) and FORMULA.match(cell) is not None


def write_csv(rows: Iterable[Row], file: BinaryIO) -> int:
    """With a mark at the start and semicolons, as Dutch Excel reads it; returns how many rows."""
    stream = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(stream, delimiter=";")
    count = 0
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
        count += 1
    stream.detach()
    return count


def write_xlsx(sheets: Mapping[str, Iterable[Row]], file: BinaryIO) -> int:
    """Each sheet by its name; returns how many rows. No cell may be over LONGEST_CELL_IN_XLSX.

    The book around the rows is openpyxl's. The rows, easily two hundred thousand cells, we write
    ourselves: making an object of each cell takes ten times as long.
    """
    book = Workbook(write_only=True)
    empty, count = BytesIO(), 0
    rows_by_part = {}
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        style = _add_empty_sheet(book, name)
        rows_by_part[f"xl/worksheets/sheet{number}.xml"] = rows
    book.save(empty)
    with ZipFile(empty) as parts, ZipFile(file, "w", ZIP_DEFLATED) as written:
        for name in parts.namelist():
            with written.open(name, "w") as part:
                if name in rows_by_part:
                    count += _write_rows(rows_by_part[name], style, part)
                else:
                    part.write(parts.read(name))
    return count


def _add_empty_sheet(book: Workbook, name: str) -> int:
    """Returns the number of the style of text in this book."""
    sheet = book.create_sheet(name)
    cell = WriteOnlyCell(sheet)
    cell.number_format = TEXT_FORMAT
    sheet.append([cell])
    return cell.style_id


def _write_rows(rows: Iterable[Row], style: int, part: IO[bytes]) -> int:
    columns: list[str] = []
    number = 0
    part.write(f'<worksheet xmlns="{SHEET_MAIN_NS}"><sheetData>'.encode())
    for number, row in enumerate(rows, start=1):
        columns += map(get_column_letter, range(len(columns) + 1, len(row) + 1))
        cells = [
            f'<c r="{column}{number}" s="{style}" t="inlineStr"><is>'
            f'<t xml:space="preserve">{_escaped(text)}</t></is></c>'
            if text
            else f'<c r="{column}{number}" s="{style}"/>'
            for column, text in zip(columns, row, strict=False)
        ]
        part.write(f'<row r="{number}">{"".join(cells)}</row>'.encode())
    part.write(b"</sheetData></worksheet>")
    return number


def _escaped(text: str) -> str:
    """As XML has it: what no XML may hold is left out."""
    text = NOT_IN_XML.sub("", text)
    # Readers of XML make a line break of it.
    return escape(text, {"\r": "&#13;"})
