"""Mail waits in the database: with what gave reason for it, and until it is sent."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from notifications import outbox
from notifications.models import WaitingMail
from notifications.outbox import send_due

pytestmark = pytest.mark.django_db


class ServerThatIsDown(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


@pytest.fixture(autouse=True)
def _outbox(settings):
    settings.EMAIL_BACKEND = "notifications.outbox.OutboxBackend"


def write(subject="Je les staat online", to="professional@voorbeeld.nl"):
    send_mail(subject, "Kijk maar.", "noreply@voorbeeld.nl", [to])


def server_is_down(settings):
    settings.MAIL_DELIVERY_BACKEND = f"{__name__}.{ServerThatIsDown.__name__}"


def test_a_mail_waits_and_leaves_nothing_behind_when_it_is_sent():
    write()
    assert not mail.outbox

    assert send_due() == (1, 0)

    assert [(sent.subject, sent.to) for sent in mail.outbox] == [
        ("Je les staat online", ["professional@voorbeeld.nl"])
    ]
    assert not WaitingMail.objects.exists()


def test_a_mail_goes_with_all_that_it_has():
    message = EmailMultiAlternatives(
        "Onderwerp", "Tekst", "van@voorbeeld.nl", ["aan@voorbeeld.nl"], bcc=["mee@voorbeeld.nl"],
        reply_to=["antwoord@voorbeeld.nl"], headers={"List-Unsubscribe": "<https://voorbeeld.nl/>"},
    )  # fmt: skip
    message.attach_alternative("<p>Tekst</p>", "text/html")

    message.send()
    send_due()

    (sent,) = mail.outbox
    assert sent.message()["List-Unsubscribe"] == "<https://voorbeeld.nl/>"
    assert (sent.bcc, sent.reply_to) == (["mee@voorbeeld.nl"], ["antwoord@voorbeeld.nl"])
    assert [tuple(part) for part in sent.alternatives] == [("<p>Tekst</p>", "text/html")]


def test_what_is_undone_sends_no_mail():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert send_due() == (0, 0)


def test_an_outage_delays_a_mail_and_loses_nothing(settings):
    working = settings.MAIL_DELIVERY_BACKEND
    write()
    server_is_down(settings)

    assert send_due() == (0, 1)
    assert send_due() == (0, 0), "it waits a while before it tries again"
    waiting = WaitingMail.objects.get()
    assert waiting.last_error == "SMTPServerDisconnected"
    assert waiting.next_attempt_at > timezone.now()

    settings.MAIL_DELIVERY_BACKEND = working
    WaitingMail.objects.update(next_attempt_at=timezone.now())
    assert send_due() == (1, 0)


def test_pauses_grow_and_end_after_some_days(settings):
    write()
    server_is_down(settings)
    pauses = []

    while not WaitingMail.objects.get().given_up:
        WaitingMail.objects.update(next_attempt_at=timezone.now())
        send_due()
        pause = WaitingMail.objects.get().next_attempt_at - timezone.now()
        pauses.append(datetime.timedelta(minutes=round(pause.total_seconds() / 60)))

    assert len(pauses) == outbox.MOST_ATTEMPTS
    assert pauses == sorted(pauses)
    assert (
        datetime.timedelta(days=2) < sum(pauses, datetime.timedelta()) < datetime.timedelta(days=6)
    )
    WaitingMail.objects.update(next_attempt_at=timezone.now())
    assert send_due() == (0, 0)
    assert WaitingMail.objects.get().recipients == "professional@voorbeeld.nl"


def test_one_mail_that_fails_holds_up_no_other():
    write("Eerste", to="geen\nadres@voorbeeld.nl")
    write("Tweede")

    assert send_due() == (1, 1)

    assert [sent.subject for sent in mail.outbox] == ["Tweede"]


def test_two_who_send_at_once_send_one_mail_once():
    write()
    seen_by_both = WaitingMail.objects.get()

    assert outbox._claim(seen_by_both)
    assert not outbox._claim(seen_by_both)


def test_what_a_dead_process_had_in_hand_goes_after_the_lease():
    write()
    outbox._claim(WaitingMail.objects.get())
    assert send_due() == (0, 0)

    WaitingMail.objects.update(next_attempt_at=timezone.now())

    assert send_due() == (1, 0)


def test_a_mail_with_a_file_is_refused_at_once():
    message = EmailMultiAlternatives("Onderwerp", "Tekst", to=["aan@voorbeeld.nl"])
    message.attach("les.pdf", b"%PDF", "application/pdf")

    with pytest.raises(ValueError, match="link"):
        message.send()


def test_the_timer_sends_what_waits(capsys):
    write()

    call_command("send_mails")

    assert "1 sent, 0 failed" in capsys.readouterr().out
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("days", "stays"), [(29, True), (31, False)])
def test_what_nobody_could_deliver_is_thrown_away_after_thirty_days(days, stays):
    write()
    WaitingMail.objects.update(
        given_up=True, written_at=timezone.now() - datetime.timedelta(days=days)
    )

    call_command("send_mails")

    assert WaitingMail.objects.exists() is stays
