"""A draft of a live page changes nothing that others see, also not in what hangs on the page."""

import json

import pytest

from content.models import ContentPage
from lessons.models import LessonPage
from practices.models import DevelopmentPathPage, PracticePage
from tests.admin.forms import edit, fields_of, row
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    PathStepFactory,
    TermFactory,
)
from vocabulary.models import TermKind


def public_state() -> str:
    """All that readers can see of the pages: their fields, and every row that hangs on them."""
    state = []
    for page in ContentPage.objects.order_by("pk").specific():
        rows = {
            "terms": sorted(page.page_terms.values_list("tag__name", flat=True)),
            "downloads": list(page.downloads.values_list("download__title", flat=True)),
            "sources": list(page.sources.values_list("title", flat=True)),
            "fields": [page.title, page.audience, page.expire_at, page.summary],
        }
        if isinstance(page, LessonPage):
            rows["lesson"] = [page.lesson, page.outcome, page.strength]
            rows["paths"] = sorted(page.paths.values_list("pk", flat=True))
        if isinstance(page, PracticePage):
            rows["elements"] = list(page.elements.values_list("element__name", "state"))
            rows["team"] = list(page.team.values_list("role", flat=True))
        if isinstance(page, DevelopmentPathPage):
            rows["steps"] = [
                [step.title, step.status, *step.lessons.values_list("pk", flat=True)]
                for step in page.steps.all()
            ]
        state.append(rows)
    return json.dumps(state, default=str)


@pytest.fixture
def words(site_tree):
    return {
        "old": TermFactory(name="Ouders"),
        "new": TermFactory(name="Samenwerken"),
        "element": TermFactory(name="Vaste gezichten", kind=TermKind.ELEMENT),
        "phase": TermFactory(name="Nulmeting", kind=TermKind.PHASE, sort_order=1),
    }


@pytest.fixture
def change_of_lesson(practice, words):
    path = DevelopmentPathPageFactory(parent=practice)
    lesson = LessonPageFactory(
        parent=practice, terms=[words["old"]], sources=["Verslag"], downloads=[DownloadFactory()]
    )

    def change(data):
        return {
            "title": "Anders",
            "lesson": "Anders geleerd.",
            "outcome": "not",
            "audience": "practice",
            "theme": [str(words["new"].pk)],
            "element": [str(words["element"].pk)],
            "tag": "nieuw woord",
            "paths": [str(path.pk)],
            "downloads-0-DELETE": "1",
            **row("sources", data, title="Nog een bron"),
        }

    return lesson, change


@pytest.fixture
def change_of_practice(practice, words):
    def change(data):
        return {
            "place": "Rotterdam",
            "audience": "practice",
            **row("elements", data, element=str(words["element"].pk), state="partly"),
            **row("team", data, ring="core", role="Gezinscoach"),
        }

    return practice, change


@pytest.fixture
def change_of_path(practice, words):
    lesson = LessonPageFactory(parent=practice)
    step = PathStepFactory(page=DevelopmentPathPageFactory(parent=practice), phase=words["phase"])
    more = {"phase": str(words["phase"].pk), "title": "Nog een stap", "status": "planned"}

    def change(data):
        return {
            "steps-0-title": "Andere naam",
            "steps-0-lessons": str(lesson.number),
            **row("steps", data, **more),
        }

    return step.page, change


@pytest.mark.parametrize("subject", ["lesson", "practice", "path"])
def test_only_publishing_changes_what_others_see(client, leader, request, subject):
    page, change = request.getfixturevalue(f"change_of_{subject}")
    client.force_login(leader)
    data = fields_of(client.get(edit(page)))
    before = public_state()

    assert client.post(edit(page), data | change(data)).status_code == 302
    assert public_state() == before

    # What the editor shows now is the draft.
    data = fields_of(client.get(edit(page)))
    assert client.post(edit(page), data | {"action-publish": "1"}).status_code == 302
    assert public_state() != before


def test_published_words_are_the_words_of_the_draft(client, leader, change_of_lesson):
    lesson, change = change_of_lesson
    client.force_login(leader)
    data = fields_of(client.get(edit(lesson)))

    client.post(edit(lesson), data | change(data))
    client.post(edit(lesson), fields_of(client.get(edit(lesson))) | {"action-publish": "1"})

    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert {term.name for term in lesson.terms.all()} == {
        "Samenwerken",
        "Vaste gezichten",
        "nieuw woord",
    }
    assert not lesson.downloads.exists()
    assert [source.title for source in lesson.sources.all()] == ["Verslag", "Nog een bron"]
    assert lesson.paths.count() == 1
