"""Laying development paths side by side."""

import csv
import io
import re

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from practices.models import StepStatus
from search.comparing import paths
from tests.factories import (
    DevelopmentPathPageFactory,
    LessonPageFactory,
    PathStepFactory,
    TermFactory,
    in_english,
)
from tests.pages.markup import markup
from visibility.audience import Audience
from vocabulary.models import TermKind

PATHS = "/vergelijken/paden/"
EXPORT = "/vergelijken/paden/export.csv"
# A name for the path of each audience that fits on one line of a picture; 0 is a draft.
MARKS = {
    Audience.PUBLIC: 1,
    Audience.OUTER_RING: 2,
    Audience.PRACTICES: 3,
    Audience.PRACTICE: 4,
}
ALL_AXES = ["fase", "datum", "maanden"]


@pytest.fixture
def phases(db):
    return {
        name: TermFactory(name=name, kind=TermKind.PHASE, sort_order=order, definition="")
        for order, name in enumerate(["Verkennen", "Nulmeting", "Aan de slag"], start=1)
    }


@pytest.fixture
def schools(practice, other_practice, phases):
    """De Bron of Orion and De Bascule of Veens Welzijn, each with its path."""
    bron = DevelopmentPathPageFactory(
        parent=practice, school="De Bron", slug="de-bron", start="2020-12-01"
    )
    bascule = DevelopmentPathPageFactory(
        parent=other_practice, school="De Bascule", slug="de-bascule", start=""
    )
    PathStepFactory(page=bron, phase=phases["Verkennen"], title="Kennismaken", start="2020")
    PathStepFactory(page=bron, phase=phases["Aan de slag"], title="De coaches", start="2020-12-01")
    PathStepFactory(page=bron, phase=phases["Aan de slag"], title="Een netwerk", start="")
    PathStepFactory(page=bascule, phase=phases["Aan de slag"], title="Beginnen", start="2018")
    PathStepFactory(page=bascule, phase=phases["Verkennen"], title="Rondkijken", start="2023")
    return bron, bascule


def compare(client, *names, **parameters):
    response = client.get(PATHS, {"school": names, **parameters})
    assert response.status_code == 200
    return response.context["comparison"]


def names(comparison):
    return [lane.name for lane in comparison.lanes]


def page_text(client, *chosen, **parameters):
    return client.get(PATHS, {"school": chosen, **parameters}).content.decode()


# Which paths


def test_the_paths_stand_in_the_order_of_the_choice(client, schools):
    assert names(compare(client, "veens-welzijn/de-bascule", "orion/de-bron")) == [
        *("De Bascule", "De Bron"),
    ]
    assert names(compare(client, "de-bron", "de-bascule", "orion/de-bron")) == [
        *("De Bron", "De Bascule"),
    ]


def test_a_practice_stands_for_all_its_paths(client, practice, schools):
    DevelopmentPathPageFactory(parent=practice, school="De Vlieger")

    comparison = client.get(PATHS, {"praktijk": "orion"}).context["comparison"]

    assert names(comparison) == ["De Bron", "De Vlieger"]
    assert names(compare(client, *comparison.query.schools)) == names(comparison)


def test_who_chose_nothing_sees_the_first_path_of_each_practice(client, practice, schools):
    DevelopmentPathPageFactory(parent=practice, school="De Vlieger")

    comparison = compare(client)

    assert names(comparison) == ["De Bron", "De Bascule"]
    assert comparison.title == "Twee paden, drie fasen"


def test_one_path_gives_the_choice_with_that_one_ticked(client, schools):
    comparison = compare(client, "de-bron")
    html = page_text(client, "de-bron")

    assert not comparison.is_complete
    assert comparison.notices == [_("Choose at least one more path to lay beside this one.")]
    assert 'value="orion/de-bron" checked' in html
    assert 'value="veens-welzijn/de-bascule" checked' not in html


def test_no_more_paths_than_fit_stand_side_by_side(client, practice, phases):
    for number in range(paths.MOST + 2):
        DevelopmentPathPageFactory(parent=practice, title=f"School {number}")

    comparison = client.get(PATHS, {"praktijk": "orion"}).context["comparison"]

    assert len(comparison.lanes) == paths.MOST
    assert _("At most eight paths fit side by side. These are the first eight.") in (
        comparison.notices
    )


