"""Wagtail's command, of which one page that cannot be published would stop all that come after."""

import logging
from collections.abc import Callable, Iterable

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import Page, Revision

# The names that Wagtail gives them in the log.
TAKEN_OFFLINE, PUBLISHED = "wagtail.unpublish.scheduled", "wagtail.publish.scheduled"

logger = logging.getLogger(__name__)


class Command(publish_scheduled.Command):
    help = "Publishes, and takes offline, what was planned for now. The timer runs it."

    def handle(self, *args, **options):
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        now = timezone.now()
        ended = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
        begun = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
        failed = [
            *_each(ended, lambda page: page.unpublish(set_expired=True, log_action=TAKEN_OFFLINE)),
            *_each(begun, lambda revision: revision.publish(log_action=PUBLISHED)),
        ]
        if failed:
            raise CommandError(f"Not done, and tried again at the next run: {', '.join(failed)}")


def _each(planned: Iterable, act: Callable) -> list[str]:
    """Do this to each of them; returns those for which it failed, without their titles."""
    failed = []
    for one in planned:
        try:
            with transaction.atomic():
                act(one)
        except Exception:
            # Whatever is wrong with this page, the others do not wait for it.
            name = f"{one._meta.verbose_name} {one.pk}"
            logger.exception("What was planned for %s could not be done.", name)
            failed.append(name)
    return failed
