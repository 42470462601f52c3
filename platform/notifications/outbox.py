"""Mail leaves through the database: an outage of the mail server delays it, and loses nothing.

Django's mail functions write a row in the transaction of the caller. After the commit a thread
sends what is due; what fails is tried again by it or by `manage.py send_mails` (the timer).
"""

import contextlib
import datetime
import logging
import threading

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections, transaction
from django.db.models import F
from django.utils import timezone

from notifications.models import WaitingMail

# Somebody who sends a mail has so long; after that another may try.
LEASE = datetime.timedelta(minutes=5)
# After an attempt that failed: 1, 2, 4, 8 minutes and so on, a day at most; some three days in all.
FIRST_PAUSE = datetime.timedelta(minutes=1)
LONGEST_PAUSE = datetime.timedelta(days=1)
MOST_ATTEMPTS = 13
# Nobody keeps a mail that could not be delivered: it may hold what a reader asked.
KEPT = datetime.timedelta(days=30)
PARTS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")

logger = logging.getLogger(__name__)


class OutboxBackend(BaseEmailBackend):
    """What `django.core.mail` hands its messages to."""

    def send_messages(self, email_messages) -> int:
        mails = [WaitingMail(message=_packed(message)) for message in email_messages]
        WaitingMail.objects.bulk_create(mails)
        transaction.on_commit(send_soon)
        return len(mails)


def _packed(message: EmailMessage) -> dict:
    if message.attachments:
        raise ValueError("A mail with an attachment cannot wait: put a link in it instead.")
    alternatives = getattr(message, "alternatives", [])
    return {
        **{part: getattr(message, part) for part in PARTS},
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "alternatives": [[str(content), mimetype] for content, mimetype in alternatives],
    }


def send_soon() -> None:
    """Send what is due beside the request, in a thread that nobody waits for."""
    if settings.SEND_MAILS_IN_BACKGROUND:
        threading.Thread(target=_send_and_let_go, name="outbox", daemon=True).start()


def _send_and_let_go() -> None:
    try:
        send_due()
    except Exception:
        # The timer comes by again.
        logger.exception("Sending mail stopped")
    finally:
        connections.close_all()


def send_due() -> tuple[int, int]:
    """Send what may be sent now. Returns how many went, and how many failed.

    Two at once never send one mail twice. A process that dies between sending and noting so makes
    it go again after the lease.
    """
    sent = failed = 0
    with contextlib.closing(get_connection(settings.MAIL_DELIVERY_BACKEND)) as connection:
        for mail in WaitingMail.objects.due():
            if not _claim(mail):
                continue
            try:
                EmailMultiAlternatives(**mail.message, connection=connection).send()
            except Exception as error:  # Whatever a server or a library comes up with.
                _note_failure(mail, error)
                failed += 1
                with contextlib.suppress(Exception):
                    connection.close()
            else:
                mail.delete()
                sent += 1
    return sent, failed


def forget_old() -> int:
    """Throw away what nobody could deliver for so long. Returns how many mails went."""
    return WaitingMail.objects.filter(written_at__lt=timezone.now() - KEPT).delete()[0]


def _claim(mail: WaitingMail) -> bool:
    """Whether this mail is ours for the length of the lease."""
    ours = WaitingMail.objects.filter(pk=mail.pk, next_attempt_at=mail.next_attempt_at)
    return bool(ours.update(attempts=F("attempts") + 1, next_attempt_at=timezone.now() + LEASE))


def _note_failure(mail: WaitingMail, error: Exception) -> None:
    attempts = mail.attempts + 1
    pause = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    code = getattr(error, "smtp_code", "")
    WaitingMail.objects.filter(pk=mail.pk).update(
        last_error=f"{type(error).__name__} {code}".strip(),
        next_attempt_at=timezone.now() + pause,
        given_up=attempts >= MOST_ATTEMPTS,
    )
    logger.warning("A mail could not be sent: %s %s", type(error).__name__, code)
