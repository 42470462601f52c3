"""Development paths side by side: the same phases, on one axis, in the order of the choice."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.meta import whole_address
from practices.models import StepStatus
from practices.profile import LEGEND, phases
from search.comparing import paths_by_phase, paths_in_time
from search.comparing.drawing import Drawing
from search.comparing.lanes import Lane, PhaseInLane, StepInLane, read_lanes
from search.comparing.path_remarks import Remark, introduction, remarks, title_of
from search.comparing.paths_in_time import LaneInTime, in_time
from search.comparing.schools import (
    School,
    SchoolGroup,
    by_practice,
    named_school,
    visible_schools,
)
from search.comparing.timeline import months_in_words, stretch_of, when
from search.formats import file_links
from search.query import MOST_VALUES, clean, shorten, values_of
from search.results import Link
from vocabulary.models import Term

FEWEST, MOST = 2, 8
# Who chose nothing sees the first path of so many practices.
MOST_AT_FIRST = 4
# So many columns fit in a table; one with more scrolls in a frame of its own.
MOST_IN_A_TABLE = 4


class Axis(models.TextChoices):
    """What the paths are laid along."""

    PHASE = "fase", gettext_lazy("By phase")
    DATE = "datum", gettext_lazy("By date")
    MONTHS = "maanden", gettext_lazy("In months")


@dataclass(frozen=True)
class PathsQuery:
    """The paths that an address names, and what they are laid along."""

    schools: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    axis: Axis = Axis.PHASE
    # A value of the axis that there is not.
    unknown_axis: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.schools or self.practices)

    @property
    def parameters(self) -> str:
        """In its shortest form: the axis that goes without saying is left out."""
        axis = [("as", self.axis.value)] if self.axis != Axis.PHASE else []
        return urlencode([*(("school", school) for school in self.schools), *axis])

    @property
    def address(self) -> str:
        return f"{reverse('compare_paths')}?{self.parameters}".rstrip("?")


@dataclass(frozen=True)
class StepLine:
    """A step in the table."""

    step: StepInLane
    # The second and further steps of a phase.
    is_extra: bool
    # Its state, where that is not the one of the phase.
    status: str
    # When it was, counted from the start of the path, if the table counts so.
    months: str


@dataclass(frozen=True)
class Cell:
    """What one school says of one phase."""

    lane: Lane
    phase: PhaseInLane
    lines: list[StepLine]


@dataclass(frozen=True)
class Pictures:
    """The same picture where there is room, and for a phone."""

    wide: Drawing
    tall: Drawing
    # Too many schools for names above narrow columns: they have numbers.
    has_numbers: bool = False


@dataclass(frozen=True)
class PathComparison:
    query: PathsQuery
    lanes: list[Lane]
    terms: list[Term]
    school_groups: list[SchoolGroup]
    notices: list[str]

    @property
    def is_complete(self) -> bool:
        return len(self.lanes) >= FEWEST

    @property
    def has_enough_to_choose(self) -> bool:
        return sum(len(group.schools) for group in self.school_groups) >= FEWEST

    @property
    def title(self) -> str:
        return title_of(self.lanes, self.terms) if self.is_complete else _("Paths side by side")

    @property
    def picture_title(self) -> str:
        """Who are in the picture, for those who do not see it."""
        names = ", ".join(lane.name for lane in self.lanes)
        return f"{self.title}. {self.query.axis.label}: {names}"

    @property
    def is_broad(self) -> bool:
        """Whether the table needs more room than a page has."""
        return len(self.lanes) > MOST_IN_A_TABLE

    @property
    def introduction(self) -> str:
        return introduction(self.lanes)

    @property
    def remarks(self) -> list[Remark]:
        return remarks(self.lanes, self.terms)

    @property
    def chosen(self) -> list[str]:
        return [lane.value for lane in self.lanes]

    @property
    def views(self) -> list[Link]:
        return [
            Link(
                str(axis.label),
                replace(self.query, axis=axis).address,
                current=axis == self.query.axis,
            )
            for axis in Axis
        ]

    @property
    def legend(self) -> list[StepStatus]:
        """The shapes in the picture; that of a stopped step only where there is one."""
        used = {phase.status for lane in self.lanes for phase in lane.phases}
        return [*LEGEND, *([StepStatus.STOPPED] if StepStatus.STOPPED in used else [])]

    @property
    def is_in_time(self) -> bool:
        return self.query.axis != Axis.PHASE

    @property
    def counts_months(self) -> bool:
        return self.query.axis == Axis.MONTHS

    @cached_property
    def lanes_in_time(self) -> list[LaneInTime]:
        today = timezone.localdate()
        return [in_time(lane, today, since_start=self.counts_months) for lane in self.lanes]

    @property
    def without_place(self) -> list[LaneInTime]:
        """The paths of which steps are not in the picture, for these have no date or no start."""
        if not self.is_in_time:
            return []
        return [lane for lane in self.lanes_in_time if lane.without_place]

    @property
    def has_picture(self) -> bool:
        """A picture needs a place for at least something."""
        if self.is_in_time:
            return any(lane.placed for lane in self.lanes_in_time)
        return bool(self.terms)

    @property
    def pictures(self) -> Pictures:
        if self.is_in_time:
            on_calendar = not self.counts_months
            wide, tall = (
                paths_in_time.draw(self.lanes_in_time, form, on_calendar=on_calendar)
                for form in (paths_in_time.WIDE, paths_in_time.TALL)
            )
            return Pictures(wide, tall)
        return Pictures(
            paths_by_phase.draw_wide(self.lanes),
            paths_by_phase.draw_tall(self.lanes),
            has_numbers=len(self.lanes) > paths_by_phase.MOST_NAMES,
        )

    @property
    def rows(self) -> list[tuple[Term, list[Cell]]]:
        """The phases with what each school says of them, for the table and its list form."""
        return [
            (term, [self._cell(lane, lane.phases[number]) for lane in self.lanes])
            for number, term in enumerate(self.terms)
        ]

    def _cell(self, lane: Lane, phase: PhaseInLane) -> Cell:
        lines = [
            StepLine(
                step,
                is_extra=number > 0,
                status=str(step.status.label) if step.status != phase.status else "",
                months=months_since_start(lane, step) if self.counts_months else "",
            )
            for number, step in enumerate(phase.steps)
        ]
        return Cell(lane, phase, lines)

    @property
    def files(self) -> list[Link]:
        label = _("Download as %(format)s")
        return file_links("compare_paths_export", self.query.parameters, label)

    @property
    def whole_address(self) -> str:
        return whole_address(self.query.address)


def months_since_start(lane: Lane, step: StepInLane) -> str:
    """When a step was, counted from the start of its path; empty when one of them is not known."""
    if not (lane.start and step.has_date):
        return ""
    return months_in_words(when(step, timezone.localdate()).after(stretch_of(lane.start)))


def read_paths(data: QueryDict) -> PathsQuery:
    asked = clean(data.get("as", ""))
    known = asked in Axis.values
    return PathsQuery(
        schools=values_of(data, "school")[:MOST_VALUES],
        practices=values_of(data, "praktijk")[:MOST_VALUES],
        axis=Axis(asked) if known else Axis.PHASE,
        unknown_axis="" if known else shorten(asked),
    )


def lay_paths_side_by_side(query: PathsQuery, request) -> PathComparison:
    schools = visible_schools(request.user)
    notices = []
    if query.unknown_axis:
        notices.append(
            _("“%(value)s” is not known here and was left out.") % {"value": query.unknown_axis}
        )
    if query.is_empty:
        chosen = first_of_each_practice(schools.values())
    else:
        chosen, is_whole = chosen_schools(query, schools)
        if not is_whole:
            # Not which one: a name would tell that it exists.
            notices.append(_("A choice is not available."))
    if len(chosen) > MOST:
        chosen = chosen[:MOST]
        notices.append(_("At most eight paths fit side by side. These are the first eight."))
    if not query.is_empty:
        query = replace(query, schools=tuple(school.value for school in chosen), practices=())
        if len(chosen) == 1:
            notices.append(_("Choose at least one more path to lay beside this one."))
    terms = phases()
    return PathComparison(
        query, read_lanes(chosen, terms, request), terms, by_practice(schools.values()), notices
    )


def chosen_schools(query: PathsQuery, schools: dict[str, School]) -> tuple[list[School], bool]:
    """The schools in the order of the choice, each once, and whether there are all that were asked.

    A practice stands for all its paths.
    """
    found: dict[str, School] = {}
    is_whole = True
    for name in query.schools:
        school = named_school(name, schools)
        if school is None:
            is_whole = False
        else:
            found.setdefault(school.value, school)
    for slug in query.practices:
        of_practice = [school for school in schools.values() if school.practice.slug == slug]
        is_whole = is_whole and bool(of_practice)
        found |= {school.value: school for school in of_practice if school.value not in found}
    return list(found.values()), is_whole


def first_of_each_practice(schools: Iterable[School]) -> list[School]:
    first: dict[str, School] = {}
    for school in schools:
        first.setdefault(school.practice.slug, school)
    return list(first.values())[:MOST_AT_FIRST]