@pytest.mark.parametrize("is_there", [True, False])
def test_a_choice_that_is_not_there_is_not_named(client, practice, schools, is_there):
    if is_there:
        DevelopmentPathPageFactory(
            parent=practice, school="Geheim", slug="geheim", audience=Audience.PRACTICE
        )

    html = page_text(client, "de-bron", "de-bascule", "orion/geheim")

    assert _("A choice is not available.") in html
    # In the choice of languages stands the address that was asked for.
    assert "Geheim" not in html
    assert html.count("orion%2Fgeheim") == html.count("/en/vergelijken/paden/?")


@pytest.mark.parametrize(
    "address",
    [
        *(f"?as={axis}" for axis in ("", "onzin", "%00", "x" * 5000, "FASE")),
        "?school=%00&school=orion%2F&school=%2Fde-bron&school=" + "x" * 5000,
        "?" + "&".join(f"school=orion/s{number}" for number in range(300)),
        "?praktijk=orion&praktijk=orion&praktijk=nergens&school=de-bron",
        "?school=de-bron&as=datum&as=maanden",
        "?school[]=de-bron&moment=2021&SCHOOL=x",
    ],
)
@pytest.mark.parametrize("language", ["", "/en"])
def test_whatever_stands_in_the_address_the_page_answers(client, schools, language, address):
    assert client.get(f"{language}{PATHS}{address}").status_code == 200
    assert client.get(f"{language}{EXPORT}{address}").status_code in (200, 400)


def test_an_axis_that_is_not_known_is_named_and_left_out(client, schools):
    comparison = compare(client, "de-bron", "de-bascule", **{"as": "onzin"})

    assert comparison.query.axis == paths.Axis.PHASE
    assert "onzin" in comparison.notices[0]


def test_without_paths_the_page_says_what_will_come(client, practice, phases):
    html = page_text(client)

    assert _("Not enough paths yet") in html
    assert "<form class" not in html.partition("<main")[2]


# What is said of them


def test_every_axis_is_an_address_with_the_same_paths(client, schools):
    comparison = compare(client, "de-bron", "de-bascule")

    for axis, link in zip(ALL_AXES, comparison.views, strict=True):
        other = client.get(link.url).context["comparison"]
        assert names(other) == names(comparison)
        assert other.query.axis == axis


@pytest.mark.parametrize("axis", ALL_AXES)
def test_the_table_says_it_all_in_words_on_every_axis(client, schools, axis):
    html = page_text(client, "de-bron", "de-bascule", **{"as": axis})
    table = html.partition("<table")[2].partition("</table>")[0]

    for words in ("Kennismaken", "De coaches", "Een netwerk", "1 december 2020", "2018"):
        assert words in table
    assert table.count(_("extra step:")) == 1
    assert str(StepStatus.UNKNOWN.label) in table
    for part in ('<th scope="row"', '<th scope="col"', "<caption"):
        assert part in table


def test_a_step_leads_to_its_place_on_the_path(client, schools):
    page = markup(client.get(PATHS, {"school": ["de-bron", "de-bascule"]}))

    for path in schools:
        for step in path.steps.all():
            address = f"{path.url}#stap-{step.pk}"
            assert address in page.links
            assert f"stap-{step.pk}" in markup(client.get(path.url)).ids


def test_the_number_of_lessons_is_what_the_path_shows_for_each_person(
    client, schools, practice, visitor, outer_ring, professional, other_professional, leader
):
    bron = schools[0]
    lessons = [
        LessonPageFactory(parent=practice, title=f"Les {audience}", audience=audience)
        for audience in Audience.values
    ]
    lessons.append(LessonPageFactory(parent=practice, title="Klad", live=False))
    step = bron.steps.first()
    step.lessons = lessons
    step.save()
    found = []

    for person in (visitor, outer_ring, other_professional, professional, leader):
        client.logout()
        if person.is_authenticated:
            client.force_login(person)
        lane = compare(client, "de-bron", "de-bascule").lanes[0]
        number = next(one.lessons for one in lane.steps if one.url.endswith(f"#stap-{step.pk}"))
        path = client.get(bron.url).context["phases"]
        assert number == sum(
            len(on_page.links) for phase in path for on_page in phase.steps
            if on_page.step.pk == step.pk
        )  # fmt: skip
        found.append(number)

    assert found == [1, 2, 3, 4, 4]


