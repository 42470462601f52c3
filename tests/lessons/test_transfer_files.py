"""Files of lessons as people have them: other delimiters, other encodings, other cells."""

import datetime

import openpyxl
import pytest
from django.core.management import CommandError

from lessons.models import LessonPage
from tests.lessons.files import (
    ROW,
    csv_file,
    import_lessons,
    jsonl_file,
    lesson_named,
    reasons_of,
    totals_of,
    xlsx_file,
)


@pytest.fixture(autouse=True)
def _orion(practice):
    """Every file here is about this practice."""


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_file_of_any_excel_is_read(tmp_path, delimiter, encoding):
    row = ROW | {"title": "Één coördinator; ‘klein’, zei zij"}

    import_lessons(csv_file(tmp_path, row, delimiter=delimiter, encoding=encoding))

    assert lesson_named("a-1").title == row["title"]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_cell_may_have_line_breaks(tmp_path, line_break):
    text = f"Eerste regel{line_break}tweede regel{line_break}{line_break}Nieuwe alinea"

    import_lessons(csv_file(tmp_path, ROW | {"situation": text}, ROW | {"external_id": "a-2"}))

    situation = lesson_named("a-1").situation
    assert situation == "<p>Eerste regel<br>tweede regel</p><p>Nieuwe alinea</p>"
    assert lesson_named("a-2")


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path):
    path = csv_file(
        tmp_path, ROW | {"lesson": "een\ntwee\ndrie"}, ROW | {"external_id": "a-2", "title": ""}
    )

    (line,) = reasons_of(import_lessons(path, dry_run=True))

    assert line.startswith("row 3  error")


def test_an_apostrophe_that_kept_a_formula_away_is_no_part_of_the_text(tmp_path):
    path = csv_file(
        tmp_path,
        ROW | {"title": "'=1+1"},
        ROW | {"external_id": "a-2", "title": "''=1+1"},
        ROW | {"external_id": "a-3", "title": "'s Morgens"},
    )

    import_lessons(path)

    titles = [lesson_named(external_id).title for external_id in ("a-1", "a-2", "a-3")]
    assert titles == ["=1+1", "'=1+1", "'s Morgens"]


def test_several_values_stand_in_one_cell(tmp_path):
    import_lessons(csv_file(tmp_path, ROW | {"tags": r"op stap | een\|twee", "source": "a | b"}))

    lesson = lesson_named("a-1")
    assert {term.name for term in lesson.terms.all()} == {"op stap", "een|twee"}
    assert [source.title for source in lesson.sources.all()] == ["a", "b"]


def test_an_excel_file_is_read(tmp_path):
    row = ROW | {"date": datetime.date(2021, 9, 14), "situation": "een\ntwee"}

    import_lessons(xlsx_file(tmp_path, row, row | {"external_id": 17, "date": 2021}))

    assert lesson_named("a-1").date == "2021-09-14"
    assert lesson_named("17").date == "2021"
    assert lesson_named("17").situation == "<p>een<br>twee</p>"


@pytest.mark.parametrize(
    ("formula", "reason"),
    [("=1+1", "title: een formule."), ("=HYPERLINK(1)", "title: een formule.")],
)
def test_a_formula_is_refused(tmp_path, formula, reason):
    (line,) = reasons_of(
        import_lessons(xlsx_file(tmp_path, ROW | {"title": formula}), dry_run=True)
    )

    assert reason in line


def test_empty_rows_are_passed_over(tmp_path):
    path = csv_file(tmp_path, ROW, dict.fromkeys(ROW, ""), ROW | {"external_id": "a-2"})

    assert "2 rows: 2 new" in totals_of(import_lessons(path))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("lessen.docx", b"", "is geen .jsonl, .csv of .xlsx"),
        ("lessen.csv", b"", "Dit bestand is leeg."),
        ("lessen.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "Dit is geen tekst."),
        ("lessen.csv", "\ufefftitle\n".encode("utf-16"), "Dit is geen tekst."),
        ("lessen.csv", b"title;practice\nx;y\n", "Er is geen kolom ‘external_id’."),
        ("lessen.csv", b"external_id;title;title\n", "Er zijn twee kolommen ‘title’."),
        ("lessen.csv", b"external_id;title\n\x81;x\n", "De letters in dit bestand"),
        ("lessen.csv", b'external_id;title\n"a"b;x\n', "Dit is geen CSV-bestand"),
        ("lessen.xlsx", b"external_id;title\n", ""),
        ("lessen.xlsx", b"PK\x03\x04 but no more", ""),
        ("lessen.jsonl", b"{" + b" " * 1024 * 1024, "Regel 1 is te lang."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        import_lessons(path)

    assert reason in str(refused.value)
    assert not LessonPage.objects.exists()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "Deze regel is geen JSON."),
        (b"[1]", "Deze regel is geen les"),
        (b'{"title": "\xe9"}', "Deze regel is niet in UTF-8."),
        (b"[" * 100_000, "Deze regel is geen JSON."),
        (b'{"title": true}', "title: dit moet tekst zijn."),
        (b'{"tags": [["a"]]}', "tags: dit moet tekst zijn."),
    ],
)
def test_a_line_that_is_no_lesson_is_refused_with_a_reason(tmp_path, line, reason):
    path = jsonl_file(tmp_path, ROW)
    path.write_bytes(path.read_bytes() + b"\n" + line + b"\n")

    lines = import_lessons(path, skip_errors=True)

    (error,) = reasons_of(lines)
    assert error.startswith("row 3  error")
    assert reason in error
    assert lesson_named("a-1")


def test_a_row_with_more_cells_than_columns_is_refused(tmp_path):
    path = tmp_path / "lessen.csv"
    path.write_text("external_id;title\na-1;Les;te veel\n")

    (line,) = reasons_of(import_lessons(path, dry_run=True))

    assert "Deze rij heeft meer cellen dan er kolommen zijn." in line


def test_a_file_with_too_many_rows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("lessons.transfer.reading.MOST_ROWS", 2)
    path = jsonl_file(tmp_path, *(ROW | {"external_id": f"a-{number}"} for number in range(3)))

    with pytest.raises(CommandError, match="meer dan 2 rijen"):
        import_lessons(path)

    assert not LessonPage.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"weg\.csv"):
        import_lessons(tmp_path / "weg.csv")


def test_other_sheets_of_an_excel_file_are_passed_over(tmp_path):
    path = xlsx_file(tmp_path, ROW)
    book = openpyxl.load_workbook(path)
    book.create_sheet("uitleg").append(["niets"])
    book.save(path)

    assert "1 rows: 1 new" in totals_of(import_lessons(path))
