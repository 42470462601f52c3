"""The rights that somebody must always have."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import PROJECT_LEADERS


def why_still_needed(
    accounts: Iterable[User], *, leads: bool = False, administers: bool = False
) -> str | None:
    """Why these accounts cannot be left with only these rights; None where they can.

    Without a project leader nobody reads along, and without an administrator nobody can make one.
    """
    keys = [account.pk for account in accounts]
    active = User.objects.filter(is_active=True)
    if not leads and _nobody_else(active.filter(groups__name=PROJECT_LEADERS), keys):
        return _("This is the last project leader. First make somebody else a project leader.")
    if not administers and _nobody_else(active.filter(is_superuser=True), keys):
        return _("This is the last administrator. First make somebody else an administrator.")
    return None


def _nobody_else(holders: QuerySet[User], keys: list[int]) -> bool:
    """Whether there are holders of a right, and all of them are among these accounts."""
    return holders.exists() and not holders.exclude(pk__in=keys).exists()
