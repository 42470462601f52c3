"""What stands beside a turn: the note of the author, and who has it."""

from django.utils import timezone
from wagtail.models import TaskState

from accounts.models import User
from content.forms import LONGEST_NOTE
from reviewing.models import Waiting
from reviewing.rules import turn_of


def give_note(page, note: str) -> None:
    """Keep what the author says to who reads along, with the turn that is going on."""
    turn = turn_of(page)
    if turn is not None and note.strip():
        Waiting.objects.update_or_create(
            task_state=turn, defaults={"note": note.strip()[:LONGEST_NOTE]}
        )


def take(turn: TaskState, user: User) -> User | None:
    """“I look at it”. Who has it already keeps it, and is returned."""
    waiting, _created = Waiting.objects.get_or_create(task_state=turn)
    free = Waiting.objects.filter(pk=waiting.pk, taken_by=None)
    if free.update(taken_by=user, taken_at=timezone.now()):
        return user
    return Waiting.objects.select_related("taken_by").get(pk=waiting.pk).taken_by


def let_go(turn: TaskState) -> None:
    """Back in the queue: whoever had it may be ill or on holiday."""
    Waiting.objects.filter(task_state=turn).update(taken_by=None, taken_at=None)
