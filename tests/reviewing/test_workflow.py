"""From a draft to a public page: who may do what, and what comes of it."""

import json
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, GroupApprovalTask, PageLogEntry, Task, WorkflowState

from lessons.models import LessonAuthor, LessonPage
from practices.setup import practice_group
from reviewing.models import ReviewTask, Waiting
from reviewing.seen import seen
from reviewing.setup import WORKFLOW
from tests.admin.forms import decide, edit, fields_of, send
from tests.factories import LessonPageFactory, UserFactory
from tests.reviewing.conftest import handed_in, with_comment


def again(page) -> LessonPage:
    return LessonPage.objects.get(pk=page.pk)


def state_of(page) -> str:
    return WorkflowState.objects.for_instance(page).latest("created_at").status


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def errors_said(response) -> str:
    return " ".join(map(str, response.context["form"].non_field_errors()))


def logged(page) -> list[str]:
    return list(PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True))


def action_url(page, action="approve") -> str:
    turn = page.current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, turn.pk])


# The states


def test_what_is_handed_in_waits_and_is_not_public(as_professional, draft, visitor):
    page = handed_in(as_professional, draft, note="Klopt de titel zo?")

    assert state_of(page) == WorkflowState.STATUS_IN_PROGRESS
    assert not LessonPage.objects.visible_to(visitor).filter(pk=page.pk).exists()
    assert Waiting.objects.get().note == "Klopt de titel zo?"


def test_what_is_approved_is_public(as_leader, waiting, visitor):
    response = decide(as_leader, waiting, "approve")

    assert "goedgekeurd" in said(response)
    assert LessonPage.objects.visible_to(visitor).filter(pk=waiting.pk).exists()
    assert state_of(waiting) == WorkflowState.STATUS_APPROVED


def test_what_is_sent_back_needs_a_word_and_can_be_handed_in_again(
    as_leader, professional, waiting
):
    refused = decide(as_leader, waiting, "reject")
    assert "comment" in refused.context["form"].errors
    decide(as_leader, waiting, "reject", comment="Vertel wat je deed.")
    assert state_of(waiting) == WorkflowState.STATUS_NEEDS_CHANGES
    assert not again(waiting).live

    as_leader.force_login(professional)
    page = handed_in(as_leader, waiting, lesson="Begin met één school.")
    as_leader.logout()

    assert state_of(page) == WorkflowState.STATUS_IN_PROGRESS


def test_the_live_version_stays_while_a_new_one_waits(as_leader, professional, lesson, leader):
    as_leader.force_login(professional)
    page = handed_in(as_leader, lesson, title="Nieuwe titel")

    assert page.live
    assert page.title == "Begin klein"
    as_leader.force_login(leader)
    decide(as_leader, page, "approve")
    assert again(page).title == "Nieuwe titel"


def test_the_author_takes_it_back_and_the_second_replaces_the_first(
    as_leader, professional, waiting, leader
):
    url, first = reverse("reviewing_page", args=[waiting.pk]), action_url(waiting)
    opened = fields_of(as_leader.get(url))
    as_leader.force_login(professional)
    assert "Haal het terug" in as_leader.get(edit(waiting)).content.decode()
    send(as_leader, edit(waiting), "cancel-workflow")
    handed_in(as_leader, waiting, title="Tweede versie")

    as_leader.force_login(leader)
    as_leader.post(url, opened | {"approve": "1"})
    as_leader.post(first, {"seen": opened["seen"]})
    assert not again(waiting).live, "that was the first"
    decide(as_leader, waiting, "approve")

    assert again(waiting).title == "Tweede versie"


@pytest.mark.parametrize("button", ["", "submit"])
def test_what_waits_does_not_change_under_the_eyes_of_who_reads(as_professional, waiting, button):
    response = send(as_professional, edit(waiting), button, title="Half getypt")

    assert response.status_code == 200
    assert "Half getypt" in response.content.decode(), "what was typed still stands there"
    assert again(waiting).get_latest_revision_as_object().title == "Begin klein"
    assert WorkflowState.objects.for_instance(waiting).count() == 1


