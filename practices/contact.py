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
    # Whether this person gets the questions; else the project leader does.
    answers: bool = False


def contact_of(practice: PracticePage) -> Contact:
    """The role in the language of the page; the name as long as that person works here."""
    if practice.is_ended:
        return Contact("")
    person = reachable_contact(practice)
    if person is None:
        return Contact(practice.contact_role)
    name = person.get_full_name() if practice.contact_named else ""
    return Contact(practice.contact_role, name, answers=True)


def reachable_contact(practice: PracticePage) -> User | None:
    """The account behind the contact; None where there is none, or that person has left."""
    person = practice.contact_person
    if practice.is_ended or person is None or not person.is_active:
        return None
    role = role_of(person)
    return person if role.sees_all or practice.practice_key in role.practice_keys else None
