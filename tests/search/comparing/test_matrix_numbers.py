"""The numbers of the matrix are what their clicks give, and its file is what the screen says."""

import csv
import io
import random
import re

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from accounts.roles import OUTER_RING, PROJECT_LEADERS
from lessons.models import Outcome
from practices.models import ElementState, PracticeElement, PracticeKind
from practices.setup import practice_group
from search.query import read_query
from search.results import find
from tests.factories import (
    LessonPageFactory,
    PracticePageFactory,
    Rows,
    TermFactory,
    UserFactory,
    in_english,
    make_site,
)
from tests.made_once import made_once, making
from visibility.audience import Audience
from visibility.setup import ensure_role_groups
from vocabulary.models import TermKind, TermTranslation

# One site for all of them, so on one worker.
pytestmark = pytest.mark.xdist_group("matrix")

MATRIX = "/vergelijken/matrix/"
ROLES = ["visitor", "outer ring", "other professional", "own professional", "leader"]
every_role = pytest.mark.parametrize("role", ROLES)


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """A site with lessons for every audience, and somebody of each role; always the same."""
    with made_once(django_db_blocker):
        with making(django_db_blocker):
            make_site()
            ensure_role_groups()
            made = make_full_site()
        yield made


def make_full_site():
    chance = random.Random(4)
    words = [
        TermFactory(name=f"{kind.label} {letter}", kind=kind)
        for kind in (TermKind.ELEMENT, TermKind.THEME, TermKind.PHASE, TermKind.DOMAIN)
        for letter in "abc"
    ]
    # The last word of each kind is one that nobody wrote about.
    used = [word for word in words if not word.name.endswith("c")]
    old = TermFactory(name="Element oud", kind=TermKind.ELEMENT, active=False)
    TermTranslation.objects.create(term=words[0], language="en", name="Element in English")
    places = [
        PracticePageFactory(
            title=title,
            kind=kind,
            elements=Rows(
                PracticeElement(element=word, state=chance.choice(ElementState.values))
                for word in words[:2]
            ),
        )
        for title, kind in [
            ("Orion", PracticeKind.PRACTICE),
            ("Veens Welzijn", PracticeKind.PRACTICE),
            ("Almere", PracticeKind.ELSEWHERE),
            ("Twente", PracticeKind.ELSEWHERE),
        ]
    ]
    for number in range(30):
        lesson = LessonPageFactory(
            parent=chance.choice(places),
            title=f"Les {number}",
            outcome=chance.choice(Outcome.values),
            audience=chance.choice([*Audience.values, Audience.PUBLIC]),
            terms=chance.sample(used, 5) + ([old] if number % 5 == 0 else []),
        )
        if number % 5 == 0:
            in_english(lesson, live=number % 2 == 0, title=f"Lesson {number}")
    orion, veens, *_examples = places
    return {
        "visitor": AnonymousUser(),
        "outer ring": UserFactory(groups=[OUTER_RING]),
        "other professional": UserFactory(groups=[practice_group(veens)]),
        "own professional": UserFactory(groups=[practice_group(orion)]),
        "leader": UserFactory(groups=[PROJECT_LEADERS]),
    }


@pytest.fixture
def page_for(db, client, people):
    """The page at an address as somebody of this role gets it."""

    def page(role: str, address: str) -> BeautifulSoup:
        if people[role].is_authenticated:
            client.force_login(people[role])
        return BeautifulSoup(client.get(address).content, "html.parser")

    return page


@pytest.fixture
def number_of(rf, people):
    """How many results the search at an address gives somebody of this role."""

    def number(role: str, address: str) -> int:
        request = rf.get(address)
        request.user = people[role]
        with translation.override("en" if address.startswith("/en/") else "nl"):
            return find(read_query(request.GET), request).count

    return number


def links_to_lessons(page: BeautifulSoup) -> dict[str, str]:
    """Each link to a search in the table, in the list and below them, with its visible text."""
    links = {}
    for link in page.select(".matrix td a, .row-list a, .matrix-gaps .chip"):
        if "/zoeken/" in link["href"]:
            for hidden in link.select(".visually-hidden"):
                hidden.extract()
            links[link["href"]] = link.get_text()
    return links


@every_role
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_number_is_what_its_click_gives(page_for, number_of, role, language):
    links = links_to_lessons(page_for(role, language + MATRIX))

    assert len(links) > 8
    for address, text in links.items():
        assert int(re.search(r"\d+", text)[0]) == number_of(role, address), (address, text)


@pytest.mark.parametrize(
    "query", ["rijen=thema", "rijen=fase", "rijen=domein", "rijen=thema&praktijk=twente"]
)
def test_so_it_is_for_other_rows_and_chosen_practices(page_for, number_of, query):
    role = "other professional"
    page = page_for(role, f"{MATRIX}?{query}")

    links = links_to_lessons(page)

    assert len(links) > 1
    for address, text in links.items():
        assert int(re.search(r"\d+", text)[0]) == number_of(role, address), (address, text)
    assert not page.select(".matrix .state")


def on_the_screen(page: BeautifulSoup) -> list[list[list[str]]]:
    """The texts of each cell of the table as somebody sees them, heads included."""
    for hidden in page.select(".visually-hidden, svg"):
        hidden.extract()
    rows = []
    for row in page.table.select("tr"):
        cells = row.select("th, td")
        rows.append(
            [
                [one.get_text(strip=True) for one in cell.select(".state, .soft, a, .matrix__hint")]
                for cell in cells
            ]
        )
    return rows


def rows_of_csv(response) -> list[list[str]]:
    """All lines; an empty one stands before each table."""
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def rows_of_xlsx(response) -> dict[str, list[list[str]]]:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response)))
    return {
        sheet.title: [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    }


@every_role
@pytest.mark.parametrize("query", ["", "rijen=thema&praktijk=veens-welzijn&praktijk=almere"])
def test_the_file_says_what_the_screen_says(client, page_for, role, query):
    page = page_for(role, f"{MATRIX}?{query}")
    shown = [[" | ".join(cell) for cell in row] for row in on_the_screen(page)]
    # The corner, which says nothing on the screen.
    shown[0][0] = "Thema" if "thema" in query else "Werkzaam element"

    lines = rows_of_csv(client.get(f"{MATRIX}export.csv?{query}"))
    sheets = rows_of_xlsx(client.get(f"{MATRIX}export.xlsx?{query}"))

    start = lines.index([]) + 1
    assert lines[start : start + len(shown)] == shown
    assert next(iter(sheets.values())) == shown
    gaps_shown = [chip.get_text() for chip in page.select(".matrix-gaps .chip")]
    gaps_listed = sheets.get("Nog geen les", [[]])[1:]
    assert sorted(row[0] for row in gaps_listed) == sorted(g.split(",")[0] for g in gaps_shown)
