"""What somebody may not see is not there: no result, count, filter or column tells of it."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import (
    DownloadFactory,
    LessonPageFactory,
    NewsPageFactory,
    PracticePageFactory,
    TermFactory,
)
from visibility.audience import Audience

PEOPLE = ["visitor", "outer_ring", "professional", "other_professional", "leader"]
STATES = ["draft", "live", "expired"]
# Who may see a live page of the practice in which `professional` works.
READERS = {
    Audience.PRACTICE: {"professional", "leader"},
    Audience.PRACTICES: {"professional", "other_professional", "leader"},
    Audience.OUTER_RING: {"outer_ring", "professional", "other_professional", "leader"},
    Audience.PUBLIC: set(PEOPLE),
}
TABLE = [(audience, state) for audience in READERS for state in STATES]


def in_state(state: str) -> dict:
    yesterday = timezone.now() - datetime.timedelta(days=1)
    return {"live": state != "draft", "expire_at": yesterday if state == "expired" else None}


@pytest.fixture
def people(request):
    """Each person with a browser of its own."""
    browsers = {}
    for name in PEOPLE:
        user = request.getfixturevalue(name)
        browsers[name] = Client()
        if user.is_authenticated:
            browsers[name].force_login(user)
    return browsers


def counts(results, name):
    facet = next(facet for facet in results.facets if facet.name == name)
    return {option.value: option.count for option in facet.options}


@pytest.mark.parametrize(("audience", "state"), TABLE)
def test_a_lesson_is_found_and_counted_by_those_who_may_see_it(
    people, practice, other_practice, audience, state
):
    LessonPageFactory(parent=other_practice, title="Voor iedereen")
    LessonPageFactory(
        parent=practice,
        title="Kraamvisite",
        audience=audience,
        terms=[TermFactory(name="Vertrouwen")],
        downloads=[DownloadFactory(title="Werkblad kraamvisite")],
        **in_state(state),
    )

    for person, browser in people.items():
        sees = state == "live" and person in READERS[audience]
        found = browser.get("/zoeken/?q=kraamvisite").context["results"]
        listed = browser.get("/zoeken/?soort=les")
        results = listed.context["results"]
        filtered = browser.get("/zoeken/?thema=vertrouwen&soort=les").context["results"]
        side_by_side = browser.get("/vergelijken/?praktijk=orion&praktijk=veens-welzijn")

        assert {line.title for line in found.lines} == (
            {"Kraamvisite", "Werkblad kraamvisite"} if sees else set()
        ), person
        assert counts(found, "soort") == ({"les": 1, "download": 1} if sees else {}), person
        assert counts(found, "thema") == ({"vertrouwen": 1} if sees else {}), person
        assert results.count == (2 if sees else 1), person
        assert ("vertrouwen" in counts(results, "thema")) is sees, person
        assert filtered.count == (1 if sees else 0), person
        for response in (listed, side_by_side):
            assert ("Kraamvisite" in response.content.decode()) is sees, person
        assert ("Werkblad kraamvisite" in side_by_side.content.decode()) is sees, person


@pytest.mark.parametrize(("audience", "state"), TABLE)
def test_a_practice_is_found_filtered_and_compared_by_those_who_may_see_it(
    people, practice, other_practice, audience, state
):
    LessonPageFactory(parent=practice, title="Een les")
    for name, value in {"audience": audience, **in_state(state)}.items():
        setattr(practice, name, value)
    practice.save()

    for person, browser in people.items():
        sees = state == "live" and person in READERS[audience]
        results = browser.get("/zoeken/").context["results"]
        lessons = browser.get("/zoeken/?soort=les").context["results"]
        chooser = browser.get("/vergelijken/")
        side_by_side = browser.get("/vergelijken/?praktijk=orion&praktijk=veens-welzijn")
        comparison = side_by_side.context["comparison"]

        assert ("Orion" in {line.title for line in results.lines}) is sees, person
        assert ("orion" in counts(results, "praktijk")) is sees, person
        assert lessons.count == (1 if sees else 0), person
        assert ("Orion" in chooser.content.decode()) is sees, person
        assert len(comparison.columns) == (2 if sees else 1), person
        assert bool(comparison.notices) is not sees, person
        assert ("Orion" in side_by_side.content.decode()) is sees, person


def test_a_draft_of_a_live_lesson_changes_nothing(client, practice):
    lesson = LessonPageFactory(parent=practice, title="Begin klein")
    lesson.title = "Begin heel groot"
    lesson.terms.add(TermFactory(name="Groot"))
    lesson.save_revision()

    results = client.get("/zoeken/?q=groot&soort=les").context["results"]

    assert results.count == 0
    assert counts(client.get("/zoeken/").context["results"], "thema") == {"groot": 1}
    assert client.get("/zoeken/?thema=groot&soort=les").context["results"].count == 0


def test_rights_that_are_withdrawn_hold_at_the_next_request(client, practice, professional):
    LessonPageFactory(parent=practice, title="Alleen hier", audience=Audience.PRACTICE)
    client.force_login(professional)
    assert client.get("/zoeken/?q=alleen").context["results"].count == 1

    professional.groups.clear()

    assert client.get("/zoeken/?q=alleen").context["results"].count == 0


def test_unpublishing_takes_a_lesson_out_at_once(client, lesson):
    assert client.get("/zoeken/?q=klein").context["results"].count == 1

    lesson.unpublish()

    assert client.get("/zoeken/?q=klein").context["results"].count == 0


def test_a_deleted_lesson_is_found_no_more(client, lesson):
    lesson.delete()

    assert client.get("/zoeken/?q=klein").context["results"].count == 0


def test_a_practice_for_few_does_not_show_through_public_news_about_it(client, site_tree):
    hidden = PracticePageFactory(title="Geheime proef", audience=Audience.PRACTICES)
    NewsPageFactory(title="Er komt iets nieuws", practice_page=hidden)

    response = client.get("/zoeken/?soort=nieuws")

    assert response.context["results"].count == 1
    assert "Geheime proef" not in response.content.decode()
    assert counts(response.context["results"], "praktijk") == {}
