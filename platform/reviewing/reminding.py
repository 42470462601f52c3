"""Reminding those who read along of what waits long, once for each turn."""

import datetime

from django.utils import timezone
from wagtail.models import TaskState

from accounts.models import User
from content.models import ContentPage
from reviewing import mails
from reviewing.models import Waiting
from reviewing.rules import reviewers_of

REMIND_AFTER_DAYS = 7


def remind_reviewers() -> int:
    """Mail everybody who reads along with what waits too long. Returns how many turns it was."""
    long_ago = timezone.now() - datetime.timedelta(days=REMIND_AFTER_DAYS)
    turns = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, started_at__lt=long_ago, waiting__reminded_at=None
    ).select_related("task", "workflow_state")
    by_reviewer: dict[User, list[ContentPage]] = {}
    reminded = 0
    for turn in turns.order_by("started_at"):
        page = turn.workflow_state.content_object
        if page is None or not _claim(turn):
            continue
        reminded += 1
        for reviewer in reviewers_of(turn):
            by_reviewer.setdefault(reviewer, []).append(page.specific)
    for reviewer, pages in by_reviewer.items():
        mails.remind(reviewer, pages, REMIND_AFTER_DAYS)
    return reminded


def _claim(turn: TaskState) -> bool:
    """Whether this reminder is ours to send: two timers at once send one."""
    waiting, _created = Waiting.objects.get_or_create(task_state=turn)
    now = timezone.now()
    return bool(Waiting.objects.filter(pk=waiting.pk, reminded_at=None).update(reminded_at=now))
