"""Practices side by side on the same rows, in the order in which they were chosen."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.meta import whole_address
from content.partial_dates import display
from lessons.listing import visible_lessons
from lessons.models import LessonPage, Outcome
from practices.listing import PracticeGroup, practice_groups
from practices.models import DevelopmentPathPage, ElementState, PracticePage, Ring
from search.downloads import found_downloads, practices_of_downloads
from search.kinds import Kind
from search.labels import practice_label
from search.query import MOST_VALUES, clean
from search.results import Link
from vocabulary.models import Term, TermKind

# The translation key of a practice: what its lessons, paths and files share with it.
PracticeKey = uuid.UUID | None

FEWEST, MOST = 2, 4
# A longer text folds.
LONG_TEXT = 300
# So many lessons or files of a practice stand in a cell; the others are behind a link.
MOST_LINKS = 3
WORKED = (Outcome.WORKED.value, Outcome.PARTLY.value)
NOT_WORKED = (Outcome.NOT.value,)


@dataclass(frozen=True)
class ComparisonQuery:
    """The practices that an address names, in its order, and whether equal rows are left out."""

    slugs: tuple[str, ...] = ()
    only_differences: bool = False

    @property
    def address(self) -> str:
        parameters = [("praktijk", slug) for slug in self.slugs]
        if self.only_differences:
            parameters.append(("verschillen", "1"))
        return f"{reverse('compare')}?{urlencode(parameters)}".rstrip("?")

    def without(self, slug: str) -> "ComparisonQuery":
        return replace(self, slugs=tuple(kept for kept in self.slugs if kept != slug))


@dataclass(frozen=True)
class Item:
    """One line in a cell. With an address it is a link, with a state it has the shape of it."""

    text: str
    url: str = ""
    note: str = ""
    state: str = ""
    lang: str = ""

    @property
    def beginning(self) -> str:
        """The text as far as it stands in the cell; whole words."""
        if len(self.text) <= LONG_TEXT:
            return self.text
        return self.text[:LONG_TEXT].rpartition(" ")[0] or self.text[:LONG_TEXT]

    @property
    def rest(self) -> str:
        return self.text[len(self.beginning) :]


# Without items the cell says that nothing was filled in.
Cell = tuple[Item, ...]


@dataclass(frozen=True)
class Row:
    title: str
    cells: tuple[Cell, ...]
    note: str = ""
    lang: str = ""

    @property
    def differs(self) -> bool:
        """Whether the practices say something different here; where a link leads does not count."""
        return len({tuple((i.text, i.note, i.state) for i in cell) for cell in self.cells}) > 1

    @property
    def is_one_text(self) -> bool:
        """Whether one cell can stand for all: they say the same, and lead nowhere."""
        return not self.differs and not any(item.url for cell in self.cells for item in cell)


@dataclass(frozen=True)
class Column:
    title: str
    sign: str
    url: str
    lang: str
    # The same comparison without this practice.
    url_without: str


@dataclass(frozen=True)
class Comparison:
    query: ComparisonQuery
    columns: list[Column]
    rows: list[Row]
    groups: list[PracticeGroup]
    notices: list[str]

    @property
    def is_complete(self) -> bool:
        return len(self.columns) >= FEWEST

    @property
    def has_room(self) -> bool:
        return len(self.columns) < MOST

    @property
    def title(self) -> str:
        titles = {
            2: _("Two practices side by side"),
            3: _("Three practices side by side"),
            4: _("Four practices side by side"),
        }
        return titles.get(len(self.columns), _("Compare practices"))

    @property
    def views(self) -> list[Link]:
        everything = replace(self.query, only_differences=False)
        differences = replace(self.query, only_differences=True)
        return [
            Link(_("Everything"), everything.address, current=self.query == everything),
            Link(_("Only differences"), differences.address, current=self.query == differences),
        ]

    @property
    def columns_by_row(self) -> list[tuple[Row, list[tuple[Column, Cell]]]]:
        """Each row with its cells beside their columns, for the list form of the table."""
        return [(row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows]

    @property
    def whole_address(self) -> str:
        return whole_address(self.query.address)


def read_comparison(data: QueryDict) -> ComparisonQuery:
    slugs = dict.fromkeys(clean(value) for value in data.getlist("praktijk")[:MOST_VALUES])
    return ComparisonQuery(
        slugs=tuple(slug for slug in slugs if slug),
        only_differences=data.get("verschillen") == "1",
    )


def compare_practices(query: ComparisonQuery, request) -> Comparison:
    groups = practice_groups(request.user)
    visible = {practice.slug: practice for group in groups for practice in group.practices}
    chosen = [visible[slug] for slug in query.slugs if slug in visible]
    notices = []
    if len(chosen) < len(query.slugs):
        # Not which one: a name would tell that it exists.
        notices.append(_("A choice is not available."))
    if len(chosen) > MOST:
        chosen = chosen[:MOST]
        notices.append(_("At most four practices fit side by side. These are the first four."))
    query = replace(query, slugs=tuple(practice.slug for practice in chosen))
    rows = rows_for(chosen, request) if len(chosen) >= FEWEST else []
    if query.only_differences:
        rows = [row for row in rows if row.differs]
    columns = [
        Column(
            title=practice_label(practice, visible.values()),
            sign=f"sign-{practice.sign}",
            url=practice.address(request),
            lang=practice.language_of_text,
            url_without=query.without(practice.slug).address,
        )
        for practice in chosen
    ]
    return Comparison(query, columns, rows, groups, notices)


def rows_for(practices: list[PracticePage], request) -> list[Row]:
    """The rows, in a number of queries that does not depend on how much there is to tell."""
    user = request.user
    keys = [practice.practice_key for practice in practices]
    practices = list(
        PracticePage.objects.filter(pk__in=[practice.pk for practice in practices])
        .select_related("locale", "current_phase")
        .prefetch_related("team", "partners", "elements", "current_phase__translations")
    )
    practices.sort(key=lambda practice: keys.index(practice.practice_key))
    lessons = _Lessons(keys, request)
    paths = _paths(keys, request)
    downloads = _downloads(practices, user)

    def row(title: str, cell: Callable[[PracticePage], Cell], note: str = "") -> Row:
        return Row(title, tuple(cell(practice) for practice in practices), note)

    return [
        row(_("Starting point"), lambda p: _texts(p, p.starting_point)),
        row(_("Where and since when"), lambda p: _texts(p, _place(p), _since(p))),
        row(_("Education"), lambda p: _noted(p, p.education, p.education_note)),
        row(_("Who take part"), _who),
        row(_("Who connects"), lambda p: _texts(p, p.connector)),
        *_element_rows(practices),
        row(_("What worked"), lambda p: lessons.cell(p, WORKED)),
        row(_("What did not work"), lambda p: lessons.cell(p, NOT_WORKED)),
        row(_("What stayed hard"), lambda p: _texts(p, p.hard)),
        row(_("Phase"), _phase),
        row(_("Where it stands"), lambda p: _noted(p, p.status_text, p.status_note)),
        row(_("Lessons"), lessons.number),
        row(_("Development paths"), lambda p: paths.get(p.practice_key, ())),
        row(_("Downloads"), lambda p: downloads.get(p.practice_key, ())),
    ]


# Facts of the practice itself


def _texts(practice: PracticePage, *texts: str) -> Cell:
    return tuple(Item(text, lang=practice.language_of_text) for text in texts if text)


def _noted(practice: PracticePage, text: str, note: str) -> Cell:
    return (Item(text, note=note, lang=practice.language_of_text),) if text else ()


def _place(practice: PracticePage) -> str:
    same = not practice.region or practice.region == practice.place
    return practice.place if same else f"{practice.place}, {practice.region}"


def _since(practice: PracticePage) -> str:
    return practice.start_text or practice.since or display(practice.start)


def _who(practice: PracticePage) -> Cell:
    """The core of the team, then the organisations."""
    core = [row.role for row in practice.team.all() if row.ring == Ring.CORE]
    return _texts(practice, *core, *(partner.name for partner in practice.partners.all()))


def _phase(practice: PracticePage) -> Cell:
    phase = practice.current_phase
    return (Item(phase.label, lang=phase.language_of_label),) if phase else ()


def _element_rows(practices: list[PracticePage]) -> list[Row]:
    """A row for each working element that one of the practices says something about."""
    known = {
        practice.pk: {row.element_id: row for row in practice.elements.all()}
        for practice in practices
    }
    used = {element for rows in known.values() for element in rows}
    elements = Term.objects.of_kind(TermKind.ELEMENT).filter(pk__in=used).named()

    def cell(practice: PracticePage, element: Term) -> Cell:
        row = known[practice.pk].get(element.pk)
        state = ElementState(row.state) if row else ElementState.UNKNOWN
        note = row.sentence if row else ""
        return (Item(str(state.label), state=state, note=note, lang=practice.language_of_text),)

    return [
        Row(
            element.label,
            tuple(cell(practice, element) for practice in practices),
            note=_("working element"),
            lang=element.language_of_label,
        )
        for element in elements
    ]


# What belongs to the practice


class _Lessons:
    """The lessons of some practices, in two queries: a line of each, and the few that are shown."""

    def __init__(self, keys: list[PracticeKey], request):
        self.request = request
        lines = visible_lessons(request.user).of_practice(*keys).strongest_first()
        self.of_practice: dict[PracticeKey, list[tuple[int, str]]] = defaultdict(list)
        for pk, key, outcome in lines.values_list("pk", "practice_key", "outcome"):
            self.of_practice[key].append((pk, outcome))
        shown = [
            pk
            for key in keys
            for outcomes in (WORKED, NOT_WORKED)
            for pk in self._with(key, outcomes)[:MOST_LINKS]
        ]
        self.shown = LessonPage.objects.in_bulk(shown)

    def cell(self, practice: PracticePage, outcomes: tuple[str, ...]) -> Cell:
        """The surest lessons with these outcomes, and a link to all of them when there are more."""
        pks = self._with(practice.practice_key, outcomes)
        lessons = [self.shown[pk] for pk in pks[:MOST_LINKS]]
        items = [
            Item(lesson.title, url=lesson.address(self.request), lang=lesson.language_of_text)
            for lesson in lessons
        ]
        if len(pks) > MOST_LINKS:
            text = ngettext("All %(number)s lesson", "All %(number)s lessons", len(pks))
            url = _search_address(practice, Kind.LESSON, outcomes)
            items.append(Item(text % {"number": len(pks)}, url=url))
        return tuple(items)

    def number(self, practice: PracticePage) -> Cell:
        count = len(self.of_practice[practice.practice_key])
        text = ngettext("%(number)s lesson", "%(number)s lessons", count) % {"number": count}
        return (Item(text, url=_search_address(practice, Kind.LESSON)),) if count else ()

    def _with(self, key: PracticeKey, outcomes: tuple[str, ...]) -> list[int]:
        return [pk for pk, outcome in self.of_practice[key] if outcome in outcomes]


def _paths(keys: list[PracticeKey], request) -> dict[PracticeKey, Cell]:
    paths = (
        DevelopmentPathPage.objects.of_practice(*keys)
        .visible_to(request.user)
        .in_language(request.user)
        .order_by("path")
    )
    cells: dict[PracticeKey, Cell] = defaultdict(tuple)
    for path in paths:
        item = Item(path.school, path.address(request), lang=path.language_of_text)
        cells[path.practice_key] += (item,)
    return cells


def _downloads(practices: list[PracticePage], user) -> dict[PracticeKey, Cell]:
    practices_of = practices_of_downloads(user)
    downloads = list(found_downloads(user).filter(pk__in=practices_of).order_by("title", "pk"))
    cells = {}
    for practice in practices:
        own = [file for file in downloads if practice.practice_key in practices_of[file.pk]]
        items = [Item(file.title, file.url, note=file.kind_label) for file in own[:MOST_LINKS]]
        if len(own) > MOST_LINKS:
            text = ngettext("All %(number)s download", "All %(number)s downloads", len(own))
            items.append(
                Item(text % {"number": len(own)}, _search_address(practice, Kind.DOWNLOAD))
            )
        cells[practice.practice_key] = tuple(items)
    return cells


def _search_address(practice: PracticePage, kind: Kind, outcomes: tuple[str, ...] = ()) -> str:
    """The search that shows exactly these."""
    parameters = [("soort", kind.value), ("praktijk", practice.slug)]
    parameters += [("uitkomst", outcome) for outcome in outcomes]
    return f"{reverse('search')}?{urlencode(parameters)}"
