"""Before something is handed in or published, the editor points out what may identify a child."""

import pytest
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from lessons.models import LessonPage
from tests.admin.forms import decide, edit, fields_of
from tests.factories import LessonPageFactory

PASSAGE = "De moeder van Noor belde elke week."


@pytest.fixture
def draft(practice):
    return LessonPageFactory(parent=practice, live=False)


@pytest.fixture
def send(client, leader, draft):
    """Sends the form of the lesson with other texts; `action` is a button, none saves a draft."""
    client.force_login(leader)

    def send(action="action-publish", **texts):
        data = fields_of(client.get(edit(draft))) | texts
        return client.post(edit(draft), data | ({action: "1"} if action else {}))

    return send


def is_live(page) -> bool:
    return LessonPage.objects.get(pk=page.pk).live


def errors_of(response) -> str:
    return str(response.context["form"].errors)


@pytest.mark.parametrize("field", ["title", "lesson", "summary"])
def test_a_name_of_a_child_is_pointed_out_at_its_field(send, draft, field):
    response = send(**{field: PASSAGE})

    assert not is_live(draft)
    assert "Noor" in str(response.context["form"].errors[field])
    assert "why_it_stays" in response.context["form"].errors


def test_a_draft_may_hold_anything(send, draft):
    assert send(action=None, lesson=PASSAGE).status_code == 302


def test_with_a_reason_it_goes_online_and_the_passage_is_kept_nowhere(send, draft, leader):
    send(lesson=PASSAGE, why_it_stays="De naam is verzonnen.")

    assert is_live(draft)
    entry = PageLogEntry.objects.get(action="content.passage_stays")
    assert entry.user == leader
    facts = {"kinds": {"name": 1}, "reason": "De naam is verzonnen."}
    assert entry.data == facts | {"practice": str(draft.practice_key)}


def test_a_reason_that_names_somebody_is_no_reason(send, draft):
    send(lesson=PASSAGE, why_it_stays="Noors moeder vindt het goed.")

    assert not is_live(draft)


def test_no_reason_lets_a_citizen_service_number_through(send, draft):
    response = send(lesson="Het bsn is 123456782.", why_it_stays="Dat mag van de ouders.")

    assert not is_live(draft)
    assert "burgerservicenummer" in errors_of(response).lower()


def test_a_text_without_children_goes_online_without_questions(send, draft):
    send(lesson="Vraag wat een kind nodig heeft, en bel ouders eerst.")

    assert is_live(draft)
    assert not PageLogEntry.objects.filter(action="content.passage_stays").exists()


def publish_from_the_list(client, *pages):
    keys = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"/beheer/bulk/wagtailcore/page/publish/?{keys}&next=/beheer/", follow=True)


def test_publishing_from_a_list_refuses_a_page_with_a_passage_and_names_it(client, leader, draft):
    draft.lesson = PASSAGE
    draft.save_revision()
    client.force_login(leader)

    response = publish_from_the_list(client, draft)

    assert not is_live(draft)
    assert f"“{draft.title}” kan iemand een kind herkennen" in response.content.decode()


@pytest.mark.parametrize(
    ("kinds", "goes_online"), [({"name": 1}, True), ({"birth": 1}, False), ({}, False)]
)
def test_what_was_explained_when_it_was_handed_in_goes_online(
    client, leader, draft, kinds, goes_online
):
    draft.lesson = PASSAGE
    draft.save_revision()
    log(draft, "content.passage_stays", user=leader, data={"kinds": kinds, "reason": "Verzonnen."})
    client.force_login(leader)

    publish_from_the_list(client, draft)

    assert is_live(draft) == goes_online


@pytest.mark.parametrize(("text", "goes_online"), [(PASSAGE, False), ("Bel ouders eerst.", True)])
def test_approving_asks_about_passages_too(client, leader, professional, draft, text, goes_online):
    draft.lesson = text
    draft.save_revision()
    draft.get_workflow().start(draft, professional)
    client.force_login(leader)

    decide(client, draft, "approve")

    assert is_live(draft) == goes_online


def test_a_stranger_learns_nothing_by_approving(client, other_professional, professional, draft):
    draft.lesson = PASSAGE
    draft.save_revision()
    draft.get_workflow().start(draft, professional)
    task = LessonPage.objects.get(pk=draft.pk).current_workflow_task_state
    client.force_login(other_professional)

    response = client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", task.pk]),
        follow=True,
    )

    assert not is_live(draft)
    assert "kan iemand een kind herkennen" not in response.content.decode()


def test_sending_back_needs_no_reason(client, leader, professional, draft):
    draft.lesson = PASSAGE
    draft.save_revision()
    draft.get_workflow().start(draft, professional)
    client.force_login(leader)

    data = fields_of(client.get(edit(draft)))
    client.post(
        edit(draft),
        data | {"action-workflow-action": "1", "workflow-action-name": "reject"},
    )

    assert not is_live(draft)
    state = LessonPage.objects.get(pk=draft.pk).current_workflow_state
    assert state is None or state.status == "needs_changes"
