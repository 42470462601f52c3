"""Tables to take along: what is in such a file, its formats, and the links to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from tempfile import TemporaryFile
from typing import BinaryIO

from django.db import models
from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from files.tables import LONGEST_CELL_IN_XLSX, Row, write_csv, write_xlsx
from search.results import Link


@dataclass(frozen=True)
class TableFile:
    """Tables to take along, each below a row with the names of its columns.

    In CSV they stand below what they are about, in Excel each has a sheet of its own.
    """

    stem: str
    about: Iterable[Row]
    sheets: Mapping[str, Iterable[Row]]


class TableFormat(models.TextChoices):
    CSV = "csv", gettext_lazy("CSV")
    XLSX = "xlsx", gettext_lazy("Excel")

    @property
    def content_type(self) -> str:
        return {
            TableFormat.CSV: "text/csv; charset=utf-8",
            TableFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }[self]

    def file_name(self, stem: str) -> str:
        """`zoekresultaten-2026-11-22.csv`: nothing of the question, which may be anything."""
        return f"{stem}-{timezone.localdate().isoformat()}.{self.value}"

    def write(self, table: TableFile, file: BinaryIO) -> None:
        sheets = {name: _shortened(rows) for name, rows in table.sheets.items()}
        if self == TableFormat.XLSX:
            write_xlsx({**sheets, _("About this file"): _shortened(table.about)}, file)
        else:
            below = chain.from_iterable([[], *rows] for rows in sheets.values())
            write_csv(chain(_shortened(table.about), below), file)

    def answer(self, table: TableFile) -> FileResponse:
        """The file as something to save."""
        file = TemporaryFile()  # noqa: SIM115 - the answer closes it when it was sent
        self.write(table, file)
        file.seek(0)
        return FileResponse(
            file,
            as_attachment=True,
            filename=self.file_name(table.stem),
            content_type=self.content_type,
        )


def format_of(name: str) -> TableFormat:
    """The format that an address names. Raises Http404 when there is no such format."""
    if name not in TableFormat.values:
        raise Http404
    return TableFormat(name)


def file_links(view: str, parameters: str, label: str = "%(format)s") -> list[Link]:
    """The file of a page in each format, from the view that makes it."""
    return [
        Link(
            label % {"format": form.label},
            f"{reverse(view, args=[form.value])}?{parameters}".rstrip("?"),
        )
        for form in TableFormat
    ]


def row_of_date() -> Row:
    """When a file was made, among what it is about."""
    return [_("Date"), date_format(timezone.localdate(), "j F Y")]


def _shortened(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield [_short_enough(cell) for cell in row]


def _short_enough(cell: str) -> str:
    return cell if len(cell) <= LONGEST_CELL_IN_XLSX else f"{cell[: LONGEST_CELL_IN_XLSX - 1]}…"
