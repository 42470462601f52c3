"""One gate for the search: what somebody may not see is nowhere in it, and what one may see is.

Five roles, every state of a lesson and every audience (tests/every_state.py) beside everything
that shows, counts, suggests or takes along what was found.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote_plus

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from lessons.models import LessonPage
from practices.models import PracticePage
from search import related
from search.query import read_query
from search.results import Results, find
from tests.every_state import (
    AUDIENCES,
    HOUSES,
    ROLES,
    STATES,
    Key,
    Site,
    Words,
    allowed,
    allowed_houses,
    named_in,
    named_on,
    site_with_every_state,
    word_with_a_slip,
)
from tests.factories import (
    DevelopmentPathPageFactory,
    LessonPageFactory,
    NewsPageFactory,
    in_english,
)
from visibility.audience import Audience

# One site for all of them, so on one worker.
pytestmark = pytest.mark.xdist_group("gate")

EVERY_KEY = [(state, audience) for state in [*STATES, "unpublished"] for audience in AUDIENCES]
ALL_HOUSES = "&".join(f"praktijk=huis-{state}-{audience}" for state, audience in HOUSES)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Iterator[Site]:
    with site_with_every_state(django_db_blocker, for_search=True) as made:
        yield made


@pytest.fixture(autouse=True)
def _long_lists(monkeypatch):
    """So that everything that may be in a list is on its first page."""
    monkeypatch.setattr("search.results.RESULTS_PER_PAGE", 200)
    monkeypatch.setattr("search.results.MOST_GROUPS", 20)
    monkeypatch.setattr("search.results.IN_A_GROUP", 200)
    monkeypatch.setattr("search.comparing.lessons_of.MOST_LINKS", 200)
    monkeypatch.setattr("search.comparing.paths_of.MOST_LINKS", 200)
    monkeypatch.setattr("search.comparing.side_by_side.MOST", 20)
    monkeypatch.setattr("search.api.views.MOST_SUGGESTIONS", 200)
    monkeypatch.setattr("lessons.listing.LESSONS_PER_PAGE", 200)
    monkeypatch.setattr("lessons.views.LESSONS_PER_PAGE", 200)
    monkeypatch.setattr(related.related_lessons, "__defaults__", (200,))


@pytest.fixture(params=ROLES)
def role(request) -> str:
    return request.param


@pytest.fixture
def browser(db, site, role) -> Client:
    """Somebody in this role, signed in where that is needed."""
    client = Client()
    if person := site.person(role):
        client.force_login(person)
    return client


@pytest.fixture
def answer(db, site, role, rf) -> Callable[[str], Results]:
    """The answer to a question for somebody in this role, without the page around it."""

    def answer(query: str) -> Results:
        request = rf.get(f"/zoeken/?{query}")
        request.user = site.person(role) or AnonymousUser()
        return find(read_query(request.GET), request)

    return answer


# What names lessons


def in_page(response, kind: str = "kenmerk") -> set[Key]:
    assert response.status_code == 200
    return named_on(response, kind)


def in_text(response, kind: str = "kenmerk") -> set[Key]:
    """Without the address that was asked, which says what the visitor typed."""
    return named_in(re.sub(r"\?praktijk=[^\"]+", "", response.content.decode()), kind)


def in_csv(response, kind: str = "kenmerk") -> set[Key]:
    return named_in(b"".join(response).decode(), kind)


def in_xlsx(response, kind: str = "kenmerk") -> set[Key]:
    with zipfile.ZipFile(io.BytesIO(b"".join(response))) as file:
        return named_in(" ".join(file.read(name).decode() for name in file.namelist()), kind)


def in_facet(response) -> set[Key]:
    tags = next(f for f in response.context["results"].facets if f.name == "tag")
    assert all(option.count == 1 for option in tags.options)
    return {key for option in tags.options for key in named_in(f"{option.value} {option.label}")}


def in_snippets(response) -> set[Key]:
    lines = response.context["results"].lines
    assert all("<mark>" in line.snippet for line in lines)
    return {key for line in lines for key in named_in(line.title)}


@dataclass(frozen=True)
class Surface:
    address: str
    read: Callable[..., set[Key]] = in_page
    states: tuple[str, ...] = tuple(STATES)


OF_ORION = tuple(state for state, (slug, _) in STATES.items() if slug == "orion")
SURFACES = {
    "the list": Surface("/zoeken/?soort=les"),
    "the list of everything": Surface("/zoeken/"),
    "the list in English": Surface("/en/zoeken/?soort=les"),
    "files": Surface("/zoeken/?soort=download"),
    "words": Surface("/zoeken/?q=kenmerk"),
    "a snippet": Surface("/zoeken/?q=hier+staat&soort=les&precies=1", in_snippets),
    "a filter": Surface("/zoeken/?soort=les", in_facet),
    "a filter beside words": Surface("/zoeken/?q=kenmerk&soort=les", in_facet),
    "a slip of the pen": Surface("/zoeken/?q=kenmrk"),
    "by practice": Surface("/zoeken/?q=kenmerk&groep=praktijk"),
    "of a practice": Surface("/zoeken/?praktijk=orion&soort=les", states=OF_ORION),
    "a theme": Surface("/themas/samenwerken/"),
    "side by side": Surface(
        "/vergelijken/?praktijk=orion&praktijk=besloten&praktijk=verborgen&praktijk=elders"
    ),
    "CSV": Surface("/zoeken/export.csv?q=kenmerk", in_csv),
    "Excel": Surface("/zoeken/export.xlsx?q=kenmerk", in_xlsx),
}
FOR_MACHINES = {
    "the feed": Surface("/feeds/lessen.atom"),
    "the feed in English": Surface("/en/feeds/lessen.atom"),
    "the map of the site": Surface("/sitemap.xml"),
    "the API": Surface("/api/v1/search/?page_size=100"),
    "the API with words": Surface("/api/v1/search/?q=kenmerk&page_size=100"),
    "suggestions": Surface("/api/v1/suggest/?q=kenm"),
}


@pytest.mark.parametrize("name", SURFACES)
def test_a_list_names_what_this_person_may_see_and_nothing_else(browser, role, name):
    surface = SURFACES[name]

    found = surface.read(browser.get(surface.address))

    assert found == allowed(role, *surface.states)


@pytest.mark.parametrize("name", FOR_MACHINES)
def test_a_machine_gets_what_is_public_whoever_asks(browser, name):
    surface = FOR_MACHINES[name]

    assert surface.read(browser.get(surface.address)) == allowed("visitor")


def test_related_lessons_are_those_that_this_person_may_see(browser, site, role):
    lesson = site.lessons["live", "public"]

    assert named_on(browser.get(lesson.url)) == allowed(role)


# Words


def test_a_word_finds_what_holds_it_for_whom_may_see_that(answer, role):
    for key in EVERY_KEY:
        own = Words(key)
        for query in (own.in_title, f"%22hier+staat+{own.in_text}%22"):
            assert answer(f"q={query}").count == int(key in allowed(role)), query


def test_a_likely_word_is_one_that_this_person_may_read(answer, role):
    for key in EVERY_KEY:
        word = Words(key).in_text
        results = answer(f"q={word_with_a_slip(word)}")

        assert results.did_you_mean == (word if key in allowed(role) else None)
        assert results.count == int(key in allowed(role))


def test_other_words_are_told_where_they_find_something(answer, role):
    for key in EVERY_KEY:
        own = Words(key)
        results = answer(f"q={own.other}")

        assert results.also_searched == ([own.synonym] if key in allowed(role) else [])
        assert results.count == int(key in allowed(role))


def test_what_is_hidden_is_answered_like_what_does_not_exist(browser, role):
    """The whole page is the same, but for the word that was asked."""

    def page(query: str, word: str) -> str:
        html = browser.get("/zoeken/", {"q": query}).content.decode()
        return html.replace(word, "").replace(quote_plus(word), "")

    nothing = page("qqqqxxqqqq", "qqqqxxqqqq")
    beside_another = page("qqqqxxqqqq hier", "qqqqxxqqqq")
    hidden = [key for key in EVERY_KEY if key not in allowed(role)]
    for own in (Words(key) for key in hidden[::5]):
        for word in (own.in_title, own.other, word_with_a_slip(own.in_text)):
            assert page(word, word) == nothing, word
            assert page(f"{word} hier", word) == beside_another, word
        # As two words, of which neither stands anywhere.
        halves = f"{own.in_text[:6]} {own.in_text[6:]}"
        assert page(halves, halves) == page("qqqqxx xxqqqq", "qqqqxx xxqqqq")


def test_the_api_knows_the_words_of_a_visitor_whoever_asks(browser):
    nothing = browser.get("/api/v1/search/?q=qqqqxxqqqq").json()
    for place, key in enumerate(EVERY_KEY):
        own = Words(key)
        word = (own.in_title, own.other, word_with_a_slip(own.in_text))[place % 3]
        beginning = (own.in_text, own.in_title, own.synonym)[place % 3][:-1]
        found = browser.get("/api/v1/search/", {"q": word}).json()
        suggested = browser.get("/api/v1/suggest/", {"q": beginning}).json()["suggestions"]

        assert bool(suggested) is (key in allowed("visitor")), beginning
        if key in allowed("visitor"):
            assert found["total"] == 1, word
        else:
            assert found == nothing | {"query": word}


# Numbers


@pytest.mark.parametrize(
    ("query", "with_houses"),
    [("", True), ("soort=les", True), ("q=kenmerk", False), ("thema=samenwerken", False)],
)
def test_numbers_count_what_is_listed(answer, role, query, with_houses):
    results = answer(query)

    listed = Counter(line.kind.value for line in results.lines)
    numbers = {f.name: {o.value: o.count for o in f.options} for f in results.facets}
    assert results.count == listed.total()
    assert listed["les"] == len(allowed(role)) + with_houses * len(allowed_houses(role))
    assert listed == {kind: numbers["soort"][kind] for kind in listed}
    # A theme is about itself.
    assert numbers["thema"] == {"samenwerken": len(allowed(role)) + listed["thema"]}


def test_the_total_beside_the_numbers_of_a_filter_reveals_nothing(answer, role):
    """Every lesson here has one tag, one outcome and one strength, and nothing else has."""
    results = answer("q=kenmerk")

    sums = {facet.name: sum(o.count for o in facet.options) for facet in results.facets}
    assert sums["soort"] == results.count
    assert sums["tag"] == sums["uitkomst"] == sums["sterkte"] == len(allowed(role))
    assert sums["jaar"] == len(allowed(role)), "no year of a draft"


# Practices

LISTS_OF_HOUSES = {
    "the list": Surface("/zoeken/?soort=praktijk"),
    "words": Surface("/zoeken/?q=huis"),
    "beside lessons and in a filter": Surface("/zoeken/?soort=les"),
    "by practice": Surface("/zoeken/?q=gewone+les&groep=praktijk"),
    "choosing what to compare": Surface("/vergelijken/"),
    "side by side": Surface(f"/vergelijken/?{ALL_HOUSES}", in_text),
    "CSV": Surface("/zoeken/export.csv?q=gewone+les", in_csv),
    "Excel": Surface("/zoeken/export.xlsx?soort=praktijk", in_xlsx),
}


def test_a_practice_is_named_where_this_person_may_see_it(browser, role):
    for name, surface in LISTS_OF_HOUSES.items():
        found = surface.read(browser.get(surface.address), "huis")

        assert found == allowed_houses(role), name
    for address in ("/api/v1/search/?page_size=100", "/api/v1/suggest/?q=hui", "/sitemap.xml"):
        assert named_on(browser.get(address), "huis") == allowed_houses("visitor"), address


def test_the_filter_of_practices_has_those_with_what_the_click_gives(answer, role):
    results = answer("soort=les")

    options = next(facet.options for facet in results.facets if facet.name == "praktijk")
    numbers = {option.value: option.count for option in options if "huis" in option.value}
    assert numbers == {f"huis-{state}-{audience}": 1 for state, audience in allowed_houses(role)}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_only_the_name_of_a_practice_that_one_may_see_moves_a_result(answer, site, role, audience):
    """Who names a practice finds first what is about it."""
    house = site.houses["live", audience]
    for title in ("Bericht een", "Bericht twee"):
        NewsPageFactory(title=title, practice_page=house if title.endswith("twee") else None)

    def found(word: str) -> list[tuple[str, float]]:
        lines = answer(f"soort=nieuws&q=bericht+{word}").lines
        return [(line.title, round(line.score, 4)) for line in lines]

    named, unnamed = found(f"huis-live-{audience}"), found("qqqqxxqqqq")
    assert (named == unnamed) is (("live", audience) not in allowed_houses(role))


# Filters


def refused(browser, address: str, name: str, value: str) -> str:
    """What a person gets for this value, without the value itself."""
    response = browser.get(address, {name: value})
    content = b"".join(response) if response.streaming else response.content
    text = str(response.json()) if address.startswith("/api/") else content.decode()
    return re.sub(rf"\b{value}\b", "", f"{response.status_code} {text}")


@pytest.mark.parametrize("address", ["/zoeken/", "/zoeken/export.csv", "/api/v1/search/"])
def test_a_hidden_value_is_refused_like_one_that_does_not_exist(browser, role, address):
    sees = "visitor" if address.startswith("/api/") else role
    tags = {f"kenmerk-{state}-{audience}": (state, audience) for state, audience in EVERY_KEY[::3]}
    houses = {f"huis-{state}-{audience}": (state, audience) for state, audience in HOUSES}
    for name, values, may in (
        ("tag", tags, allowed(sees)),
        ("praktijk", houses, allowed_houses(sees)),
    ):
        unknown = refused(browser, address, name, "qqqqxxqqqq")
        for value, key in values.items():
            assert (refused(browser, address, name, value) == unknown) is (key not in may), value


def test_a_hidden_school_is_refused_like_one_that_does_not_exist(browser, role):
    practice = PracticePage.objects.get(slug="orion", locale__language_code="nl")
    path = DevelopmentPathPageFactory(parent=practice, title="Geheim", audience=Audience.PRACTICES)
    LessonPageFactory(parent=practice, title="Les van een school", paths=[path])

    answers = [refused(browser, "/zoeken/", "school", value) for value in ("geheim", "qqqqxxqqqq")]

    assert (answers[0] == answers[1]) is (role in ("visitor", "outer ring"))


# What changes


def test_a_translation_is_found_by_whom_may_see_it(browser, role):
    lesson = LessonPageFactory(title="Zwnederlands", audience=Audience.OUTER_RING)
    twin = in_english(lesson, title="Zwengels", live=False)
    in_ring = role != "visitor"

    def found(word: str) -> list[int]:
        return [
            browser.get(f"{language}/zoeken/?q={word}").context["results"].count
            for language in ("", "/en")
        ]

    assert found("zwengels") == [0, 0], "a draft"
    assert found("zwnederlands") == [in_ring, in_ring]

    twin.save_revision().publish()
    assert found("zwengels") == found("zwnederlands") == [in_ring, in_ring]

    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.audience = Audience.PRACTICES
    lesson.save_revision().publish()
    works_in_a_practice = role not in ("visitor", "outer ring")
    assert found("zwengels") == found("zwnederlands") == [works_in_a_practice] * 2

    LessonPage.objects.get(pk=lesson.pk).unpublish()
    assert found("zwengels") == found("zwnederlands") == [0, 0]


def withdraw_groups(person) -> None:
    person.groups.clear()


def withdraw_account(person) -> None:
    person.is_active = False
    person.save()


@pytest.mark.parametrize("withdraw", [withdraw_groups, withdraw_account])
def test_rights_that_are_withdrawn_hold_at_the_next_request(browser, site, role, withdraw):
    if role == "visitor":
        return
    surfaces = [SURFACES[name] for name in ("words", "a filter", "a theme", "CSV", "side by side")]
    for surface in surfaces:
        assert surface.read(browser.get(surface.address)) == allowed(role)

    withdraw(site.person(role))

    for surface in surfaces:
        assert surface.read(browser.get(surface.address)) == allowed("visitor")


def test_a_practice_for_few_does_not_show_through_public_news_about_it(browser, role, site):
    house = site.houses["live", "practices"]
    NewsPageFactory(title="Er komt iets nieuws", practice_page=house)

    response = browser.get("/zoeken/?soort=nieuws")

    results = response.context["results"]
    practices = next(facet for facet in results.facets if facet.name == "praktijk").options
    sees = ("live", "practices") in allowed_houses(role)
    assert "Er komt iets nieuws" in [line.title for line in results.lines]
    assert bool(named_on(response, "huis")) is sees
    assert ("huis-live-practices" in [option.value for option in practices]) is sees
