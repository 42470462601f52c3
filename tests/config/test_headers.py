"""What every answer says to browsers and proxies, and the addresses that machines read."""

import datetime
import re
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from whitenoise.middleware import WhiteNoiseMiddleware

from config.middleware import PUBLIC_SECONDS
from lessons.models import LessonPage
from lessons.views import FEED_ENTRIES
from tests.factories import LessonPageFactory, in_english
from visibility.audience import Audience

pytestmark = pytest.mark.once

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def policy(response):
    """The content security policy of a response, by directive."""
    directives = response["Content-Security-Policy"].split(";")
    return {name: values for name, *values in (part.split() for part in directives if part.strip())}


def caching(response):
    return {part.strip() for part in response.get("Cache-Control", "").split(",")}


def varies(response):
    return {part.strip().lower() for part in response.get("Vary", "").split(",")}


# What a page may load, and who may frame it


@pytest.mark.parametrize("address", ["/", "/praktijken/orion/", "/zoeken/", "/nergens/"])
def test_a_public_page_may_load_nothing_inline_and_nothing_from_elsewhere(
    client, practice, address
):
    found = policy(client.get(address))

    assert found["default-src"] == found["script-src"] == found["style-src"] == ["'self'"]
    assert found["object-src"] == ["'none'"]
    assert found["frame-ancestors"] == found["base-uri"] == found["form-action"] == ["'self'"]
    assert "unsafe" not in str(found)


def test_the_admin_has_a_policy_of_its_own_and_loads_nothing_from_elsewhere(client, leader):
    client.force_login(leader)

    found = policy(client.get("/beheer/"))

    assert "'unsafe-inline'" in found["script-src"]
    assert "://" not in str(found)
    assert found["frame-ancestors"] == ["'self'"]


@pytest.mark.parametrize("address", ["/", "/nergens/", "/robots.txt", "/beheer/", "/healthz"])
def test_every_answer_is_guarded(client, practice, address):
    response = client.get(address)

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Content-Security-Policy" in response


# Who may keep an answer


@pytest.mark.parametrize(
    "address",
    ["/", "/en/", "/praktijken/orion/", "/praktijken/orion/lessen/begin-klein/", "/zoeken/?q=klein",
     "/vergelijken/?praktijk=orion", "/vergelijken/situatie/?omgeving=city", "/vergelijken/paden/",
     "/selectie/", "/selectie/?praktijk=orion", "/begrippen/", "/themas/", "/feeds/lessen.atom",
     "/sitemap.xml", "/robots.txt"],
)  # fmt: skip
def test_a_public_answer_may_be_kept_for_a_minute(client, lesson, address):
    response = client.get(address)

    assert response.status_code == 200
    assert caching(response) == {"public", f"max-age={PUBLIC_SECONDS}"}
    assert "cookie" in varies(response)
    assert not response.cookies


@pytest.mark.parametrize(
    "address", ["/", "/praktijken/orion/", "/zoeken/", "/feeds/lessen.atom", "/beheer/"]
)
def test_no_answer_to_somebody_who_signed_in_may_be_kept(client, practice, leader, address):
    client.force_login(leader)

    response = client.get(address)

    assert response.status_code == 200
    assert {"private", "no-store"} <= caching(response)
    assert "public" not in caching(response)


def test_a_page_for_some_may_not_be_kept(client, practice, professional):
    lesson = LessonPageFactory(parent=practice, audience=Audience.PRACTICE)

    to_sign_in = client.get(lesson.url)
    client.force_login(professional)
    page = client.get(lesson.url)

    assert (to_sign_in.status_code, page.status_code) == (302, 200)
    for response in (to_sign_in, page):
        assert {"private", "no-store"} <= caching(response)


@pytest.mark.parametrize("address", ["/account/inloggen/", "/en/account/inloggen/", "/beheer/"])
def test_signing_in_may_not_be_kept(client, site_tree, address):
    assert {"private", "no-store"} <= caching(client.get(address, follow=True))


