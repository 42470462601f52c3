"""A form without a word is no draft, and a draft that nobody goes on with can go."""

import pytest
from django.urls import reverse

from content.models import Trashed
from content.trash import restore
from lessons.models import LessonPage
from tests.factories import TermFactory
from tests.lessons.sharing.forms import (
    ANSWERS,
    AUTOSAVE,
    LATER,
    MINE,
    SEND_IN,
    SHARE,
    edit,
    form_at,
    post,
    send,
    the_lesson,
)

pytestmark = pytest.mark.django_db


def away(lesson) -> str:
    return f"{MINE}{lesson.number}/weggooien/"


@pytest.mark.parametrize("step", [LATER, SEND_IN, AUTOSAVE])
@pytest.mark.parametrize("fields", [{}, {"situation": "  "}])
def test_a_form_without_a_word_is_not_kept(client, writer, step, fields):
    send(client, SHARE, step, **fields)

    assert not LessonPage.objects.exists()


def test_who_sends_in_nothing_is_told_what_is_missing(client, writer):
    response = send(client, SHARE, SEND_IN)

    text = response.content.decode()
    assert response.status_code == 200
    assert "error-summary" in text
    assert text.count("Dit is een verplicht veld.") >= 2


def test_a_theme_that_stood_there_beforehand_is_no_draft(client, writer):
    theme = TermFactory(name="Vertrouwen")
    address = f"{SHARE}?thema={theme.slug}"

    assert send(client, address, AUTOSAVE, theme=[theme.pk]).json() == {"nothing": True}
    assert not LessonPage.objects.exists()


def test_who_keeps_nothing_for_later_is_told_so(client, writer):
    response = send(client, SHARE, LATER)

    assert "Je hebt nog niets ingevuld" in response.content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"situation": "Een woord."},
        {"title": "Een titel"},
        {"outcome": "worked"},
        {"colleague_name": "Sam"},
        {"colleague_organisation": "De wijk"},
    ],
)
def test_one_word_or_one_choice_is_enough_to_keep(client, writer, fields):
    send(client, SHARE, LATER, **fields)

    assert the_lesson().owner == writer


def test_a_draft_that_was_emptied_stays_a_draft(client, writer):
    send(client, SHARE, LATER, **ANSWERS)
    emptied = dict.fromkeys((*ANSWERS, "title"), "")

    post(client, form_at(client, edit(the_lesson())) | emptied, edit(the_lesson()), LATER)

    assert "situation" in the_lesson().get_latest_revision().content
    assert the_lesson().get_latest_revision_as_object().situation == ""


def test_a_draft_is_thrown_away_from_my_lessons_and_can_come_back(client, writer):
    send(client, SHARE, LATER, **ANSWERS)
    lesson = the_lesson()
    assert away(lesson) in client.get(MINE).content.decode()

    asked = client.get(away(lesson))
    told = client.post(away(lesson), follow=True)

    assert "30 dagen" in asked.content.decode()
    assert "prullenbak" in told.content.decode()
    assert away(lesson) not in told.content.decode()
    assert client.get(edit(lesson)).status_code == 404
    assert client.get(reverse("trash")).status_code == 200
    restore(Trashed.objects.get(), by=writer)
    assert client.get(edit(lesson)).status_code == 200


def test_pressing_twice_is_no_fault(client, writer):
    send(client, SHARE, LATER, **ANSWERS)
    client.post(away(the_lesson()))

    assert client.post(away(the_lesson()))["Location"] == MINE
    assert Trashed.objects.count() == 1


def test_only_asking_throws_nothing_away(client, writer):
    send(client, SHARE, LATER, **ANSWERS)

    client.get(away(the_lesson()))

    assert not Trashed.objects.exists()


def test_what_was_sent_in_cannot_be_thrown_away_here(client, writer):
    send(client, SHARE, SEND_IN, **ANSWERS)

    assert client.post(away(the_lesson())).status_code == 404
    assert away(the_lesson()) not in client.get(MINE).content.decode()
    assert not Trashed.objects.exists()


def test_what_readers_saw_cannot_be_thrown_away_here(client, writer, lesson):
    LessonPage.objects.update(owner=writer)

    assert client.post(away(lesson)).status_code == 404
    assert not Trashed.objects.exists()


@pytest.mark.parametrize("name", ["leader", "other_professional", "outer_ring"])
def test_nobody_throws_away_the_draft_of_another_here(client, writer, request, name):
    send(client, SHARE, LATER, **ANSWERS)
    lesson = the_lesson()
    client.force_login(request.getfixturevalue(name))

    assert client.post(away(lesson)).status_code == 404
    assert not Trashed.objects.exists()


def test_a_visitor_signs_in_first(client, writer):
    send(client, SHARE, LATER, **ANSWERS)
    client.logout()

    assert client.post(away(the_lesson()))["Location"].startswith("/account/inloggen/")
