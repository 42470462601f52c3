"""Paths side by side as a table to take along: a row for each step."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from content.meta import whole_address
from search.comparing.lanes import Lane, PhaseInLane, StepInLane
from search.comparing.paths import PathComparison, months_since_start
from search.formats import TableFile, row_of_date

FILE_NAME = "paden"


def table_of(comparison: PathComparison) -> TableFile:
    about = [
        [_("Paths side by side, of Lerende Praktijken")],
        row_of_date(),
        [_("Schools"), "; ".join(lane.name for lane in comparison.lanes)],
        [_("Address"), comparison.whole_address],
    ]
    return TableFile(FILE_NAME, about, {_("Steps"): _table(comparison)})


def _table(comparison: PathComparison) -> Iterator[list[str]]:
    yield [
        *(_("Practice"), _("School"), _("Place"), _("Phase"), _("State of the phase")),
        *(_("Step"), _("State"), _("Period"), _("Start"), _("End")),
        *(_("Since the start"), _("Lessons"), _("Address")),
    ]
    for lane in comparison.lanes:
        for phase in lane.phases:
            about = _about_phase(lane, phase)
            for step in phase.steps:
                yield [*about, *_about_step(lane, step)]
            if not phase.steps:
                # That nothing is known is something to know.
                yield [*about, *[""] * 7, whole_address(lane.url)]


def _about_phase(lane: Lane, phase: PhaseInLane) -> list[str]:
    return [
        *(lane.practice, lane.school, lane.place),
        *(phase.term.label, str(phase.status.label)),
    ]


def _about_step(lane: Lane, step: StepInLane) -> list[str]:
    return [
        *(step.title, str(step.status.label), step.period, step.start, step.end),
        *(months_since_start(lane, step), str(step.lessons), whole_address(step.url)),
    ]
