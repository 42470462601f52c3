"""What was just hidden is nowhere in the search, also where the index does not know it yet."""

import datetime
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.utils import timezone

from accounts.roles import Role
from lessons.models import LessonIndexPage, LessonPage
from practices.models import PracticePage
from search.index import copy
from search.index.copy import IndexCopy, IndexNotReadyError, index_copy
from search.index.finding import Question, look
from search.models import Change, ChangeCounter
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    PathStepFactory,
    PracticePageFactory,
    TermFactory,
    below_practice,
    in_english,
)
from visibility.audience import Audience
from vocabulary.models import Synonym, TermKind

IN_AN_HOUR = datetime.timedelta(hours=1)
# Each of these tells something of the lesson as long as it is there.
SURFACES = {
    "everything": "/zoeken/",
    "everything in English": "/en/zoeken/",
    "a filter": "/zoeken/?tag=zwtag",
    "a number in a filter": "/zoeken/?thema=tafels",
    "words": "/zoeken/?q=zwtekst",
    "a snippet beside others": "/zoeken/?q=samen",
    "another word": "/zoeken/?q=zwander",
    "a slip of the pen": "/zoeken/?q=zwtkst",
    "by practice": "/zoeken/?q=samen&groep=praktijk",
    "a file": "/zoeken/?q=zwblad",
    "on a question": "/vergelijken/vraag/?q=samen",
    "CSV": "/zoeken/export.csv?q=samen",
    "the API": "/api/v1/search/?q=samen",
    "the API without words": "/api/v1/search/",
    "a suggested title": "/api/v1/suggest/?q=zwti",
    "a suggested word": "/api/v1/suggest/?q=zwtek",
    "a suggested file": "/api/v1/suggest/?q=zwbl",
    "related lessons": "/praktijken/veens-welzijn/lessen/elders-samen/",
}


@contextmanager
def locked_index() -> Iterator[None]:
    """Another process has the index, so that it cannot follow what changes."""
    index_copy().up_to_date()
    with IndexCopy(index_copy().folder)._locked("lock"):
        yield


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch):
    monkeypatch.setattr(copy, "LONGEST_WAIT", 0.0)
    monkeypatch.setattr(copy, "LONGEST_WAIT_HURRIED", 0.0)


@pytest.fixture
def hidden(practice, other_practice) -> LessonPage:
    """A lesson with words, a tag and a file of its own, beside two that are like it."""
    theme = TermFactory(name="Tafels", kind=TermKind.THEME)
    other = TermFactory(name="zwander", kind=TermKind.CONCEPT, definition="")
    Synonym.objects.create(term=other, word="zwgezegd")
    for title, parent in (("Gewoon samen", practice), ("Elders samen", other_practice)):
        LessonPageFactory(parent=parent, title=title, terms=[theme])
    return LessonPageFactory(
        parent=practice,
        title="Zwtitel samen",
        situation="<p>Hier staat zwtekst en zwgezegd, samen.</p>",
        terms=[theme, TermFactory(name="zwtag", kind=TermKind.TAG)],
        downloads=[DownloadFactory(title="Zwblad")],
        expire_at=timezone.now() + IN_AN_HOUR,
    )


def unpublished(lesson, monkeypatch):
    lesson.unpublish()


def narrowed(lesson, monkeypatch):
    lesson.audience = Audience.PRACTICES
    lesson.save_revision().publish()


def expired(lesson, monkeypatch):
    later = timezone.now() + IN_AN_HOUR + datetime.timedelta(seconds=5)
    monkeypatch.setattr(timezone, "now", lambda: later)


def expired_this_second(lesson, monkeypatch):
    # The index knows of a moment only by the second.
    monkeypatch.setattr(timezone, "now", lambda: lesson.expire_at)


def below_what_was_narrowed(lesson, monkeypatch):
    index = LessonIndexPage.objects.parent_of(lesson).get()
    index.audience = Audience.PRACTICES
    index.save()


