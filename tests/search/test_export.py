"""The list of results as a file: the same things, in the same order, for the same eyes."""

import csv
import io

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import exporting
from search.formats import TableFormat
from search.index import finding
from search.index.copy import IndexNotReadyError
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    TermFactory,
    in_english,
)
from visibility.audience import Audience
from vocabulary.models import TermKind

pytestmark = pytest.mark.django_db
CSV, XLSX = "/zoeken/export.csv", "/zoeken/export.xlsx"


def content_of(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response)


def lines_of_csv(response) -> list[list[str]]:
    text = content_of(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def rows_of(response) -> list[dict[str, str]]:
    lines = lines_of_csv(response)
    start = lines.index([]) + 1
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def titles(response) -> list[str]:
    return [row["Titel"] for row in rows_of(response)]


def on_the_screen(client, question: str) -> list[str]:
    """The titles on all pages of the list."""
    found: list[str] = []
    number = pages = 1
    while number <= pages:
        results = client.get(f"/zoeken/?{question}&page={number}").context["results"]
        found += [line.title for line in results.lines]
        number, pages = number + 1, results.page.paginator.num_pages
    return found


@pytest.fixture
def lesson_with_everything(practice):
    return LessonPageFactory(
        parent=practice,
        title="Ga mee op kraamvisite",
        lesson="Wie vroeg komt, hoort meer.",
        situation="<p>Ouders &amp; school</p><ul><li>kenden elkaar <b>niet</b></li></ul>",
        action="",
        result="",
        date="2021-09",
        outcome="worked",
        terms=[
            TermFactory(name="Vertrouwen"),
            TermFactory(name="Ouders"),
            TermFactory(name="Gezinscoach", kind=TermKind.PROFESSION),
        ],
        paths=[DevelopmentPathPageFactory(parent=practice, school="De Bron")],
    )


def test_a_row_tells_what_the_list_and_the_filters_tell(client, lesson_with_everything):
    (row,) = rows_of(client.get(CSV, {"q": "kraamvisite", "soort": "les"}))

    assert {name: text for name, text in row.items() if text} == {
        "Soort": "Les",
        "Titel": "Ga mee op kraamvisite",
        "Praktijk": "Orion",
        "Samenvatting": "Wie vroeg komt, hoort meer.",
        "School": "De Bron",
        "Thema": "Ouders | Vertrouwen",
        "Beroep": "Gezinscoach",
        "Uitkomst": "Werkte",
        "Hoe zeker": "Ervaring van één praktijk",
        "Datum": "2021-09",
        "Taal": "Nederlands",
        "Wat was de aanleiding?": "Ouders & school\nkenden elkaar niet",
        "Adres": settings.BASE_URL + lesson_with_everything.get_url(),
    }


def test_the_file_says_when_and_what_was_asked(client, lesson_with_everything):
    asked = lines_of_csv(client.get(CSV, {"q": "kraamvisite", "thema": ["vertrouwen", "nergens"]}))

    today = timezone.localdate()
    assert asked[0] == ["Zoekresultaten van Lerende Praktijken"]
    assert asked[1][0] == "Datum"
    assert asked[1][1].startswith(f"{today.day} ")
    assert asked[2:7] == [
        ["Vraag", "kraamvisite"],
        ["Filters", "Thema: Vertrouwen"],
        ["Volgorde", "best passend"],
        ["Adres", f"{settings.BASE_URL}/zoeken/?q=kraamvisite&thema=vertrouwen"],
        [],
    ]


@pytest.mark.parametrize(
    "question",
    ["q=fiets", "q=fiets&sort=titel", "sort=sterkte&soort=les", "soort=les&jaar=2021", "q=feits"],
)
def test_the_order_and_the_filters_are_those_of_the_page(client, practice, monkeypatch, question):
    monkeypatch.setattr(exporting, "BATCH", 7)
    for number in range(25):
        LessonPageFactory(
            parent=practice,
            title=f"Fiets {number % 10} {number}",
            lesson="Fiets " * (number % 4),
            strength=["experience", "measured"][number % 2],
            date=["2021", "2020"][number % 3 == 0],
        )

    exported = titles(client.get(f"{CSV}?{question}&page=2&groep=praktijk"))

    assert exported == on_the_screen(client, question)
    assert len(exported) > 10


def test_nobody_takes_along_what_that_person_cannot_see(
    client, practice, visitor, outer_ring, professional, other_professional, leader
):
    for audience in Audience.values:
        LessonPageFactory(parent=practice, title=f"Kraamvisite {audience}", audience=audience)
    LessonPageFactory(parent=practice, title="Kraamvisite concept", live=False)
    own, wide, ring, public = (f"Kraamvisite {audience}" for audience in Audience.values)

    def taken_by(user) -> set[str]:
        client.logout()
        if user.is_authenticated:
            client.force_login(user)
        return set(titles(client.get(CSV, {"q": "kraamvisite"})))

    assert taken_by(visitor) == {public}
    assert taken_by(outer_ring) == {ring, public}
    assert taken_by(other_professional) == {wide, ring, public}
    assert taken_by(professional) == {own, wide, ring, public}
    assert taken_by(leader) == {own, wide, ring, public}


def test_a_school_that_somebody_cannot_see_stands_beside_no_lesson(client, practice):
    closed = DevelopmentPathPageFactory(
        parent=practice, school="Besloten school", audience=Audience.PRACTICE
    )
    LessonPageFactory(parent=practice, title="Kraamvisite", paths=[closed])

    content = content_of(client.get(CSV, {"q": "kraamvisite"})).decode()

    assert "Kraamvisite" in content
    assert "Besloten school" not in content


def test_who_signed_in_leaves_no_copy_behind(client, lesson, professional):
    assert "no-store" not in client.get(CSV)["Cache-Control"]

    client.force_login(professional)
    response = client.get(CSV)

    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("form", TableFormat)
def test_the_name_of_the_file_has_the_day_and_nothing_of_the_question(client, lesson, form):
    response = client.get(f"/zoeken/export.{form}", {"q": 'x"; filename=evil.exe\r\nX: y'})

    name = f"zoekresultaten-{timezone.localdate().isoformat()}.{form}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == form.content_type


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_csv_is_a_formula(client, practice, sign):
    LessonPageFactory(parent=practice, title=f"{sign}kraamvisite", lesson=f'{sign}HYPERLINK("x")')

    response = client.get(CSV, {"q": f"{sign}kraamvisite"})

    content = content_of(response)
    assert content.startswith(b"\xef\xbb\xbf")
    cells = [cell for line in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
             for cell in line]  # fmt: skip
    assert f"'{sign}kraamvisite" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_all_cells_of_excel_are_text_and_the_question_has_its_own_sheet(client, practice):
    LessonPageFactory(parent=practice, title="=kraamvisite", date="2021")

    book = openpyxl.load_workbook(io.BytesIO(content_of(client.get(XLSX, {"q": "=kraamvisite"}))))

    results, about = book.worksheets
    assert (results.title, about.title) == ("Resultaten", "Over dit bestand")
    assert [cell.value for cell in results[1]][:3] == ["Soort", "Titel", "Praktijk"]
    assert results.cell(2, 2).value == "=kraamvisite"
    assert about.cell(3, 2).value == "=kraamvisite"
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.value is None or cell.data_type == "s" for cell in row)


