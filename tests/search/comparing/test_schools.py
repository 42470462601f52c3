"""Schools as an address names them."""

import pytest

from search.comparing.schools import named_school, visible_schools
from tests.factories import DevelopmentPathPageFactory
from visibility.audience import Audience


@pytest.fixture
def schools(practice, other_practice):
    """A school of one name in two practices, and one that has its name to itself."""
    for parent in (practice, other_practice):
        DevelopmentPathPageFactory(parent=parent, school="De Bron", slug="de-bron")
    DevelopmentPathPageFactory(parent=practice, school="De Bascule", slug="de-bascule")


def test_schools_of_one_name_are_told_apart_by_their_practice(schools, visitor):
    found = visible_schools(visitor)

    assert {value: school.label for value, school in found.items()} == {
        "orion/de-bron": "De Bron (Orion)",
        "orion/de-bascule": "De Bascule",
        "veens-welzijn/de-bron": "De Bron (Veens Welzijn)",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("veens-welzijn/de-bron", "veens-welzijn/de-bron"),
        ("de-bascule", "orion/de-bascule"),
        ("de-bron", None),
        ("orion/nergens", None),
        ("", None),
    ],
)
def test_a_school_is_named_with_its_practice_or_alone_where_that_is_clear(
    schools, visitor, name, value
):
    found = named_school(name, visible_schools(visitor))

    assert (found.value if found else None) == value


def test_a_hidden_school_of_the_same_name_changes_nothing(practice, other_practice, visitor):
    DevelopmentPathPageFactory(parent=practice, school="De Bron", slug="de-bron")
    DevelopmentPathPageFactory(
        parent=other_practice, school="De Bron", slug="de-bron", audience=Audience.PRACTICE
    )
    schools = visible_schools(visitor)

    assert [school.label for school in schools.values()] == ["De Bron"]
    assert named_school("de-bron", schools) == schools["orion/de-bron"]


def test_schools_take_two_queries(schools, visitor, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        visible_schools(visitor)
