"""Exporting lessons: for whom, in which form, and read back without a change."""

import csv
import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.models import PageSource
from files.tables import guarded, is_guarded
from lessons.models import LessonPage
from lessons.transfer.columns import COLUMNS, FileFormat
from lessons.transfer.exporting import exported
from lessons.transfer.importing import LessonImport
from lessons.transfer.reading import Source
from lessons.transfer.texts import clean_html, joined, parted, plain_text, rich_text
from lessons.transfer.writing import write
from tests.factories import LessonPageFactory, TermFactory, in_english
from tests.lessons.files import export_lessons, import_lessons, lesson_named, totals_of
from vocabulary.models import TermKind

FORMATS = ["jsonl", "csv", "xlsx"]

HOSTILE = "=1+1 | \"aha\" \\ 'x'; é\u200f🎉 <b>vet</b> & meer"


@pytest.fixture
def full_lesson(practice):
    """A lesson with every field, and with all that a file could break."""
    in_english(practice)
    words = {
        TermKind.THEME: ["Vertrouwen", "Ouders, samen"],
        TermKind.ELEMENT: ["Vast | gezicht"],
        TermKind.TAG: ["op de fiets"],
        TermKind.SCHOOL_TYPE: ["Basisonderwijs"],
    }
    return LessonPageFactory(
        parent=practice,
        external_id="-1",
        title=HOSTILE,
        summary=HOSTILE,
        situation='<p data-block-key="a1">Een<br/>twee</p><ul><li>drie</li></ul>',
        action="zonder alinea &amp; zo",
        lesson="+31 6\nnieuwe regel",
        audience="practices",
        date="2021-09",
        sources=["Verslag | deel 2", "@bron"],
        terms=[TermFactory(name=name, kind=kind) for kind in words for name in words[kind]],
    )


@pytest.mark.parametrize("file_format", FORMATS)
def test_what_is_exported_is_imported_without_a_change(tmp_path, full_lesson, file_format):
    LessonPageFactory(parent=full_lesson.get_parent().specific, title="Zonder eigen nummer")
    in_english(full_lesson, title="Start small")
    path = tmp_path / f"lessen.{file_format}"

    export_lessons(path)
    lines = import_lessons(path, publish=True)

    assert totals_of(lines).startswith("3 rows: 0 new, 0 changed, 3 same, 0 error.")


@pytest.mark.parametrize("file_format", FORMATS)
def test_an_export_makes_the_same_lessons_where_they_are_gone(tmp_path, full_lesson, file_format):
    path, again = tmp_path / f"een.{file_format}", tmp_path / f"twee.{file_format}"
    export_lessons(path)
    before = read(path)
    full_lesson.delete()

    import_lessons(path, publish=True)
    export_lessons(again)

    assert read(again) == before


def read(path):
    with path.open("rb") as file:
        source = Source(file, FileFormat(path.suffix.removeprefix(".")))
        return [row.values for row in source.rows()]


def test_only_what_a_person_may_see_is_exported(practice, visitor, leader):
    LessonPageFactory(parent=practice, title="Open", external_id="open")
    LessonPageFactory(
        parent=practice, title="Besloten", external_id="besloten", audience="practice"
    )
    LessonPageFactory(parent=practice, title="Concept", external_id="concept", live=False)

    def ids(user):
        return {row["external_id"] for row in exported(LessonPage.objects.all(), user)}

    assert ids(visitor) == {"open"}
    assert ids(leader) == {"open", "besloten"}


def test_the_command_exports_what_the_project_leader_sees(tmp_path, practice, other_practice):
    LessonPageFactory(parent=practice, external_id="besloten", audience="practice")
    LessonPageFactory(parent=practice, external_id="concept", live=False)
    LessonPageFactory(parent=other_practice, external_id="elders")
    path = tmp_path / "lessen.jsonl"

    export_lessons(path)
    everything = read(path)
    export_lessons(path, practice="veens-welzijn")

    assert {row["external_id"] for row in everything} == {"besloten", "elders"}
    assert [row["external_id"] for row in read(path)] == ["elders"]


