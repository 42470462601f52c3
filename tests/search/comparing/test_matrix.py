"""Practices beside the words of the field, and the lessons behind each cell."""

import csv
import datetime
import io

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.translation import gettext as _

from content.languages import in_frame
from lessons.models import Outcome
from practices.models import ElementState, PracticeElement, PracticeKind
from search.comparing import matrix as matrix_module
from tests.factories import LessonPageFactory, PracticePageFactory, Rows, TermFactory
from visibility.audience import Audience
from vocabulary.models import TermKind, TermTranslation

MATRIX = "/vergelijken/matrix/"


def element(name: str, **fields):
    return TermFactory(name=name, kind=TermKind.ELEMENT, **fields)


def states(**said):
    """Rows for the elements of a practice: `states(tafel=(term, ElementState.USED))`."""
    return Rows([PracticeElement(element=term, state=state) for term, state in said.values()])


def example(title: str, **fields):
    return PracticePageFactory(title=title, kind=PracticeKind.ELSEWHERE, **fields)


def matrix_of(client, address: str = MATRIX, **parameters):
    response = client.get(address, parameters)
    assert response.status_code == 200
    return response.context["matrix"]


def said(matrix) -> dict[str, list[list[str]]]:
    """What each cell says, by row."""
    return {row.title: [cell.texts for cell in row.cells] for row in matrix.rows}


def titles(matrix) -> list[str]:
    return [column.title for column in matrix.columns]


def gaps(matrix) -> list[str]:
    return [gap.label for gap in matrix.gaps]


