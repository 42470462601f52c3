"""Mails: to whom they concern, in Dutch, with what to do, and nothing of the text but a title."""

import datetime

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Comment, CommentReply, TaskState
from wagtail.users.models import UserProfile

from lessons.models import LessonAuthor, LessonPage
from notifications.models import WaitingMail
from notifications.outbox import send_due
from practices.setup import practice_group
from reviewing.comments import tell_the_other_party
from reviewing.mails import _send
from tests.admin.forms import decide, edit, send
from tests.factories import LessonPageFactory, UserFactory
from tests.notifications.test_outbox import server_is_down
from tests.reviewing.conftest import handed_in, with_comment

TEXT = "Begin klein: één school, twee mensen, een vaste dag."


def sent() -> list[tuple[str, list[str]]]:
    return [(message.subject, message.to) for message in mail.outbox]


def test_handing_in_tells_the_leaders_and_nobody_else(
    as_professional, draft, leader, other_professional, outer_ring
):
    UserFactory(email="beheerder@voorbeeld.nl", is_superuser=True)

    handed_in(as_professional, draft, note="Moeder Fatima")

    assert sent() == [("Lees je mee? “Begin klein”", [leader.email])]
    body = mail.outbox[0].body
    assert "Sam de Vries stuurde “Begin klein” in" in body
    assert f"/beheer/wat-wacht/{draft.pk}/" in body
    assert TEXT not in body
    assert "Fatima" not in body


def test_what_is_sent_back_tells_every_author_once(as_leader, practice, draft, professional):
    colleague = UserFactory(email="co@voorbeeld.nl", groups=[practice_group(practice)])
    draft.authors = [
        LessonAuthor(user=colleague, name="Co"),
        LessonAuthor(user=professional, name="Sam"),
        LessonAuthor(name="Iemand zonder account"),
    ]
    draft.save_revision()
    draft.get_workflow().start(draft, colleague)
    mail.outbox.clear()

    decide(as_leader, draft, "reject", comment="Vertel wat je deed.")

    assert sorted(to for _subject, to in sent()) == [[colleague.email], [professional.email]]
    body = mail.outbox[0].body
    assert "Vertel wat je deed." in body
    assert f"/lessen/delen/{draft.number}/" in body
    assert "stuur het opnieuw in" in body


def test_who_has_no_business_with_the_page_any_more_gets_no_mail(
    as_leader, waiting, professional, other_practice
):
    professional.groups.set([practice_group(other_practice)])

    decide(as_leader, waiting, "reject", comment="Nog iets.")

    assert sent() == []


def test_an_author_of_elsewhere_hears_of_it_when_it_can_be_read(
    as_leader, draft, professional, other_professional
):
    draft.authors = [LessonAuthor(user=other_professional, name="Elders")]
    draft.save_revision()
    draft.get_workflow().start(draft, professional)
    mail.outbox.clear()

    decide(as_leader, draft, "approve", comment="Mooi!")

    assert sorted(to for _subject, to in sent()) == [
        [other_professional.email],
        [professional.email],
    ]
    body = mail.outbox[0].body
    assert "/praktijken/orion/lessen/begin-klein/" in body
    assert "Mooi!" in body
    assert "kleins veranderd" not in body


def test_an_author_of_elsewhere_hears_nothing_of_what_stays_within_the_practice(
    as_leader, draft, professional, other_professional
):
    draft.authors = [LessonAuthor(user=other_professional, name="Elders")]
    draft.audience = "practice"
    draft.save_revision()
    draft.get_workflow().start(draft, professional)
    mail.outbox.clear()

    decide(as_leader, draft, "approve")

    assert [to for _subject, to in sent()] == [[professional.email]]


def test_what_is_planned_tells_the_day(as_leader, draft, professional):
    draft.go_live_at = timezone.now() + datetime.timedelta(days=30)
    draft.save_revision()
    draft.get_workflow().start(draft, professional)
    mail.outbox.clear()

    decide(as_leader, draft, "approve")

    (message,) = mail.outbox
    assert message.subject == "Gepland: “Begin klein”"
    assert str(draft.go_live_at.year) in message.body


def test_published_outside_the_workflow_is_told_as_approved(as_leader, waiting, professional):
    send(as_leader, edit(waiting), "publish")

    assert sent() == [("Goedgekeurd: “Begin klein”", [professional.email])]


@pytest.mark.parametrize("who", ["leader", "professional"])
def test_withdrawing_tells_the_author_unless_it_was_the_author(request, client, waiting, who):
    client.force_login(request.getfixturevalue(who))

    send(client, edit(waiting), "cancel-workflow")

    assert not LessonPage.objects.get(pk=waiting.pk).workflow_in_progress
    assert len(sent()) == (1 if who == "leader" else 0)


