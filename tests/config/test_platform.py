"""What the platform stands on, and what it does not offer."""

import importlib.metadata

import pytest
from django.conf import settings
from django.test import Client
from wagtail import VERSION

from tests.factories import LessonPageFactory
from visibility.audience import Audience


def test_wagtail_is_a_release_without_the_leaks_of_2026():
    assert VERSION[:3] >= (8, 0, 1)
    assert VERSION[3] == "final"
    localize = importlib.metadata.version("wagtail-localize")
    assert tuple(int(part) for part in localize.split(".")[:3]) >= (1, 14, 5)


@pytest.mark.parametrize(
    "address",
    ["/api/v2/pages/", "/api/v2/documents/", "/api/v2/images/", "/api/v3/pages/", "/images/",
     "/documents/1/x.pdf", "/admin/", "/django-admin/", "/cms/", "/__debug__/", "/media/",
     "/media/original_images/",
     "/_util/authenticate_with_password/1/1/"],
)  # fmt: skip
def test_what_other_installations_offer_is_not_here(client, site_tree, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/beheer/", "/beheer/pages/", "/beheer/api/main/pages/", "/beheer/documents/"]
)
def test_a_stranger_does_not_get_into_the_admin(client, site_tree, address):
    assert client.get(address).status_code in (302, 401, 403, 404)


def test_the_platform_is_dutch_and_in_the_dutch_time(client, site_tree):
    assert settings.LANGUAGE_CODE == "nl"
    assert settings.TIME_ZONE == "Europe/Amsterdam"
    assert '<html lang="nl">' in client.get("/").content.decode()


@pytest.mark.parametrize("audience", [value for value in Audience.values if value != "public"])
def test_a_page_for_some_says_so_beside_the_ways_to_share_it(client, practice, leader, audience):
    lesson = LessonPageFactory(parent=practice, audience=audience)
    client.force_login(leader)

    html = client.get(lesson.url).content.decode()

    assert 'class="audience-note' in html
    # Nothing for the places where people share an address.
    assert "og:title" not in html
    assert '<meta name="robots" content="noindex">' in html


def test_a_public_page_can_be_shared_without_anybody_else_knowing(client, lesson):
    html = client.get(lesson.url).content.decode()

    assert 'class="audience-note' not in html
    assert f'<meta property="og:title" content="{lesson.title}">' in html
    assert "og:image" in html
    assert "mailto:?" in html
    for stranger in ("facebook", "twitter", "linkedin", "whatsapp", "googleapis", "gstatic"):
        assert stranger not in html.casefold()


def test_a_form_without_its_cookie_is_refused_in_words_of_ours(site_tree):
    response = Client(enforce_csrf_checks=True).post("/melden/", {"message": "Hallo"})

    assert response.status_code == 403
    assert "Ga terug" in response.content.decode()