def test_a_second_turn_made_by_code_replaces_the_first(as_leader, waiting, professional):
    """As the form on the site does it."""
    waiting.title = "Tweede versie"
    waiting.save_revision(user=professional)
    waiting.current_workflow_state.cancel(user=professional)
    waiting.get_workflow().start(waiting, professional)

    assert [message.subject for message in mail.outbox] == ["Lees je mee? “Tweede versie”"]
    decide(as_leader, waiting, "approve")

    assert again(waiting).title == "Tweede versie"


# Who approves


def with_reviewers(*groups: Group) -> ReviewTask:
    task = ReviewTask.objects.get(name=WORKFLOW)
    task.groups.set(groups)
    return task


@pytest.mark.parametrize(
    ("relation", "approves"),
    [("owner", False), ("author", False), ("handed in", False), ("colleague", True)],
)
def test_nobody_approves_an_own_lesson(client, practice, professional, relation, approves):
    """In a practice where professionals read along for each other."""
    colleague = UserFactory(groups=[practice_group(practice)])
    with_reviewers(practice_group(practice))
    owner = professional if relation == "owner" else colleague
    lesson = LessonPageFactory(parent=practice, live=False, owner=owner)
    if relation == "author":
        lesson.authors = [LessonAuthor(user=professional, name="Sam")]
    lesson.save_revision(user=colleague)
    lesson.get_workflow().start(lesson, professional if relation == "handed in" else colleague)
    mark, address = seen(lesson.get_latest_revision()), action_url(lesson)
    client.force_login(professional)

    client.post(reverse("reviewing_page", args=[lesson.pk]), {"approve": "1", "seen": mark})
    client.post(address, {"seen": mark})
    client.post(edit(lesson), fields_of(client.get(edit(lesson))) | crafted_approval(mark))

    assert again(lesson).live is approves


def crafted_approval(mark: str) -> dict[str, str]:
    return {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": json.dumps({"seen": mark, "comment": ""}),
    }


def test_a_leader_approves_an_own_lesson_and_that_is_logged(as_leader, leader, practice):
    lesson = LessonPageFactory(parent=practice, live=False, owner=leader)
    lesson.save_revision(user=leader)
    lesson.get_workflow().start(lesson, leader)

    decide(as_leader, lesson, "approve")

    assert again(lesson).live
    assert "reviewing.own_page_approved" in logged(lesson)
    assert (
        "eigen pagina goedgekeurd"
        in as_leader.get(reverse("wagtailadmin_pages:history", args=[lesson.pk]))
        .content.decode()
        .lower()
    )


def test_somebody_elses_lesson_is_not_logged_as_ones_own(as_leader, waiting):
    decide(as_leader, waiting, "approve")

    assert "reviewing.own_page_approved" not in logged(waiting)
    assert "reviewing.edited_at_approval" not in logged(waiting)


def revert(page) -> str:
    revision = page.revisions.order_by("pk").first()
    return reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk])


CRAFTED = {
    "publish in the editor": lambda c, p, m: send(c, edit(p), "publish"),
    "approve in the editor": lambda c, p, m: c.post(
        edit(p), fields_of(c.get(edit(p))) | crafted_approval(m)
    ),
    "approve": lambda c, p, m: c.post(action_url(p), {"seen": m}),
    "collect": lambda c, p, m: c.post(
        action_url(p).replace("/action/", "/collect_action_data/"), {"seen": m}
    ),
    "reading along": lambda c, p, m: c.post(
        reverse("reviewing_page", args=[p.pk]), {"approve": "1", "seen": m}
    ),
    "publish many": lambda c, p, m: c.post(f"/beheer/bulk/wagtailcore/page/publish/?id={p.pk}"),
    "publish over the API": lambda c, p, m: c.post(
        f"/beheer/api/main/pages/{p.pk}/action/publish/"
    ),
    "plan": lambda c, p, m: send(
        c, edit(p), "publish", go_live_at=f"{timezone.now().year + 1}-01-01 10:00"
    ),
    "unschedule": lambda c, p, m: c.post(
        reverse("wagtailadmin_pages:revisions_unschedule", args=[p.pk, p.latest_revision_id])
    ),
    "revert": lambda c, p, m: c.post(
        revert(p), fields_of(c.get(revert(p))) | {"action-publish": "1"}
    ),
}


