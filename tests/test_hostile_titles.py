"""What somebody wrote as a title is shown as it is written, everywhere."""

import re
from urllib.parse import quote

import pytest

from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    NewsPageFactory,
    PathStepFactory,
    PracticePageFactory,
    TermFactory,
)
from vocabulary.models import TermKind

TITLES = {
    "long": "interprofessioneelsamenwerkingsverband" * 6 + "abc",
    "emoji": "👩‍👧‍👦🏳️‍🌈 👍🏽",
    "right to left": "שלום עולם",
    "markup": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "template": "{{ 7|add:7 }}{% now 'Y' %}",
    "direction": "Begin \u202eklein",
    "database": "x' OR '1'='1' --",
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_title_is_shown_as_it_is_written(client, site_tree, title):
    practice = PracticePageFactory(title=title, slug="orion")
    path = DevelopmentPathPageFactory(parent=practice, title=title, school=title[:120], slug="pad")
    term = TermFactory(name=title[:100], slug="woord", kind=TermKind.THEME, definition=title)
    lesson = LessonPageFactory(
        parent=practice,
        title=title,
        slug="les-1",
        lesson=title,
        terms=[term],
        sources=[title],
        downloads=[DownloadFactory(title=title, description=title)],
    )
    step = PathStepFactory(page=path, title=title[:200])
    step.lessons.add(lesson)
    step.save()
    news = NewsPageFactory(title=title, slug="nieuws-1", summary=title)
    pages = [practice, path, lesson, news]

    for address in (
        *("/", "/praktijken/", "/praktijken/orion/lessen/", "/praktijken/orion/ontwikkelpad/"),
        *("/praktijken/orion/downloads/", "/zoeken/", "/vergelijken/?praktijk=orion", "/nieuws/"),
        "/vergelijken/situatie/?omgeving=city",
        *("/vergelijken/paden/", "/vergelijken/paden/?praktijk=orion"),
        f"/selectie/?les={lesson.number}&praktijk=orion&pad=orion/pad",
        *("/themas/", "/themas/woord/", "/begrippen/", "/feeds/lessen.atom", "/sitemap.xml"),
        *(page.url for page in pages),
        *(f"/en{page.url}" for page in pages),
        f"/zoeken/?q={quote(title)}",
    ):
        response = client.get(address)
        html = response.content.decode()

        assert response.status_code == 200, address
        assert "<script>alert" not in html, address
        assert "<img src=x" not in html, address
        assert "14" not in title_of(html), address


def title_of(html):
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize(
    "address", ["/", "/praktijken/", "/zoeken/", "/praktijken/orion/", "lesson"]
)
def test_a_title_does_not_turn_the_text_around_it(client, site_tree, address):
    title = "שלום עולם"
    practice = PracticePageFactory(title=title, slug="orion")
    lesson = LessonPageFactory(parent=practice, title=title, slug="les-1")
    address = lesson.url if address == "lesson" else address

    body = client.get(address).content.decode().split("<body", 1)[1]

    # In running text only: not in an attribute, where no element can stand.
    bare = re.sub(r"<[^>]*>", lambda tag: "<bdi>" if tag[0].startswith("<bdi") else "<>", body)
    around = [bare[max(0, place.start() - 5) : place.start()] for place in re.finditer(title, bare)]
    assert around
    assert set(around) == {"<bdi>"}, address
