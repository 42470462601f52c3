"""For each role and language: a number is what its link gives, a file what the page says."""

import csv
import io
import re
from html.parser import HTMLParser
from itertools import product

import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from accounts.roles import OUTER_RING, PROJECT_LEADERS
from lessons.listing import visible_lessons
from lessons.models import Outcome
from lessons.transfer.texts import parted
from practices.models import ElementState, PracticeElement
from practices.setup import practice_group
from search.query import read_query
from search.results import find
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    PathStepFactory,
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
from vocabulary.models import TermKind

LANGUAGES = ["", "/en"]
ROLES = ["visitor", "outer ring", "professional", "other professional", "leader"]
PRACTICES = "praktijk=orion&praktijk=veens-welzijn&praktijk=emmen"
SCHOOLS = "school=orion/de-bron&school=veens-welzijn/de-bron&school=emmen/de-vlieger"
# Each lesson of a page with its number: `3 lessen`, `All 4 lessons`, `De 2 resultaten`.
NUMBER = re.compile(r"\b(\d+) (?:les|result|path|pad|download)")


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):
    """A site in which each role sees something else, and one person of each role."""
    with made_once(django_db_blocker):
        with making(django_db_blocker):
            made = make_people_and_content()
        yield made


def make_people_and_content():
    make_site()
    ensure_role_groups()
    element = TermFactory(name="Fysiek samenwerken", kind=TermKind.ELEMENT)
    row = PracticeElement(element=element, state=ElementState.USED, sentence="Aan één tafel.")
    practices = [PracticePageFactory(title="Orion", elements=Rows([row]))]
    practices += [PracticePageFactory(title=name) for name in ("Veens Welzijn", "Emmen")]
    paths = [
        DevelopmentPathPageFactory(parent=parent, title=school, audience=audience)
        for parent, school, audience in [
            (practices[0], "De Bron", Audience.PUBLIC),
            (practices[1], "De Bron", Audience.PUBLIC),
            (practices[2], "De Vlieger", Audience.PUBLIC),
            (practices[2], "De Bron", Audience.PRACTICES),
        ]
    ]
    PathStepFactory(page=paths[0])
    themes = [TermFactory(name=f"Thema {letter}") for letter in "abc"]
    files = [DownloadFactory(title=f"Werkblad {number}") for number in range(6)]
    number = 0
    for practice, path in zip(practices, paths, strict=False):
        for audience, outcome in product(Audience.values, (Outcome.WORKED, Outcome.NOT)):
            number += 1
            lesson = LessonPageFactory(
                parent=practice,
                title=f"Les {number} over de tandem",
                lesson="=Begin klein | samen.",
                audience=audience,
                outcome=outcome,
                terms=[themes[number % 3], themes[(number + number // 3) % 3], element],
                paths=[path] if number % 2 else [],
                downloads=[files[number % 6], files[(number + 1) % 6]],
            )
            if number % 4 == 1:
                in_english(lesson, title=f"Lesson {number} about the tandem")
    return {
        "visitor": AnonymousUser(),
        "outer ring": UserFactory(groups=[OUTER_RING]),
        "professional": UserFactory(groups=[practice_group(practices[0])]),
        "other professional": UserFactory(groups=[practice_group(practices[1])]),
        "leader": UserFactory(groups=[PROJECT_LEADERS]),
    }


@pytest.fixture
def sign_in(client, db, people):
    def sign_in(role):
        client.logout()
        if people[role].is_authenticated:
            client.force_login(people[role])

    return sign_in


class Links(HTMLParser):
    """The links below the head of a page, with their words; and the rows of its first table."""

    def __init__(self, html: str):
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.rows: list[list[list[str]]] = []
        self._hidden = 0
        self._open: list[str] = []
        self._in_table = False
        self.feed(html.partition("<main")[2].partition("</main>")[0])

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._hidden += tag == "summary" or "visually-hidden" in (given.get("class") or "")
        if self._hidden and tag in ("summary", "span"):
            self._open.append(tag)
        if tag == "a":
            self.links.append((given["href"], ""))
        if tag == "table":
            self._in_table = not self.rows
        if self._in_table and tag == "tr":
            self.rows.append([])
        if self._in_table and tag in ("td", "th"):
            self.rows[-1].append([""])
        if self._in_table and tag == "li" and self.rows[-1][-1] != [""]:
            self.rows[-1][-1].append("")

    def handle_endtag(self, tag):
        if self._open and tag == self._open[-1]:
            self._open.pop()
            self._hidden = len(self._open)
        if tag == "table":
            self._in_table = False

    def handle_data(self, data):
        if self.links and self.lasttag in ("a", "bdi", "span"):
            url, words = self.links[-1]
            self.links[-1] = (url, words + data)
        if self._in_table and not self._hidden and self.rows and self.rows[-1] and data.strip():
            self.rows[-1][-1][-1] += f" {data}"


def numbers_with_links(html: str) -> dict[str, int]:
    """The number that a page puts in the words of each link to a search."""
    found = {}
    for url, words in Links(html).links:
        number = NUMBER.search(words)
        if number and "/zoeken/?" in url:
            found[url] = int(number[1])
    return found


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("address", "least"),
    [
        (f"/vergelijken/?{PRACTICES}", 10),
        (f"/vergelijken/?{SCHOOLS}", 6),
        (f"/vergelijken/vraag/?q=tandem&{PRACTICES}", 9),
        (f"/vergelijken/vraag/?q=tandem&thema=thema-a&uitkomst=worked&{PRACTICES}", 3),
    ],
    ids=["practices", "schools", "question", "question with filters"],
)
def test_every_number_is_what_its_link_gives(client, sign_in, people, role, address, least):
    sign_in(role)

    for language in LANGUAGES:
        numbers = numbers_with_links(client.get(language + address).content.decode())

        assert len(numbers) >= least, language
        for url, number in numbers.items():
            results = answer_at(url, people[role])
            assert (results.count, results.query.notices) == (number, ()), url


def answer_at(url: str, user):
    """What the search page of this address shows to this person."""
    request = RequestFactory().get(url)
    request.user = user
    with translation.override("en" if url.startswith("/en/") else "nl"):
        return find(read_query(request.GET), request)


def only_letters(texts) -> list[str]:
    return [" ".join(re.findall(r"\w+", text)) for text in texts]


def tables_of_csv(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("names", [PRACTICES, f"{SCHOOLS}&verschillen=1"])
def test_the_file_of_a_comparison_says_in_each_cell_what_the_page_says(
    client, sign_in, role, names
):
    sign_in(role)

    for language in LANGUAGES:
        page = client.get(f"{language}/vergelijken/?{names}&themas=alle")
        head, *rows = (row for row in Links(page.content.decode()).rows if len(row) > 1)
        lines = tables_of_csv(client.get(f"{language}/vergelijken/export.csv?{names}&themas=alle"))
        below = lines[lines.index([]) + 1 :]

        assert only_letters(below[0][2:]) == only_letters(cell[0] for cell in head[1:])
        assert [row[1] for row in below[1:]] == [
            row.title for row in page.context["comparison"].rows
        ]
        for line, row in zip(below[1:], rows, strict=True):
            for told, shown in zip(line[2:], row[1:], strict=True):
                assert only_letters(parted(told)) == only_letters(shown), line[1]


@pytest.mark.parametrize("role", ROLES)
def test_the_file_of_a_question_says_what_the_page_says(client, sign_in, role):
    sign_in(role)
    for language in LANGUAGES:
        query = f"q=tandem&{PRACTICES}"
        comparison = client.get(f"{language}/vergelijken/vraag/?{query}").context["comparison"]
        response = client.get(f"{language}/vergelijken/vraag/export.xlsx?{query}")
        book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
        lessons, practices, words, _about = (
            [[cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=2)]
            for sheet in book.worksheets
        )

        assert [row[:3] for row in lessons] == [
            [column.title, found.line.title, found.line.text]
            for column in comparison.columns
            for found in column.lessons
        ]
        assert [row[:3] for row in practices] == [
            [column.title, str(column.count.number), str(column.results.number)]
            for column in comparison.columns
        ]
        assert [(row[0], row[2:]) for row in words] == [
            (word.label, [str(count.number) for count in word.counts])
            for word in comparison.shared_words
        ]


@pytest.mark.parametrize("role", ROLES)
def test_nobody_takes_along_what_that_person_cannot_see(client, sign_in, people, role):
    sign_in(role)
    seen = {page.title for page in visible_lessons(people[role])}

    for address in (f"export.csv?{PRACTICES}", f"vraag/export.csv?q=tandem&{PRACTICES}"):
        response = client.get(f"/vergelijken/{address}")
        text = b"".join(response.streaming_content).decode()

        named = set(re.findall(r"Les \d+ over de tandem", text))
        assert named
        assert named <= seen
        assert ("no-store" in response["Cache-Control"]) is (role != "visitor")
