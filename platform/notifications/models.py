"""Mails that wait to be sent."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WaitingMailQuerySet(models.QuerySet):
    def due(self):
        """What may be tried now, the oldest first."""
        return self.filter(given_up=False, next_attempt_at__lte=timezone.now()).order_by("pk")


class WaitingMail(models.Model):
    """A mail from the moment that it is written until it is sent; then nothing of it stays.

    It is written in the transaction that gives reason for it: neither goes without the other.
    """

    # What `EmailMultiAlternatives` takes (notifications/outbox.py).
    message = models.JSONField(_("message"))
    written_at = models.DateTimeField(_("written at"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now, db_index=True)
    # The kind of error only: what a server answers may repeat the address.
    last_error = models.CharField(_("what went wrong"), max_length=200, blank=True)
    given_up = models.BooleanField(_("given up"), default=False)

    objects = WaitingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting mail")
        verbose_name_plural = _("waiting mails")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.message.get("subject", ""))

    @property
    def recipients(self) -> str:
        return ", ".join(self.message.get("to", []))
