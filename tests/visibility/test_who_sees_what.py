"""Who sees a page, as docs/permissions.md says it: every cell is tried."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.every_state import AUDIENCES, STATES, Site, site_with_every_state
from tests.factories import UserFactory
from tests.made_once import making
from tests.visibility.document import PEOPLE, promise, table

# One site for all of them, so on one worker.
pytestmark = [pytest.mark.xdist_group("who sees what"), pytest.mark.every_case]


def pages(name, *args) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def opens(client, address) -> bool:
    return client.get(address).status_code == 200


STATES_IN_WORDS = {
    "live": "live",
    "live, with a newer draft": "changed",
    "draft": "draft",
    "planned": "scheduled",
    "expired": "expired",
    "deleted": "deleted",
    "live, below a draft": "belowdraft",
    "live, below a page for the practices": "belownarrow",
}
AUDIENCES_IN_WORDS = {
    "public": ["public"],
    "outer ring": ["ring"],
    "practices": ["practices"],
    "practice": ["practice"],
    "any": list(AUDIENCES),
}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Iterator[Site]:
    with site_with_every_state(django_db_blocker) as made:
        with making(django_db_blocker):
            made.people["administrator"] = UserFactory(is_superuser=True)
            made.people["project leader"] = made.people["leader"]
        yield made


@pytest.fixture(params=PEOPLE)
def person(request, site, client, db) -> str:
    if user := site.person(request.param):
        client.force_login(user)
    return request.param


def test_a_page_is_on_the_site_for_whom_the_document_says(site, client, person):
    tried = set()

    for state, audience, *cells in table("Who sees a page on the site"):
        for name in AUDIENCES_IN_WORDS[audience]:
            key = (STATES_IN_WORDS[state], name)
            tried.add(key)
            address = f"/praktijken/{STATES[key[0]][0]}/lessen/kenmerk-{key[0]}-{name}/"
            expected = promise(cells[PEOPLE.index(person)])
            assert opens(client, address) == expected, (person, *key)
    assert tried == {(state, audience) for state in STATES for audience in AUDIENCES}


def test_a_page_is_in_the_admin_for_whom_the_document_says(site, client, person):
    tried = set()

    for state, *cells in table("Who sees a page in the admin"):
        expected = promise(cells[PEOPLE.index(person)])
        for audience in ("practice", "public"):
            page = site.lessons[STATES_IN_WORDS[state], audience]
            assert opens(client, pages("view_draft", page.pk)) == expected, (person, state)
            found = opens(client, f"/beheer/api/main/pages/{page.pk}/")
            assert found == expected, (person, state, audience)
        tried.add(STATES_IN_WORDS[state])
        if state == "draft":
            # What takes long asks the same question.
            for view in ("edit", "history", "copy", "usage"):
                assert opens(client, pages(view, page.pk)) == expected, (person, view)
    assert tried == STATES.keys() - {"deleted"}
