"""Laying practices side by side."""

import datetime

import pytest
from django.utils.translation import gettext as _

from lessons.models import Outcome, Strength
from practices.models import ElementState, Partner, PracticeElement, Ring, TeamRole
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    PracticePageFactory,
    Rows,
    TermFactory,
)
from visibility.audience import Audience
from vocabulary.models import TermKind

COMPARE = "/vergelijken/"


def compare(client, *slugs, **parameters):
    response = client.get(COMPARE, {"praktijk": slugs, **parameters})
    assert response.status_code == 200
    return response.context["comparison"]


def cells(comparison, title: str):
    """The row of this title; in the language of the page."""
    return next(row for row in comparison.rows if row.title == _(title)).cells


def texts(comparison, title: str) -> list[list[str]]:
    """What each practice says there."""
    return [[item.text for item in cell] for cell in cells(comparison, title)]


@pytest.fixture
def table(client):
    element = TermFactory(name="Fysiek samenwerken", kind=TermKind.ELEMENT)
    phase = TermFactory(name="Nulmeting", kind=TermKind.PHASE)
    PracticePageFactory(
        title="Orion",
        place="Amsterdam",
        region="Noord-Holland",
        start_text="Sinds begin 2023",
        starting_point="Jeugdhulp zat al in het schoolteam.",
        education="Speciaal onderwijs",
        education_note="twee scholen",
        connector="De tandem",
        hard="Wie doet wat?",
        current_phase=phase,
        status_text="Pilot afgerond",
        team=Rows(
            [
                TeamRole(ring=Ring.CORE, role="Onderwijscoach"),
                TeamRole(ring=Ring.FIXED, role="Jeugdarts"),
            ]
        ),
        partners=Rows([Partner(name="Stichting Orion")]),
        elements=Rows(
            [PracticeElement(element=element, state=ElementState.USED, sentence="Aan één tafel.")]
        ),
    )
    PracticePageFactory(title="Veens Welzijn", place="Veenendaal", region="", start="")
    return lambda **parameters: compare(client, "orion", "veens-welzijn", **parameters)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Starting point", ["Jeugdhulp zat al in het schoolteam."]),
        ("Where and since when", ["Amsterdam, Noord-Holland", "Sinds begin 2023"]),
        ("Education", ["Speciaal onderwijs"]),
        ("Who take part", ["Onderwijscoach", "Stichting Orion"]),
        ("Who connects", ["De tandem"]),
        ("Fysiek samenwerken", [ElementState.USED.label]),
        ("What stayed hard", ["Wie doet wat?"]),
        ("Phase", ["Nulmeting"]),
        ("Where it stands", ["Pilot afgerond"]),
    ],
)
def test_the_facts_of_a_practice_stand_in_its_column(table, title, expected):
    assert texts(table(), title)[0] == expected


@pytest.mark.django_db
def test_what_is_not_known_is_said_so_and_never_empty(client, table):
    comparison = table()

    assert texts(comparison, "Who connects")[1] == []
    assert texts(comparison, "Fysiek samenwerken")[1] == [ElementState.UNKNOWN.label]
    html = client.get(COMPARE, {"praktijk": ["orion", "veens-welzijn"]}).content.decode()
    assert _("Not filled in") in html
    assert "<td></td>" not in html.partition("<tbody>")[2].partition("</tbody>")[0]


def test_lessons_stand_by_what_worked_with_a_link_to_all(client, practice, other_practice):
    for number in range(4):
        LessonPageFactory(
            parent=practice,
            title=f"Werkte {number}",
            outcome=Outcome.PARTLY if number else Outcome.WORKED,
            strength=Strength.EXPERIENCE if number else Strength.RESEARCHED,
        )
    LessonPageFactory(parent=practice, title="Werkte niet", outcome=Outcome.NOT)
    LessonPageFactory(parent=other_practice, title="Nog onbekend", outcome=Outcome.UNKNOWN)

    comparison = compare(client, "orion", "veens-welzijn")
    worked = cells(comparison, "What worked")[0]

    assert [item.text for item in worked][:1] == ["Werkte 0"]
    assert len(worked) == 4
    assert texts(comparison, "What did not work") == [["Werkte niet"], []]
    assert cells(comparison, "What worked")[1] == ()
    for item, count in [(worked[-1], 4), (cells(comparison, "Lessons")[0][0], 5)]:
        assert str(count) in item.text
        assert client.get(item.url).context["results"].count == count


def test_paths_and_downloads_stand_in_the_column_of_their_practice(
    client, practice, other_practice
):
    sheets = [DownloadFactory(title=f"Werkblad {letter}") for letter in "abcd"]
    LessonPageFactory(parent=practice, downloads=sheets)
    DevelopmentPathPageFactory(parent=other_practice, title="De Bron")
    DevelopmentPathPageFactory(parent=other_practice, title="Stil", live=False)

    comparison = compare(client, "orion", "veens-welzijn")
    downloads = cells(comparison, "Downloads")[0]

    assert texts(comparison, "Development paths") == [[], ["De Bron"]]
    assert [item.text for item in downloads[:3]] == ["Werkblad a", "Werkblad b", "Werkblad c"]
    assert client.get(downloads[3].url).context["results"].count == 4


def test_the_columns_stand_in_the_order_of_the_choice(client, practice, other_practice):
    def titles(*slugs):
        return [column.title for column in compare(client, *slugs).columns]

    assert titles("veens-welzijn", "orion") == ["Veens Welzijn", "Orion"]
    assert titles("orion", "veens-welzijn", "orion") == ["Orion", "Veens Welzijn"]


