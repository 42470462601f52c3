"""The first page, the news, pages with text, signing in."""

import pytest
from django.utils.translation import gettext as _

from home.models import HomeQuestion
from tests.factories import (
    PASSWORD,
    HomePageFactory,
    InformationPageFactory,
    LessonPageFactory,
    NewsPageFactory,
    PracticePageFactory,
    Rows,
    TermFactory,
)
from tests.pages.markup import markup


def test_home_asks_first_and_shows_practices_lessons_and_news(client, full_practice, full_lesson):
    NewsPageFactory(title="Er is nieuws")
    home = HomePageFactory(lead="Lees wat lukte.", examples="ouders aan tafel, wachttijd")

    page = client.get("/")

    text = page.content.decode()
    for shown in (home.lead, "Integrated Care Emmen", full_lesson.title, "Er is nieuws"):
        assert shown in text
    assert "/zoeken/?q=ouders%20aan%20tafel" in markup(page).links


def test_an_empty_site_says_what_will_come(client, site_tree):
    page = client.get("/")

    assert page.status_code == 200
    assert _("The first lesson is still to come") in page.content.decode()


def test_an_ended_practice_is_not_on_the_first_page(client, site_tree):
    PracticePageFactory(title="Voorbij", start="2019", ended_on="2022-01-01")

    assert "Voorbij" not in client.get("/").content.decode()
    assert "Voorbij" in client.get("/praktijken/").content.decode()


def test_a_question_shows_themes_that_have_lessons(client, full_practice):
    used, unused = TermFactory(name="Borgen"), TermFactory(name="Nog leeg")
    LessonPageFactory(parent=full_practice, terms=[used])
    home = HomePageFactory()
    question = HomeQuestion(page=home, title="Hoe houden we het vast?", locale=home.locale)
    question.themes = [used, unused]
    question.save()

    text = client.get("/").content.decode()

    assert "Hoe houden we het vast?" in text
    assert f"/themas/{used.slug}/" in text
    assert f"/themas/{unused.slug}/" not in text


def test_news_can_be_read_by_year(client, site_tree):
    for title, date in [("Oud", "2021"), ("Nieuw", "2024-05-17"), ("Straks", "2999")]:
        NewsPageFactory(title=title, date=date)

    everything = client.get("/nieuws/")
    old = client.get("/nieuws/?jaar=2021")
    strange = client.get("/nieuws/?jaar=x%00")

    assert [item.title for item in everything.context["page_obj"]] == ["Nieuw", "Oud"]
    assert [item.title for item in old.context["page_obj"]] == ["Oud"]
    assert strange.context["unknown_filters"]


def test_a_news_item_names_its_source(client, site_tree):
    item = NewsPageFactory(sources=["Verslag van het netwerk"])

    assert "Verslag van het netwerk" in client.get(item.url).content.decode()


def test_a_page_with_text_has_its_anchors(client, site_tree):
    page = InformationPageFactory(
        title="Meedoen",
        body=Rows(
            [
                ("heading", {"text": "Deel een les", "anchor": "delen"}),
                ("text", "<p>Vier vragen, vijf minuten.</p>"),
            ]
        ),
    )

    response = client.get(page.url)

    assert "delen" in markup(response).ids
    assert "Vier vragen" in response.content.decode()


def test_signing_in_explains_what_went_wrong(client, leader):
    page = client.post("/account/inloggen/", {"login": leader.email, "password": "fout"})

    text = page.content.decode()
    assert 'class="error-summary"' in text
    assert markup(page).faults() == []


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_signing_in_leads_back_to_the_page(client, professional, full_lesson, prefix):
    address = f"{prefix}/account/inloggen/"
    form = client.get(address, {"next": full_lesson.url})
    assert f'name="next" value="{full_lesson.url}"' in form.content.decode()

    response = client.post(
        address,
        {"login": professional.email, "password": PASSWORD, "next": full_lesson.url},
    )

    assert response.url == full_lesson.url
