"""The addresses of the start content: what must be there, and that no link leads nowhere."""

from urllib.parse import unquote, urldefrag

import pytest

from practices.models import DevelopmentPathPage
from tests.pages.markup import markup

pytestmark = pytest.mark.xdist_group("start content")

MUST_BE_THERE = [
    *("/", "/en/", "/praktijken/", "/en/praktijken/", "/praktijken/orion/"),
    *("/praktijken/veens-welzijn/", "/praktijken/integrated-care-emmen/"),
    *("/praktijken/orion/ontwikkelpad/", "/praktijken/veens-welzijn/ontwikkelpad/"),
    *("/praktijken/integrated-care-emmen/ontwikkelpad/", "/praktijken/orion/lessen/"),
    *("/praktijken/orion/downloads/", "/zoeken/", "/zoeken/?q=tandem", "/en/zoeken/?q=tandem"),
    "/vergelijken/?praktijk=orion&praktijk=integrated-care-emmen",
    *("/vergelijken/paden/", "/vergelijken/paden/?as=datum", "/vergelijken/paden/?as=maanden"),
    *("/themas/", "/themas/vaste-gezichten/", "/begrippen/", "/en/begrippen/", "/nieuws/"),
    *("/over/", "/privacy/", "/toegankelijkheid/", "/meedoen/", "/account/inloggen/"),
    *("/feeds/lessen.atom", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt"),
    *("/healthz", "/readyz"),
]
# Read as a stranger would: these lead to every combination of filters.
NOT_FOLLOWED = ("/zoeken/", "/vergelijken/", "/en/zoeken/", "/en/vergelijken/")
# One form, which each page and file leads to with an address of its own.
NOT_VISITED = ("/melden/?over=", "/en/melden/?over=")


@pytest.mark.parametrize("address", MUST_BE_THERE)
def test_an_address_that_must_be_there_is_there(client, address):
    assert client.get(address).status_code == 200


def test_every_path_is_there_in_both_languages(client):
    paths = DevelopmentPathPage.objects.filter(locale__language_code="nl")

    assert paths.count() >= 7
    for path in paths:
        for address in (path.url, f"/en{path.url}"):
            response = client.get(address)
            assert response.status_code == 200, address
            assert markup(response).faults() == [], address


def test_a_search_for_a_synonym_finds_lessons(client):
    assert client.get("/zoeken/?q=tandem&soort=les").context["results"].page.paginator.count > 0


def test_the_home_page_begins_with_the_search_and_shows_the_three_practices(client):
    html = client.get("/").content.decode()

    for slug in ("orion", "veens-welzijn", "integrated-care-emmen"):
        assert f'href="/praktijken/{slug}/"' in html
    assert html.index('type="search"') < html.index('href="/praktijken/orion/"')


@pytest.mark.once
def test_every_link_leads_somewhere(client):
    """From both home pages on, breadth first, no further than this site."""
    ids: dict[str, set[str]] = {}
    anchors: list[tuple[str, str, str]] = []
    waiting = [("/", ""), ("/en/", "")]
    seen = {"/", "/en/"}
    problems = []

    for address, origin in waiting:
        response = client.get(address)
        if response.status_code in (301, 302):
            targets = [response.url]
        elif response.status_code != 200:
            problems.append(f"{response.status_code} {address} (from {origin})")
            continue
        elif "text/html" not in response["Content-Type"]:
            continue
        else:
            page = markup(response)
            ids[address] = set(page.ids)
            problems += [f"{address}: {fault}" for fault in page.faults()]
            targets = [] if address.startswith(NOT_FOLLOWED) else page.links
        for target in targets:
            bare, anchor = urldefrag(target)
            if not bare.startswith("/"):
                bare = address if not bare or bare.startswith("?") else ""
            if not bare or bare.startswith(NOT_VISITED):
                continue
            if anchor:
                anchors.append((bare, unquote(anchor), address))
            if bare not in seen:
                seen.add(bare)
                waiting.append((bare, address))

    problems += [
        f"no #{anchor} on {address} (from {origin})"
        for address, anchor, origin in anchors
        if address in ids and anchor not in ids[address]
    ]
    assert problems == []
    assert len(ids) > 150