def test_only_differences_leaves_out_what_is_the_same(client, practice, other_practice):
    everything = compare(client, "orion", "veens-welzijn")
    differences = compare(client, "orion", "veens-welzijn", verschillen="1")

    assert _("Phase") in [row.title for row in everything.rows]
    assert [row.title for row in differences.rows] == [_("Where and since when")]
    assert [view.url for view in differences.views] == [
        "/vergelijken/?praktijk=orion&praktijk=veens-welzijn",
        "/vergelijken/?praktijk=orion&praktijk=veens-welzijn&verschillen=1",
    ]


@pytest.mark.parametrize("slugs", [(), ("orion",), ("orion", "orion"), ("orion", "atlantis")])
def test_with_fewer_than_two_there_is_a_choice_with_an_explanation(
    client, practice, other_practice, slugs
):
    response = client.get(COMPARE, {"praktijk": slugs})
    html = response.content.decode()

    assert "<table" not in html
    assert 'id="choose"' in html
    assert 'type="checkbox" name="praktijk" value="veens-welzijn">' in html
    assert ('value="orion" checked>' in html) is bool(slugs)


def test_a_choice_that_is_not_available_is_left_out_without_a_name(
    client, practice, other_practice
):
    PracticePageFactory(title="Geheime proef", audience=Audience.PRACTICES)

    def answer(slug):
        response = client.get(COMPARE, {"praktijk": ["orion", slug, "veens-welzijn"]})
        # The other language of this same page has the visitor's own address in it.
        return response.context["comparison"].notices, response.content.decode().replace(slug, "")

    assert answer("geheime-proef") == answer("atlantis-proef")
    notices, html = answer("geheime-proef")
    assert len(notices) == 1
    assert "Geheime proef" not in html
    assert len(compare(client, "orion", "geheime-proef", "veens-welzijn").columns) == 2


def test_at_most_four_fit_side_by_side(client, practice, other_practice):
    slugs = ["orion", "veens-welzijn"]
    for name in ("emmen", "almere", "twente"):
        PracticePageFactory(title=name.capitalize())
        slugs.append(name)

    comparison = compare(client, *slugs)

    assert [column.title for column in comparison.columns] == [
        "Orion", "Veens Welzijn", "Emmen", "Almere",
    ]  # fmt: skip
    assert len(comparison.notices) == 1
    assert not comparison.has_room


def test_an_ended_practice_is_marked(client, practice, other_practice):
    practice.ended_on = datetime.date(2024, 1, 1)
    practice.save()

    assert compare(client, "orion", "veens-welzijn").columns[0].title == _(
        "%(practice)s (ended)"
    ) % {"practice": "Orion"}


def test_each_practice_can_be_taken_away(client, practice, other_practice):
    columns = compare(client, "orion", "veens-welzijn").columns

    assert [column.url_without for column in columns] == [
        "/vergelijken/?praktijk=veens-welzijn",
        "/vergelijken/?praktijk=orion",
    ]


def test_it_is_a_real_table_with_heads_and_the_same_as_a_list(client, practice, other_practice):
    html = client.get(COMPARE, {"praktijk": ["orion", "veens-welzijn"]}).content.decode()
    table = html.partition("<table")[2].partition("</table>")[0]

    assert table.count("<caption>") == 1
    assert table.count('<th scope="col"') == 2
    assert table.count('<th scope="row"') == len(compare(client, "orion", "veens-welzijn").rows)
    assert html.count('<li class="row-list__item">') == table.count('<th scope="row"')
    assert html.count("<h1") == 1


def test_a_long_text_folds_at_a_word(client, practice, other_practice):
    practice.hard = "woord " * 200
    practice.save()

    item = cells(compare(client, "orion", "veens-welzijn"), "What stayed hard")[0][0]

    assert item.beginning.endswith("woord")
    assert item.beginning + item.rest == item.text


def test_it_works_in_english(client, practice, other_practice):
    LessonPageFactory(parent=practice)

    response = client.get("/en/vergelijken/", {"praktijk": ["orion", "veens-welzijn"]})
    comparison = response.context["comparison"]

    assert [(column.lang, column.url) for column in comparison.columns] == [
        ("nl", "/en/praktijken/orion/"),
        ("nl", "/en/praktijken/veens-welzijn/"),
    ]
    lessons = cells(comparison, "Lessons")[0][0]
    assert lessons.url == "/en/zoeken/?soort=les&praktijk=orion"
    assert client.get(lessons.url).context["results"].count == 1


@pytest.mark.parametrize("address", [COMPARE, "/en/vergelijken/"])
def test_the_number_of_queries_does_not_grow(
    client, practice, other_practice, professional, django_assert_max_num_queries, address
):
    def fill(number):
        for place in range(number):
            for parent in (practice, other_practice):
                sheet = DownloadFactory(title=f"Werkblad {number} {place}")
                LessonPageFactory(parent=parent, title=f"Les {number} {place}", downloads=[sheet])
                DevelopmentPathPageFactory(parent=parent, title=f"School {number} {place}")

    client.force_login(professional)
    PracticePageFactory(title="Emmen")

    def number_of_queries(*slugs):
        # The first time also reads what is kept in memory.
        client.get(address, {"praktijk": slugs})
        with django_assert_max_num_queries(25) as queries:
            client.get(address, {"praktijk": slugs})
        return len(queries)

    fill(1)
    few = number_of_queries("orion", "veens-welzijn")
    fill(4)

    assert number_of_queries("orion", "veens-welzijn", "emmen") == few
