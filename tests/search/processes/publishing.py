"""Publishes lessons until there are enough, and goes on when it is killed.

    python -m tests.search.processes.publishing NUMBER FOLDER SECONDS SERVER [SERVER ...]

Two processes publish, as an editor does, and change or withdraw some of what they published. After
each of these they ask the index, as a worker does, and the servers, as a visitor does. What was
published may be found so many SECONDS later; what was withdrawn is never found. What they saw
stands in FOLDER: a line in `done` for each change, and one in `faults` for each wrong answer.
"""

import itertools
import os
import random
import signal
import sys
import time
import uuid
from functools import partial
from pathlib import Path

import django

PUBLISHERS = 2
# A server may be starting again: so many seconds a question waits for it.
PATIENCE = 30
# Of so many lessons one is changed and one is withdrawn afterwards.
CHANGED = WITHDRAWN = 8
LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")


def main(number: int, folder: Path, seconds: float, servers: list[str]) -> None:
    django.setup()
    from django.db import connections

    from tests.factories import default_practice

    default_practice()
    connections.close_all()
    children: set[int] = set()
    while lines_in(folder / "done") < number:
        while len(children) < PUBLISHERS:
            child = os.fork()
            if not child:
                publish_for_ever(folder, seconds, servers)
            children.add(child)
        ended, _ = os.waitpid(-1, os.WNOHANG)
        children.discard(ended)
        time.sleep(0.02)
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def lines_in(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def new_word() -> str:
    """A word that no other lesson has, and that is not like any other."""
    return "zw" + uuid.uuid4().hex[:14].translate(LETTERS)


def publish_for_ever(folder: Path, seconds: float, servers: list[str]) -> None:
    chance = random.Random(os.getpid())
    check = partial(check_answers, folder, seconds, servers)
    while True:
        word = new_word()
        lesson = publish(word)
        check(published=word)
        if not chance.randrange(CHANGED):
            other = new_word()
            lesson.title = f"Begin anders {other}"
            lesson.save_revision().publish()
            check(published=other, withdrawn=word)
            word = other
        if not chance.randrange(WITHDRAWN):
            lesson.unpublish()
            check(withdrawn=word)


def publish(word: str):
    from lessons.models import LessonIndexPage, LessonPage

    index = LessonIndexPage.objects.filter(locale__language_code="nl").first()
    lesson = LessonPage(
        title=f"Begin klein {word}", lesson="Begin klein.", outcome="worked", live=False
    )
    index.add_child(instance=lesson)
    lesson.save_revision().publish()
    return LessonPage.objects.get(pk=lesson.pk)


def check_answers(
    folder: Path, seconds: float, servers: list[str], *, published="", withdrawn=""
) -> None:
    """What is committed holds at the next question, whoever is asked, or a little later."""
    for word, expected in ((withdrawn, 0), (published, 1)):
        if not word:
            continue
        latest = time.monotonic() + (seconds if expected else 0)
        while wrong := wrong_answers(word, expected, servers):
            if time.monotonic() > latest:
                note(folder / "faults", f"{word}: {expected} expected, {wrong}")
                break
            time.sleep(0.1)
        note(folder / "done", word)


def wrong_answers(word: str, expected: int, servers: list[str]) -> dict[str, int | str]:
    """What this process and the servers find for a word, as far as it is not what they should."""
    from accounts.roles import Role
    from search.index.finding import Question, look

    found = look(Role(), "nl").find(Question(words=f'"{word}"')).total
    answers = {"here": found} | {server: ask(server, word) for server in servers}
    return {who: number for who, number in answers.items() if number != expected}


def note(path: Path, line: str) -> None:
    with path.open("a") as file:
        file.write(f"{line}\n")


def ask(server: str, word: str) -> int | str:
    """How many lessons a server finds for a word. It may be starting again just now."""
    from tests.search.processes.serving import get

    for attempt in itertools.count():
        try:
            status, answer = get(f"{server}/api/v1/search/?q=%22{word}%22")
        except OSError:
            if attempt * 0.1 > PATIENCE:
                raise
            time.sleep(0.1)
            continue
        return answer["total"] if status == 200 else f"{status} {answer}"
    raise AssertionError


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), sys.argv[4:])
