"""Counting what people ask, to learn which words are missing. Never who asked.

Counting is less important than answering: it waits for nothing, and what goes wrong is logged.
"""

import contextlib
import datetime
import logging
from collections.abc import Iterator

from django.db.models import F
from django.db.models.functions import Greatest
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts import visits
from accounts.counting import without_waiting
from search.models import AskedQuestion
from search.question_key import normalised
from search.results import Results

KEPT_DAYS = 90
# More different questions on one day are no people.
MOST_QUESTIONS_A_DAY = 5_000

logger = logging.getLogger(__name__)


class CountedResponse(TemplateResponse):
    """The page with the answer to a question, which is counted when the page has been sent."""

    def __init__(self, request, template, context, *, results: Results):
        super().__init__(request, template, context)
        self._asked = (request, results)

    def close(self):
        if not self.closed:
            note_asked(*self._asked)
        super().close()


def note_asked(request, results: Results) -> None:
    """Count this question, unless it is an empty one, a further page, or asked by a program."""
    with _quietly():
        question = normalised(results.query.words)
        is_first_page = results.is_ready and results.page.number == 1
        if not (question and is_first_page and request.method == "GET"):
            return
        if not visits.is_reader(request):
            return
        if sessions := visits.note_visit(request, question):
            # Nothing may well be left by the filters, which says nothing about the words.
            is_without_results = not (
                results.count or results.promoted.lines or results.query.filters
            )
            _count(question, sessions=sessions, asked=1, without_results=int(is_without_results))


def note_opened(request, words: str) -> None:
    """Count that a result of this question was opened, if the question was asked today."""
    with _quietly():
        question = normalised(words)
        if question and visits.is_reader(request) and not visits.tells_too_much(request):
            with without_waiting():
                _rows(question).update(opened=F("opened") + 1)


def purge() -> int:
    """Throw away what was asked longer ago than we keep; returns how many rows."""
    visits.forget_earlier_days()
    first_kept = timezone.localdate() - datetime.timedelta(days=KEPT_DAYS - 1)
    return AskedQuestion.objects.filter(day__lt=first_kept).delete()[0]


def _count(question: str, *, sessions: int, **numbers: int) -> None:
    changes = {name: F(name) + number for name, number in numbers.items()}
    with without_waiting():
        rows = _rows(question)
        # A cache may have forgotten visits. The most that it ever knew is never too many.
        changed = rows.update(sessions=Greatest("sessions", sessions), **changes)
        if not changed and _has_room():
            row = AskedQuestion(day=timezone.localdate(), question=question)
            # Another worker may just have made it.
            AskedQuestion.objects.bulk_create([row], ignore_conflicts=True)
            rows.update(sessions=Greatest("sessions", sessions), **changes)


def _rows(question: str):
    return AskedQuestion.objects.filter(day=timezone.localdate(), question=question)


def _has_room() -> bool:
    today = AskedQuestion.objects.filter(day=timezone.localdate())
    return today.count() < MOST_QUESTIONS_A_DAY


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        # Not the message: the database may quote the question in it.
        logger.warning("A question was not counted: %s", type(error).__name__)