def test_each_person_compares_the_paths_that_they_may_see(
    client, practice, schools, visitor, outer_ring, professional, other_professional, leader
):
    for audience in Audience.values:
        DevelopmentPathPageFactory(
            parent=practice, school=f"Pad{MARKS[audience]}", slug=audience, audience=audience
        )
    DevelopmentPathPageFactory(parent=practice, school="Pad0", slug="klad", live=False)
    named = {}

    for who, person in {
        "visitor": visitor,
        "outer ring": outer_ring,
        "other professional": other_professional,
        "own professional": professional,
        "leader": leader,
    }.items():
        client.logout()
        if person.is_authenticated:
            client.force_login(person)
        pages = [
            client.get(address, {"praktijk": "orion", "as": axis})
            for address in (PATHS, f"/en{PATHS}", EXPORT)
            for axis in ALL_AXES
        ]
        texts = [page.getvalue().decode() for page in pages]
        seen = {frozenset(re.findall(r"Pad(\d)", text)) for text in texts}
        assert len(seen) == 1, who
        named[who] = "".join(sorted(*seen))

    assert named == {
        "visitor": "1",
        "outer ring": "12",
        "other professional": "123",
        "own professional": "1234",
        "leader": "1234",
    }


def test_what_has_no_place_on_the_axis_is_listed_apart(client, schools):
    by_date = compare(client, "de-bron", "de-bascule", **{"as": "datum"})
    in_months = compare(client, "de-bron", "de-bascule", **{"as": "maanden"})

    def apart(comparison):
        return {
            lane.lane.name: [step.title for step in lane.without_place]
            for lane in comparison.without_place
        }

    assert apart(compare(client, "de-bron", "de-bascule")) == {}
    assert apart(by_date) == {"De Bron": ["Een netwerk"]}
    assert set(apart(in_months)["De Bascule"]) == {"Beginnen", "Rondkijken"}
    html = page_text(client, "de-bron", "de-bascule", **{"as": "maanden"})
    assert _("It is not known when this path began. So its months cannot be counted.") in html
    assert "maand 0" in html


def test_where_no_step_has_a_date_the_table_is_open(client, practice, other_practice, phases):
    for parent in (practice, other_practice):
        PathStepFactory(page=DevelopmentPathPageFactory(parent=parent), start="")

    html = page_text(client, **{"as": "datum"})

    assert "<figure" not in html
    assert re.search(r"<details[^>]* open>", html)


@pytest.mark.parametrize(
    ("begins", "expected"),
    [
        (("Verkennen", "Verkennen"), "Iedereen begint met verkennen."),
        (
            ("Verkennen", "Aan de slag"),
            "Niet iedereen begint op dezelfde plek: De Bron met verkennen, De Bascule met aan de "
            "slag.",
        ),
        (("Verkennen", ""), "Elke school gaat haar eigen weg door dezelfde fasen."),
    ],
)
def test_the_introduction_says_only_what_is_true(
    client, practice, other_practice, phases, begins, expected
):
    for parent, school, begin in zip(
        (practice, other_practice), ("De Bron", "De Bascule"), begins, strict=True
    ):
        path = DevelopmentPathPageFactory(parent=parent, school=school)
        PathStepFactory(
            page=path, phase=phases[begin or "Verkennen"], start="2020" if begin else ""
        )

    assert compare(client).introduction == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (
            ("2020", "2021", "2022"),
            "Iedereen begint met verkennen. Daarna lopen de wegen uiteen: bij De Bascule kwam "
            "aan de slag vóór nulmeting.",
        ),
        (
            ("", "2021", "2022"),
            "Elke school gaat haar eigen weg door dezelfde fasen. Bij De Bascule kwam aan de slag "
            "vóór nulmeting.",
        ),
        # Both went the same way, whatever the list says.
        (("2020", "2022", "2021"), "Iedereen begint met verkennen."),
    ],
)
def test_the_introduction_says_where_the_ways_part(
    client, practice, other_practice, phases, first, expected
):
    for parent, school, dates in (
        (practice, "De Bron", first),
        (other_practice, "De Bascule", ("2020", "2023", "2021")),
    ):
        path = DevelopmentPathPageFactory(parent=parent, school=school)
        for phase, start in zip(phases.values(), dates, strict=True):
            PathStepFactory(page=path, phase=phase, start=start)

    assert compare(client).introduction == expected


def test_what_is_the_same_and_what_differs_is_said(client, schools):
    comparison = compare(client, "de-bron", "de-bascule")
    remarks = {
        (remark.about, remark.school.text if remark.school else ""): [
            name.text for name in remark.names
        ]
        for remark in comparison.remarks
    }

    assert remarks == {
        ("Bij iedereen bekend", ""): ["Verkennen", "Aan de slag"],
        ("Bij niemand bekend", ""): ["Nulmeting"],
        ("Andere volgorde bij", "De Bascule"): ["Aan de slag vóór Verkennen"],
    }