@pytest.mark.parametrize("way", CRAFTED)
def test_a_professional_publishes_in_no_way(as_professional, waiting, way):
    CRAFTED[way](as_professional, waiting, seen(waiting.get_latest_revision()))

    page = again(waiting)
    assert not page.live
    assert page.scheduled_revision is None
    assert page.workflow_in_progress


@pytest.mark.parametrize("way", ["unpublish", "unpublish many", "unpublish over the API"])
def test_a_professional_withdraws_nothing_that_is_public(as_professional, lesson, way):
    address = {
        "unpublish": reverse("wagtailadmin_pages:unpublish", args=[lesson.pk]),
        "unpublish many": f"/beheer/bulk/wagtailcore/page/unpublish/?id={lesson.pk}",
        "unpublish over the API": f"/beheer/api/main/pages/{lesson.pk}/action/unpublish/",
    }[way]

    as_professional.post(address)

    assert again(lesson).live


# What is approved


def test_exactly_what_was_looked_at_is_published(as_leader, waiting, professional):
    url = reverse("reviewing_page", args=[waiting.pk])
    opened = fields_of(as_leader.get(url))
    waiting.title = "Intussen veranderd"
    waiting.save_revision(user=professional)

    response = as_leader.post(url, opened | {"approve": "1", "comment": "Mooi."})

    assert "intussen veranderd" in errors_said(response).lower()
    assert "Mooi." in response.content.decode(), "what was typed still stands there"
    assert not again(waiting).live
    # Asked again, now with the new version in view.
    as_leader.post(url, fields_of(response) | {"approve": "1"})
    assert again(waiting).title == "Intussen veranderd"


def test_what_is_saved_over_the_same_version_asks_again_too(as_leader, waiting, professional):
    url = reverse("reviewing_page", args=[waiting.pk])
    opened = fields_of(as_leader.get(url))
    waiting.title = "Nog een woord"
    waiting.save_revision(user=professional, overwrite_revision=waiting.get_latest_revision())

    as_leader.post(url, opened | {"approve": "1"})

    assert not again(waiting).live


@pytest.mark.parametrize("mark", ["", "x", "1@", "@2026-01-01T10:00:00+00:00", "999999@x", "{pk}@"
    "9999-12-31T10:00:00+00:00", "{pk}@2026-01-01"])  # fmt: skip
def test_a_crafted_mark_approves_nothing_and_breaks_nothing(as_leader, waiting, mark):
    mark = mark.format(pk=waiting.latest_revision_id)

    response = as_leader.post(
        reverse("reviewing_page", args=[waiting.pk]), {"approve": "1", "seen": mark}
    )
    over = as_leader.post(action_url(waiting), {"seen": mark})

    assert response.status_code == 200
    assert "intussen veranderd" in said(over).lower()
    assert not again(waiting).live


def test_a_late_decision_is_refused_with_a_word(as_leader, waiting):
    url, late = reverse("reviewing_page", args=[waiting.pk]), action_url(waiting)
    opened = fields_of(as_leader.get(url))
    decide(as_leader, waiting, "reject", comment="Nog iets.")

    first = as_leader.post(url, opened | {"approve": "1"})
    second = as_leader.post(late, {"seen": opened["seen"]})

    assert "wacht niet meer" in said(first)
    assert said(second)
    assert not again(waiting).live