def moved_below_what_is_closed(lesson, monkeypatch):
    closed = PracticePage.objects.get(slug="besloten")
    lesson.move(below_practice(closed, LessonIndexPage), pos="last-child")


def deleted(lesson, monkeypatch):
    lesson.delete()


CHANGES = [
    *(unpublished, narrowed, expired, expired_this_second, below_what_was_narrowed),
    *(moved_below_what_is_closed, deleted),
]


def text_of(answer) -> str:
    """Without the scores, which follow from all that the index holds."""
    content = b"".join(answer) if answer.streaming else answer.content
    return re.sub(r'"score":[\d.]+', "", content.decode())


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_just_hidden_is_told_nowhere(client, hidden, monkeypatch, change: Callable):
    closed = PracticePageFactory(slug="besloten", title="Besloten", audience=Audience.PRACTICE)
    below_practice(closed, LessonIndexPage)

    def told() -> dict[str, str]:
        answers = {name: client.get(address) for name, address in SURFACES.items()}
        assert {answer.status_code for answer in answers.values()} == {200}
        return {name: text_of(answer) for name, answer in answers.items()}

    before = told()
    with locked_index():
        change(LessonPage.objects.get(pk=hidden.pk), monkeypatch)
        meanwhile = told()
    afterwards = told()

    assert [name for name in SURFACES if before[name] == afterwards[name]] == []
    assert [name for name in SURFACES if meanwhile[name] != afterwards[name]] == []


def found(words: str, language: str = "nl") -> list[tuple[str, int]]:
    answer = look(Role(), language).find(Question(words=words))
    assert answer.total == len(answer.hits) == sum(answer.counts["soort"].values())
    return [(hit.source, hit.pk) for hit in answer.hits]


def test_a_translation_no_longer_tells_what_the_other_one_said(hidden):
    twin = in_english(hidden, title="Zwenglish", situation="<p>Together.</p>")
    assert found("zwtekst", "en") == [("page", twin.pk)]

    with locked_index():
        LessonPage.objects.get(pk=hidden.pk).unpublish()

        assert found("zwtekst", "en") == []


def test_the_file_of_a_step_that_was_removed_is_not_found(practice):
    step = PathStepFactory(page=DevelopmentPathPageFactory(parent=practice))
    step.downloads = [DownloadFactory(title="Zwblad")]
    step.save()
    assert len(found("zwblad")) == 1

    with locked_index():
        step.delete()

        assert found("zwblad") == []


def test_words_that_were_taken_out_are_not_found_and_the_new_ones_a_little_later(hidden):
    with locked_index():
        lesson = LessonPage.objects.get(pk=hidden.pk)
        lesson.situation = "<p>Hier staat zwanders, samen.</p>"
        lesson.save_revision().publish()

        assert found("zwtekst") == found("zwanders") == []

    assert found("zwtekst") == []
    assert found("zwanders") == [("page", hidden.pk)]


def test_what_did_not_change_is_found_all_the_while(hidden, practice):
    with locked_index():
        new = LessonPageFactory(parent=practice, title="Nieuw samen")
        before, its_file = found("samen"), found("zwblad")
        LessonPage.objects.get(pk=hidden.pk).unpublish()

        assert set(before) - set(found("samen")) == {("page", hidden.pk), *its_file}
        assert ("page", new.pk) not in before

    assert ("page", new.pk) in found("samen")


@pytest.mark.parametrize("lost", [Change, ChangeCounter])
def test_where_nobody_can_tell_what_changed_there_is_no_answer(client, hidden, lost):
    """The log does not reach back to the copy, or the database is another one."""
    with locked_index():
        LessonPage.objects.get(pk=hidden.pk).unpublish()
        lost.objects.all().delete()

        with pytest.raises(IndexNotReadyError):
            look(Role(), "nl")
        assert client.get("/zoeken/?q=zwtekst").context["results"].notices

    assert found("zwtekst") == []