def test_no_answer_to_a_form_may_be_kept(client, site_tree):
    response = client.post("/account/inloggen/", {"login": "x@voorbeeld.nl", "password": "x"})

    assert {"private", "no-store"} <= caching(response)


@pytest.mark.parametrize("address", ["/nergens/", "/praktijken/orion/lessen/begin-klein/"])
def test_no_error_may_be_kept(client, lesson, address):
    lesson.delete()

    response = client.get(address)

    assert response.status_code in (404, 410)
    assert {"private", "no-store"} <= caching(response)


def test_a_probe_is_never_kept(client, db):
    for address in ("/healthz", "/readyz"):
        assert "no-store" in caching(client.get(address))


# Static files


def test_a_hashed_static_file_is_kept_for_years(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    (tmp_path / "site.0123456789ab.css").write_text("body{}")
    (tmp_path / "staticfiles.json").write_text(
        '{"version": "1.1", "paths": {"site.css": "site.0123456789ab.css"}, "hash": ""}'
    )
    serve = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))

    response = serve(RequestFactory().get("/static/site.0123456789ab.css"))

    assert response.status_code == 200
    assert "immutable" in caching(response)
    assert int(re.search(r"max-age=(\d+)", response["Cache-Control"])[1]) > 300 * 24 * 60 * 60
    assert b"".join(response) == b"body{}"


@pytest.mark.parametrize(
    "path",
    ["/static/../config/settings/base.py", "/static/..%2f..%2fmanage.py", "/static/../manage.py",
     "/static/css/../../manage.py", "/static//etc/passwd", "/static/%2e%2e/manage.py",
     "/static/..\\manage.py", "/static/\x00", "/static/"],
)  # fmt: skip
def test_nothing_but_static_files_comes_from_the_static_address(client, site_tree, path):
    response = client.get("/", PATH_INFO=path)

    assert response.status_code == 404


# The host


@pytest.mark.parametrize("host", ["elders.example", "testserver.elders.example", "", "a b", "[::1"])
def test_an_unknown_host_is_refused(client, site_tree, host):
    response = client.get("/", HTTP_HOST=host)

    assert response.status_code == 400
    if host:
        assert host not in response.content.decode()


@pytest.mark.parametrize(
    "name", ["x-forwarded-host", "x-original-url", "x-rewrite-url", "forwarded"]
)
def test_no_header_of_a_visitor_changes_the_host(client, lesson, name):
    for address in ("/", "/feeds/lessen.atom", "/sitemap.xml", lesson.url):
        response = client.get(address, headers={name: "elders.example"})

        assert response.status_code == 200
        assert "elders.example" not in response.content.decode()


# Addresses for machines


def test_robots_keep_out_of_the_admin_the_searches_and_the_accounts(client, settings, db):
    lines = client.get("/robots.txt").content.decode().splitlines()

    kept_out = ("/beheer/", "/zoeken/", "/account/", "/selectie/")
    for address in (*kept_out, "/en/zoeken/", "/en/account/", "/en/selectie/"):
        assert f"Disallow: {address}" in lines
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in lines
    assert "Disallow: /" not in lines


@pytest.mark.parametrize("address", ["/zoeken/?q=x", "/selectie/", "/account/inloggen/"])
def test_a_search_asks_not_to_be_indexed(client, site_tree, address):
    assert '<meta name="robots" content="noindex"' in client.get(address).content.decode()


def test_the_security_contact_is_complete_and_valid(client, settings, db):
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    expires = datetime.datetime.fromisoformat(fields["Expires"].replace("Z", "+00:00"))

    assert response["Content-Type"].startswith("text/plain")
    assert fields["Contact"].startswith(settings.BASE_URL)
    assert "@" not in fields["Contact"]
    assert fields["Canonical"] == f"{settings.BASE_URL}/.well-known/security.txt"
    assert timezone.now() < expires < timezone.now() + datetime.timedelta(days=366)


def test_a_healthy_site_says_so(client, db):
    for address in ("/healthz", "/readyz"):
        response = client.get(address)

        assert response.status_code == 200
        assert response.json()["status"] == "ok"
        assert not re.search(r"\d\.\d", response.content.decode()), "no versions"


