"""Whatever happens to the folder of the index, the search answers, and soon with everything.

What was withdrawn it never tells, not even where it cannot write that down.
"""

import os
import random
import shutil
import threading
import time
from pathlib import Path

from search.index.copy import LONGEST_WAIT, SECONDS_AFTER_FAILURE
from tests.search.processes.serving import assert_everything_is_found, get

ADDRESSES = ["/zoeken/?q=klein", "/api/v1/search/?q=klein", "/api/v1/suggest/?q=beg"]
VISITORS = 3
PUBLICATIONS = 12
# So many answers are given between one misfortune and the next.
ANSWERS_BETWEEN = 6
# Where the index cannot be written, a process tries again only after a while, and may then wait
# for another; meanwhile the next misfortune can come. Later than this nothing new is found.
LONGEST_BEHIND = 2 * (SECONDS_AFTER_FAILURE + LONGEST_WAIT)


def removed(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def without_pointer(folder: Path) -> None:
    for path in folder.glob("*/current"):
        path.unlink()


def with_wrong_pointer(folder: Path) -> None:
    for path in folder.glob("*/current"):
        path.write_bytes(b"\xff\x00")


def truncated(folder: Path) -> None:
    for path in files_in(folder):
        os.truncate(path, path.stat().st_size // 2)


def emptied(folder: Path) -> None:
    for path in files_in(folder):
        os.truncate(path, 0)


def overwritten(folder: Path) -> None:
    for path in files_in(folder):
        with path.open("r+b") as file:
            file.write(random.Random(1).randbytes(path.stat().st_size))


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*/generation-*/*") if "lock" not in path.name]


MISFORTUNES = [
    *(removed, without_pointer, truncated, removed, overwritten, with_wrong_pointer),
    *(emptied, removed, removed),
]


class Visitors:
    """People who ask without end, and every answer that was not what it should be."""

    def __init__(self, url: str):
        self.url = url
        self.answers = 0
        self.wrong: list[str] = []
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._ask, args=[number]) for number in range(VISITORS)
        ]

    def __enter__(self) -> "Visitors":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, number: int) -> None:
        while not self._stopped.is_set():
            number += 1
            address = ADDRESSES[number % len(ADDRESSES)]
            try:
                status, _ = get(self.url + address)
            except OSError as error:
                self.wrong.append(f"{address}: {error!r}")
            else:
                if status != 200:
                    self.wrong.append(f"{address}: {status}")
            self.answers += 1

    def wait_for_answers(self, number: int) -> None:
        wanted = self.answers + number
        while self.answers < wanted:
            time.sleep(0.01)


def test_no_misfortune_of_the_folder_keeps_anybody_from_searching(place, tmp_path):
    server = place.serve(workers=2).wait()
    publishers = place.publish(PUBLICATIONS, tmp_path, server, seconds=LONGEST_BEHIND)

    with Visitors(server.url) as visitors:
        for misfortune in MISFORTUNES:
            visitors.wait_for_answers(ANSWERS_BETWEEN)
            misfortune(place.index_folder)
        rebuilding = [place.start("manage.py", "rebuild_search_index") for _ in range(2)]
        for process in (publishers, *rebuilding):
            assert process.wait() == 0, place.printed

    assert visitors.wrong == [], place.printed
    assert_everything_is_found(place, server, tmp_path, seconds=LONGEST_BEHIND)
