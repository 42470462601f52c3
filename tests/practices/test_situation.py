"""The situation of a practice: an editor fills it in, all languages share it, readers see it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from practices.models import BudgetHolder, PracticePage, SchoolSize, Surroundings, TeamAtSchool
from tests.admin.forms import edit, errors_in, send
from tests.factories import PracticePageFactory, in_english

KNOWN = {
    "school_sizes": ["small", "large"],
    "surroundings": ["village"],
    "team_at_school": ["when_needed"],
    "budget_holders": ["municipality"],
}


@pytest.fixture
def editor(client, leader):
    client.force_login(leader)
    return client


def situation(page):
    page = PracticePage.objects.get(pk=page.pk)
    return {name: getattr(page, name) for name in KNOWN}


def test_an_editor_ticks_what_is_so_under_one_heading(editor, practice):
    html = editor.get(edit(practice)).content.decode()

    assert _("Situation") in html
    for answer in [*SchoolSize, *Surroundings, *TeamAtSchool, *BudgetHolder]:
        assert str(answer.label) in html
    assert send(editor, edit(practice), "publish", **KNOWN).status_code == 302
    assert situation(practice) == KNOWN


def test_what_is_left_open_is_not_known(editor, site_tree):
    practice = PracticePageFactory(title="Orion", **KNOWN)

    send(editor, edit(practice), "publish", school_sizes=[], surroundings=[])

    assert situation(practice) == KNOWN | {"school_sizes": [], "surroundings": []}


def test_a_draft_changes_nothing_in_public(editor, practice):
    send(editor, edit(practice), **KNOWN)

    assert situation(practice) == {name: [] for name in KNOWN}
    draft = PracticePage.objects.get(pk=practice.pk).get_latest_revision_as_object()
    assert draft.school_sizes == ["small", "large"]


def test_an_answer_that_is_not_there_is_refused_at_its_field(editor, practice):
    response = send(editor, edit(practice), "publish", school_sizes=["huge"])

    assert "school_sizes" in errors_in(response)


@pytest.mark.parametrize("value", [["huge"], ["small", "small"], "small", {"small": 1}, 1])
def test_code_cannot_fill_in_anything_else(practice, value):
    practice.school_sizes = value

    with pytest.raises(ValidationError) as refused:
        practice.full_clean()
    assert list(refused.value.message_dict) == ["school_sizes"]


def test_two_revisions_are_compared_in_words(editor, practice):
    first = practice.save_revision()
    practice.school_sizes = ["small", "large"]
    last = practice.save_revision()

    html = editor.get(
        reverse("wagtailadmin_pages:revisions_compare", args=[practice.pk, first.pk, last.pk])
    ).content.decode()

    assert f"{SchoolSize.SMALL.label}, {SchoolSize.LARGE.label}" in html


def test_the_facts_hold_in_every_language_and_in_a_waiting_draft(practice):
    english = in_english(practice, title="Orion in English")
    english.title = "Orion, better English"
    english.save_revision()

    dutch = PracticePage.objects.get(pk=practice.pk)
    for name, value in KNOWN.items():
        setattr(dutch, name, value)
    dutch.save_revision().publish()

    assert situation(english) == KNOWN
    live = PracticePage.objects.get(pk=english.pk)
    assert live.title == "Orion in English"
    draft = live.get_latest_revision_as_object()
    assert (draft.title, draft.team_at_school) == ("Orion, better English", ["when_needed"])


def test_an_english_revision_never_brings_older_facts_back(practice):
    english = in_english(practice)
    older = english.save_revision()
    dutch = PracticePage.objects.get(pk=practice.pk)
    dutch.surroundings = ["city"]
    dutch.save_revision().publish()

    older.publish()

    assert situation(english)["surroundings"] == ["city"]


def test_readers_see_what_is_known_and_that_the_rest_is_not(client, site_tree):
    practice = PracticePageFactory(title="Orion", **KNOWN | {"surroundings": []})

    facts = {fact.label: fact.answers for fact in client.get(practice.url).context["situation"]}
    html = client.get(practice.url).content.decode()
    size, place = (capfirst(_(name)) for name in ("size of the school", "city or village"))

    assert facts[size] == [str(SchoolSize.SMALL.label), str(SchoolSize.LARGE.label)]
    assert facts[place] == []
    large = str(SchoolSize.LARGE.label)
    assert f"<p>{SchoolSize.SMALL.label}, {large[:1].lower()}{large[1:]}</p>" in html
    beside = html.partition(f'<h3 class="fact-column__label">{place}</h3>')[2]
    assert beside.lstrip().startswith(f"<p>{_('Not known')}</p>")
