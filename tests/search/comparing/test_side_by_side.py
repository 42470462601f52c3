"""Laying practices side by side."""

import datetime
from itertools import product

import pytest
from django.utils.translation import gettext as _

from lessons.models import Outcome, Strength
from practices.models import (
    ElementState,
    Partner,
    PracticeElement,
    Ring,
    StepStatus,
    TeamRole,
)
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    PathStepFactory,
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


def row(comparison, title: str):
    """The row of this title; in the language of the page."""
    return next(row for row in comparison.rows if row.title == _(title))


def cells(comparison, title: str):
    return row(comparison, title).cells


def texts(comparison, title: str) -> list[list[str]]:
    """What each practice says there."""
    return [[item.text for item in cell.items] for cell in cells(comparison, title)]


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
        commissioner="Gemeente Amsterdam",
        connector="De tandem",
        terms=[TermFactory(name="Ouders", kind=TermKind.TARGET_GROUP)],
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
def test_the_facts_of_a_practice_stand_in_its_column(table):
    told = {row.title: [item.text for item in row.cells[0].items] for row in table().rows}

    expected = {
        "Starting point": ["Jeugdhulp zat al in het schoolteam."],
        "Where and since when": ["Amsterdam, Noord-Holland", "Sinds begin 2023"],
        "Education": ["Speciaal onderwijs"],
        "Target group": ["Ouders"],
        "Commissioned by": ["Gemeente Amsterdam"],
        "The core": ["Onderwijscoach"],
        "The fixed network": ["Jeugdarts"],
        "Organisations": ["Stichting Orion"],
        "Who connects": ["De tandem"],
        "Fysiek samenwerken": [ElementState.USED.label],
        "What stayed hard": ["Wie doet wat?"],
        "Phase": ["Nulmeting"],
        "Where it stands": ["Pilot afgerond"],
        "When needed": [],
        "Development path": [],
        "What worked": [],
        "What did not work": [],
        "Lessons": [],
        "Downloads": [],
    }
    assert told == {_(title): texts for title, texts in expected.items()}


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
    worked = cells(comparison, "What worked")[0].items

    assert [(item.text, item.note) for item in worked][:2] == [
        ("Werkte 0", ""),
        ("Werkte 3", Outcome.PARTLY.label),
    ]
    assert len(worked) == 4
    assert texts(comparison, "What did not work") == [["Werkte niet", "1 les"], []]
    assert texts(comparison, "What nobody can say yet") == [[], ["Nog onbekend", "1 les"]]
    assert cells(comparison, "What worked")[1].in_words == _("No lesson yet")
    for item, count in [(worked[-1], 4), (cells(comparison, "Lessons")[0].items[0], 5)]:
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
    downloads = cells(comparison, "Downloads")[0].items

    assert texts(comparison, "Development path") == [[], ["De Bron"]]
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
    assert 'id="choose-practices"' in html
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
    comparison = compare(client, "orion", "veens-welzijn")
    assert table.count('<th scope="row"') == len(comparison.rows)
    assert table.count('<th scope="rowgroup"') == len(comparison.rows_of.groups)
    assert html.count('<li class="row-list__item">') == table.count('<th scope="row"')
    assert html.count("<h1") == 1


def test_a_long_text_folds_at_a_word(client, practice, other_practice):
    practice.hard = "woord " * 200
    practice.save()

    item = cells(compare(client, "orion", "veens-welzijn"), "What stayed hard")[0].items[0]

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
    lessons = cells(comparison, "Lessons")[0].items[0]
    assert lessons.url == "/en/zoeken/?soort=les&praktijk=orion"
    assert client.get(lessons.url).context["results"].count == 1


def test_another_column_can_come_first(client, practice, other_practice):
    PracticePageFactory(title="Emmen")

    columns = compare(client, "orion", "veens-welzijn", "emmen").columns
    moved = client.get(columns[2].url_first).context["comparison"].columns

    assert [column.title for column in moved] == ["Emmen", "Orion", "Veens Welzijn"]


