"""The practices in groups, as the overview shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from practices.models import PracticeKind, PracticePage


@dataclass(frozen=True)
class PracticeGroup:
    key: str
    title: str
    practices: list[PracticePage]


def practice_groups(user) -> list[PracticeGroup]:
    """Learning practices, examples from elsewhere, what has ended; without the empty groups."""
    return in_groups(PracticePage.objects.visible_to(user).in_language(user).order_by("path"))


def in_groups(practices: Iterable[PracticePage]) -> list[PracticeGroup]:
    practices = list(practices)
    active = [practice for practice in practices if not practice.is_ended]
    own = [practice for practice in active if practice.kind != PracticeKind.ELSEWHERE]
    groups = [
        PracticeGroup("practices", gettext("Learning practices"), own),
        PracticeGroup(
            "elsewhere",
            gettext("Examples from elsewhere"),
            [practice for practice in active if practice.kind == PracticeKind.ELSEWHERE],
        ),
        PracticeGroup(
            "ended",
            gettext("Ended practices"),
            [practice for practice in practices if practice.is_ended],
        ),
    ]
    return [group for group in groups if group.practices]
