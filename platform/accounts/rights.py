"""The rights that somebody must always have."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import PROJECT_LEADERS

# Beside the names of groups, which are those of the roles.
ADMINISTRATOR = "Beheerder"
ACTIVE = "Actief account"


def rights_of(account: User) -> set[str]:
    """What this account has at this moment in the database."""
    current = User.objects.get(pk=account.pk)
    rights = set(current.groups.values_list("name", flat=True))
    if current.is_superuser:
        rights.add(ADMINISTRATOR)
    if current.is_active:
        rights.add(ACTIVE)
    return rights


def why_still_needed(accounts: Iterable[User], rights: Iterable[str] = ()) -> str | None:
    """Why these accounts cannot be left with only these rights; None where they can.

    Without a project leader nobody reads along, and without an administrator nobody can make one.
    """
    others = User.objects.filter(is_active=True).exclude(pk__in=[user.pk for user in accounts])
    kept = set(rights) if ACTIVE in rights else set()
    lost = set().union(*(_in_force(account) for account in accounts)) - kept
    if PROJECT_LEADERS in lost and not others.filter(groups__name=PROJECT_LEADERS).exists():
        return _("This is the last project leader. First make somebody else a project leader.")
    if ADMINISTRATOR in lost and not others.filter(is_superuser=True).exists():
        return _("This is the last administrator. First make somebody else an administrator.")
    return None


def _in_force(account: User) -> set[str]:
    rights = rights_of(account)
    return rights if ACTIVE in rights else set()
