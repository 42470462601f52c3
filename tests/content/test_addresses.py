"""No page can hide an address of the platform."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from content.addresses import RESERVED
from home.models import InformationPage
from tests.admin.forms import add, edit, errors_in, send
from tests.factories import InformationPageFactory


def first_parts(patterns):
    """The first part of each address in the URL configuration."""
    for pattern in patterns:
        route = str(pattern.pattern)
        if not route:
            yield from first_parts(getattr(pattern, "url_patterns", []))
        elif "/" in route and not route.startswith("^"):
            yield route.split("/")[0]


def test_every_address_of_our_own_is_reserved():
    parts = set(first_parts(get_resolver().url_patterns)) - {".well-known", "__debug__"}

    assert parts >= {"zoeken", "beheer", "themas"}
    assert parts <= RESERVED


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_a_page_at_the_top_cannot_have_such_an_address(site_tree, slug):
    for live in (True, False):
        with pytest.raises(ValidationError, match="slug"):
            InformationPageFactory(slug=slug, live=live)


def test_below_another_page_the_word_is_free(site_tree):
    page = InformationPageFactory(parent=InformationPageFactory(), slug="zoeken")

    assert page.url_path.endswith("/zoeken/")


@pytest.mark.parametrize("action", ["publish", ""])
def test_the_message_stands_at_the_field(client, leader, site_tree, action):
    client.force_login(leader)

    response = send(
        client, add(InformationPage, site_tree.home), action, title="Zoeken", slug="zoeken"
    )

    assert "slug" in errors_in(response)


def test_an_existing_page_cannot_take_such_an_address(client, leader, site_tree):
    page = InformationPageFactory()
    client.force_login(leader)

    assert "slug" in errors_in(send(client, edit(page), "publish", slug="account"))


@pytest.mark.parametrize("way", ["move", "bulk move", "copy"])
def test_a_page_cannot_come_to_the_top_with_such_an_address(client, administrator, site_tree, way):
    page = InformationPageFactory(parent=InformationPageFactory(), slug="zoeken")
    home = site_tree.home.pk
    client.force_login(administrator)

    if way == "move":
        client.post(f"/beheer/pages/{page.pk}/move/{home}/confirm/")
    elif way == "bulk move":
        client.post(f"/beheer/bulk/wagtailcore/page/move/?id={page.pk}", {"chooser": home})
    else:
        client.post(
            f"/beheer/pages/{page.pk}/copy/",
            {"new_title": "Kopie", "new_slug": "zoeken", "new_parent_page": home},
        )

    assert not InformationPage.objects.filter(slug="zoeken", depth=3).exists()