def test_what_only_one_school_knows_is_said(client, schools, phases):
    PathStepFactory(page=schools[1], phase=phases["Nulmeting"], start="2024")

    remarks = compare(client, "de-bron", "de-bascule").remarks

    said = {(remark.about, remark.school.text) for remark in remarks if remark.school}
    assert ("Alleen bekend bij", "De Bascule") in said
    assert ("Niet bekend bij", "De Bron") in said


def test_schools_of_one_name_are_told_apart(client, practice, other_practice, phases):
    for parent in (practice, other_practice):
        DevelopmentPathPageFactory(parent=parent, school="De Bron", slug="de-bron")

    assert names(compare(client)) == ["De Bron (Orion)", "De Bron (Veens Welzijn)"]


def test_the_page_exists_in_english(client, schools):
    in_english(schools[0], school="The Source")

    with override("en"):
        chosen = "?school=orion/de-bron&school=veens-welzijn/de-bascule"
        comparison = client.get(f"/en{PATHS}{chosen}").context["comparison"]

        assert names(comparison) == ["The Source", "De Bascule"]
        assert comparison.title == "Two paths, three phases"
    assert all(step.url.startswith("/en/") for step in comparison.lanes[0].steps)


# Taking along, and getting there


def test_the_file_has_a_row_for_each_step_and_for_what_is_not_known(client, schools):
    response = client.get(EXPORT, {"school": ["de-bron", "de-bascule"]})
    lines = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig")), delimiter=";"))
    start = lines.index([]) + 1
    rows = [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]

    assert [(row["School"], row["Fase"], row["Stap"]) for row in rows] == [
        ("De Bron", "Verkennen", "Kennismaken"),
        ("De Bron", "Nulmeting", ""),
        ("De Bron", "Aan de slag", "De coaches"),
        ("De Bron", "Aan de slag", "Een netwerk"),
        ("De Bascule", "Verkennen", "Rondkijken"),
        ("De Bascule", "Nulmeting", ""),
        ("De Bascule", "Aan de slag", "Beginnen"),
    ]
    assert rows[2]["Sinds het begin"] == "maand 0"
    assert rows[2]["Adres"].endswith(f"{schools[0].url}#stap-{schools[0].steps.all()[1].pk}")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_page_leads_to_its_file(client, schools, form):
    comparison = compare(client, "de-bron", "de-bascule", **{"as": "datum"})
    address = next(link.url for link in comparison.files if f".{form}?" in link.url)

    response = client.get(address)

    assert response.status_code == 200
    assert 'filename="paden-2' in response["Content-Disposition"]


def test_a_file_needs_two_paths_and_a_known_format(client, schools):
    assert client.get(EXPORT, {"school": "de-bron"}).status_code == 400
    assert client.get("/vergelijken/paden/export.pdf").status_code == 404


@pytest.mark.parametrize("of_all", [False, True])
def test_a_path_and_the_overview_of_paths_lead_here(client, practice, schools, of_all):
    bron = schools[0]
    DevelopmentPathPageFactory(parent=practice, school="De Vlieger")
    page = bron.get_parent() if of_all else bron

    address = next(link for link in markup(client.get(page.url)).links if PATHS in link)

    chosen = client.get(address.partition("#")[0]).context["comparison"]
    assert names(chosen) == (["De Bron", "De Vlieger"] if of_all else ["De Bron"])
    assert PATHS in markup(client.get("/vergelijken/")).links


# Quick


@pytest.mark.parametrize(("language", "axis"), [("", "fase"), ("/en", "maanden")])
def test_the_number_of_queries_does_not_grow(
    client, practice, other_practice, phases, professional, axis, language,
    django_assert_max_num_queries,
):  # fmt: skip
    client.force_login(professional)
    lesson = LessonPageFactory(parent=practice)

    def add(schools, steps):
        for number in range(schools):
            for parent in (practice, other_practice):
                path = DevelopmentPathPageFactory(parent=parent, title=f"School {number} {steps}")
                for _number in range(steps):
                    step = PathStepFactory(page=path, phase=phases["Nulmeting"])
                    step.lessons = [lesson]
                    step.save()

    def number_of_queries():
        address = f"{language}{PATHS}?praktijk=orion&praktijk=veens-welzijn&as={axis}"
        # The first time also reads what is kept in memory.
        client.get(address)
        with django_assert_max_num_queries(16) as queries:
            client.get(address)
        return len(queries)

    add(1, 1)
    few = number_of_queries()
    add(2, 4)

    assert number_of_queries() == few
