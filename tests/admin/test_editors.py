"""Every page type can be edited, by who may, without asking another host for anything."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from home.models import NewsIndexPage
from practices.models import PracticeIndexPage
from tests.admin.forms import edit, fields_of, lessons_of, paths_of, send
from tests.factories import (
    DevelopmentPathPageFactory,
    InformationPageFactory,
    LessonPageFactory,
    NewsPageFactory,
    PathStepFactory,
)

# A row of the menu, the panels and the words of each kind: it does not grow with the content.
MOST_QUERIES = 90


@pytest.fixture
def pages(site_tree, practice):
    news = NewsPageFactory(practice_page=practice)
    path = PathStepFactory(page=DevelopmentPathPageFactory(parent=practice)).page
    return {
        "home": site_tree.home,
        "practices": PracticeIndexPage.objects.get(),
        "practice": practice,
        "lessons": lessons_of(practice),
        "lesson": LessonPageFactory(parent=practice),
        "paths": paths_of(practice),
        "path": path,
        "news": news,
        "all news": NewsIndexPage.objects.get(),
        "information": InformationPageFactory(),
    }


ALL = [
    *("home", "practices", "practice", "lessons", "lesson", "paths", "path", "news", "all news"),
    "information",
]
OF_PROFESSIONALS = {"lessons", "lesson", "paths", "path"}


@pytest.mark.parametrize("kind", ALL)
def test_a_leader_edits_and_publishes(client, leader, pages, kind, django_assert_max_num_queries):
    page = pages[kind]
    client.force_login(leader)

    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(edit(page))
    data = fields_of(response)
    assert data["title"] == page.title
    saved = client.post(edit(page), data | {"title": "Concept"})
    page.refresh_from_db()
    assert (saved.status_code, page.draft_title, page.title) == (302, "Concept", data["title"])
    published = client.post(edit(page), data | {"title": "Nieuw", "action-publish": "1"})

    page.refresh_from_db()
    assert (published.status_code, page.title) == (302, "Nieuw")


@pytest.mark.parametrize("kind", ALL)
def test_a_professional_edits_only_below_the_own_practice(client, professional, pages, kind):
    client.force_login(professional)

    response = client.get(edit(pages[kind]))

    assert response.status_code == (200 if kind in OF_PROFESSIONALS else 302)
    if kind in OF_PROFESSIONALS:
        assert send(client, edit(pages[kind]), title="Concept").status_code == 302
        pages[kind].refresh_from_db()
        assert pages[kind].title != "Concept"


@pytest.mark.parametrize("kind", ALL)
def test_every_field_and_panel_has_a_name(client, leader, pages, kind):
    client.force_login(leader)

    page = BeautifulSoup(client.get(edit(pages[kind])).content, "html.parser")

    form = page.select_one("form[data-edit-form]")
    for panel in form.select("[data-panel-heading-text]"):
        # What stands in a template is shown later, with a number of its own.
        assert panel.text.strip() or panel.find_parent("template")
    labelled = {label.get("for") for label in form.select("label")}
    for field in form.select("input[id][name]:not([type=hidden]):not([type=submit]), textarea[id]"):
        grouped = field.find_parent(attrs={"data-field": True}) or field
        named = (
            field["id"] in labelled or field.get("aria-label") or grouped.select("label, legend")
        )
        assert named, field["id"]


@pytest.mark.parametrize("user", ["leader", "professional", "administrator"])
def test_the_admin_asks_no_other_host(client, request, pages, user):
    client.force_login(request.getfixturevalue(user))

    for address in ("/beheer/", "/beheer/pages/", edit(pages["lesson"]), "/beheer/account/"):
        html = client.get(address, follow=True).content.decode()
        page = BeautifulSoup(html, "html.parser")
        loaded = [
            *(tag.get("src", "") for tag in page.select("[src]")),
            *(tag.get("href", "") for tag in page.select("link[href]")),
            *re.findall(r"url\(['\"]?([^)'\"]+)", html),
        ]
        assert [url for url in loaded if re.match(r"(https?:)?//", url)] == [], address
        assert "gravatar" not in html
        assert "releases.wagtail" not in html


def test_the_settings_switch_off_what_wagtail_asks_elsewhere():
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
    assert settings.WAGTAIL_ENABLE_WHATS_NEW_BANNER is False
    assert settings.WAGTAILEMBEDS_FINDERS == []


def test_the_policy_of_the_admin_names_no_other_host(client, leader, pages):
    client.force_login(leader)

    policy = client.get("/beheer/")["Content-Security-Policy"]

    assert "//" not in policy
    assert "*" not in policy
