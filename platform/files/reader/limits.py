"""How much of a file is read, and what a process that reads may use."""

import os
import resource
import sys
from typing import NoReturn

MEMORY = 1024 * 1024 * 1024
MOST_PAGES = 500
MOST_CHARACTERS = 2_000_000
MOST_PARTS = 5_000
MOST_UNPACKED = 100 * 1024 * 1024
# The answer is written in UTF-8: at most four bytes a character, and the frame around it; as much
# again for what stands beside the text.
MOST_OUTPUT = 2 * 5 * MOST_CHARACTERS
POLITENESS = 10  # Visitors go first.

NEVER = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "urllib.")


class UnreadableError(Exception):
    """A file of which the words cannot be known; `reason` is one of files.models.Reason."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def bound(seconds: int, politeness: int = POLITENESS) -> None:
    """Bound this process for ever: its time, memory and output, and no network or other programs.

    The system ends it with SIGXCPU when its seconds of work are over.
    """
    os.nice(politeness)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_OUTPUT, MOST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse_the_outside)


def _refuse_the_outside(event: str, _arguments: tuple) -> None:
    if event.startswith(NEVER):
        raise PermissionError(f"A file tried to reach further than itself: {event}")


class Pages:
    """The pages that were read so far, no more of them than the limits allow."""

    def __init__(self) -> None:
        self.read: list[tuple[int | None, str]] = []
        self.characters = 0

    def add(self, number: int | None, text: str) -> None:
        self.characters += len(text)
        if self.characters > MOST_CHARACTERS:
            too_large()
        if text:
            self.read.append((number, text))


def too_large() -> NoReturn:
    raise UnreadableError("too-large")
