"""The situation of a practice in words."""

from dataclasses import dataclass
from typing import cast

from django.utils.text import capfirst

from practices.models import PracticePage
from practices.models.situation import SeveralAnswersField

# In the order in which they are asked and shown, after the kind of school.
SITUATION = ("school_sizes", "surroundings", "team_at_school", "budget_holders")


def situation_field(name: str) -> SeveralAnswersField:
    return cast(SeveralAnswersField, PracticePage._meta.get_field(name))


@dataclass(frozen=True)
class SituationFact:
    """One fact in words; without answers it is not known."""

    label: str
    answers: list[str]


def situation_of(practice: PracticePage) -> list[SituationFact]:
    fields = [situation_field(name) for name in SITUATION]
    return [
        SituationFact(
            capfirst(str(field.verbose_name)),
            [str(answer.label) for answer in field.given_on(practice)],
        )
        for field in fields
    ]
