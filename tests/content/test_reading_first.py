"""A file that nobody read yet is read before anybody has to wait for the row of its page."""

import json
import subprocess

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from wagtail.models import WorkflowState

from content.guarding import MOST_READ_NOW
from lessons.models import LessonPage
from practices.setup import practice_group
from reviewing.seen import seen
from tests.admin.forms import add, edit, fields_of, lessons_of, rich, row
from tests.factories import DownloadFactory, LessonPageFactory, UserFactory
from tests.lessons.sharing import forms as sharing

SECRET = "De moeder van Noor belde elke week."


def unread_file(text: str = SECRET):
    return DownloadFactory(title="Blad", file=ContentFile(text.encode(), name="blad.txt"))


@pytest.fixture
def depths(monkeypatch):
    """How many transactions deep each file was read, counted from the test itself."""
    found, own = [], len(connection.savepoint_ids)
    while_reading(monkeypatch, lambda: found.append(len(connection.savepoint_ids) - own))
    return found


def while_reading(monkeypatch, happen) -> None:
    """Let something happen each time that a file is read; it is read all the same."""
    start = subprocess.run

    def noted(command, *args, **kwargs):
        if "files.reader" in command:
            happen()
        return start(command, *args, **kwargs)

    monkeypatch.setattr(subprocess, "run", noted)


@pytest.fixture
def waiting(practice, professional, leader) -> LessonPage:
    """A lesson that was handed in, with a file that nobody read."""
    lesson = LessonPageFactory(
        parent=practice, live=False, owner=professional, downloads=[unread_file()]
    )
    lesson.save_revision(user=professional)
    lesson.get_workflow().start(lesson, professional)
    return LessonPage.objects.get(pk=lesson.pk)


def mark_of(page) -> str:
    return seen(page.get_latest_revision())


def approve_in_the_editor(client, page):
    data = fields_of(client.get(edit(page))) | {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": json.dumps({"seen": mark_of(page), "comment": ""}),
    }
    return client.post(edit(page), data)


def approve_in_the_dialog(client, page):
    turn = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", turn.pk])
    return client.post(url, {"seen": mark_of(page)}, follow=True)


def approve_on_the_screen_of_the_queue(client, page):
    url = reverse("reviewing_page", args=[page.pk])
    return client.post(url, {"approve": "1", "seen": mark_of(page)})


def publish_in_the_editor(client, page):
    data = fields_of(client.get(edit(page)))
    return client.post(edit(page), data | {"action-publish": "1"})


def publish_from_a_list(client, page):
    return client.post(f"/beheer/bulk/wagtailcore/page/publish/?id={page.pk}", follow=True)


def publish_with_what_is_above_it(client, page):
    url = f"/beheer/bulk/wagtailcore/page/publish/?id={page.get_parent().pk}"
    return client.post(url, {"include_descendants": "on"}, follow=True)


