"""Learning practices: their profile, and the paths that their schools follow."""

from practices.models.path import (
    DevelopmentPathIndexPage,
    DevelopmentPathPage,
    PathStep,
    StepStatus,
)
from practices.models.practice import (
    PracticeIndexPage,
    PracticeKind,
    PracticePage,
    Sign,
    has_ended,
)
from practices.models.rows import ElementState, Partner, PracticeElement, Ring, TeamRole

__all__ = [
    "DevelopmentPathIndexPage",
    "DevelopmentPathPage",
    "ElementState",
    "Partner",
    "PathStep",
    "PracticeElement",
    "PracticeIndexPage",
    "PracticeKind",
    "PracticePage",
    "Ring",
    "Sign",
    "StepStatus",
    "TeamRole",
    "has_ended",
]