def test_a_site_that_misses_a_migration_is_not_ready(client, db):
    MigrationRecorder.Migration.objects.filter(app="lessons").delete()

    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def sitemap(client):
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    return {
        url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod")
        for url in ElementTree.fromstring(response.content).iter(f"{SITEMAP}url")
    }


def test_the_sitemap_has_the_public_pages_in_each_language(client, practice, leader):
    now = timezone.now()
    lesson = LessonPageFactory(parent=practice, last_published_at=now)
    english = in_english(lesson, title="Start small")
    hidden = [
        LessonPageFactory(parent=practice, title="Concept", live=False),
        LessonPageFactory(parent=practice, title="Besloten", audience=Audience.OUTER_RING),
        LessonPageFactory(parent=practice, title="Verlopen", expire_at=now),
        in_english(LessonPageFactory(parent=practice, title="Vertaald"), live=False, title="Half"),
    ]

    client.force_login(leader)
    found = sitemap(client)

    assert {f"http://testserver{page.url}" for page in (practice, lesson, english)} <= set(found)
    assert not {f"http://testserver{page.url}" for page in hidden} & set(found)
    assert found[f"http://testserver{lesson.url}"].startswith(f"{now:%Y-}")
    assert len(found) == len(set(found))


# The feed


def feed(client, address="/feeds/lessen.atom"):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def entries(client, address="/feeds/lessen.atom"):
    return {
        entry.findtext(f"{ATOM}title"): entry
        for entry in feed(client, address).iter(f"{ATOM}entry")
    }


def test_the_feed_is_valid_and_its_links_are_whole(client, practice):
    now = timezone.now()
    LessonPageFactory(parent=practice, first_published_at=now, last_published_at=now)

    root = feed(client)

    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{name}")
    for entry in root.iter(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "summary"):
            assert entry.findtext(f"{ATOM}{name}"), name
        assert entry.find(f"{ATOM}author/{ATOM}name") is not None
    assert all(
        link.get("href").startswith("http://testserver/") for link in root.iter(f"{ATOM}link")
    )


def test_the_feed_has_a_limited_number_of_entries_the_newest_first(client, practice, monkeypatch):
    assert FEED_ENTRIES == 50
    monkeypatch.setattr("lessons.views.FEED_ENTRIES", 3)
    now = timezone.now()
    for number in range(5):
        LessonPageFactory(
            parent=practice,
            title=f"Les {number}",
            first_published_at=now - datetime.timedelta(days=number),
        )

    titles = list(entries(client))

    assert titles == [f"Les {number}" for number in range(3)]


def test_the_feed_is_public_even_for_the_project_leader(client, practice, leader):
    LessonPageFactory(parent=practice, title="Open")
    LessonPageFactory(parent=practice, title="Besloten", audience=Audience.PRACTICES)
    LessonPageFactory(parent=practice, title="Concept", live=False)
    client.force_login(leader)

    assert set(entries(client)) == {"Open"}


def test_an_entry_keeps_its_identity_and_a_withdrawn_lesson_goes(client, lesson):
    before = entries(client)["Begin klein"].findtext(f"{ATOM}id")
    LessonPage.objects.filter(pk=lesson.pk).update(title="Begin nog kleiner")
    cache.clear()

    assert entries(client)["Begin nog kleiner"].findtext(f"{ATOM}id") == before

    LessonPage.objects.get(pk=lesson.pk).unpublish()

    assert entries(client) == {}


def test_the_english_feed_has_english_where_there_is_english(client, practice, lesson):
    LessonPageFactory(parent=practice, title="Alleen Nederlands")
    in_english(lesson, title="Start small")

    assert set(entries(client, "/en/feeds/lessen.atom")) == {"Start small", "Alleen Nederlands"}


def test_no_feed_breaks_on_a_difficult_title(client, practice):
    LessonPageFactory(parent=practice, title='<b>&amp; "Één" 👩‍👧 שלום ]]>')

    assert list(entries(client)) == ['<b>&amp; "Één" 👩‍👧 שלום ]]>']
