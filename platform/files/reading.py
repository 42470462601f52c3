"""Reading the words in downloads, out of the request.

A saved file waits in the database. After that a process begins to read all that wait, each in a
process of its own with limits (files/reader/). A process that dies leaves its file waiting for the
next; a file that keeps ending its readers is given up.
"""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from files import guarding, reading_lock
from files.models import Download, DownloadText, FoundInFile, PageOfText, Reason, State
from files.reader import KINDS

# So often may a file end whoever has it read; then it is left alone.
MOST_ATTEMPTS = 3
# Somebody who publishes waits no longer than this for a file that was not read yet.
READ_NOW_SECONDS = 3
# Waiting for the disk or for other processes is not work, but it ends too.
WAITING_FACTOR = 2
PAGES_AT_ONCE = 100
# The limit on work is reached, the system needed the memory, or PDFium could get no more of it.
STOPPED = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, -signal.SIGTRAP}

# -I: no settings of the environment.
PYTHON = [sys.executable, "-I"]
READER = ["-m", "files.reader"]

logger = logging.getLogger(__name__)

Page = tuple[int | None, str]


@dataclass(frozen=True)
class Content:
    """What a reader found in a file: its pages, or why there are none, and what is beside them."""

    pages: list[Page] = field(default_factory=list)
    reason: Reason | None = None
    aside: list[tuple[str, str]] = field(default_factory=list)


def expect(download: Download) -> None:
    """Note that this file is to be read, unless it was: at once without the words of the old."""
    text = DownloadText.objects.filter(download=download).first()
    if text and text.file_hash == download.file_hash and text.reason != Reason.MISSING:
        return
    if kind_of(download) in KINDS:
        _store(download, State.WAITING)
        transaction.on_commit(start)
    else:
        _store(download, State.NOT_SEARCHABLE, Reason.KIND)


def kind_of(download: Download) -> str:
    return download.file_extension.lower()


def waiting() -> QuerySet[Download]:
    """Files to read; also those that were stored or replaced without `expect`."""
    return guarding.unread(Download.objects.online())


def start() -> None:
    """Begin to read what waits, in a process that outlives this one."""
    if not settings.READ_DOWNLOADS_IN_BACKGROUND:
        return
    lock = reading_lock.take()
    if lock is None:
        return  # Whoever has it looks again when it lets go.
    with lock:
        # The shell ends at once, so the reader is nobody's child that we would have to wait for.
        subprocess.run(  # noqa: S603
            [
                *("/bin/sh", "-c", '"$@" &', "sh"),
                *(sys.executable, "-m", "django", "read_downloads", f"--lock={lock.fileno()}"),
            ],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE},
            pass_fds=[lock.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            check=False,
        )


def read_anew() -> None:
    """Let all files wait. What was read of them stays until they are read again."""
    DownloadText.objects.update(state=State.WAITING, reason="", attempts=0)


def read_waiting(lock: BinaryIO | None = None) -> Iterator[Download]:
    """Read every file that waits, and give each when it is done.

    Nothing happens when another process is reading: it reads these as well.
    """
    put_off: list[int] = []
    while True:
        with reading_lock.held(lock) as alone:
            if not alone:
                return
            while download := _next(put_off):
                if not _read(download):
                    put_off.append(download.pk)
                yield download
        lock = None
        # Whoever saw the lock taken in the last moment counts on us.
        if not _next(put_off):
            return


def _next(put_off: list[int]) -> Download | None:
    return waiting().exclude(pk__in=put_off).order_by("pk").first()


def _read(download: Download) -> bool:
    """Whether all is done for this file. If not, it waits for the next time."""
    text = DownloadText.objects.filter(download=download).first()
    if text is None or text.file_hash != download.file_hash:
        text = _store(download, State.WAITING)
    if text is None:
        return True  # The file is gone again, or is another by now.
    if text.attempts >= MOST_ATTEMPTS:
        _store(download, State.NOT_SEARCHABLE, Reason.TOO_HEAVY)
        return True
    with tempfile.TemporaryFile() as copy:
        try:
            with download.file.storage.open(download.file.name) as original:
                shutil.copyfileobj(original, copy)
        except FileNotFoundError:
            _store(download, State.NOT_SEARCHABLE, Reason.MISSING)
            return True
        except Exception:  # A store elsewhere can fail in many ways.
            logger.exception("Download %s could not be opened.", download.pk)
            return False
        DownloadText.objects.filter(pk=text.pk).update(attempts=F("attempts") + 1)
        content = words_in(copy, kind_of(download))
    _keep(download, content)
    return True


def read_now(download: Download) -> None:
    """Read a file for somebody who waits for it, within a few seconds; else it goes on waiting."""
    with tempfile.TemporaryFile() as copy:
        try:
            with download.file.storage.open(download.file.name) as original:
                shutil.copyfileobj(original, copy)
        except Exception:  # A store elsewhere can fail in many ways.
            logger.exception("Download %s could not be opened.", download.pk)
            return
        content = words_in(copy, kind_of(download), READ_NOW_SECONDS)
    if content.reason != Reason.TOO_HEAVY:
        _keep(download, content)


def _keep(download: Download, content: Content) -> None:
    state = State.NOT_SEARCHABLE if content.reason else State.READ
    found = guarding.passages_in(content.pages, content.aside)
    _store(download, state, content.reason, pages=content.pages, found=found)


def words_in(file: BinaryIO, kind: str, seconds: int = 0) -> Content:
    """The pages of a file, or why there are none. `file` is a real one, on the disk."""
    if kind not in KINDS:
        return Content(reason=Reason.KIND)
    file.seek(0)
    seconds = seconds or settings.READ_DOWNLOADS_SECONDS
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603
                [*PYTHON, *READER, kind, str(seconds)],
                stdin=file,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=seconds * WAITING_FACTOR,
                check=False,
                env={},  # No secrets either.
            )
        except subprocess.TimeoutExpired:
            return Content(reason=Reason.TOO_HEAVY)
        return _verdict(done.returncode, output)


def _verdict(exit_code: int, output: BinaryIO) -> Content:
    if exit_code in STOPPED:
        return Content(reason=Reason.TOO_HEAVY)
    output.seek(0)
    try:
        answer = json.load(output)
    except ValueError:
        logger.warning("A reader of downloads ended with %s and without an answer.", exit_code)
        return Content(reason=Reason.DAMAGED)
    aside = [(what, text) for what, text in answer.get("aside", [])]
    if "reason" in answer:
        return Content(reason=Reason(answer["reason"]), aside=aside)
    return Content([(number, text) for number, text in answer["pages"]], aside=aside)


def _store(
    download: Download,
    state: State,
    reason: Reason | None = None,
    *,
    pages: Iterable[Page] = (),
    found: Iterable[FoundInFile] = (),
) -> DownloadText | None:
    """Keep what is known of the file, unless another took its place meanwhile: that one waits."""
    with transaction.atomic():
        same_file = Download.objects.filter(pk=download.pk, file_hash=download.file_hash)
        if same_file.select_for_update().first() is None:
            return None
        text, _created = DownloadText.objects.get_or_create(download_id=download.pk)
        text.pages.all().delete()
        PageOfText.objects.bulk_create(
            (PageOfText(text_of=text, number=number, text=words) for number, words in pages),
            batch_size=PAGES_AT_ONCE,
        )
        guarding.keep_passages(text, download.file_hash, found)
        text.file_hash = download.file_hash
        text.state, text.reason = state, reason or ""
        text.attempts = 0
        text.read_at = None if state == State.WAITING else timezone.now()
        text.save()
    return text
