"""The paths of schools as lanes over the same phases, with their steps and lessons."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.models import ContentPage
from practices.models import PathStep, StepStatus
from practices.paths import PhaseOnPath, lay_out, period_of, surely_before
from search.comparing.schools import School
from search.labels import practice_label
from vocabulary.models import Term

STEP_FIELDS = [
    *("pk", "page_id", "phase_id", "title", "status", "start", "end", "period_text", "sort_order"),
]


@dataclass(frozen=True)
class StepInLane:
    """A step of a path, as far as a comparison shows it."""

    phase_id: int
    title: str
    status: StepStatus
    start: str
    end: str
    period_text: str
    sort_order: int
    # How many lessons stand beside it on the page of the path, for this person.
    lessons: int = 0
    url: str = ""

    @property
    def period(self) -> str:
        return period_of(self)

    @property
    def has_date(self) -> bool:
        return bool(self.start or self.end)

    @property
    def lessons_label(self) -> str:
        if not self.lessons:
            return ""
        text = ngettext("%(number)s lesson", "%(number)s lessons", self.lessons)
        return text % {"number": self.lessons}


@dataclass(frozen=True)
class PhaseInLane:
    """One phase of the shared list as one school went through it, or as far as that is known."""

    on_path: PhaseOnPath[StepInLane]
    # The first phase of the list that stands before this one, and surely came after it.
    came_before: Term | None = None

    @property
    def term(self) -> Term:
        return self.on_path.phase

    @property
    def status(self) -> StepStatus:
        return self.on_path.status

    @property
    def is_known(self) -> bool:
        return self.status != StepStatus.UNKNOWN

    @property
    def steps(self) -> list[StepInLane]:
        return self.on_path.steps

    @property
    def extra_steps(self) -> list[StepInLane]:
        return self.steps[1:]

    @property
    def extra_label(self) -> str:
        """`extra step: ...`, which stands apart from the step that others have too."""
        if not self.extra_steps:
            return ""
        text = ngettext(
            "extra step: %(titles)s", "%(number)s extra steps: %(titles)s", len(self.extra_steps)
        )
        titles = "; ".join(step.title for step in self.extra_steps)
        return text % {"number": len(self.extra_steps), "titles": titles}

    @property
    def notes(self) -> tuple[str, ...]:
        """When it was, in words; the first is the fullest, the last always fits."""
        if len(self.steps) == 1 and (period := self.steps[0].period):
            return (period, self.on_path.years or self._without_date)
        return (self.on_path.years or self._without_date,)

    @property
    def _without_date(self) -> str:
        return _("no date") if self.is_known else _("not known")


@dataclass(frozen=True)
class Lane:
    """The path of one school."""

    # As an address names it, and as it is called: with the practice where two have one name.
    value: str
    name: str
    school: str
    practice: str
    place: str
    sign: str
    lang: str
    # When the path itself began, as a partial date; empty when that is not known.
    start: str
    url: str
    # In the order of the shared list, and in the order of events.
    phases: tuple[PhaseInLane, ...] = ()
    in_order_of_events: tuple[PhaseInLane, ...] = ()

    @property
    def where(self) -> list[str]:
        """The practice and the place, as far as the name does not say them."""
        practice = self.practice if self.name == self.school else ""
        return [part for part in (practice, self.place) if part]

    @property
    def steps(self) -> list[StepInLane]:
        return [step for phase in self.in_order_of_events for step in phase.steps]

    @property
    def first_known_phase(self) -> Term | None:
        """With which phase this school began, if dates say so."""
        known = [phase for phase in self.in_order_of_events if phase.is_known]
        return known[0].term if known and known[0].on_path.start else None


def read_lanes(schools: Sequence[School], terms: Sequence[Term], request) -> list[Lane]:
    """The lanes of these schools, in three queries however many schools and steps there are."""
    lanes = {school.path.pk: _empty_lane(school, request) for school in schools}
    lessons = _lessons_of_steps(list(lanes), request.user)
    steps_of: dict[int, list[StepInLane]] = {pk: [] for pk in lanes}
    rows = PathStep.objects.filter(page__in=list(lanes)).order_by("sort_order", "pk")
    for row in rows.values_list(*STEP_FIELDS, named=True):
        steps_of[row.page_id].append(
            StepInLane(
                phase_id=row.phase_id,
                title=row.title,
                status=StepStatus(row.status),
                start=row.start,
                end=row.end,
                period_text=row.period_text,
                sort_order=row.sort_order or 0,
                lessons=lessons[row.pk],
                url=f"{lanes[row.page_id].url}#stap-{row.pk}",
            )
        )
    return [with_steps(lane, terms, steps_of[pk]) for pk, lane in lanes.items()]


def _empty_lane(school: School, request) -> Lane:
    return Lane(
        value=school.value,
        name=school.label,
        school=school.path.school,
        practice=practice_label(school.practice),
        place=school.path.place,
        sign=f"sign-{school.practice.sign}",
        lang=school.path.language_of_text,
        start=school.path.start,
        url=school.path.address(request),
    )


def with_steps(lane: Lane, terms: Sequence[Term], steps: list[StepInLane]) -> Lane:
    """The steps on this lane, below their phases."""
    events = lay_out(terms, steps)
    place = {term.pk: number for number, term in enumerate(terms)}
    in_list = sorted(events, key=lambda phase: place[phase.phase.pk])
    phases = {
        phase.phase.pk: PhaseInLane(phase, _came_before(phase, in_list[:number]))
        for number, phase in enumerate(in_list)
    }
    return replace(
        lane,
        phases=tuple(phases[phase.phase.pk] for phase in in_list),
        in_order_of_events=tuple(phases[phase.phase.pk] for phase in events),
    )


def _came_before(
    phase: PhaseOnPath[StepInLane], earlier_in_list: Sequence[PhaseOnPath[StepInLane]]
) -> Term | None:
    """Only where both are known: a date at a phase that is not known says nothing about it."""
    later = (
        other
        for other in earlier_in_list
        if StepStatus.UNKNOWN not in (phase.status, other.status) and surely_before(phase, other)
    )
    return next((other.phase for other in later), None)


def _lessons_of_steps(paths: list[int], user) -> Counter[int]:
    """How many lessons of each step this person may see, as the page of the path counts them."""
    links = PathStep.lessons.through.objects.filter(pathstep__page__in=paths)
    lessons = ContentPage.objects.filter(
        translation_key__in=links.values("contentpage__translation_key")
    )
    visible = set(
        lessons.visible_to(user).in_language(user).values_list("translation_key", flat=True)
    )
    keys = links.values_list("pathstep", "contentpage__translation_key")
    return Counter(step for step, key in keys if key in visible)
