"""Files of lessons to test with, and the commands that read and write them."""

import csv
import io
import json

import openpyxl
from django.core.management import call_command

from lessons.models import LessonPage

ROW = {"external_id": "a-1", "title": "Begin klein", "practice": "orion", "lesson": "Begin klein."}


def jsonl_file(folder, *rows, name="lessen.jsonl"):
    path = folder / name
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return path


def csv_file(folder, *rows, delimiter=";", encoding="utf-8", name="lessen.csv"):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path = folder / name
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def xlsx_file(folder, *rows, name="lessen.xlsx"):
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    path = folder / name
    book.save(path)
    return path


def import_lessons(path, **options) -> list[str]:
    """The lines of the report."""
    out = io.StringIO()
    call_command("import_lessons", str(path), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue().splitlines()


def export_lessons(path, **options) -> None:
    call_command(
        "export_lessons",
        format=path.suffix.removeprefix("."),
        output=path,
        stderr=io.StringIO(),
        **options,
    )


def reasons_of(lines) -> list[str]:
    return [line for line in lines if "  error" in line]


def totals_of(lines) -> str:
    return lines[-1]


def lesson_named(external_id) -> LessonPage:
    return LessonPage.objects.get(external_id=external_id, locale__language_code="nl")
