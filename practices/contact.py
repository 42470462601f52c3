"""Who answers questions about a practice. The address never leaves the server."""

from dataclasses import dataclass

from accounts.models import User
from accounts.roles import role_of
from practices.models import PracticePage


@dataclass(frozen=True)
class Contact:
    """What readers may know of the contact: a role, and a name only where that person agreed."""

    role: str
    name: str = ""


def contact_of(practice: PracticePage) -> Contact:
    """The role in the language of the page; the name as long as that person works here."""
    if practice.is_ended:
        return Contact("")
    person = reachable_contact(practice) if _source(practice).contact_named else None
    return Contact(practice.contact_role, person.get_full_name() if person else "")


def reachable_contact(practice: PracticePage) -> User | None:
    """The account behind the contact; None where there is none, or that person has left."""
    person = _source(practice).contact_person
    if practice.is_ended or person is None or not person.is_active:
        return None
    role = role_of(person)
    return person if role.sees_all or practice.practice_key in role.practice_keys else None


def _source(practice: PracticePage) -> PracticePage:
    source = practice.in_source_language() or practice
    return source.specific
