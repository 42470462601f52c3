"""Which version somebody looked at: an approval is for that one and no other."""

from django.utils.dateparse import parse_datetime
from wagtail.models import Revision


def seen(revision: Revision | None) -> str:
    """A mark for a form. A version that is saved over keeps its number and gets a new time."""
    return f"{revision.pk}@{revision.created_at.isoformat()}" if revision else ""


def changed_since(mark: str, page, by) -> bool:
    """Whether the page is another than the one marked; what `by` changed since was seen by `by`."""
    number, _at, time = mark.partition("@")
    looked_at = page.revisions.filter(pk=number).first() if number.isdecimal() else None
    saved_at = _parsed(time)
    if looked_at is None or saved_at is None or saved_at > looked_at.created_at:
        return True
    return page.revisions.filter(created_at__gt=saved_at).exclude(user=by).exists()


def _parsed(time: str):
    try:
        moment = parse_datetime(time)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
