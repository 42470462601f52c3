"""Writing to the log, in the transaction that makes the change."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.dispatch import receiver
from django.utils import timezone

from content.indexing import block_ended, left_for_the_end
from search.models import Change, ChangeCounter, Subject

COUNTER = 1
# A copy of the index that is further behind than this makes itself anew.
KEPT = datetime.timedelta(days=14)
# Old rows go each time that so many new ones were written.
ROWS_BETWEEN_CLEANING = 5_000
# An import notes very many.
ROWS_AT_ONCE = 1_000


def record(subject: Subject, keys: Iterable[int]) -> None:
    """Note that these pages, downloads or terms may have changed."""
    changes = {(subject, key) for key in keys}
    left = left_for_the_end()
    if left is None:
        _write(sorted(changes))
    else:
        # Many pages are being saved: each is noted once, at the end.
        left.update(changes)


@receiver(block_ended)
def write_what_was_left(sender, left, **kwargs):
    _write(sorted(left))


def counter() -> ChangeCounter:
    """How far the log is now; made where an emptied database has none."""
    found = ChangeCounter.objects.filter(pk=COUNTER).first()
    return found or ChangeCounter.objects.get_or_create(pk=COUNTER)[0]


def _write(changes: list[tuple[Subject, int]]) -> None:
    if not changes:
        return
    with transaction.atomic():
        number = _number_before(len(changes))
        marks = [uuid.uuid4() for _ in changes]
        words = any(subject == Subject.TERM for subject, _ in changes)
        ChangeCounter.objects.filter(pk=COUNTER).update(
            mark=marks[-1], **({"word_mark": marks[-1]} if words else {})
        )
        Change.objects.bulk_create(
            (
                Change(number=number + place, mark=mark, subject=subject, key=key)
                for place, (mark, (subject, key)) in enumerate(zip(marks, changes, strict=True), 1)
            ),
            batch_size=ROWS_AT_ONCE,
        )
        if number // ROWS_BETWEEN_CLEANING != (number + len(changes)) // ROWS_BETWEEN_CLEANING:
            Change.objects.filter(at__lt=timezone.now() - KEPT).delete()


def _number_before(count: int) -> int:
    """The number before that of the first new change; locks the counter until the commit."""
    values = {"last": F("last") + count}
    if not ChangeCounter.objects.filter(pk=COUNTER).update(**values):
        counter()
        ChangeCounter.objects.filter(pk=COUNTER).update(**values)
    return ChangeCounter.objects.get(pk=COUNTER).last - count