def test_the_turn_of_another_page_approves_nothing(as_leader, waiting, practice):
    other = LessonPageFactory(parent=practice, live=False)
    other.save_revision()
    other.get_workflow().start(other, None)
    mark = seen(waiting.get_latest_revision())
    turn = other.current_workflow_task_state

    as_leader.post(
        reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", turn.pk]),
        {"seen": mark},
    )

    assert not again(waiting).live
    assert not again(other).live


@pytest.mark.parametrize("data", ["{", "[]", '"x"', '{"seen": 5}', '{"onbekend": 1}'])
def test_garbage_with_an_action_of_the_editor_is_refused(as_leader, waiting, data):
    form = fields_of(as_leader.get(edit(waiting)))

    response = as_leader.post(
        edit(waiting), form | crafted_approval("") | {"workflow-action-extra-data": data}
    )

    assert response.status_code in (200, 302)
    assert not again(waiting).live


def test_a_small_edit_is_approved_with_it_and_the_log_tells_so(as_leader, waiting):
    opened = as_leader.get(edit(waiting))
    mark = seen(waiting.get_latest_revision())

    response = as_leader.post(
        edit(waiting), fields_of(opened) | {"title": "Begin heel klein"} | crafted_approval(mark)
    )

    assert response.status_code == 302
    page = again(waiting)
    assert (page.live, page.title) == (True, "Begin heel klein")
    assert page.live_revision_id == page.latest_revision_id
    assert "reviewing.edited_at_approval" in logged(page)
    assert "Er is eerst nog iets kleins veranderd" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"lesson": ""}, "Wat leerden jullie"),
        ({"situation": "<p>De moeder van Fatima belde 06-12345678.</p>"}, "06-12345678"),
        ({"lesson": "Het BSN is 111222333."}, "111222333"),
    ],
)
def test_what_must_be_there_is_asked_at_approval_as_well(as_leader, waiting, change, word):
    """It may have been handed in before a rule came, or saved unfinished while it waited."""
    for name, value in change.items():
        setattr(waiting, name, value)
    waiting.save_revision(clean=False)

    response = decide(as_leader, waiting, "approve")
    over = as_leader.post(action_url(waiting), {"seen": seen(waiting.get_latest_revision())})

    assert word in errors_said(response)
    assert word in said(over)
    assert not again(waiting).live


def test_a_reason_that_was_given_before_is_enough(as_leader, professional, draft, leader):
    as_leader.force_login(professional)
    text = "Bel ons op 020-1234567."
    page = handed_in(as_leader, draft, lesson=text, why_it_stays="Het nummer van de school.")
    as_leader.force_login(leader)

    decide(as_leader, page, "approve")

    assert again(page).live


def test_a_reason_is_given_while_approving_in_the_editor(as_leader, waiting):
    waiting.lesson = "Bel ons op 020-1234567."
    waiting.save_revision()
    mark = seen(waiting.get_latest_revision())
    form = fields_of(as_leader.get(edit(waiting))) | crafted_approval(mark)

    assert as_leader.post(edit(waiting), form).status_code == 200
    as_leader.post(edit(waiting), form | {"why_it_stays": "Het nummer van de school."})

    assert again(waiting).live


def test_an_approval_that_is_refused_in_the_editor_leaves_what_was_typed(
    as_leader, waiting, professional
):
    """Somebody saved after the look that the approval is for, and before the editor was opened."""
    mark = seen(waiting.get_latest_revision())
    waiting.save_revision(user=professional)
    text = "Bel ons op 020-1234567."
    typed = {"lesson": text, "why_it_stays": "Het nummer van de school.", "title": "Half getypt"}
    form = fields_of(as_leader.get(edit(waiting))) | typed
    versions = waiting.revisions.count()

    response = as_leader.post(edit(waiting), form | crafted_approval(mark))

    assert response.status_code == 200
    assert "intussen veranderd" in errors_said(response)
    stands_there = fields_of(response)
    assert {name: stands_there[name] for name in typed} == typed
    assert (again(waiting).live, waiting.revisions.count()) == (False, versions)
    # As it stands there it can be sent once more, with the right look.
    now = crafted_approval(seen(waiting.get_latest_revision()))
    assert as_leader.post(edit(waiting), stands_there | now).status_code == 302
    assert (again(waiting).live, again(waiting).lesson) == (True, text)