@pytest.mark.parametrize(
    ("preference", "happening"),
    [("submitted", "handed in"), ("approved", "approve"), ("rejected", "reject")],
)
def test_who_wants_no_mail_gets_none(client, draft, leader, professional, preference, happening):
    for person in (leader, professional):
        profile = UserProfile.get_for_user(person)
        setattr(profile, f"{preference}_notifications", False)
        profile.save()
    draft.get_workflow().start(draft, professional)
    if happening != "handed in":
        mail.outbox.clear()
        client.force_login(leader)
        decide(client, draft, happening, comment="Kijk.")

    assert sent() == []


def test_the_mail_server_may_be_down(as_leader, waiting, settings):
    settings.EMAIL_BACKEND = "notifications.outbox.OutboxBackend"
    server_is_down(settings)

    decide(as_leader, waiting, "approve")
    send_due()

    assert LessonPage.objects.get(pk=waiting.pk).live
    assert WaitingMail.objects.get().attempts == 1


def test_a_title_is_one_line_of_text_and_no_header(draft, professional, leader):
    draft.title = "Begin klein\nBcc: iedereen@voorbeeld.nl <b>&"
    draft.draft_title = draft.title
    LessonPage.objects.filter(pk=draft.pk).update(draft_title=draft.title)

    _send("submitted", "submitted", [leader], draft, by=professional, url="x", only_editors=True)

    (message,) = mail.outbox
    assert "\n" not in message.subject
    assert message.message()["Bcc"] is None
    assert "<b>&" in message.body, "plain text has no entities"


# Comments


def test_a_comment_at_a_field_tells_the_author_once(as_leader, waiting, professional):
    as_leader.post(edit(waiting), with_comment(as_leader, waiting, "<script>alert(1)</script>"))
    as_leader.post(edit(waiting), with_comment(as_leader, waiting, "Nog een"))

    assert Comment.objects.count() == 2
    assert sent() == [("Opmerkingen bij “Begin klein”", [professional.email])]
    assert "script" not in mail.outbox[0].body
    page = as_leader.get(f"/beheer/wat-wacht/{waiting.pk}/").content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert(1)" not in page


def test_an_answer_tells_who_asked(waiting, leader, professional):
    comment = Comment.objects.create(page=waiting, user=leader, text="Wie?", contentpath="lesson")
    CommentReply.objects.create(comment=comment, user=professional, text="Wij.")

    tell_the_other_party(waiting, by=professional)

    assert sent() == [("Opmerkingen bij “Begin klein”", [leader.email])]
    assert f"/beheer/wat-wacht/{waiting.pk}/" in mail.outbox[0].body


def test_a_comment_on_what_was_removed_stays_in_the_list(as_leader, waiting, leader):
    Comment.objects.create(
        page=waiting, user=leader, text="Bij een weggehaald stuk", contentpath="extra.weg.text"
    )

    page = as_leader.get(f"/beheer/wat-wacht/{waiting.pk}/").content.decode()

    assert "Bij een weggehaald stuk" in page


def test_comments_are_nowhere_in_public(client, waiting, leader):
    Comment.objects.create(page=waiting, user=leader, text="Geheime vraag", contentpath="lesson")
    waiting.save_revision().publish()
    page = LessonPage.objects.get(pk=waiting.pk)

    for address in (
        page.url,
        "/zoeken/?q=geheime",
        "/api/v1/search/?q=geheime",
        "/feeds/lessen.atom",
    ):
        assert "Geheime vraag" not in client.get(address).content.decode()


# Reminders


def long_ago(page, days: int) -> None:
    TaskState.objects.filter(pk=page.current_workflow_task_state.pk).update(
        started_at=timezone.now() - datetime.timedelta(days=days)
    )


@pytest.mark.parametrize(("days", "mails"), [(6, 0), (8, 1)])
def test_after_a_week_the_leader_is_reminded_once(waiting, leader, days, mails):
    long_ago(waiting, days)

    call_command("remind_reviewers")
    call_command("remind_reviewers")

    assert len(mail.outbox) == mails
    if mails:
        assert sent() == [("1 pagina wacht op jou", [leader.email])]
        assert "- Begin klein" in mail.outbox[0].body


def test_all_that_waits_long_comes_in_one_mail(waiting, practice, professional):
    other = LessonPageFactory(parent=practice, live=False, title="Nog een les")
    other.save_revision()
    other.get_workflow().start(other, professional)
    for page in (waiting, other):
        long_ago(page, 9)
    mail.outbox.clear()

    call_command("remind_reviewers")

    assert [message.subject for message in mail.outbox] == ["2 pagina's wachten op jou"]
