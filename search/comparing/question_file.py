"""A question asked of some practices, as tables to take along: what the page shows."""

from collections.abc import Iterator

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from content.meta import whole_address
from lessons.transfer.texts import joined, plain_text
from search.comparing.question import Column, FoundLesson, QuestionComparison
from search.formats import TableFile, row_of_date

FILE_NAME = "vergelijking-op-vraag"


def table_of(comparison: QuestionComparison) -> TableFile:
    return TableFile(
        FILE_NAME,
        [
            [_("Practices compared on a question")],
            row_of_date(),
            [_("Question"), comparison.query.words],
            [_("Filters"), joined(choice.label for choice in comparison.choices)],
            [_("Also searched for"), joined(comparison.also_searched)],
            [_("Address"), comparison.whole_address],
        ],
        {
            _("Lessons"): list(_lessons(comparison.columns)),
            _("Practices"): list(_practices(comparison.columns)),
            _("Shared words"): list(_words(comparison)),
        },
    )


def _lessons(columns: list[Column]) -> Iterator[list[str]]:
    yield [
        *(_("Practice"), _("Title"), _("Lesson"), _("Found in")),
        *(_("Outcome"), _("How sure"), _("Date"), _("Address")),
    ]
    for column in columns:
        for found in column.lessons:
            yield [column.title, *_lesson(found)]
        if not column.lessons:
            yield [column.title, _("No lesson yet"), *[""] * 6]


def _lesson(found: FoundLesson) -> list[str]:
    line = found.line
    snippet = plain_text(strip_tags(found.snippet))
    return [
        *(line.title, line.text, f"{line.place}: {snippet}" if line.place and snippet else snippet),
        *(line.outcome_label, line.strength_label, line.date_label, whole_address(line.address)),
    ]


def _practices(columns: list[Column]) -> Iterator[list[str]]:
    yield [_("Practice"), _("Lessons"), _("All results"), _("Own words")]
    for column in columns:
        yield [
            column.title,
            str(column.count.number) if column.count.number else _("No lesson yet"),
            str(column.results.number),
            joined(f"{word.label} ({word.total})" for word in column.own_words),
        ]


def _words(comparison: QuestionComparison) -> Iterator[list[str]]:
    yield [_("Word"), _("Kind"), *(column.title for column in comparison.columns)]
    for word in comparison.shared_words:
        counts = (str(one.number) if one.number else _("No lesson yet") for one in word.counts)
        yield [word.label, word.kind, *counts]
