"""The read API answers what its description says, and only with what is public."""

import re

import pytest
from django.test import Client

from lessons.models import Outcome
from search.api.description import describe
from search.query import MOST_VALUES
from tests.factories import LessonPageFactory, TermFactory, in_english
from visibility.audience import Audience

pytestmark = pytest.mark.django_db
SEARCH, SUGGEST = "/api/v1/search/", "/api/v1/suggest/"
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def check(value, schema: dict, path: str = "answer") -> None:
    """Hold a value beside its schema, as far as our description goes."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return check(value, describe()["components"]["schemas"][name], path)
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert any(isinstance(value, TYPES[name]) for name in names), (path, value)
    assert not isinstance(value, bool) or "boolean" in names, path
    if "enum" in schema:
        assert value in schema["enum"], path
    if "minimum" in schema:
        assert value >= schema["minimum"], path
    if "maximum" in schema:
        assert value <= schema["maximum"], path
    if isinstance(value, list):
        assert len(value) <= schema.get("maxItems", len(value)), path
        for place, item in enumerate(value):
            check(item, schema["items"], f"{path}[{place}]")
    if isinstance(value, dict):
        assert set(schema["required"]) <= set(value) <= set(schema["properties"]), path
        for name, item in value.items():
            check(item, schema["properties"][name], f"{path}.{name}")
    return None


def check_answer(response) -> dict:
    path = response.wsgi_request.path
    answers = describe()["paths"][path]["get"]["responses"]
    answer = answers[str(response.status_code)]
    check(response.json(), answer["content"]["application/json"]["schema"])
    return response.json()


@pytest.fixture
def lessons(practice):
    theme = TermFactory(name="Ouders")
    for number in range(3):
        LessonPageFactory(
            parent=practice,
            title=f"Olifant {number}",
            external_id=f"emmen-{number}",
            outcome=Outcome.WORKED,
            date="2021",
            terms=[theme],
        )
    LessonPageFactory(parent=practice, title="Geheime olifant", audience=Audience.OUTER_RING)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=olifant",
        "?q=olifantt",
        "?q=olifant&soort=les&thema=ouders&page_size=2&page=2",
        "?q=ouders",
        "?sort=titel&soort=les",
        "?q=%00",
        "?q=" + "x" * 5000,
        "?page=4000",
        "?jaar=2021&taal=nl&sterkte=experience&uitkomst=worked",
    ],
)
def test_an_answer_is_as_described(client, lessons, query):
    response = client.get(SEARCH + query)

    assert response.status_code == 200
    check_answer(response)


def test_a_result_tells_what_other_systems_need(client, lessons, practice):
    answer = check_answer(client.get(SEARCH, {"q": "olifant 1", "page_size": 1}))

    assert (answer["total"], answer["page"], answer["page_size"]) == (3, 1, 1)
    [result] = answer["results"]
    assert result["type"] == "les"
    assert result["external_id"] == "emmen-1"
    assert result["practice"] == "orion"
    assert result["date"] == "2021"
    assert result["url"].startswith("/praktijken/orion/lessen/")
    assert result["score"] > 0
    option = {"value": "orion", "label": "Orion", "count": 3, "selected": False}
    assert answer["facets"]["praktijk"] == [option]


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=abc",
        "page=1.5",
        "page=",
        "page=%00",
        "page=" + "9" * 5000,
        "page=99999&page_size=100",
        "page_size=0",
        "page_size=101",
        "page_size=x",
        "sort=onzin",
        "precies=2",
        "sort=",
        "soort=onzin",
        "praktijk=atlantis",
        "thema=" + "x" * 5000,
        "&".join(f"thema=t{number}" for number in range(MOST_VALUES + 1)),
        "&".join(f"jaar={year}" for year in range(1900, 1901 + MOST_VALUES)) + "&q=olifant",
    ],
)
def test_a_bad_parameter_is_named(client, lessons, query):
    response = client.get(f"{SEARCH}?{query}")

    assert response.status_code == 400
    error = check_answer(response)["error"]
    assert error["parameter"] == query.partition("=")[0]
    assert len(error["message"]) > 10


@pytest.mark.parametrize("person", ["outer_ring", "professional", "leader"])
def test_who_asks_makes_no_difference(client, lessons, request, person):
    public = client.get(SEARCH, {"q": "olifant"}).json()
    client.force_login(request.getfixturevalue(person))

    assert client.get(SEARCH, {"q": "olifant"}).json() == public
    assert public["total"] == 3


def test_an_answer_that_did_not_change_is_not_sent_again(client, lessons, practice):
    first = client.get(SEARCH, {"q": "olifant"})
    again = client.get(SEARCH, {"q": "olifant"}, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")

    LessonPageFactory(parent=practice, title="Nog een olifant")
    changed = client.get(SEARCH, {"q": "olifant"}, headers={"if-none-match": first["ETag"]})

    assert changed.status_code == 200
    assert changed.json()["total"] == 4


def test_suggestions_are_few_and_public(client, lessons, practice):
    for number in range(12):
        LessonPageFactory(parent=practice, title=f"Olifantenpad {number}")

    answer = check_answer(client.get(SUGGEST, {"q": "olif"}))

    assert len(answer["suggestions"]) == 8
    assert "Geheime olifant" not in str(answer)
    assert check_answer(client.get(SUGGEST, {"q": "geheime ol"}))["suggestions"] == []


@pytest.mark.parametrize(
    "query", ["", "q=", "q=o", "q=%00", "q=" + "o" * 5000, "q=.*", "q=(", "q=%F0%9F%99%82"]
)
def test_any_beginning_gets_an_answer(client, lessons, query):
    response = client.get(f"{SUGGEST}?{query}")

    assert response.status_code == 200
    check_answer(response)


def test_the_description_is_whole(client, db):
    document = client.get("/api/v1/openapi.json").json()

    assert document == describe()
    names = set(re.findall(r"#/components/schemas/(\w+)", str(document)))
    assert names == set(document["components"]["schemas"])


@pytest.mark.parametrize("address", [SEARCH, SUGGEST, "/api/v1/openapi.json"])
def test_the_api_is_only_read(client, site_tree, address):
    assert client.post(address).status_code == 405


def test_a_lesson_in_two_languages_is_one_result(client, practice):
    lesson = LessonPageFactory(parent=practice, title="Olifant")
    in_english(lesson, title="Elephant")

    assert client.get(SEARCH, {"q": "olifant", "soort": "les"}).json()["total"] == 1
    assert client.get(SEARCH, {"soort": "les", "taal": "en"}).json()["total"] == 1
    counts = client.get(SEARCH, {"soort": "les"}).json()["facets"]["taal"]
    assert {option["value"]: option["count"] for option in counts} == {"nl": 1, "en": 1}


def test_suggestions_are_in_the_language_of_the_reader(client, lessons, practice):
    in_english(practice)
    in_english(LessonPageFactory(parent=practice, title="Olijfboom"), title="Olive tree")

    answers = {
        language: check_answer(client.get(SUGGEST, {"q": "oli", "taal": language}))
        for language in ("nl", "en")
    }

    def kinds(language):
        suggestions = answers[language]["suggestions"]
        return {one["text"]: one["label"] for one in suggestions if one["type"] == "les"}

    assert kinds("nl")["Olijfboom"] == "Les"
    assert kinds("en")["Olive tree"] == "Lesson"
    assert check_answer(client.get(SUGGEST, {"q": "oli"})) == answers["nl"]


def test_suggestions_in_another_language_are_refused_with_a_reason(client, lessons):
    response = client.get(SUGGEST, {"q": "oli", "taal": "xx"})

    assert response.status_code == 400
    assert check_answer(response)["error"]["parameter"] == "taal"


def test_what_is_posted_is_refused_as_what_it_is(db):
    for address in ("/api/v1/search/", "/api/v1/suggest/"):
        assert Client(enforce_csrf_checks=True).post(address).status_code == 405
