"""The rules that decide what somebody may see. Everything that shows content asks them.

A page is there for a person when it is live and not expired, its audience includes the person,
and the same holds for every page above it. What holds above is kept on each page as
`branch_audience` and `branch_expire_at` (content/branches.py), so one plain filter decides.
"""

from django.db.models import Q
from django.utils import timezone
from wagtail.query import PageQuerySet

from accounts.roles import Role, role_of
from visibility.audience import PROJECT_LEADERS_ONLY, Audience

# What `is_visible` looks at.
VISIBILITY_FIELDS = [
    *("live", "expire_at", "branch_expire_at", "audience", "branch_audience", "practice_key"),
]
# Somebody who is not signed in.
VISITOR = Role()


def visible_q(role: Role) -> Q:
    """The condition on a page's own fields under which this role may read it now."""
    now = timezone.now()
    # Written as one condition: it is part of nearly every query, and each `&` is a copy.
    return Q(
        Q(expire_at=None) | Q(expire_at__gt=now),
        Q(branch_expire_at=None) | Q(branch_expire_at__gt=now),
        *_includes(role, "audience"),
        *_includes(role, "branch_audience"),
        live=True,
    )


def is_visible(role: Role, page) -> bool:
    """The same condition for a page that was just read from the database, without a query."""
    now = timezone.now()
    ends = (page.expire_at, page.branch_expire_at)
    alive = page.live and all(end is None or end > now for end in ends)
    return alive and all(
        audience in _audiences(role)
        or (audience == Audience.PRACTICE and page.practice_key in role.practice_keys)
        for audience in (page.audience, page.branch_audience)
    )


def _includes(role: Role, field: str) -> list[Q]:
    audiences = _audiences(role)
    included = Q((field, audiences[0])) if len(audiences) == 1 else Q((f"{field}__in", audiences))
    if role.practice_keys:
        of_practice = Q((field, Audience.PRACTICE), practice_key__in=role.practice_keys)
        return [included | of_practice]
    return [included]


def _audiences(role: Role) -> list[str]:
    """The audiences that include this role in any practice. NOBODY and IN_TRASH include no one."""
    if role.sees_all:
        return [PROJECT_LEADERS_ONLY, *Audience.values]
    audiences: list[str] = [Audience.PUBLIC]
    if role.outer_ring or role.practice_keys:
        audiences.append(Audience.OUTER_RING)
    if role.practice_keys:
        audiences.append(Audience.PRACTICES)
    return audiences


class VisiblePageQuerySet(PageQuerySet):
    def visible_to(self, user):
        """Only pages that this person may read now. The one door to content for every listing."""
        return self.filter(visible_q(role_of(user)))


def can_see(user, page) -> bool:
    """Whether this person may read this page now."""
    return type(page).objects.filter(pk=page.pk).visible_to(user).exists()


def somebody_can_see(page) -> bool:
    """Whether this page is open to any group of people now: a draft or an expired page is not."""
    return type(page).objects.filter(visible_q(Role(sees_all=True)), pk=page.pk).exists()