def test_a_remark_at_a_refused_approval_is_kept_with_the_next(as_leader, waiting, professional):
    mark = seen(waiting.get_latest_revision())
    waiting.save_revision(user=professional)
    form = with_comment(as_leader, waiting, "Mooi begin.")

    refused = as_leader.post(edit(waiting), form | crafted_approval(mark))

    (comment,) = refused.context["form"].serialize_comments(UserFactory())["comments"]
    assert (comment["text"], comment["pk"]) == ("Mooi begin.", None)
    assert not Comment.objects.exists()
    as_leader.post(edit(waiting), form | crafted_approval(seen(waiting.get_latest_revision())))
    assert Comment.objects.get().text == "Mooi begin."


def test_a_reason_counts_only_for_the_approval_that_it_was_given_for(
    as_leader, waiting, professional
):
    mark = seen(waiting.get_latest_revision())
    waiting.lesson = "Bel ons op 020-1234567."
    waiting.save_revision(user=professional)
    form = fields_of(as_leader.get(edit(waiting))) | {"why_it_stays": "Het nummer van de school."}
    as_leader.post(edit(waiting), form | crafted_approval(mark))

    response = decide(as_leader, waiting, "approve")

    assert "020-1234567" in errors_said(response)
    assert "content.passage_stays" not in logged(waiting)
    assert not again(waiting).live


# What happens elsewhere


def test_who_comes_late_hears_that_it_does_not_wait_any_more(as_leader, waiting, leader):
    url = reverse("reviewing_page", args=[waiting.pk])
    waiting.get_latest_revision().publish(user=leader)

    assert "wacht niet meer" in said(as_leader.get(url))
    waiting.delete()
    assert "wacht niet meer" in said(as_leader.get(url))


def test_of_another_practice_not_even_that_it_waits_is_told(client, waiting, other_professional):
    client.force_login(other_professional)
    url = reverse("reviewing_page", args=[waiting.pk])

    response = client.get(url, follow=True)
    gone = client.get(reverse("reviewing_page", args=[987654]), follow=True)

    assert response.redirect_chain == gone.redirect_chain
    assert waiting.title not in response.content.decode()


def test_two_leaders_see_who_has_it(client, waiting, leader):
    second = UserFactory(first_name="Noor", groups=["Projectleiders"])
    client.force_login(second)
    decide(client, waiting, "take")

    client.force_login(leader)
    page = client.get(reverse("reviewing_page", args=[waiting.pk])).content.decode()
    response = client.post(reverse("reviewing_page", args=[waiting.pk]), {"take": "1"})

    assert "Noor de Vries" in page
    assert "Noor de Vries kijkt er al naar" in said(response)
    # Noor is on holiday: somebody else takes it over.
    decide(client, waiting, "let_go")
    decide(client, waiting, "take")
    assert Waiting.objects.get().taken_by == leader


def test_an_existing_task_becomes_ours_with_what_waits_in_it(waiting, leader):
    """The migration there and back: the turn, its page and its groups stay."""
    migration = import_module("reviewing.migrations.0002_take_over_the_task")
    turn, task = waiting.current_workflow_task_state, ReviewTask.objects.get()
    groups = set(task.groups.all())

    editor = SimpleNamespace(connection=connection)
    migration.to_wagtails(apps, editor)
    old = Task.objects.get(pk=task.pk).specific
    assert isinstance(old, GroupApprovalTask)
    assert set(old.groups.all()) == groups
    migration.to_ours(apps, editor)

    assert set(ReviewTask.objects.get().groups.all()) == groups
    assert again(waiting).current_workflow_task_state == turn
    assert "approve" in [
        name for name, _l, _m in ReviewTask.objects.get().get_actions(waiting, leader)
    ]
