"""Rows out of a file, one at a time: a file of thousands of lessons is never in memory as a whole.

A row is a dictionary of texts, or of lists of texts, by the name of its column. A column that the
file does not have is not in it; an empty cell is an empty text.
"""

import codecs
import csv
import datetime
import io
import json
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from files.office import check as check_office_file
from files.tables import APOSTROPHE, is_guarded
from lessons.transfer.columns import (
    COLUMNS,
    LONGEST_ROW,
    MOST_ROWS,
    NEEDED,
    FileFormat,
    RowError,
    TransferError,
)
from lessons.transfer.texts import one_line

Value = str | list[str]

EXTENSIONS = {
    ".jsonl": FileFormat.JSONL,
    ".ndjson": FileFormat.JSONL,
    ".json": FileFormat.JSONL,
    ".csv": FileFormat.CSV,
    ".tsv": FileFormat.CSV,
    ".txt": FileFormat.CSV,
    ".xlsx": FileFormat.XLSX,
}
ENCODINGS = ["utf-8-sig", "cp1252"]
DELIMITERS = ";,\t"
BLOCK = 1024 * 1024
# More columns than this no table of lessons has; Excel offers 16,384.
MOST_COLUMNS = 100


@dataclass(frozen=True)
class Row:
    """One row as it stands in the file; `error` says why nothing could be read from it."""

    number: int
    values: dict[str, Value] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True)
class Source:
    """A file of lessons that can be read more than once.

    `unknown` gathers the names of columns that no lesson has, while the rows are read.
    """

    file: BinaryIO
    format: FileFormat
    unknown: set[str] = field(default_factory=set)

    def rows(self) -> Iterator[Row]:
        """The rows with something in them. Raises TransferError when there is no reading on."""
        self.file.seek(0)
        rows = READERS[self.format](self.file)
        for count, row in enumerate(rows, start=1):
            if count > MOST_ROWS:
                raise TransferError(
                    _("This file has more than %(most)s rows. Divide it over several files.")
                    % {"most": MOST_ROWS}
                )
            self.unknown.update(row.values.keys() - set(COLUMNS))
            yield row


def format_of(name: str) -> FileFormat:
    """The format that the name of a file promises."""
    try:
        return EXTENSIONS[Path(name).suffix.lower()]
    except KeyError:
        raise TransferError(
            _("“%(name)s” is no .jsonl, .csv or .xlsx. Save it as one of these.")
            % {"name": Path(name).name}
        ) from None


# JSON Lines


def _json_rows(file: BinaryIO) -> Iterator[Row]:
    number = 0
    while line := file.readline(LONGEST_ROW + 1):
        number += 1
        if len(line) > LONGEST_ROW:
            raise TransferError(_("Line %(number)s is too long.") % {"number": number})
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            yield Row(number, _json_values(line))
        except RowError as error:
            yield Row(number, error=str(error))


def _json_values(line: bytes) -> dict[str, Value]:
    try:
        entry = json.loads(line.decode())
    except UnicodeDecodeError:
        raise RowError(_("This line is not in UTF-8.")) from None
    except (ValueError, RecursionError):
        raise RowError(_("This line is no JSON.")) from None
    if not isinstance(entry, dict):
        raise RowError(_("This line is no lesson: it must begin with “{”."))
    return {name: _json_value(name, value) for name, value in entry.items()}


def _json_value(name: str, value) -> Value:
    if isinstance(value, list):
        return [_json_text(name, part) for part in value]
    return _json_text(name, value)


def _json_text(name: str, value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    # A year or a number without quotes is no mistake.
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise RowError(_("%(name)s: this must be text.") % {"name": name})


# CSV


def _csv_rows(file: BinaryIO) -> Iterator[Row]:
    encoding = _encoding_of(file)
    file.seek(0)
    stream = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield from _rows_of_csv(stream)
    except csv.Error as error:
        raise TransferError(_("This is no CSV file that can be read.")) from error
    finally:
        stream.detach()


def _rows_of_csv(stream: io.TextIOWrapper) -> Iterator[Row]:
    start = stream.readline(LONGEST_ROW)
    stream.seek(0)
    csv.field_size_limit(LONGEST_ROW)
    lines = csv.reader(stream, delimiter=max(DELIMITERS, key=start.count), strict=True)
    # Rows as a spreadsheet counts them: a line break in a cell begins no row.
    rows = enumerate(lines, start=1)
    yield from _table((number, [_unguarded(cell) for cell in row]) for number, row in rows)


def _encoding_of(file: BinaryIO) -> str:
    """UTF-8 when the whole file is; else what Excel of old writes."""
    for encoding in ENCODINGS:
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while block := file.read(BLOCK):
                if "\0" in decoder.decode(block):
                    raise TransferError(_("This is no text. Save it as CSV in UTF-8."))
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise TransferError(_("The letters in this file cannot be read. Save it as CSV in UTF-8."))


def _unguarded(cell: str) -> str:
    return cell.removeprefix(APOSTROPHE) if is_guarded(cell) else cell


# XLSX


def _xlsx_rows(file: BinaryIO) -> Iterator[Row]:
    try:
        check_office_file(file, "xlsx")
    except ValidationError as error:
        raise TransferError(" ".join(error.messages)) from error
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and rules in the file, which say nothing about its texts.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True)
            with closing(book):
                if not book.worksheets:
                    raise TransferError(_("This file has no sheet."))
                yield from _rows_of_sheet(book.worksheets[0])
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        if isinstance(error, TransferError):
            raise
        raise TransferError(_("This is no Excel file that can be read.")) from error


def _rows_of_sheet(sheet) -> Iterator[Row]:
    # What the file says of its own size may be anything.
    sheet.reset_dimensions()
    rows = enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1)
    yield from _table((number, [_cell_text(cell) for cell in row]) for number, row in rows)


def _cell_text(cell) -> "str | RowError":
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return RowError(_("a formula. Put its result there."))
    if cell.data_type == "e":
        return RowError(_("a formula that went wrong (%(value)s).") % {"value": value})
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# Tables


def _table(lines: Iterable[tuple[int, list]]) -> Iterator[Row]:
    """Rows below a row with the names of the columns."""
    names: list[str] | None = None
    for number, cells in lines:
        if not any(cells):
            continue
        if names is None:
            names = _names(cells)
        else:
            yield _row(number, names, cells)
    if names is None:
        raise TransferError(_("This file is empty."))


def _names(cells: list) -> list[str]:
    names = [one_line(str(cell)).lower().replace(" ", "_") for cell in cells]
    for name in NEEDED:
        if name not in names:
            raise TransferError(
                _("There is no column “%(name)s”. The first row has the names of the columns.")
                % {"name": name}
            )
    for name in names:
        if name and names.count(name) > 1:
            raise TransferError(_("There are two columns “%(name)s”.") % {"name": name})
    return names


def _row(number: int, names: list[str], cells: list) -> Row:
    if any(cells[len(names) :]):
        return Row(number, error=_("This row has more cells than there are columns."))
    values: dict[str, Value] = {}
    for name, cell in zip(names, cells, strict=False):
        if isinstance(cell, RowError):
            return Row(number, error=f"{name}: {cell}")
        if name:
            values[name] = cell
    return Row(number, values)


READERS = {FileFormat.JSONL: _json_rows, FileFormat.CSV: _csv_rows, FileFormat.XLSX: _xlsx_rows}
