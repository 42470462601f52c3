"""What holds for each kind of page: sound HTML, few queries, no dead links."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    DevelopmentPathPageFactory,
    InformationPageFactory,
    LessonPageFactory,
    NewsPageFactory,
    PathStepFactory,
    PracticePageFactory,
    TermFactory,
)
from tests.pages.markup import markup
from vocabulary.models import TermKind

MOST_QUERIES = 25
# Read as a stranger would: these lead to every combination of filters, or out.
NOT_FOLLOWED = ("/zoeken/", "/vergelijken/", "/en/zoeken/", "/en/vergelijken/")
HARD_TITLES = [
    "x" * 255,
    "Hulp 🤝 op school 👩‍👧",
    "مساعدة في المدرسة",
    "<script>alert('les')</script> & \"meer\"",
]


def queries_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(address)
    assert response.status_code == 200, address
    assert len(queries), address
    return len(queries)


def add_content(practice, path, theme, start: int, end: int) -> None:
    """More of everything that a list can hold."""
    phase = TermFactory(name="Verkennen", kind=TermKind.PHASE)
    for number in range(start, end):
        word = TermFactory(name=f"Woord {number}")
        element = TermFactory(name=f"Element {number}", kind=TermKind.ELEMENT)
        lesson = LessonPageFactory(
            parent=practice, title=f"Les {number}", terms=[theme, word, element]
        )
        step = PathStepFactory(page=path, phase=phase, title=f"Stap {number}")
        step.lessons.set([lesson])
        step.save()
        other = PracticePageFactory(title=f"Praktijk {number}")
        LessonPageFactory(parent=other, title=f"Van ver {number}", terms=[theme])
        DevelopmentPathPageFactory(parent=practice, title=f"School {number}")
        NewsPageFactory(title=f"Nieuws {number}")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_page_asks_more_as_there_is_more_to_show(client, full_practice, full_path, prefix):
    theme = TermFactory(name="Wachttijd")
    add_content(full_practice, full_path, theme, 0, 3)
    lesson = LessonPageFactory(parent=full_practice, title="De les", terms=[theme])
    addresses = [
        prefix + address
        for address in (
            "/",
            "/praktijken/",
            full_practice.url,
            f"{full_practice.url}downloads/",
            full_path.get_parent().url,
            full_path.url,
            lesson.get_parent().url,
            lesson.url,
            "/themas/",
            f"/themas/{theme.slug}/",
            "/begrippen/",
            "/nieuws/",
        )
    ]
    few = {address: queries_of(client, address) for address in addresses}

    add_content(full_practice, full_path, theme, 3, 15)
    many = {address: queries_of(client, address) for address in addresses}

    assert many == few
    assert {address: count for address, count in many.items() if count > MOST_QUERIES} == {}


@pytest.mark.parametrize("title", HARD_TITLES)
def test_any_title_can_stand_on_every_page(client, full_practice, phases, title):
    theme = TermFactory(name="Wachttijd")
    practice = PracticePageFactory(title=title, summary=title)
    lesson = LessonPageFactory(parent=practice, title=title, lesson=title, terms=[theme])
    path = DevelopmentPathPageFactory(parent=practice, title=title, school=title[:120])
    step = PathStepFactory(page=path, phase=phases[0], title=title[:200])
    step.lessons.set([lesson])
    step.save()
    pages = [
        practice,
        lesson,
        path,
        NewsPageFactory(title=title),
        InformationPageFactory(title=title),
    ]

    for address in [
        "/",
        "/praktijken/",
        "/nieuws/",
        f"/themas/{theme.slug}/",
        *(p.url for p in pages),
    ]:
        response = client.get(address)
        assert response.status_code == 200, address
        assert markup(response).faults() == [], address
        assert "<script>alert" not in response.content.decode()
        assert "<bdi" in response.content.decode()
