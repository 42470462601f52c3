"""Speed of the matrix with many practices and lessons: `python -m benchmarks.matrix 10000`.

Makes a site of its own in a folder that is thrown away, with as many practices as the table has
columns, each with a state for every working element, and lessons about all of them.
"""

import random
import sys
from functools import cache

from benchmarks import site
from benchmarks.timing import HEADER, timed, yardstick

ROUNDS = 60
# Milliseconds that the 95th percentile may take for one visitor, and the queries of one page.
LIMIT = 150
MOST_QUERIES = 12
PATHS = [
    "/vergelijken/matrix/",
    "/en/vergelijken/matrix/",
    "/vergelijken/matrix/?rijen=thema",
    "/vergelijken/matrix/export.csv",
]


def main(number: int) -> None:
    with site.set_up():
        site.show(measure(number))


def measure(number: int):
    from benchmarks.many_lessons import add_lessons
    from content.statistics import refresh_statistics

    practices, elements = add_practices()
    add_lessons(number)
    refresh_statistics()
    yield (
        f"Matrix: {practices} practices, {elements} working elements, {number} lessons; limit "
        f"{LIMIT} ms; yardstick {yardstick():.1f} ms"
    )
    yield HEADER
    for path in PATHS:
        queries, size = _weigh(path)
        yield timed(_answer, [path] * ROUNDS).line(path, LIMIT)
        late = "  over" if queries > MOST_QUERIES else ""
        yield f"{'':8}{queries} queries, {size / 1e3:.0f} kB{late}"


def _weigh(path: str) -> tuple[int, int]:
    """The queries and the bytes of one answer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    _answer(path)
    with CaptureQueriesContext(connection) as queries:
        size = _answer(path)
        return len(queries), size


def _answer(path: str) -> int:
    """The bytes of an answer, made as a server makes it; a test client would keep it too long."""
    from django.test import RequestFactory

    statuses: list[str] = []
    environ = RequestFactory(headers={"host": "localhost"}).get(path).environ
    answer = _application()(environ, lambda status, headers: statuses.append(status))
    size = sum(map(len, answer))
    answer.close()
    assert statuses == ["200 OK"], statuses
    return size


@cache
def _application():
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def add_practices() -> tuple[int, int]:
    """Learning practices until the table is full, each with a state for every element."""
    from practices.models import (
        ElementState,
        PracticeElement,
        PracticeIndexPage,
        PracticeKind,
        PracticePage,
    )
    from search.comparing.matrix import MOST_COLUMNS
    from vocabulary.models import Term, TermKind

    chance = random.Random(2)
    index = PracticeIndexPage.objects.get(locale__language_code="nl")
    elements = list(Term.objects.of_kind(TermKind.ELEMENT))
    # The examples from elsewhere share the last column.
    learning = PracticePage.objects.filter(locale=index.locale).exclude(kind=PracticeKind.ELSEWHERE)
    for place in range(MOST_COLUMNS - 1 - learning.count()):
        practice = PracticePage(
            title=f"Praktijk {place}", place="Emmen", locale=index.locale, start="2020"
        )
        practice.elements = [
            PracticeElement(
                element=element, state=chance.choice(ElementState.values), locale=index.locale
            )
            for element in elements
        ]
        index.add_child(instance=practice)
    return learning.count() + 1, len(elements)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
