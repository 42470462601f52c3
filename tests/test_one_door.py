"""One gate: a lesson is on every page where it may be, and on no page where it may not.

Each lesson has a name of its own that says who may see it. Every surface is asked by every role,
and the names on it are compared with a plain reading of the rule.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from content.models import ContentPage
from home.models import NewsPage
from search import related
from tests.every_state import (
    NAME,
    ROLES,
    STATES,
    Site,
    allowed,
    may_see,
    named_on,
    site_with_every_state,
)
from visibility.audience import Audience

# One site for all of them, so on one worker.
pytestmark = pytest.mark.xdist_group("one door")


@pytest.fixture(autouse=True)
def _long_lists(monkeypatch):
    """So that a list has everything that it may have on its first page."""
    monkeypatch.setattr("lessons.listing.LESSONS_PER_PAGE", 100)
    monkeypatch.setattr("lessons.views.LESSONS_PER_PAGE", 100)
    monkeypatch.setattr("search.results.RESULTS_PER_PAGE", 100)
    monkeypatch.setattr("home.front.NEWEST_LESSONS", 100)
    monkeypatch.setattr(related.related_lessons, "__defaults__", (100,))


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Iterator[Site]:
    with site_with_every_state(django_db_blocker) as made:
        yield made


@pytest.fixture
def sign_in(client, db, site):
    def sign_in(role):
        client.logout()
        if person := site.person(role):
            client.force_login(person)

    return sign_in


ALL_LISTS = ["/themas/samenwerken/", "/zoeken/?soort=les", "/zoeken/?q=kenmerk&soort=les"]
LISTS_OF_PRACTICES = {
    "/praktijken/orion/lessen/": tuple(s for s, (slug, _) in STATES.items() if slug == "orion"),
    "/praktijken/orion/ontwikkelpad/pad/": tuple(STATES),
    "/praktijken/besloten/lessen/": ("belownarrow",),
    "/praktijken/verborgen/lessen/": ("belowdraft",),
}
SOME = [
    *("/", "/praktijken/", "/praktijken/orion/", "/praktijken/besloten/", "/praktijken/verborgen/"),
    *("/zoeken/", "/zoeken/?q=zo+doe+je+dat", "/zoeken/?praktijk=verborgen&praktijk=besloten"),
    *("/vergelijken/", "/vergelijken/?praktijk=orion&praktijk=besloten&praktijk=verborgen"),
    "/vergelijken/situatie/?wijkteam=at_school&budget=school",
    *("/vergelijken/paden/", "/vergelijken/paden/?school=orion/pad&as=maanden"),
    *("/vergelijken/?school=pad&school=besloten/pad", "/vergelijken/vraag/?q=kenmerk"),
    "/vergelijken/vraag/?q=kenmerk&praktijk=orion&praktijk=besloten&praktijk=verborgen",
    *("/begrippen/", "/themas/", "/nieuws/", "/nieuws/nieuws-van-orion/", "/nergens/"),
    *("/praktijken/orion/downloads/", "/robots.txt", "/account/inloggen/"),
]  # fmt: skip


@pytest.mark.every_case
@pytest.mark.parametrize("role", ROLES)
def test_every_list_names_the_lessons_that_this_person_may_see_and_no_other(client, sign_in, role):
    sign_in(role)

    for language in ("", "/en"):
        for address in ALL_LISTS:
            assert named_on(client.get(language + address)) == allowed(role), language + address
        for address, states in LISTS_OF_PRACTICES.items():
            found = named_on(client.get(language + address))
            assert found == allowed(role, *states), language + address
        for address in SOME:
            found = named_on(client.get(language + address))
            assert found <= allowed(role), language + address
        assert named_on(client.get(f"{language}/")), "the home page names the newest"


@pytest.mark.parametrize("role", ROLES)
def test_what_is_made_for_machines_names_only_what_is_public(client, sign_in, role):
    sign_in(role)

    for address in ("/feeds/lessen.atom", "/en/feeds/lessen.atom", "/sitemap.xml"):
        assert named_on(client.get(address)) == allowed("visitor"), address


@pytest.mark.parametrize("role", ROLES)
def test_a_lesson_opens_for_whom_it_may_and_is_not_there_for_others(client, sign_in, site, role):
    sign_in(role)

    for (state, audience), lesson in site.lessons.items():
        for address in (lesson.url, f"/en{lesson.url}", f"/les/{lesson.number}/"):
            response = client.get(address)
            what = f"{address} ({state}, {audience})"
            others = named_on(response) - {(state, audience)}
            assert others <= allowed(role), what
            if may_see(role, state, audience):
                assert response.status_code == (302 if "/les/" in address else 200), what
                continue
            # Somebody may be a member: to sign in, which says no more than the address itself.
            closed = 302 if role == "visitor" and STATES[state][1] else 404
            assert response.status_code == closed, what
            if closed == 302:
                assert "/account/inloggen/" in response["Location"], what
            if "/les/" in address:
                assert NAME.search(response.get("Location", "")) is None, what
                assert not named_on(response), what


@pytest.mark.parametrize("role", ROLES)
def test_every_number_beside_a_link_is_what_the_link_gives(client, sign_in, role):
    sign_in(role)
    themes = client.get("/themas/").context["themes"]

    assert {row.term.slug: row.count for row in themes}["samenwerken"] == len(allowed(role))
    found = client.get("/zoeken/?soort=les").context["results"]
    assert found.page.paginator.count == len(allowed(role))
    matrix = client.get("/vergelijken/matrix/?rijen=thema")
    [row] = matrix.context["matrix"].rows
    numbers = [int(cell.links[0].label.split()[0]) for cell in row.cells if cell.links]
    assert sum(numbers) == len(allowed(role))
    assert not named_on(matrix)


def test_news_of_a_narrow_audience_is_news_for_those_only(client, sign_in):
    item = NewsPage.objects.get(locale__language_code="nl")
    item.title, item.audience = "Kenmerk-live-practices", Audience.PRACTICES
    item.save_revision().publish()

    for role in ROLES:
        sign_in(role)
        allowed_here = role in ("other professional", "own professional", "leader")
        for address in ("/nieuws/", "/zoeken/?soort=nieuws", "/"):
            html = client.get(address).content.decode()
            news = html.split("/nieuws/nieuws-van-orion/")
            assert (len(news) > 1) is allowed_here, f"{role} {address}"
        assert (client.get(item.url).status_code == 200) is allowed_here


# Nobody goes round the door

ROOT = Path(settings.BASE_DIR)
PAGE_MODELS = {model.__name__ for model in apps.get_models() if issubclass(model, ContentPage)}
# What goes through the door itself.
DOORS = {"visible_to", "visible_lessons", "visible_news", "links_of", "practices_by_key"}
# Functions that need no user, each with its reason.
WITHOUT_A_USER = {
    ("home/views.py", "_deepest_page"): "finds the page of an address; the door stands after it",
    ("search/results.py", "_pages"): "only keys that the catalogue let through",
    ("lessons/transfer/known.py", "_by_slug"): "addresses that somebody names in a file",
    ("lessons/transfer/known.py", "_place_of"): "where new lessons come, with the rights there",
    ("lessons/transfer/planning.py", "lessons_named"): "lessons that somebody names in a file",
    ("lessons/transfer/planning.py", "_known_lessons"): "the translations of those",
    ("lessons/transfer/said.py", "said_in_database"): "keys that the caller asked for",
    ("lessons/transfer/importing.py", "_save"): "the lesson that a row changes",
    ("lessons/transfer/importing.py", "_first_revision"): "the lesson that was just made",
    ("lessons/models/lesson.py", "settle_after_return"): "a number that another took meanwhile",
    ("lessons/sharing/places.py", "place_of"): "around a lesson that this person may write",
    ("lessons/sharing/drafts.py", "is_taken"): "whether one's own token made a lesson before",
    ("lessons/sharing/drafts.py", "is_thrown_away"): "whether the own lesson lies in the bin",
    ("lessons/sharing/drafts.py", "lesson_to_write"): "asks who may write it, also unpublished",
    ("lessons/sharing/views.py", "_keep"): "the lesson that was just written",
    ("lessons/sharing/standing.py", "lessons_of_writer"): "one's own lessons, in whatever state",
    ("lessons/sharing/standing.py", "with_standing"): "the practices of those",
    ("lessons/sharing/byline.py", "publish_as_practice"): "takes a name away, whoever sees it",
    ("lessons/sharing/byline.py", "forget_name_of"): "takes a name away, whoever sees it",
    (
        "platform/feedback/subjects.py",
        "_page_at",
    ): "what a report is about; its title passes can_see",
    ("platform/feedback/models.py", "pages"): "every language of it, for project leaders",
    ("platform/feedback/report_admin.py", "_number_below"): "a number, for project leaders",
    ("platform/feedback/versions.py", "_bring_row_up_to_date"): "the page whose versions go",
    ("practices/known_names.py", "names_of_practices"): "names that are not pointed out",
    ("practices/models/practice.py", "get_admin_display_title"): "where an editor chooses",
}
# They write the index, which holds everything, with who may see it; search/lines.py shows of it
# only what passes the door.
WRITING_THE_INDEX = {
    f"search/index/{name}.py" for name in ("copy", "documents", "texts", "writing")
}
MODULES = sorted(
    path
    for folder in ("home", "lessons", "practices", "search", "platform/config", "platform/feedback")
    for path in (ROOT / folder).rglob("*.py")
    if not {"migrations", "start_content", "management"} & set(path.parts)
    and path.name not in ("signals.py", "setup.py", "wagtail_hooks.py")
    and str(path.relative_to(ROOT)) not in WRITING_THE_INDEX
)


def functions(tree):
    """The functions of a module, those of its classes among them."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def names_in(node):
    return {getattr(found, "attr", None) or getattr(found, "id", "") for found in ast.walk(node)}


def asked_models(node):
    """The models of which `Model.objects` is used."""
    return {
        found.value.id
        for found in ast.walk(node)
        if isinstance(found, ast.Attribute)
        and found.attr == "objects"
        and isinstance(found.value, ast.Name)
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_who_asks_for_pages_asks_the_door(path):
    name = str(path.relative_to(ROOT))

    for function in functions(ast.parse(path.read_text())):
        # To check what somebody fills in is no showing.
        if (name, function.name) in WITHOUT_A_USER or function.name in ("clean", "can_create_at"):
            continue
        asked = asked_models(function)
        assert "Page" not in asked, f"{name}: {function.name} lists pages through Page.objects"
        if asked & PAGE_MODELS:
            assert names_in(function) & DOORS, f"{name}: {function.name} does not ask for whom"
