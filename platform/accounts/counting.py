"""Counting what visitors do: less important than answering them, so it hardly waits."""

import contextlib
from collections.abc import Iterator

from django.db import connection, transaction

# How long a count waits for another one of the same thing, where a database locks rows.
LOCK_MILLISECONDS = 100


@contextlib.contextmanager
def without_waiting(patience: int = 0) -> Iterator[None]:
    """A transaction that gives up where somebody else is writing, after so many milliseconds."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {patience or LOCK_MILLISECONDS}")
            yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {patience}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
