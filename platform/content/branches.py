"""What a page takes from the pages above it: its practice, and how open they are.

Kept on each page, so that the door (visibility/rules.py) needs no look upwards. A page that is not
live closes everything below it.
"""

import datetime

from django.apps import apps
from django.dispatch import Signal

from visibility.audience import NOBODY, PROJECT_LEADERS_ONLY, Audience, narrowest

# Sent with the primary keys of pages whose practice or openness followed a page above them.
branch_changed = Signal()

# What a page says about everything below it.
RULING_FIELDS = {
    *("live", "audience", "expire_at"),
    *("practice_key", "branch_audience", "branch_expire_at"),
}


def matters_below(update_fields) -> bool:
    """Whether saving these fields can change anything below the page; None is all fields."""
    return update_fields is None or not RULING_FIELDS.isdisjoint(update_fields)


def inherit_from_parent(page) -> None:
    """Set on this page what follows from its parent; the caller saves it."""
    parent = _content_page_at(page.path[: -page.steplen])
    page.practice_key = page.find_practice_key(parent)
    page.branch_audience, page.branch_expire_at = openness_below(parent)


def pass_on(page) -> None:
    """Bring what this page is to everything below it, where that changes something."""
    content_page = _content_page_at(page.path)
    if content_page is None or not content_page.numchild:
        return
    parents = [content_page]
    while parents:
        parent = parents.pop()
        audience, expire_at = openness_below(parent)
        children = _content_pages().objects.child_of(parent)
        for child in children.exclude(
            practice_key=parent.practice_key, branch_audience=audience, branch_expire_at=expire_at
        ).specific():
            practice_key = child.find_practice_key(parent)
            children.filter(pk=child.pk).update(
                practice_key=practice_key, branch_audience=audience, branch_expire_at=expire_at
            )
            branch_changed.send(sender=_content_pages(), pks=[child.pk])
        parents += children.filter(numchild__gt=0)


def openness_below(parent) -> tuple[str, datetime.datetime | None]:
    """For whom, and until when, the branch below this page is open."""
    if parent is None:
        return Audience.PUBLIC, None
    own = parent.audience if parent.live else NOBODY
    if own == Audience.PRACTICE and parent.practice_key is None:
        # A page below may belong to a practice, and this one is still not for its people.
        own = PROJECT_LEADERS_ONLY
    ends = [end for end in (parent.expire_at, parent.branch_expire_at) if end is not None]
    return narrowest(own, parent.branch_audience), min(ends, default=None)


def _content_pages():
    # Looked up late: ContentPage itself uses this module when it saves.
    return apps.get_model("content", "ContentPage")


def _content_page_at(path: str):
    return _content_pages().objects.filter(path=path).first()