WAYS = {
    way.__name__.replace("_", " "): way
    for way in (
        approve_in_the_editor,
        approve_in_the_dialog,
        approve_on_the_screen_of_the_queue,
        publish_in_the_editor,
        publish_from_a_list,
        publish_with_what_is_above_it,
    )
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_approved_or_published_is_read_first(client, leader, waiting, depths, way):
    client.force_login(leader)

    response = WAYS[way](client, waiting)

    assert depths == [0]
    assert not LessonPage.objects.get(pk=waiting.pk).live
    assert "naam" in response.content.decode()


@pytest.mark.parametrize("way", ["approve in the dialog", "publish from a list"])
def test_what_nobody_read_yet_does_not_go_online_unseen(client, leader, waiting, monkeypatch, way):
    monkeypatch.setattr("content.guarding.MOST_READ_NOW", 0)
    client.force_login(leader)

    response = WAYS[way](client, waiting)

    assert not LessonPage.objects.get(pk=waiting.pk).live
    assert "wordt nog doorgelezen" in response.content.decode()


def test_what_is_published_as_it_is_made_is_read_first(client, leader, practice, depths):
    client.force_login(leader)
    url = add(LessonPage, lessons_of(practice))
    data = fields_of(client.get(url)) | {"title": "Begin klein", "lesson": rich("Begin klein.")}
    data |= row("downloads", data, download=str(unread_file().pk)) | {"action-publish": "1"}

    response = client.post(url, data)

    assert depths == [0]
    assert "Noor" in str(response.context["form"].errors)
    assert not LessonPage.objects.exists()


def test_a_file_that_is_chosen_while_publishing_is_read_first(client, leader, practice, depths):
    client.force_login(leader)
    draft = LessonPageFactory(parent=practice, live=False)
    data = fields_of(client.get(edit(draft)))
    data |= row("downloads", data, download=str(unread_file().pk)) | {"action-publish": "1"}

    response = client.post(edit(draft), data)

    assert depths == [0]
    assert "Noor" in str(response.context["form"].errors)


def test_what_is_shared_is_kept_and_then_read_before_it_is_handed_in(
    client, professional, practice, depths
):
    client.force_login(professional)
    file = ContentFile(SECRET.encode(), name="blad.txt")

    response = sharing.send(
        client, sharing.SHARE, sharing.SEND_IN, **sharing.ANSWERS, documents=[file]
    )

    assert depths == [0]
    assert "Noor" in response.content.decode()
    assert sharing.the_lesson().current_workflow_state is None
    assert sharing.the_lesson().get_latest_revision_as_object().downloads.count() == 1


@pytest.fixture
def hand_in(client, professional, practice):
    """Hand in a lesson with a file in which there is nothing to ask about."""
    client.force_login(professional)
    data = sharing.form_at(client) | sharing.ANSWERS

    def handed_in():
        file = ContentFile(b"Wat werkt.", name="blad.txt")
        return sharing.post(client, data | {"documents": [file]}, step=sharing.SEND_IN)

    return handed_in


def test_what_a_colleague_writes_while_a_file_is_read_is_not_handed_in_unseen(
    hand_in, practice, monkeypatch
):
    def write():
        lesson = sharing.the_lesson().get_latest_revision_as_object()
        lesson.lesson = "Van Noor."
        lesson.save_revision(user=colleague)

    colleague = UserFactory(first_name="Noor", groups=[practice_group(practice)])
    while_reading(monkeypatch, write)

    response = hand_in()

    assert response.status_code == 409
    html = response.content.decode()
    assert "Noor de Vries" in html
    assert sharing.ANSWERS["lesson"] in html, "what was typed still stands there"
    assert sharing.the_lesson().current_workflow_state is None


def test_who_presses_twice_while_a_file_is_read_hands_in_once(hand_in, professional, monkeypatch):
    def press_again():
        lesson = sharing.the_lesson()
        lesson.get_workflow().start(lesson, professional)

    while_reading(monkeypatch, press_again)

    response = hand_in()

    assert "al ingestuurd" in response.content.decode()
    assert WorkflowState.objects.for_instance(sharing.the_lesson()).count() == 1


def test_what_the_browser_keeps_meanwhile_is_no_conflict(client, professional, monkeypatch):
    client.force_login(professional)
    sharing.send(client, **sharing.ANSWERS)
    url = sharing.edit(sharing.the_lesson())
    data = sharing.form_at(client, url)
    kept = []

    def keep():
        if not kept:
            kept.append("begun")
            kept.append(client.post(url, data | {"step": sharing.AUTOSAVE}).status_code)

    while_reading(monkeypatch, keep)
    file = ContentFile(b"Wat werkt.", name="blad.txt")
    sharing.post(client, data | {"documents": [file]}, url, sharing.SEND_IN)

    assert kept[1:] == [200]
    assert sharing.the_lesson().current_workflow_state is not None


def test_who_may_not_edit_a_page_has_no_file_read(client, practice, other_professional, depths):
    client.force_login(other_professional)
    draft = LessonPageFactory(parent=practice, live=False)
    row = {"downloads-0-download": str(unread_file().pk), "action-publish": "1"}

    client.post(edit(draft), row)

    assert depths == []


def test_a_draft_is_saved_without_waiting_for_its_files(client, leader, practice, depths):
    client.force_login(leader)
    draft = LessonPageFactory(parent=practice, live=False, downloads=[unread_file()])

    client.post(edit(draft), fields_of(client.get(edit(draft))))

    assert depths == []


def test_no_more_files_are_read_than_somebody_waits_for(client, leader, practice, depths):
    client.force_login(leader)
    files = [unread_file("Wat werkt.") for _number in range(MOST_READ_NOW + 1)]
    draft = LessonPageFactory(parent=practice, live=False, downloads=files)

    response = publish_in_the_editor(client, draft)

    assert depths == [0] * MOST_READ_NOW
    assert response.status_code == 302
    assert LessonPage.objects.get(pk=draft.pk).live
