"""What an address or the form puts side by side: practices, or schools."""

import pytest
from django.utils.translation import gettext as _

from search.query import MOST_VALUES
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    PathStepFactory,
    TermFactory,
)
from visibility.audience import Audience
from vocabulary.models import TermKind

COMPARE = "/vergelijken/"


@pytest.fixture
def schools(practice, other_practice):
    """A school of one name in two practices, and one that has its name to itself."""
    for parent in (practice, other_practice):
        DevelopmentPathPageFactory(parent=parent, school="De Bron", slug="de-bron", place="Ede")
    return DevelopmentPathPageFactory(parent=practice, school="De Bascule", slug="de-bascule")


def compare(client, **names):
    response = client.get(COMPARE, names)
    assert response.status_code == 200
    return response.context["comparison"]


def titles(comparison) -> list[str]:
    return [column.title for column in comparison.columns]


def texts(comparison, title: str) -> list[list[str]]:
    row = next(row for row in comparison.rows if row.title == _(title))
    return [[item.text for item in cell.items] for cell in row.cells]


def test_schools_stand_side_by_side_in_the_order_of_the_choice(client, schools):
    comparison = compare(client, school=["veens-welzijn/de-bron", "de-bascule"])

    assert titles(comparison) == ["De Bron (Veens Welzijn)", "De Bascule"]
    assert comparison.title == _("Two schools side by side")
    assert [column.url_without for column in comparison.columns] == [
        "/vergelijken/?school=orion/de-bascule",
        "/vergelijken/?school=veens-welzijn/de-bron",
    ]
    assert comparison.carried == "praktijk=veens-welzijn&praktijk=orion"
    assert comparison.carried_schools == "school=veens-welzijn/de-bron&school=orion/de-bascule"


@pytest.fixture
def full_school(schools, practice, other_practice):
    """A school of which everything is known."""
    practice.starting_point = "Jeugdhulp zat al in het schoolteam."
    practice.save()
    begun, later = (
        TermFactory(name=name, kind=TermKind.PHASE, sort_order=place)
        for place, name in enumerate(("Nulmeting", "Aan de slag"))
    )
    school = DevelopmentPathPageFactory(
        parent=practice,
        school="De Vlieger",
        slug="de-vlieger",
        place="Amsterdam",
        start_text="Na de zomer",
        status_text="Pilot afgerond",
        school_type=TermFactory(name="Basisonderwijs", kind=TermKind.SCHOOL_TYPE),
        downloads=[DownloadFactory(title="Plan")],
    )
    PathStepFactory(page=school, phase=begun, start="2021")
    step = PathStepFactory(page=school, phase=later, status="active", start="2022")
    step.downloads.add(DownloadFactory(title="Agenda"))
    step.save()
    theme = TermFactory(name="Vertrouwen")
    LessonPageFactory(parent=practice, title="Van De Vlieger", paths=[school], terms=[theme])
    LessonPageFactory(parent=practice, title="Van Orion", terms=[theme])
    return school


def test_the_facts_of_a_school_stand_in_its_column(client, full_school):
    comparison = compare(client, school=["de-vlieger", "de-bascule"])

    told = {row.title: [item.text for item in row.cells[0].items] for row in comparison.rows}
    expected = {
        "Practice": ["Orion"],
        "Starting point": ["Jeugdhulp zat al in het schoolteam."],
        "Place": ["Amsterdam"],
        "Kind of school": ["Basisonderwijs"],
        "Since when": ["Na de zomer"],
        "Phase": ["Aan de slag"],
        "Where it stands": ["Pilot afgerond"],
        "Development path": ["De Vlieger"],
        "Nulmeting": ["Afgerond"],
        "Aan de slag": ["Bezig"],
        "What worked": ["Van De Vlieger", "1 les"],
        "What did not work": [],
        "Lessons": ["1 les"],
        "Downloads": ["Agenda", "Plan"],
        "Vertrouwen": ["1 les"],
    }
    assert told == {_(title): texts for title, texts in expected.items()}


