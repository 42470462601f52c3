"""Two professionals and a leader at once on one lesson: nothing lost, nothing half public."""

import threading

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from wagtail import hooks

from lessons.models import LessonPage
from practices.setup import practice_group
from tests.admin.forms import edit, fields_of, send
from tests.factories import LessonPageFactory, UserFactory

PATIENCE = 15  # Seconds; nothing waits so long unless something is wrong.


def again(page) -> LessonPage:
    return LessonPage.objects.get(pk=page.pk)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def titles_in_history(page) -> list[str]:
    return [revision.content["title"] for revision in page.revisions.order_by("pk")]


@pytest.mark.parametrize("button", ["", "submit", "publish"])
def test_nobody_writes_over_another_unawares(draft, practice, professional, leader, button):
    colleague = UserFactory(first_name="Noor", groups=[practice_group(practice)])
    mine = signed_in(leader if button == "publish" else professional)
    opened = fields_of(mine.get(edit(draft)))
    send(signed_in(colleague), edit(draft), title="Van Noor")

    data = opened | {"title": "Van Sam"}
    if button:
        data[f"action-{button}"] = "1"
    response = mine.post(edit(draft), data)

    assert response.status_code == 200
    html = response.content.decode()
    assert "Noor de Vries bewaarde deze pagina om" in html
    assert "Van Sam" in html, "what was typed still stands there"
    assert again(draft).get_latest_revision_as_object().title == "Van Noor"
    assert not again(draft).live
    # Knowing it, once more.
    mine.post(edit(draft), fields_of(response) | {"title": "Van Sam"})
    assert titles_in_history(draft)[-2:] == ["Van Noor", "Van Sam"]


def test_what_the_editor_saves_while_somebody_types_is_ones_own(draft, professional):
    mine = signed_in(professional)
    opened = fields_of(mine.get(edit(draft)))
    saved = mine.post(
        edit(draft), opened | {"title": "Half"}, headers={"accept": "application/json"}
    ).json()

    more = {"title": "Heel", "overwrite_revision_id": str(saved["revision_id"])}
    response = mine.post(edit(draft), opened | more)

    assert response.status_code == 302
    assert titles_in_history(draft)[-1] == "Heel"


def test_the_own_draft_of_another_window_is_told_too(draft, professional):
    first, second = signed_in(professional), signed_in(professional)
    opened = fields_of(first.get(edit(draft)))
    send(second, edit(draft), title="Tweede venster")

    response = first.post(edit(draft), opened | {"title": "Eerste venster"})

    assert "bewaarde deze pagina om" in response.content.decode()


def test_a_save_that_began_before_the_approval_becomes_a_draft_of_the_live_page(
    waiting, leader, professional
):
    reader = signed_in(leader)
    opened = fields_of(reader.get(edit(waiting)))
    url = reverse("reviewing_page", args=[waiting.pk])
    reader.post(url, fields_of(reader.get(url)) | {"approve": "1"})

    reader.post(edit(waiting), opened | {"title": "Nog een verandering"})

    page = again(waiting)
    assert (page.live, page.title) == (True, "Begin klein")
    assert page.has_unpublished_changes
    assert titles_in_history(page)[-1] == "Nog een verandering"


@pytest.mark.django_db(transaction=True)
def test_saving_and_approving_at_the_same_moment_wait_for_each_other(site_tree, practice, leader):
    """The approval arrives while a save of the same page is half-way through its request."""
    writer = UserFactory(email="tweede@voorbeeld.nl", groups=["Projectleiders"])
    lesson = LessonPageFactory(parent=practice, live=False)
    lesson.save_revision(user=writer)
    lesson.get_workflow().start(lesson, writer)
    url = reverse("reviewing_page", args=[lesson.pk])
    saving, approving = signed_in(writer), signed_in(leader)
    form, decision = fields_of(saving.get(edit(lesson))), fields_of(approving.get(url))
    half_way, never, answers = threading.Event(), threading.Event(), {}

    def wait_for_the_other(request, page):
        if request.method == "POST":
            half_way.set()
            # Long enough for the approval to come to the same page and wait there.
            never.wait(1)

    def save():
        answers["save"] = saving.post(edit(lesson), form | {"title": "Intussen"})
        connections.close_all()

    def approve():
        answers["approve"] = approving.post(url, decision | {"approve": "1"})
        connections.close_all()

    with hooks.register_temporarily("before_edit_page", wait_for_the_other):
        save_thread, approval = threading.Thread(target=save), threading.Thread(target=approve)
        save_thread.start()
        assert half_way.wait(PATIENCE)
        approval.start()
        for thread in (save_thread, approval):
            thread.join(PATIENCE)
            assert not thread.is_alive()

    connection.close()
    page = again(lesson)
    assert answers["save"].status_code == 302
    assert titles_in_history(page)[-1] == "Intussen"
    # The save came first, so the approval was of an older version: asked again, nothing public.
    assert answers["approve"].status_code == 200
    assert not page.live
    assert page.workflow_in_progress
