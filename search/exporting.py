"""The list of results as a table to take along: what the page shows, on all its pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from django.db import models
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.roles import role_of
from content.languages import active_language
from content.meta import whole_address
from files.tables import Row
from lessons.models import LessonPage
from lessons.transfer.texts import joined, plain_text
from search.facets import TITLES
from search.formats import TableFile, file_links, row_of_date
from search.index.finding import Hit, Look, safely
from search.index.texts import Text, texts_of
from search.kinds import Kind
from search.labels import Labels, with_labels
from search.lines import lines_of
from search.query import SearchQuery
from search.results import Link, Results, question_for, with_known_values

# Nobody reads a longer list; and making it takes so long that others would wait.
MOST_ROWS = 10_000
# So many results are read from the database at once.
BATCH = 500
FILE_NAME = "zoekresultaten"

# The filters of which each result shows its values; kind, practice and language stand beside them.
FACET_COLUMNS = (
    "school", "thema", "element", "domein", "beroep", "niveau", "fase", "uitkomst", "sterkte",
    "tag",
)  # fmt: skip
# What a lesson tells beside the sentence in the list.
LESSON_COLUMNS = ("situation", "action", "result", "advice")
NO_PAGES = (Kind.DOWNLOAD, Kind.THEME)


class TooManyResultsError(ValueError):
    """More results than one list may have; the message is for the visitor."""


def list_links(results: Results) -> list[Link]:
    """The list in each format; nothing where the page shows no results, or too many for a list."""
    if not 0 < results.count <= MOST_ROWS:
        return []
    return file_links("search_export", results.query.grouped(False).parameters())


def list_results(query: SearchQuery, request: HttpRequest) -> "ResultList":
    """All that this person may see of what the question asks for, in the order of the page.

    Raises TooManyResultsError; and IndexNotReadyError where there is nothing to search yet.
    """
    return safely(
        lambda look: _list(look, query, request), role_of(request.user), active_language()
    )


def _list(look: Look, query: SearchQuery, request: HttpRequest) -> "ResultList":
    look, labels = with_labels(look, request.user)
    query = with_known_values(query, labels, look)
    question = question_for(query, labels, limit=MOST_ROWS, with_counts=False, with_snippets=False)
    if look.total(question) > MOST_ROWS:
        raise TooManyResultsError(
            _("One list holds at most %(most)s results. Use more words or filters.")
            % {"most": number_format(MOST_ROWS, force_grouping=True)}
        )
    return ResultList(query, look.find(question).hits, labels, request)


@dataclass(frozen=True)
class ResultList:
    query: SearchQuery
    hits: list[Hit]
    labels: Labels
    request: HttpRequest

    @property
    def table(self) -> TableFile:
        """What was asked, and the results below a row with the names of the columns."""
        return TableFile(FILE_NAME, self._asked(), {_("Results"): self._table()})

    def _asked(self) -> list[Row]:
        filters = (
            f"{TITLES[name]}: {self.labels.label(name, value)}" for name, value in self.query.chosen
        )
        return [
            [_("Search results of Lerende Praktijken")],
            row_of_date(),
            [_("Question"), self.query.words],
            [_("Filters"), joined(filters)],
            [_("Order"), str(self.query.sort.label)],
            [_("Address"), whole_address(self.query.grouped(False).address)],
        ]

    def _table(self) -> Iterator[list[str]]:
        yield columns()
        for start in range(0, len(self.hits), BATCH):
            yield from rows_of(self.hits[start : start + BATCH], self.labels, self.request)


def rows_of(hits: list[Hit], labels: Labels, request: HttpRequest) -> Iterator[list[str]]:
    """A row below the names of the columns for each hit that this person may still see."""
    lines = lines_of(hits, labels, request)
    pages = [line.pk for line in lines if line.kind not in NO_PAGES]
    values = texts_of(pages)
    lessons = LessonPage.objects.filter(pk__in=pages).visible_to(request.user)
    told = {pk: texts for pk, *texts in lessons.values_list("pk", *LESSON_COLUMNS)}
    nothing = [""] * len(LESSON_COLUMNS)
    for line in lines:
        text = values[line.pk] if line.kind not in NO_PAGES else Text()
        texts = told.get(line.pk, nothing) if line.is_lesson else nothing
        yield [
            *(line.kind_label, line.title, line.practice_title, line.text),
            joined(line.facts),
            *(_labels_in(text, name, labels) for name in FACET_COLUMNS),
            *(line.date, labels.label("taal", line.lang or active_language())),
            *(plain_text(text) for text in texts),
            whole_address(line.address),
        ]


def _labels_in(text: Text, name: str, labels: Labels) -> str:
    """The values of a filter, as far as this person can choose them."""
    known = labels.values[name]
    values = {known[key] for key in text.values.get(name, ()) if key in known}
    return joined(sorted(labels.label(name, value) for value in values))


def columns() -> list[str]:
    fields = (cast(models.Field, LessonPage._meta.get_field(name)) for name in LESSON_COLUMNS)
    return [
        *(_("Kind"), _("Title"), _("Practice"), _("Summary"), _("Details")),
        *(str(TITLES[name]) for name in FACET_COLUMNS),
        *(_("Date"), _("Language")),
        *(str(field.verbose_name) for field in fields),
        _("Address"),
    ]
