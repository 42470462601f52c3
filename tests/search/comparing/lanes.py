"""Paths to draw, made without a database."""

from collections.abc import Sequence

from practices.models import StepStatus
from search.comparing.lanes import Lane, StepInLane, with_steps
from vocabulary.models import Term, TermKind


def terms(*names: str) -> list[Term]:
    return [
        Term(pk=number, name=name, slug=f"fase-{number}", kind=TermKind.PHASE)
        for number, name in enumerate(names, start=1)
    ]


THREE = terms("Verkennen", "Nulmeting", "Aan de slag")


def step(phase: int, start: str = "", end: str = "", **fields) -> StepInLane:
    """A step in the phase of this number."""
    values = {
        "title": "De coaches beginnen",
        "status": StepStatus.DONE,
        "period_text": "",
        "sort_order": 0,
    }
    return StepInLane(phase_id=phase, start=start, end=end, **(values | fields))


def lane(
    *steps: StepInLane,
    phases: Sequence[Term] = THREE,
    name: str = "De Bron",
    place: str = "Emmen",
    start: str = "",
) -> Lane:
    about = Lane(
        value="emmen/de-bron",
        name=name,
        school=name,
        practice="Integrated Care Emmen",
        place=place,
        sign="sign-tandem",
        lang="",
        start=start,
        url="/pad/",
    )
    return with_steps(about, phases, list(steps))
