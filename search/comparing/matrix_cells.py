"""What a practice says about a word, and the lessons that show it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
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

    def cell(self, term: Term, column: Column) -> Cell:
        spoken = _in_language(lower_first(term.label), term.language_of_label)
        cell = Cell(column, format_html("{}, {}, ", column.spoken, spoken))
        numbers = self._numbers(term, column)
        if numbers:
            cell = self._with_lessons(cell, term, numbers)
        else:
            is_open = term.active and column.takes_lessons
            cell = replace(cell, words=_("no lesson yet") if is_open else _("no lesson"))
        return self._with_state(cell, term) if self.rows == RowKind.ELEMENT else cell

    def number(self, term: Term) -> int:
        """How many lessons there are about this word, of all practices."""
        return sum(sum(numbers.values()) for numbers in self.counts.get(term.pk, {}).values())

    def address(self, term: Term, column: Column | None = None) -> str:
        """The search that shows exactly the lessons about this word, of all practices or these."""
        practices = [column.filters] if column else []
        word = urlencode([(self.rows.value, term.slug)])
        return f"{self._search}?{'&'.join([LESSONS, *practices, word])}"

    @cached_property
    def _search(self) -> str:
        return reverse("search")

    def _numbers(self, term: Term, column: Column) -> dict[Outcomes, int]:
        """How many lessons the column has about this word, by what they gave; without zeros."""
        of_practices = self.counts.get(term.pk, {})
        numbers: dict[Outcomes, int] = {}
        for practice in column.practices:
            for outcome, number in of_practices.get(practice.practice_key, {}).items():
                outcomes = next(outcomes for outcomes in FILTERS if outcome in outcomes)
                numbers[outcomes] = numbers.get(outcomes, 0) + number
        return {outcomes: numbers[outcomes] for outcomes in FILTERS if outcomes in numbers}

    def _with_lessons(self, cell: Cell, term: Term, numbers: dict[Outcomes, int]) -> Cell:
        address = self.address(term, cell.column)
        lessons = Link(number_of_lessons(sum(numbers.values())), address)
        if len(numbers) == 1:
            [(outcomes, number)] = numbers.items()
            return replace(cell, words=_all_alike(outcomes, number), links=(lessons,))
        parts = [
            Link(_part(outcomes, number), f"{address}&{FILTERS[outcomes]}")
            for outcomes, number in numbers.items()
        ]
        return replace(cell, links=(lessons, *parts))

    def _with_state(self, cell: Cell, term: Term) -> Cell:
        said = [
            self.states.get((page.pk, term.pk), ElementState.UNKNOWN)
            for page in cell.column.practices
        ]
        state = next(state for state in ElementState if state in said)
        if state == ElementState.UNKNOWN and not term.active:
            # Nobody will be asked any more.
            return cell
        return replace(cell, state=state, note=_how_many(said) if cell.column.is_folded else "")


def read_evidence(rows: RowKind, columns: Iterable[Column], user) -> Evidence:
    """In one query; of working elements in two."""
    counts = outcome_counts(user, rows.term_kind)
    if rows != RowKind.ELEMENT:
        return Evidence(rows, counts)
    pages = [practice.pk for column in columns for practice in column.practices]
    said = PracticeElement.objects.filter(page__in=pages).values_list("page", "element", "state")
    states = {(page, element): ElementState(state) for page, element, state in said}
    return Evidence(rows, counts, states)


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
