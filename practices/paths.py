"""How the steps of a path are laid out over the shared list of phases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from content.partial_dates import display, first_day, last_day
from practices.models import StepStatus
from vocabulary.models import Term


class Step(Protocol):
    """What is asked of a step: of the page of a path, or of a row that was read for a drawing."""

    @property
    def phase_id(self) -> int: ...
    @property
    def status(self) -> str: ...
    @property
    def start(self) -> str: ...
    @property
    def end(self) -> str: ...
    @property
    def period_text(self) -> str: ...
    @property
    def sort_order(self) -> int | None: ...


AnyStep = TypeVar("AnyStep", bound=Step)


@dataclass
class PhaseOnPath(Generic[AnyStep]):
    """One phase as a school went through it. Without steps nothing is known about it."""

    phase: Term
    steps: list[AnyStep] = field(default_factory=list)
    # Something is known of this phase and of the next one: the road between them is drawn.
    leads_on: bool = False

    @property
    def status(self) -> StepStatus:
        statuses = {StepStatus(step.status) for step in self.steps}
        for status in (
            StepStatus.ACTIVE,
            StepStatus.DONE,
            StepStatus.STOPPED,
            StepStatus.PLANNED,
        ):
            if status in statuses:
                return status
        return StepStatus.UNKNOWN

    @property
    def start(self) -> str:
        """The earliest partial date of the steps, or empty."""
        return min((step.start for step in self.steps if step.start), default="", key=first_day)

    @property
    def year(self) -> str:
        return self.start[:4]

    @property
    def years(self) -> str:
        """`2021`, or `2020 – 2023` with an en dash, as far as it is known."""
        known = sorted(date[:4] for step in self.steps for date in (step.start, step.end) if date)
        if not known or known[0] == known[-1]:
            return "".join(known[:1])
        return f"{known[0]} – {known[-1]}"


def period_of(step: Step) -> str:
    """`2021`, or `2023 – 2025` with an en dash, as far as it is known."""
    if step.period_text:
        return step.period_text
    start, end = display(step.start), display(step.end)
    return f"{start} – {end}" if start and end and start != end else start or end


def lay_out(phases: Sequence[Term], steps: Iterable[AnyStep]) -> list[PhaseOnPath[AnyStep]]:
    """The phases in the order of events, each with its steps.

    A phase moves before another only when its dates surely come first; a phase without dates stays
    behind the phase that it follows in the shared list. A step without a date goes last.
    """
    by_phase: dict[int, list[AnyStep]] = {}
    for step in steps:
        by_phase.setdefault(step.phase_id, []).append(step)
    # Blocks that move as one: a phase with dates and the phases without dates behind it.
    blocks: list[list[PhaseOnPath[AnyStep]]] = []
    for term in phases:
        in_order = sorted(
            by_phase.get(term.pk, []),
            key=lambda step: (not step.start, step.start, step.sort_order or 0),
        )
        phase = PhaseOnPath(term, in_order)
        if not phase.start and blocks:
            blocks[-1].append(phase)
            continue
        place = len(blocks)
        while phase.start and place and surely_before(phase, blocks[place - 1][0]):
            place -= 1
        blocks.insert(place, [phase])
    laid_out = [phase for block in blocks for phase in block]
    for phase, following in pairwise(laid_out):
        phase.leads_on = StepStatus.UNKNOWN not in (phase.status, following.status)
    return laid_out


def current_step(phases: Iterable[PhaseOnPath[AnyStep]]) -> AnyStep | None:
    """The step that is under way now: the last one that is."""
    active = [step for phase in phases for step in phase.steps if step.status == StepStatus.ACTIVE]
    return active[-1] if active else None


def surely_before(phase: PhaseOnPath, other: PhaseOnPath) -> bool:
    """Whether this phase began before the other one, however the partial dates are read."""
    return bool(phase.start and other.start) and last_day(phase.start) < first_day(other.start)
