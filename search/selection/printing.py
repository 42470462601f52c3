"""From a page to a PDF, by a process with limits (search/selection/printer/)."""

import base64
import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from threading import BoundedSemaphore

from search.selection.printer import LIBRARIES_MISSING

# What one hand-out may take: seconds of work, and of waiting for a busy machine.
SECONDS_OF_WORK = 30
SECONDS_IN_ALL = 45
# So many are made at once in each process of the site; who comes then waits, but not for long.
AT_ONCE = 1
SECONDS_TO_WAIT = 15

# -I: no settings of the environment.
PRINTER = [sys.executable, "-I", "-m", "search.selection.printer", str(SECONDS_OF_WORK)]

logger = logging.getLogger(__name__)
_turns = BoundedSemaphore(AT_ONCE)


class CannotPrintError(Exception):
    """There is no PDF. `libraries_missing`: nobody gets one here; else it may go well later."""

    def __init__(self, libraries_missing: bool = False):
        super().__init__("The libraries are missing." if libraries_missing else "No PDF was made.")
        self.libraries_missing = libraries_missing


@dataclass(frozen=True)
class PageFile:
    """A file that the page shows: a picture, a font."""

    content_type: str
    content: bytes


def make_pdf(html: str, files: Mapping[str, PageFile]) -> bytes:
    """The page as a tagged PDF. It can show these files, by their names, and no others.

    Raises CannotPrintError.
    """
    given = {
        name: (file.content_type, base64.b64encode(file.content).decode())
        for name, file in files.items()
    }
    if not _turns.acquire(timeout=SECONDS_TO_WAIT):
        raise CannotPrintError
    try:
        return _run({"html": html, "files": given})
    finally:
        _turns.release()


@cache
def can_print() -> bool:
    """Whether a PDF can be made on this machine. Tried once in each process."""
    try:
        _run({})
    except CannotPrintError as error:
        return not error.libraries_missing
    return True


def _run(job: dict) -> bytes:
    with tempfile.TemporaryDirectory(prefix="hand-out-") as folder:
        try:
            done = subprocess.run(  # noqa: S603
                PRINTER,
                input=json.dumps(job).encode(),
                capture_output=True,
                timeout=SECONDS_IN_ALL,
                check=False,
                # No secrets. What it leaves behind goes with the folder.
                env={"TMPDIR": folder, "XDG_CACHE_HOME": folder},
            )
        except subprocess.TimeoutExpired as error:
            logger.warning("A hand-out took longer than %s seconds.", SECONDS_IN_ALL)
            raise CannotPrintError from error
    if done.returncode == LIBRARIES_MISSING:
        logger.warning("No PDF can be made: Pango is missing (docs/installation.md).")
        raise CannotPrintError(libraries_missing=True)
    if done.returncode:
        # Not what it said: that may quote the page.
        logger.warning("The process that makes hand-outs ended with %s.", done.returncode)
        raise CannotPrintError
    return done.stdout