def page_of(client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def log_in(client, user) -> None:
    client.logout()
    if user.is_authenticated:
        client.force_login(user)


# States


@pytest.mark.django_db
def test_a_cell_says_in_words_how_a_practice_stands_with_an_element(client):
    table, trust, paper = element("Aan tafel"), element("Vertrouwen"), element("Weinig papier")
    element("Leiderschap")
    PracticePageFactory(
        title="Orion",
        elements=states(
            a=(table, ElementState.USED),
            b=(trust, ElementState.PARTLY),
            c=(paper, ElementState.NOT_USED),
        ),
    )

    assert said(matrix_of(client)) == {
        "Aan tafel": [["Gebruikt", "nog geen les"]],
        "Leiderschap": [["Niet bekend", "nog geen les"]],
        "Vertrouwen": [["Deels", "nog geen les"]],
        "Weinig papier": [["Niet gebruikt", "nog geen les"]],
    }


def test_a_new_element_is_not_known_anywhere(client, practice, other_practice):
    element("Nieuw")

    cells = said(matrix_of(client))["Nieuw"]

    assert [cell[0] for cell in cells] == ["Niet bekend", "Niet bekend"]


def test_a_retired_element_stands_only_where_it_is_used(client, other_practice):
    old, gone = element("Oud", active=False), element("Weg", active=False)
    PracticePageFactory(title="Orion", elements=states(a=(old, ElementState.USED)))
    PracticePageFactory(title="Emmen", elements=states(a=(gone, ElementState.UNKNOWN)))

    matrix = matrix_of(client)

    assert said(matrix) == {"Oud": [["geen les"], ["Gebruikt", "geen les"], ["geen les"]]}
    assert gaps(matrix) == []
    assert _("no longer on the list") in client.get(MATRIX).content.decode()


# Lessons


@pytest.mark.parametrize(
    ("outcomes", "texts"),
    [
        ([Outcome.WORKED], ["1 les"]),
        ([Outcome.WORKED, Outcome.PARTLY], ["2 lessen"]),
        ([Outcome.NOT], ["1 les", "werkte niet"]),
        ([Outcome.NOT, Outcome.NOT], ["2 lessen", "werkten niet"]),
        ([Outcome.UNKNOWN], ["1 les", "uitkomst onbekend"]),
        ([Outcome.PARTLY, Outcome.NOT], ["2 lessen", "1 werkte", "1 werkte niet"]),
        (
            [Outcome.WORKED, Outcome.WORKED, Outcome.NOT, Outcome.UNKNOWN],
            ["4 lessen", "2 werkten", "1 werkte niet", "1 nog onbekend"],
        ),
    ],
)
def test_a_cell_tells_how_many_lessons_there_are_and_what_they_gave(
    client, practice, outcomes, texts
):
    table = element("Aan tafel")
    for number, outcome in enumerate(outcomes):
        LessonPageFactory(parent=practice, title=f"Les {number}", outcome=outcome, terms=[table])

    assert said(matrix_of(client))["Aan tafel"] == [["Niet bekend", *texts]]


def test_a_lesson_for_others_changes_no_number(client, practice, professional):
    table = element("Aan tafel")
    LessonPageFactory(parent=practice, terms=[table])
    LessonPageFactory(parent=practice, title="B", terms=[table], audience=Audience.PRACTICE)
    LessonPageFactory(parent=practice, title="C", terms=[table], live=False)

    assert said(matrix_of(client))["Aan tafel"] == [["Niet bekend", "1 les"]]
    client.force_login(professional)
    assert said(matrix_of(client))["Aan tafel"] == [["Niet bekend", "2 lessen"]]


# Columns


def test_the_examples_from_elsewhere_share_a_column(client, practice):
    table, trust = element("Aan tafel"), element("Vertrouwen")
    for name, state in [
        ("Almere", ElementState.USED),
        ("Twente", ElementState.PARTLY),
        ("Roermond", ElementState.USED),
        ("Limburg", ElementState.UNKNOWN),
    ]:
        page = example(name, elements=states(a=(table, state), b=(trust, ElementState.UNKNOWN)))
        LessonPageFactory(parent=page, title=f"Les van {name}", terms=[table])

    matrix = matrix_of(client)

    assert titles(matrix) == ["Orion", "Voorbeelden van elders"]
    assert said(matrix)["Aan tafel"][1] == [
        "Gebruikt", "bij 2 voorbeelden, deels bij 1", "4 lessen",
    ]  # fmt: skip
    assert said(matrix)["Vertrouwen"][1] == ["Niet bekend", "nog geen les"]
    assert client.get(matrix.rows[0].cells[1].links[0].url).context["results"].count == 4


def test_more_examples_than_a_search_can_name_are_not_counted(client, practice, monkeypatch):
    monkeypatch.setattr(matrix_module, "MOST_IN_A_COLUMN", 1)
    table = element("Aan tafel")
    for name in ("Almere", "Twente"):
        LessonPageFactory(parent=example(name), title=name, terms=[table])

    matrix = matrix_of(client)

    assert said(matrix)["Aan tafel"][1] == ["Niet bekend", "1 les"]
    assert len(matrix.notices) == 1


def test_chosen_practices_stand_in_the_order_of_the_choice_each_once(
    client, practice, other_practice
):
    example("Almere")

    matrix = matrix_of(client, praktijk=["almere", "veens-welzijn", "almere"])

    assert titles(matrix) == ["Almere", "Veens Welzijn"]
    assert matrix.notices == ()
    assert [column.url_without for column in matrix.columns] == [
        f"{MATRIX}?praktijk=veens-welzijn",
        f"{MATRIX}?praktijk=almere",
    ]


def test_a_choice_that_is_not_available_is_left_out_without_a_name(client, practice):
    element("Aan tafel")
    PracticePageFactory(title="Geheime proef", audience=Audience.PRACTICES)
    PracticePageFactory(title="Geheim concept", live=False)

    def answer(*slugs):
        response = client.get(MATRIX, {"praktijk": ["orion", *slugs]})
        text = response.content.decode()
        for slug in slugs:
            text = text.replace(slug, "")
        return response.context["matrix"].notices, text

    assert answer("geheime-proef") == answer("geheim-concept") == answer("atlantis")
    notices, text = answer("geheime-proef", "geheim-concept")
    assert notices == ("Een van je keuzes is niet beschikbaar.",)
    assert "Geheim" not in text
    assert titles(matrix_of(client, praktijk="atlantis")) == ["Orion"]


def test_too_many_practices_give_the_first_with_a_notice(
    client, practice, other_practice, monkeypatch
):
    monkeypatch.setattr(matrix_module, "MOST_COLUMNS", 1)

    chosen = matrix_of(client, praktijk=["veens-welzijn", "orion"])

    assert titles(chosen) == ["Veens Welzijn"]
    assert len(chosen.notices) == len(matrix_of(client).notices) == 1
    assert chosen.query.address == f"{MATRIX}?praktijk=veens-welzijn"


def test_an_ended_practice_stands_in_the_table_only_when_chosen(client, practice, other_practice):
    other_practice.ended_on = datetime.date(2024, 1, 1)
    other_practice.save()
    LessonPageFactory(parent=other_practice, terms=[element("Aan tafel")])
    element("Vertrouwen")

    assert titles(matrix_of(client)) == ["Orion"]
    chosen = matrix_of(client, praktijk="veens-welzijn")
    assert titles(chosen) == ["Veens Welzijn (afgesloten)"]
    assert said(chosen)["Vertrouwen"] == [["Niet bekend", "geen les"]]


@pytest.mark.django_db
def test_without_practices_there_is_something_to_read(client, site_tree):
    element("Aan tafel")

    assert _("No practices yet") in client.get(MATRIX).content.decode()


# Rows and gaps


@pytest.mark.parametrize("rows", ["x", "thema ", "ELEMENT", "%00", "element,thema"])
def test_rows_that_do_not_exist_give_the_elements(client, practice, rows):
    element("Aan tafel")
    known = {"thema ": "thema"}.get(rows, "element")

    matrix = matrix_of(client, rijen=rows)

    assert matrix.query.rows == known
    assert len(matrix.notices) == (known == "element")


def test_of_other_words_those_with_a_lesson_are_rows_and_the_rest_are_gaps(
    client, practice, other_practice
):
    themes = {name: TermFactory(name=name) for name in ("Borgen", "Ouders", "Tijd", "Oud")}
    themes["Oud"].active = False
    themes["Oud"].save()
    LessonPageFactory(parent=practice, terms=[themes["Ouders"]])
    LessonPageFactory(parent=other_practice, terms=[themes["Tijd"]])

    everything = matrix_of(client, rijen="thema")
    one = matrix_of(client, rijen="thema", praktijk="orion")

    assert said(everything) == {
        "Ouders": [["1 les"], ["nog geen les"]],
        "Tijd": [["nog geen les"], ["1 les"]],
    }
    assert gaps(everything) == ["Borgen"]
    assert list(said(one)) == ["Ouders"]
    assert [(gap.label, gap.count_label, gap.url) for gap in one.gaps] == [
        ("Borgen", "", "/themas/borgen/"),
        ("Tijd", "1 les", "/zoeken/?soort=les&thema=tijd"),
    ]


def test_one_lesson_closes_exactly_one_gap_and_a_draft_closes_none(client, practice):
    table, trust = element("Aan tafel"), element("Vertrouwen")

    LessonPageFactory(parent=practice, title="Concept", terms=[table], live=False)
    assert gaps(matrix_of(client)) == ["Aan tafel", "Vertrouwen"]
    LessonPageFactory(parent=practice, terms=[trust])

    assert gaps(matrix_of(client)) == ["Aan tafel"]
    assert "/lessen/delen/" in client.get(MATRIX).content.decode()


def test_more_rows_than_fit_are_left_out_with_a_notice(client, practice, monkeypatch):
    monkeypatch.setattr(matrix_module, "MOST_ROWS", 1)
    element("Aan tafel")
    element("Vertrouwen")

    matrix = matrix_of(client)

    assert list(said(matrix)) == ["Aan tafel"]
    assert len(matrix.notices) == 1


# The page


def test_it_is_a_real_table_with_heads_and_the_same_as_a_list(client, practice, other_practice):
    LessonPageFactory(parent=practice, terms=[element("Aan tafel")])
    element("Vertrouwen")

    page = page_of(client, MATRIX)
    table, items = page.table, page.select(".row-list__item")

    assert len(table.select("caption")) == 1
    assert [head.get_text(strip=True) for head in table.select('th[scope="col"]')] == [
        "Orion", "Veens Welzijn",
    ]  # fmt: skip
    heads = [head.get_text(strip=True) for head in table.select('th[scope="row"]')]
    assert heads == ["Aan tafel", "Vertrouwen"]
    assert [item.h2.get_text(strip=True) for item in items] == heads
    assert [link.get_text() for link in table.select("td a")] == ["Orion, aan tafel, 1 les"]
    assert [link.get_text() for link in items[0].select("li li a")] == ["Orion, aan tafel, 1 les"]
    assert "Veens Welzijn" in items[0].select_one(".row-list__rest").get_text()


def test_a_table_that_scrolls_is_a_named_region_for_the_keyboard(client, practice, monkeypatch):
    element("Aan tafel")

    assert page_of(client, MATRIX).select("[tabindex='0']") == []
    monkeypatch.setattr(matrix_module, "MOST_THAT_FIT", 0)
    [region] = page_of(client, MATRIX).select("[role=region]")

    assert (region["tabindex"], region["aria-label"]) == ("0", "Wie gebruikt wat?")
    assert region.table is not None


def test_of_many_practices_each_row_of_the_list_opens_by_itself(client, practice, monkeypatch):
    element("Aan tafel")

    assert page_of(client, MATRIX).select(".row-list details") == []
    monkeypatch.setattr(matrix_module, "MOST_THAT_FIT", 0)
    [row] = page_of(client, MATRIX).select(".row-list details")

    assert row.summary.h2.get_text(strip=True) == "Aan tafel"
    assert "Orion" in row.select_one(".row-list__rest").get_text()


def test_the_switch_of_rows_keeps_the_practices_and_the_other_way_round(client, practice):
    matrix = matrix_of(client, rijen="thema", praktijk="orion")
    page = page_of(client, f"{MATRIX}?rijen=thema&praktijk=orion")

    assert [(view.url, view.current) for view in matrix.views] == [
        (f"{MATRIX}?praktijk=orion", False),
        (f"{MATRIX}?rijen=thema&praktijk=orion", True),
        (f"{MATRIX}?rijen=fase&praktijk=orion", False),
        (f"{MATRIX}?rijen=domein&praktijk=orion", False),
    ]
    form = page.select_one("#choose form")
    assert form["action"] == MATRIX
    assert form.select_one("[name=rijen]")["value"] == "thema"
    assert [box["value"] for box in form.select("[checked]")] == ["orion"]


def test_it_works_in_english(client, practice):
    table = element("Aan tafel")
    TermTranslation.objects.create(term=table, language="en", name="At the table")
    element("Vertrouwen")
    LessonPageFactory(parent=practice, terms=[table])

    page = page_of(client, f"/en{MATRIX}")
    heads = page.table.select('th[scope="row"] a')

    assert [(head.get_text(), head.get("lang")) for head in heads] == [
        ("At the table", None),
        ("Vertrouwen", "nl"),
    ]
    [link] = page.table.select("td a")
    assert link["href"] == "/en/zoeken/?soort=les&praktijk=orion&element=aan-tafel"
    assert str(link.select_one(".visually-hidden")) == (
        '<span class="visually-hidden"><span lang="nl">Orion</span>, at the table, </span>'
    )


@pytest.mark.parametrize("person", ["visitor", "professional"])
def test_the_number_of_queries_is_small_and_does_not_grow(
    client, practice, request, django_assert_max_num_queries, person
):
    def fill(number):
        for place in range(number):
            words = [element(f"Element {number} {place}"), TermFactory(name=f"T {number} {place}")]
            page = PracticePageFactory(
                title=f"Praktijk {number} {place}", elements=states(a=(words[0], "used"))
            )
            LessonPageFactory(parent=page, title="Les", terms=words)
            LessonPageFactory(parent=example(f"Elders {number} {place}"), terms=words)

    def numbers_of_queries():
        numbers = {}
        for path in (MATRIX, f"{MATRIX}?rijen=thema", f"/en{MATRIX}", f"{MATRIX}export.csv"):
            # The first time also reads what is kept in memory.
            client.get(path)
            with django_assert_max_num_queries(12) as queries:
                b"".join(client.get(path))
                numbers[path] = len(queries)
        return numbers

    log_in(client, request.getfixturevalue(person))
    fill(1)
    few = numbers_of_queries()
    fill(3)

    assert numbers_of_queries() == few


# The file


def rows_of_csv(response) -> list[list[str]]:
    """All lines; an empty one stands before each table."""
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_file_says_when_and_what(client, practice, settings):
    element("Aan tafel")
    example("Almere")

    response = client.get(f"{MATRIX}export.csv")
    lines = rows_of_csv(response)

    today = timezone.localdate()
    assert response["Content-Disposition"] == (
        f'attachment; filename="praktijken-naast-elkaar-{today.isoformat()}.csv"'
    )
    about = {line[0]: line[1] for line in lines[1 : lines.index([])]}
    assert about["Datum"].startswith(f"{today.day} ")
    assert about["Voorbeelden van elders"] == "Almere"
    assert about["Adres"] == f"{settings.BASE_URL}{MATRIX}"
    assert lines[-1] == ["Aan tafel", "nog geen les", f"{settings.BASE_URL}/themas/aan-tafel/"]


def test_no_cell_of_the_file_is_a_formula(client, site_tree):
    PracticePageFactory(title="=1+1")
    element("@Aan tafel")

    lines = rows_of_csv(client.get(f"{MATRIX}export.csv"))

    cells = [cell for line in lines for cell in line]
    assert {"'=1+1", "'@Aan tafel"} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("form", ["xml", "pdf", "csvx"])
def test_another_format_is_not_found(client, practice, form):
    assert client.get(f"{MATRIX}export.{form}").status_code == 404


# The way there


def test_comparing_leads_to_the_same_practices_by_element(client, practice, other_practice):
    text = client.get("/vergelijken/?praktijk=orion&praktijk=veens-welzijn").content.decode()

    assert f'href="{MATRIX}?praktijk=orion&amp;praktijk=veens-welzijn"' in text
    assert f'href="{MATRIX}"' in client.get("/vergelijken/").content.decode()


def test_a_practice_names_what_it_has_no_lesson_about_and_leads_to_all_of_it(client, practice):
    for letter in "abcdef":
        element(f"Element {letter}")
    theme, other = TermFactory(name="Borgen"), TermFactory(name="Ouders")
    LessonPageFactory(parent=practice, terms=[theme])
    LessonPageFactory(parent=practice, title="Concept", terms=[other], live=False)

    line = page_of(client, practice.url).select_one(".invitation-line")
    text = " ".join(line.get_text().split())

    assert "element a, element b, element c, element d, … Alle 6 elementen" in text
    assert "Nog geen les over de thema’s: ouders." in text
    assert line.select_one(f"a[href='/lessen/delen/?praktijk={practice.slug}']")
    [link] = line.select("a[href*=rijen]")
    assert len(page_of(client, link["href"]).select("#gaps .chip")) == 6


@pytest.mark.parametrize(
    "fields", [{"kind": PracticeKind.ELSEWHERE}, {"ended_on": datetime.date(2024, 1, 1)}]
)
def test_who_cannot_share_a_lesson_here_is_not_asked_for_one(client, site_tree, fields):
    element("Aan tafel")
    page = PracticePageFactory(title="Almere", **fields)

    line = page_of(client, page.url).select_one(".invitation-line")

    assert [link["href"] for link in line.select("a")] == [in_frame(MATRIX)]


def test_a_theme_names_the_practices_without_a_lesson_about_it(client, practice, other_practice):
    theme = TermFactory(name="Borgen")
    LessonPageFactory(parent=practice, terms=[theme])
    LessonPageFactory(
        parent=other_practice, title="Besloten", terms=[theme], audience=Audience.PRACTICE
    )
    PracticePageFactory(title="Geheime proef", audience=Audience.PRACTICES)
    example("Almere")

    line = page_of(client, "/themas/borgen/").select_one(".invitation-line")

    assert [link.get_text() for link in line.select("a")] == [
        "Veens Welzijn", "Deel wat je leerde", "Bekijk dit bij alle praktijken",
    ]  # fmt: skip
    assert line.select("a")[-1]["href"] == f"{MATRIX}?rijen=thema"


def test_a_theme_without_lessons_invites_and_leads_on(client, practice):
    TermFactory(name="Borgen")

    links = [a["href"] for a in page_of(client, "/themas/borgen/").select(".empty-state a")]

    assert links == [
        *(f"{MATRIX}?rijen=thema", "/themas/", "/zoeken/?soort=les"),
        "/lessen/delen/?thema=borgen",
    ]
