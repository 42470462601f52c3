"""Only one process reads downloads, however many uploads and timers ask for it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.conf import settings
from django.db import connection

FILE_NAME = "reading-downloads.lock"
# For hosts that share a PostgreSQL database: a number that nothing else in it locks.
DATABASE_KEY = 5_406_117


def take() -> BinaryIO | None:
    """The lock of this data directory, or None if another has it. The system ends it with us."""
    file = open(settings.DATA_DIR / FILE_NAME, "ab")  # noqa: SIM115
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def inherited(descriptor: int) -> BinaryIO:
    """The lock that the process before this one took and left open for it."""
    return os.fdopen(descriptor, "ab")


@contextmanager
def held(file: BinaryIO | None = None) -> Iterator[bool]:
    """Whether this process may read now; `file` is the lock if it was taken already."""
    file = file or take()
    if file is None:
        yield False
        return
    with file, _held_in_database() as alone:
        yield alone


@contextmanager
def _held_in_database() -> Iterator[bool]:
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [DATABASE_KEY])
        alone = cursor.fetchone()[0]
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [DATABASE_KEY])