def test_a_practice_that_is_not_there_is_named(site_tree):
    with pytest.raises(CommandError, match="nergens"):
        call_command("export_lessons", practice="nergens", stdout=io.StringIO())


def test_standard_output_gets_json_lines(lesson):
    out = io.StringIO()

    call_command("export_lessons", stdout=out)

    (entry,) = [json.loads(line) for line in out.getvalue().splitlines()]
    assert list(entry) == COLUMNS
    assert (entry["title"], entry["practice"], entry["tags"]) == ("Begin klein", "orion", [])
    assert entry["external_id"] == str(lesson.translation_key)


def test_csv_is_as_dutch_excel_reads_it(tmp_path, full_lesson):
    path = tmp_path / "lessen.csv"

    export_lessons(path)

    assert path.read_bytes().startswith(b"\xef\xbb\xbfexternal_id;title;")
    (row,) = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")), delimiter=";")
    assert row["external_id"] == "'-1"
    assert row["title"].startswith("'=1+1")
    assert row["lesson"].startswith("'+31 6")
    assert row["source"] == r"Verslag \| deel 2 | @bron"


def test_cells_of_excel_are_text(tmp_path, full_lesson):
    path = tmp_path / "lessen.xlsx"

    export_lessons(path)

    for cell in openpyxl.load_workbook(path).active[2]:
        assert cell.value is None or cell.data_type == "s"
        assert cell.number_format == "@"


def test_a_text_that_excel_would_cut_is_refused(tmp_path, practice):
    LessonPageFactory(parent=practice, external_id="lang", situation=f"<p>{'x' * 33_000}</p>")

    with pytest.raises(CommandError, match="lang"):
        export_lessons(tmp_path / "lessen.xlsx")


def test_the_queries_of_an_export_do_not_grow(practice, leader, django_assert_max_num_queries):
    for number in range(5):
        LessonPageFactory(parent=practice, external_id=f"a-{number}", sources=["a"])

    with django_assert_max_num_queries(15):
        assert len(list(exported(LessonPage.objects.all(), leader))) == 5


# Any text

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n|\\'=+-@<>&;\""),
    max_size=40,
)
HTML = st.lists(
    st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<ul><li>", "</li></ul>", "<br/>", "<h2>"])
    | st.sampled_from(["</h2>", '<a href="https://a.nl/">', "</a>", "&amp;", "<", "een", "\n"]),
    max_size=12,
).map("".join)


@given(st.lists(TEXT.map(str.strip).filter(bool), max_size=4))
def test_several_values_come_out_of_a_cell_as_they_went_in(values):
    values = [value.strip() for value in values]

    assert parted(joined(values)) == values


@given(TEXT | st.text(st.sampled_from("'=+-@\t\rx"), max_size=6))
def test_an_apostrophe_goes_away_as_it_came(text):
    cell = guarded(text)

    assert (cell.removeprefix("'") if is_guarded(cell) else cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(TEXT | HTML)
def test_a_text_in_one_form_stays_so(text):
    html = rich_text(text)

    assert clean_html(html) == html
    assert rich_text(html) == html
    assert plain_text(plain_text(text)) == plain_text(text)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    title=TEXT.map(lambda text: f"x{text}"),
    summary=TEXT,
    situation=HTML | TEXT,
    sources=st.lists(TEXT.filter(str.strip), max_size=3),
    file_format=st.sampled_from(FileFormat.values),
)
def test_any_lesson_comes_back_without_a_change(
    full_lesson, leader, title, summary, situation, sources, file_format
):
    lesson = lesson_named("-1")
    lesson.title, lesson.summary, lesson.situation = title, summary, situation
    lesson.sources = [PageSource(title=source) for source in sources]
    lesson.save(clean=False)
    file = io.BytesIO()
    write(exported(LessonPage.objects.all(), leader), file, FileFormat(file_format))

    steps = []
    LessonImport(Source(file, FileFormat(file_format)), publish=True).check(steps.append)

    assert [(step.state, step.reason) for step in steps] == [("same", "")]
