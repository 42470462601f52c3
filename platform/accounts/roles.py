"""What somebody is to the platform, read from the groups: one query a request at most."""

import uuid
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from accounts.models import User

# The names of the groups that `ensure_role_groups` (visibility/setup.py) makes.
PROJECT_LEADERS = "Projectleiders"
OUTER_RING = "Buitenring"


@dataclass(frozen=True)
class Role:
    """Where somebody belongs. A visitor without an account belongs nowhere."""

    sees_all: bool = False
    outer_ring: bool = False
    practice_keys: frozenset[uuid.UUID] = frozenset()


def role_of(user: User | AnonymousUser | None) -> Role:
    """The role of a person, kept on the user object for the length of one request."""
    if user is None or not user.is_authenticated or not user.is_active:
        return Role()
    role = getattr(user, "_role", None)
    if role is None:
        role = user._role = _read_role(user)  # type: ignore[attr-defined]
    return role


def _read_role(user: User) -> Role:
    if user.is_superuser:
        return Role(sees_all=True)
    groups = list(user.groups.values_list("name", "practice__practice_key"))
    names = {name for name, _ in groups}
    return Role(
        sees_all=PROJECT_LEADERS in names,
        outer_ring=OUTER_RING in names,
        practice_keys=frozenset(key for _, key in groups if key is not None),
    )
