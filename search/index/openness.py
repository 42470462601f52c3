"""The rule of visibility/rules.py in the words of the index.

A page has two audiences, its own and that of the pages above it, and is for those whom both
include. The audiences lie within each other (for one practice), so the narrower of the two decides:
one term says who may see a document. Who sees all has a term of its own, on every document.
"""

import datetime
from collections.abc import Iterable
from uuid import UUID

from accounts.roles import Role
from visibility.audience import IN_TRASH, NOBODY, PROJECT_LEADERS_ONLY, Audience, narrowest


def term_for(audience: str, branch_audience: str, practice_key: UUID | None) -> str | None:
    """Who may see a page, as one term; None when nobody may."""
    narrow = narrowest(audience, branch_audience)
    if narrow in (IN_TRASH, NOBODY):
        return None
    if narrow == Audience.PRACTICE:
        return f"{narrow}:{practice_key.hex}" if practice_key else PROJECT_LEADERS_ONLY
    return str(narrow)


def terms_of_document(*terms: str) -> list[str]:
    """The terms that a document carries: whoever sees all sees it too."""
    return list(dict.fromkeys([*terms, PROJECT_LEADERS_ONLY]))


def terms_of_role(role: Role) -> list[str]:
    """The terms whose documents somebody in this role may see."""
    if role.sees_all:
        return [PROJECT_LEADERS_ONLY]
    terms: list[str] = [Audience.PUBLIC.value]
    if role.outer_ring or role.practice_keys:
        terms.append(Audience.OUTER_RING.value)
    if role.practice_keys:
        terms.append(Audience.PRACTICES.value)
        terms += sorted(f"{Audience.PRACTICE.value}:{key.hex}" for key in role.practice_keys)
    return terms


def in_language(language: str, terms: Iterable[str]) -> list[str]:
    """The terms for those of these people who read in this language."""
    return [f"{language}:{term}" for term in terms]


def width_of(term: str) -> int:
    """How wide an audience is, for choosing the widest; practices lie beside each other."""
    order = [PROJECT_LEADERS_ONLY, *Audience.values]
    return order.index(term.partition(":")[0])


def includes(wide: str, narrow: str) -> bool:
    """Whether everybody of the narrow audience is in the wide one."""
    return wide == narrow or width_of(wide) > width_of(narrow)


def seconds(moment: datetime.datetime) -> int:
    # Rounded up: at that second it has happened.
    return int(moment.timestamp()) + 1


def next_moment(
    moments: Iterable[datetime.datetime | None], now: datetime.datetime
) -> datetime.datetime | None:
    return min((moment for moment in moments if moment is not None and moment > now), default=None)