@pytest.mark.parametrize("form", TableFormat)
def test_a_text_too_long_for_excel_is_cut(client, practice, form):
    LessonPageFactory(parent=practice, title="Kraamvisite", situation=f"<p>{'x' * 40_000}</p>")

    response = client.get(f"/zoeken/export.{form}", {"q": "kraamvisite"})

    if form == TableFormat.CSV:
        cell = rows_of(response)[0]["Wat was de aanleiding?"]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content_of(response))).active
        cell = max((str(cell.value) for cell in sheet[2]), key=len)
    assert len(cell) == 32_767
    assert cell.endswith("x…")


def test_an_empty_result_gives_the_names_of_the_columns(client, lesson):
    lines = lines_of_csv(client.get(CSV, {"q": "xyzzyx"}))

    assert lines[-1][:3] == ["Soort", "Titel", "Praktijk"]
    assert lines[-2] == []


def test_things_that_are_no_pages_are_in_the_list(client, practice):
    sheet = DownloadFactory(title="Werkblad kraamvisite")
    LessonPageFactory(parent=practice, title="Kraamvisite", downloads=[sheet])
    TermFactory(name="Kraamvisite thuis")

    kinds = {row["Titel"]: row["Soort"] for row in rows_of(client.get(CSV, {"q": "kraamvisite"}))}

    assert kinds == {
        "Werkblad kraamvisite": "Download",
        "Kraamvisite": "Les",
        "Kraamvisite thuis": "Thema",
    }