def test_practices_of_one_name_are_told_apart_by_their_place(client, practice):
    PracticePageFactory(title="Orion", place="Assen", slug="orion-2")

    html = client.get(COMPARE, {"praktijk": ["orion", "orion-2"]}).content.decode()

    heads = html.partition("<thead>")[2].partition("</thead>")[0]
    assert "Orion, Amsterdam" in heads
    assert "Orion, Assen" in heads


def test_of_a_path_stands_how_many_phases_are_known(client, practice, other_practice):
    for name in ("Nulmeting", "Aan de slag", "Borgen"):
        TermFactory(name=name, kind=TermKind.PHASE)
    path = DevelopmentPathPageFactory(parent=practice, title="De Bron")
    PathStepFactory(page=path, phase=TermFactory(name="Nulmeting"))
    PathStepFactory(page=path, phase=TermFactory(name="Borgen"), status=StepStatus.UNKNOWN)

    (item,) = cells(compare(client, "orion", "veens-welzijn"), "Development path")[0].items

    assert (item.text, item.url) == ("De Bron", path.url)
    assert item.note == _("%(known)s of %(total)s phases known") % {"known": 1, "total": 3}


def test_only_the_themes_with_the_most_lessons_have_a_row_until_all_are_asked_for(
    client, practice, other_practice
):
    themes = [TermFactory(name=f"Thema {letter}") for letter in "abcdefgh"]
    LessonPageFactory(parent=practice, terms=themes)
    LessonPageFactory(parent=other_practice, terms=themes[2:])

    comparison = compare(client, "orion", "veens-welzijn")
    group = comparison.rows_of.groups[-1]
    everything = client.get(comparison.all_themes.url).context["comparison"]

    assert [row.title for row in group.rows] == [theme.name for theme in themes[2:]]
    assert "8" in comparison.all_themes.label
    assert len(everything.rows_of.groups[-1].rows) == 8
    assert everything.all_themes is None
    assert [len(cell.items) for cell in row(everything, "Thema a").cells] == [1, 0]


def test_many_lines_in_a_cell_fold(client, practice, other_practice):
    practice.partners = [Partner(name=f"Partner {number}") for number in range(10)]
    practice.save()

    html = client.get(COMPARE, {"praktijk": ["orion", "veens-welzijn"]}).content.decode()
    table = html.partition("<table")[2].partition("</table>")[0]
    before, _fold, folded = table.partition('<details class="comparison-fold">')

    assert "Partner 5" in before
    assert "Partner 6" in folded
    assert "nog 4" in folded


@pytest.fixture
def fill(practice, other_practice):
    """Four practices; each time it is called, each of them has some more of everything."""
    practices = [practice, other_practice]
    practices += [PracticePageFactory(title=name) for name in ("Emmen", "Almere")]
    phase = TermFactory(name="Nulmeting", kind=TermKind.PHASE)

    def fill(name: str, times: int):
        for number, parent in product(range(times), practices):
            path = DevelopmentPathPageFactory(parent=parent, title=f"School {name} {number}")
            PathStepFactory(page=path, phase=phase)
            LessonPageFactory(
                parent=parent,
                title=f"Les {name} {number}",
                downloads=[DownloadFactory(title=f"Werkblad {name} {number}")],
                terms=[TermFactory(name=f"Thema {name} {number}")],
                paths=[path],
            )

    return fill


FOUR = "praktijk=orion&praktijk=veens-welzijn&praktijk=emmen&praktijk=almere"
SCHOOLS = "school=orion/school-a-0&school=veens-welzijn/school-a-0&school=emmen/school-a-0"


def test_more_content_takes_no_more_queries_and_never_more_than_twenty(
    client, fill, professional, django_assert_max_num_queries
):
    client.force_login(professional)

    def number_of_queries(address):
        # The first time also reads what is kept in memory.
        client.get(address)
        with django_assert_max_num_queries(20) as queries:
            response = client.get(address)
        assert response.context["comparison"].is_complete
        return len(queries)

    addresses = [
        f"{language}{COMPARE}?{names}" for language in ("", "/en") for names in (FOUR, SCHOOLS)
    ]
    fill("a", 1)
    few = [number_of_queries(address) for address in addresses]
    fill("b", 3)

    assert [number_of_queries(address) for address in addresses] == few
