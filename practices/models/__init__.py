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
from practices.models.situation import BudgetHolder, SchoolSize, Surroundings, TeamAtSchool

__all__ = [
    "BudgetHolder",
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
    "SchoolSize",
    "Sign",
    "StepStatus",
    "Surroundings",
    "TeamAtSchool",
    "TeamRole",
    "has_ended",
]