def test_the_lessons_of_a_school_are_those_of_its_own_practice(client, schools, practice):
    LessonPageFactory(parent=practice, title="Van de andere", paths=[schools])

    comparison = compare(client, school=["orion/de-bron", "veens-welzijn/de-bron"])

    assert texts(comparison, "Lessons") == [[], []]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"praktijk": ["orion", "veens-welzijn"], "school": ["de-bascule"]},
         ["Orion", "Veens Welzijn"]),
        ({"praktijk": ["orion"], "school": ["de-bascule", "orion/de-bron"]},
         ["De Bascule", "De Bron (Orion)"]),
        ({"praktijk": ["orion"], "school": ["de-bascule"]}, ["Orion"]),
    ],
)  # fmt: skip
def test_practices_and_schools_do_not_mix_and_what_is_left_out_stays_ticked(
    client, schools, names, expected
):
    comparison = compare(client, **names)

    assert titles(comparison) == expected
    assert len(comparison.notices) == 1
    assert {"orion", "orion/de-bascule"} <= comparison.ticked


@pytest.mark.parametrize(
    "wrong", ["de-bron", "orion/nergens", "orion/geheim", "orion", "x" * 5000, "a/b/c", "../../etc"]
)
def test_a_school_that_is_not_there_or_not_clear_is_left_out_in_the_same_words(
    client, schools, practice, wrong
):
    DevelopmentPathPageFactory(
        parent=practice, school="Geheim", slug="geheim", audience=Audience.PRACTICE
    )

    comparison = compare(client, school=["de-bascule", wrong, "orion/de-bron"])

    assert titles(comparison) == ["De Bascule", "De Bron (Orion)"]
    assert comparison.notices == [_("A choice is not available.")]


def test_one_school_named_in_two_ways_stands_there_once(client, schools):
    comparison = compare(client, school=["de-bascule", "orion/de-bascule", "orion/de-bron"])

    assert titles(comparison) == ["De Bascule", "De Bron (Orion)"]
    assert comparison.notices == []


def test_at_most_four_schools_fit(client, schools, practice):
    more = [DevelopmentPathPageFactory(parent=practice, title=f"School {n}") for n in range(3)]
    names = [f"orion/{page.slug}" for page in (schools, *more)] + ["orion/de-bron"]

    comparison = compare(client, school=names)

    assert len(comparison.columns) == 4
    assert comparison.notices == [
        _("At most four schools fit side by side. These are the first four.")
    ]


def test_so_many_names_are_read_and_no_more(client, schools):
    names = [f"nergens-{number}" for number in range(MOST_VALUES)]

    comparison = compare(client, praktijk=[*names, "orion", "veens-welzijn"])

    assert titles(comparison) == []


def test_the_form_offers_practices_schools_and_other_ways(client, schools):
    html = client.get(COMPARE).content.decode()

    assert 'name="praktijk" value="orion">' in html
    assert 'name="school" value="veens-welzijn/de-bron">' in html
    for address in ("vraag", "matrix", "paden", "situatie"):
        assert f'href="/vergelijken/{address}/"' in html


def test_where_there_is_nothing_to_compare_the_page_says_so(client, site_tree):
    html = client.get(COMPARE).content.decode()

    assert _("There is no practice yet that you can see.") in html
    assert 'name="school"' not in html


def test_below_a_comparison_stand_the_other_ways_with_its_practices(client, schools):
    html = client.get("/vergelijken/?praktijk=veens-welzijn&praktijk=orion").content.decode()

    for address in ("vraag", "matrix", "paden", "situatie"):
        assert (
            f'href="/vergelijken/{address}/?praktijk=veens-welzijn&amp;praktijk=orion"' in html
        ), address


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_with_fewer_than_two_there_is_no_file_but_a_way_back(client, schools, form):
    response = client.get(f"/vergelijken/export.{form}?praktijk=orion")

    assert response.status_code == 400
    assert 'href="/vergelijken/?praktijk=orion"' in response.content.decode()


@pytest.mark.parametrize(
    "address", ["export.pdf", "export.", "vraag/export.xml", "vraag/export.html"]
)
def test_another_format_is_not_found(client, schools, address):
    assert client.get(f"/vergelijken/{address}?praktijk=orion").status_code == 404


def test_the_page_offers_the_table_as_it_stands(client, schools):
    html = client.get(
        "/vergelijken/?praktijk=veens-welzijn&praktijk=orion&verschillen=1"
    ).content.decode()

    for form in ("csv", "xlsx"):
        query = "praktijk=veens-welzijn&amp;praktijk=orion&amp;verschillen=1"
        assert f'href="/vergelijken/export.{form}?{query}"' in html