def test_under_english_the_list_is_english(client, practice):
    in_english(practice)
    in_english(
        LessonPageFactory(parent=practice, title="Kraamvisite"), title="A visit after the birth"
    )

    response = client.get("/en/zoeken/export.csv", {"q": "birth"})

    lines = lines_of_csv(response)
    assert lines[2] == ["Question", "birth"]
    assert lines[-1][:3] == ["Lesson", "A visit after the birth", "Orion"]


@pytest.mark.parametrize("address", ["/zoeken/export.xml", "/zoeken/export.", "/zoeken/export.pdf"])
def test_another_format_is_not_found(client, lesson, address):
    assert client.get(address).status_code == 404


def test_too_many_results_give_a_way_on(client, practice, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    for number in range(3):
        LessonPageFactory(parent=practice, title=f"Fiets {number}")

    page = client.get("/zoeken/?q=fiets").content.decode()
    response = client.get(CSV, {"q": "fiets"})

    assert "/zoeken/export." not in page
    assert response.status_code == 400
    text = response.content.decode()
    assert "In één lijst passen hoogstens 2 resultaten." in text
    assert 'href="/zoeken/?q=fiets"' in text
    assert client.get(CSV, {"q": "fiets", "sort": "titel", "jaar": "1999"}).status_code == 200


def test_while_there_is_no_index_the_page_says_so(client, lesson, monkeypatch):
    def not_ready(*arguments, **options):
        raise IndexNotReadyError

    monkeypatch.setattr(finding, "look", not_ready)

    response = client.get(CSV)

    assert response.status_code == 503
    assert "Probeer het over een minuut nog eens." in response.content.decode()


def test_the_page_offers_the_list_as_it_stands(client, lesson):
    text = client.get("/zoeken/?soort=les&sort=titel&groep=praktijk&page=1").content.decode()

    assert 'href="/zoeken/export.csv?soort=les&amp;sort=titel"' in text
    assert 'href="/zoeken/export.xlsx?soort=les&amp;sort=titel"' in text
    assert "/zoeken/export." not in client.get("/zoeken/?q=xyzzyx").content.decode()


@pytest.mark.parametrize(
    "question", ["q=%00", "q=" + "o" * 5000, "thema=x&thema=%FF", "page=-1", "q=%22", "sort=x"]
)
def test_any_address_gives_a_list(client, lesson, question):
    assert client.get(f"{CSV}?{question}").status_code == 200


def test_more_results_take_no_more_queries(client, practice, lesson_with_everything):
    def queries() -> int:
        client.get("/zoeken/")
        with CaptureQueriesContext(connection) as captured:
            content_of(client.get(CSV, {"q": "kraamvisite"}))
        return len(captured)

    with_one = queries()
    for number in range(5):
        LessonPageFactory(parent=practice, title=f"Kraamvisite {number}")

    assert queries() <= with_one < 30
