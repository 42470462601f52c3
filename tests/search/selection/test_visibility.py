"""What somebody may not see is in no selection of theirs: not shown, counted or taken along."""

import datetime
import io
import re
from dataclasses import dataclass

import openpyxl
import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from tests.factories import DevelopmentPathPageFactory, LessonPageFactory, PracticePageFactory
from tests.search.selection.conftest import OWN, Browser
from tests.search.selection.documents import text_of
from visibility.audience import Audience

# Who may see what of the practice in which `professional` works.
SEES = {
    "visitor": [Audience.PUBLIC],
    "outer_ring": [Audience.PUBLIC, Audience.OUTER_RING],
    "other_professional": [Audience.PUBLIC, Audience.OUTER_RING, Audience.PRACTICES],
    "professional": Audience.values,
    "leader": Audience.values,
}
STATES = {
    "live": {},
    "draft": {"live": False},
    "expired": {"expire_at": timezone.now() - datetime.timedelta(days=1)},
}
MARK = re.compile(r"kenmerk[a-z]+")


def mark(what: str, audience: str, state: str = "live") -> str:
    """A word that says who may see the page with it."""
    return f"kenmerk{what}{audience}{state}".replace("_", "")


@dataclass(frozen=True)
class Everything:
    parameters: str
    # The words of what each audience may see, and of what is only for the leader.
    marks: dict[str, set[str]]

    def seen_by(self, name: str) -> set[str]:
        everybody = set().union(*(self.marks[audience] for audience in SEES[name]))
        return everybody | self.marks["leader"] if name == "leader" else everybody


@pytest.fixture
def people(request):
    """Each person with a browser of its own."""
    browsers = {}
    for name in SEES:
        user, browsers[name] = request.getfixturevalue(name), Browser()
        if user.is_authenticated:
            browsers[name].force_login(user)
    return browsers


@pytest.fixture
def everything(practice, other_practice):
    """A selection of all there is."""
    choices: list[str] = []
    marks: dict[str, set[str]] = {name: set() for name in [*Audience.values, "leader"]}
    for audience in Audience.values:
        for state, fields in STATES.items():
            names = [mark(what, audience, state) for what in ("les", "pad", "praktijk")]
            given = {"audience": audience, **fields}
            lesson = LessonPageFactory(parent=practice, title=names[0], lesson=names[0], **given)
            path = DevelopmentPathPageFactory(parent=practice, title=names[1], **given)
            other = PracticePageFactory(title=names[2], **given)
            choices += [f"les={lesson.number}", f"pad=orion/{path.slug}", f"praktijk={other.slug}"]
            if state == "live":
                marks[audience] |= set(names[:2])
                # Nobody works there, so what is only for that practice is for the leader.
                marks["leader" if audience == Audience.PRACTICE else audience].add(names[2])
    return Everything("&".join(choices), marks)


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_selection_shows_each_person_what_they_may_see(people, everything, language):
    for name, browser in people.items():
        expected = everything.seen_by(name)

        link = browser.get(f"{language}{OWN}?{everything.parameters}")
        own = browser.having(everything.parameters).get(f"{language}{OWN}")

        for page in (link, own):
            main = page.content.decode().partition("<main")[2].partition("</main>")[0]
            lines = page.context["selection"].lines
            assert {chosen.line.title for chosen in lines} == expected, name
            assert len(lines) == len(expected), name
            assert set(MARK.findall(strip_tags(main))) == expected, name
            assert len(page.context["selection"].notices) == 1, name
        number = re.search(r"Select\w+ \((\d+)\)", browser.get(language or "/").content.decode())
        assert number is None or int(number[1]) == len(expected), name


def test_what_somebody_takes_along_holds_what_they_may_see(people, everything):
    for name, browser in people.items():
        expected = everything.seen_by(name)
        browser.having(everything.parameters)

        for form in ("csv", "xlsx"):
            file = browser.get(f"{OWN}export.{form}")
            assert set(MARK.findall(words_in(b"".join(file), form))) == expected, name
        printed = browser.get(f"{OWN}hand-out.pdf")
        assert set(MARK.findall(text_of(b"".join(printed)))) == expected, name


def words_in(table: bytes, form: str) -> str:
    if form == "csv":
        return table.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(table))
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return "\n".join(str(cell) for cell in cells)
