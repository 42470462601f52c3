"""What a practice says about a word, and the lessons that show it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.templatetags.content_tags import lang, lower_first
from lessons.listing import OutcomeCounts, outcome_counts
from lessons.models import Outcome
from practices.models import ElementState, PracticeElement, PracticePage
from search.comparing.matrix_query import RowKind
from search.kinds import Kind
from search.results import Link
from vocabulary.models import Term

LESSONS = urlencode([("soort", Kind.LESSON.value)])
Outcomes = tuple[Outcome, ...]
WORKED, DID_NOT_WORK = (Outcome.WORKED, Outcome.PARTLY), (Outcome.NOT,)
UNKNOWN = (Outcome.UNKNOWN,)
# What a cell tells apart, with the filters of the search that show it.
FILTERS: dict[Outcomes, str] = {
    outcomes: urlencode([("uitkomst", outcome.value) for outcome in outcomes])
    for outcomes in (WORKED, DID_NOT_WORK, UNKNOWN)
}
TOLD_APART = {outcome.value: outcomes for outcomes in FILTERS for outcome in outcomes}


@dataclass(frozen=True)
class Column:
    """One practice, or the examples from elsewhere together."""

    title: str
    sign: str
    url: str
    practices: tuple[PracticePage, ...]
    lang: str = ""
    is_folded: bool = False
    # The same table without this practice.
    url_without: str = ""

    @cached_property
    def filters(self) -> str:
        return urlencode([("praktijk", practice.slug) for practice in self.practices])

    @cached_property
    def spoken(self) -> SafeString:
        return _in_language(self.title, self.lang)

    @property
    def takes_lessons(self) -> bool:
        return not all(practice.is_ended for practice in self.practices)


@dataclass(frozen=True)
class Cell:
    """What a practice says about a word, and the lessons behind it."""

    column: Column
    # The practice and the word, before the text of each link: who hears a link hears it alone.
    spoken: SafeString
    # What it says beside the lessons, or where there are none.
    words: str = ""
    # Of working elements only. The note says how many practices a column with several speaks of.
    state: ElementState | None = None
    note: str = ""
    # All lessons, then the same lessons by what they gave where that differs.
    links: tuple[Link, ...] = ()

    @property
    def says_something(self) -> bool:
        return bool(self.links) or self.state not in (None, ElementState.UNKNOWN)

    @property
    def texts(self) -> list[str]:
        """All that the cell says, in its order."""
        state = str(self.state.label) if self.state else ""
        texts = [state, self.note, *(link.label for link in self.links), self.words]
        return [text for text in texts if text]

    @cached_property
    def markup(self) -> SafeString:
        """Made once for the table and its list: there are hundreds of cells."""
        return render_to_string("search/comparing/matrix_cell.html", {"cell": self})


@dataclass(frozen=True)
class Evidence:
    """What the practices say, and how many lessons somebody may see: read once for all cells."""

    rows: RowKind
    # By the primary key of a term, then by practice and outcome.
    counts: dict[int, OutcomeCounts]
    # By page and element.
    states: dict[tuple[int, int], ElementState] = field(default_factory=dict)

    def cells(self, term: Term, columns: Iterable[Column]) -> tuple[Cell, ...]:
        """The cells of the row of this word."""
        word = urlencode([(self.rows.value, term.slug)])
        name = _in_language(lower_first(term.label), term.language_of_label)
        of_term = self.counts.get(term.pk, {})
        return tuple(self._cell(term, column, word, name, of_term) for column in columns)

    def number(self, term: Term) -> int:
        """How many lessons there are about this word, of all practices."""
        return sum(sum(numbers.values()) for numbers in self.counts.get(term.pk, {}).values())

    def address(self, term: Term) -> str:
        """The search that shows all lessons about this word."""
        return f"{self._search}?{LESSONS}&{urlencode([(self.rows.value, term.slug)])}"

    @cached_property
    def _search(self) -> str:
        return reverse("search")

    def _cell(
        self, term: Term, column: Column, word: str, name: SafeString, counts: OutcomeCounts
    ) -> Cell:
        state, note = self._state(term, column)
        address = f"{self._search}?{LESSONS}&{column.filters}&{word}"
        words, links = _lessons(_numbers(column, counts), address)
        if not links:
            is_open = term.active and column.takes_lessons
            words = _("no lesson yet") if is_open else _("no lesson")
        return Cell(
            column=column,
            spoken=format_html("{}, {}, ", column.spoken, name),
            words=words,
            state=state,
            note=note,
            links=links,
        )

    def _state(self, term: Term, column: Column) -> tuple[ElementState | None, str]:
        if self.rows != RowKind.ELEMENT:
            return None, ""
        said = [
            self.states.get((page.pk, term.pk), ElementState.UNKNOWN) for page in column.practices
        ]
        state = next(state for state in ElementState if state in said)
        if state == ElementState.UNKNOWN and not term.active:
            # Nobody will be asked any more.
            return None, ""
        return state, _how_many(said) if column.is_folded else ""


def read_evidence(rows: RowKind, columns: Iterable[Column], user) -> Evidence:
    """In one query; of working elements in two."""
    counts = outcome_counts(user, rows.term_kind)
    if rows != RowKind.ELEMENT:
        return Evidence(rows, counts)
    pages = [practice.pk for column in columns for practice in column.practices]
    said = PracticeElement.objects.filter(page__in=pages).values_list("page", "element", "state")
    states = {(page, element): ElementState(state) for page, element, state in said}
    return Evidence(rows, counts, states)


def _numbers(column: Column, counts: OutcomeCounts) -> dict[Outcomes, int]:
    """How many of these lessons the column has, by what they gave; without zeros."""
    numbers: dict[Outcomes, int] = {}
    for practice in column.practices:
        for outcome, number in counts.get(practice.practice_key, {}).items():
            outcomes = TOLD_APART[outcome]
            numbers[outcomes] = numbers.get(outcomes, 0) + number
    return {outcomes: numbers[outcomes] for outcomes in FILTERS if outcomes in numbers}


def _lessons(numbers: dict[Outcomes, int], address: str) -> tuple[str, tuple[Link, ...]]:
    """What stands beside the lessons of a cell, and the links to them."""
    if not numbers:
        return "", ()
    lessons = Link(number_of_lessons(sum(numbers.values())), address)
    if len(numbers) == 1:
        [(outcomes, number)] = numbers.items()
        return _all_alike(outcomes, number), (lessons,)
    parts = [
        Link(_part(outcomes, number), f"{address}&{FILTERS[outcomes]}")
        for outcomes, number in numbers.items()
    ]
    return "", (lessons, *parts)


def number_of_lessons(number: int) -> str:
    return ngettext("%(number)s lesson", "%(number)s lessons", number) % {"number": number}


def _part(outcomes: Outcomes, number: int) -> str:
    if outcomes == WORKED:
        text = ngettext("%(number)s worked", "%(number)s worked", number)
    elif outcomes == DID_NOT_WORK:
        text = ngettext("%(number)s did not work", "%(number)s did not work", number)
    else:
        text = ngettext("%(number)s still unknown", "%(number)s still unknown", number)
    return text % {"number": number}


def _all_alike(outcomes: Outcomes, number: int) -> str:
    """What all lessons gave. That they worked goes without saying."""
    if outcomes == WORKED:
        return ""
    if outcomes == DID_NOT_WORK:
        return ngettext("did not work", "did not work", number)
    return ngettext("outcome not known", "outcome not known", number)


def _how_many(said: list[ElementState]) -> str:
    """How many of several practices say this, and how many say something less."""
    numbers = {state: said.count(state) for state in ElementState if state in said}
    numbers.pop(ElementState.UNKNOWN, None)
    if not numbers:
        return ""
    (_state, first), *others = numbers.items()
    at_first = ngettext("at %(number)s example", "at %(number)s examples", first)
    words = {
        ElementState.PARTLY: _("partly at %(number)s"),
        ElementState.NOT_USED: _("not used at %(number)s"),
    }
    less = [words[state] % {"number": number} for state, number in others]
    return ", ".join([at_first % {"number": first}, *less])


def _in_language(text: str, language: str) -> SafeString:
    """A text for who hears it, in the voice of its language."""
    if not language:
        return format_html("{}", text)
    return format_html("<span{}>{}</span>", lang(language), text)
