"""What stays, whoever deletes it: a practice with content, a page with a lock, the home page."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

_for_good: ContextVar[bool] = ContextVar("for_good", default=False)


class StaysError(PermissionDenied):
    """Somebody tried to delete what stays; the message tells why, and what to do instead."""


class PracticeHasContentError(StaysError):
    """Somebody tried to delete a branch with lessons or paths of a practice in it."""


class NotByWayOfTheTrashError(PermissionDenied):
    """Code tried to delete a page that does not lie in the trash."""


@contextmanager
def for_good() -> Iterator[None]:
    """Within this block pages really go. Only content/trash.py needs it."""
    token = _for_good.set(True)
    try:
        yield
    finally:
        _for_good.reset(token)


def why_it_stays(page) -> str | None:
    """Why this page cannot be deleted, and what to do instead; None where it can."""
    try:
        refuse_what_stays(page)
    except StaysError as error:
        return str(error)
    return None


def refuse_what_stays(page) -> None:
    """Raises PracticeHasContentError, and StaysError for another reason."""
    refuse_to_delete_content(page)
    if reason := _why_it_is_home(page) or _why_it_is_locked(page):
        raise StaysError(reason)


def _why_it_is_kept(page) -> str | None:
    """A practice that has content is ended, never deleted."""
    kept = _kept_below(page).first()
    if kept is None:
        return None
    practice = _content_pages().objects.filter(translation_key=kept.practice_key).first()
    return _(
        "“%(title)s” cannot be deleted, because “%(practice)s” has lessons or paths. "
        "To end a practice, fill in the field “ended on” of the practice."
    ) % {"title": page.title, "practice": practice.title if practice else page.title}


def refuse_to_delete_content(page) -> None:
    """The last guard, also for code. Raises PracticeHasContentError."""
    if page.numchild and (reason := _why_it_is_kept(page)):
        raise PracticeHasContentError(reason)


def refuse_to_lose_content(page) -> None:
    """No code deletes a page past the trash, a queryset neither. Raises NotByWayOfTheTrashError."""
    if not _for_good.get():
        raise NotByWayOfTheTrashError(f"{page!r} goes to the trash: content.trash.put_in_trash")


def _why_it_is_home(page) -> str | None:
    if not page.sites_rooted_here.exists():
        return None
    return _("“%(title)s” is the home page, and stays.") % {"title": page.title}


def _why_it_is_locked(page) -> str | None:
    locked = page.get_descendants(inclusive=True).filter(locked=True).first()
    if locked is None:
        return None
    return _("“%(title)s” has a lock. Take the lock away before you delete it.") % {
        "title": locked.title
    }


def _kept_below(page):
    pages = _content_pages()
    kinds = [model for model in apps.get_models() if getattr(model, "keeps_practice", False)]
    return pages.objects.descendant_of(page).type(*kinds)


def _content_pages():
    # Looked up late: ContentPage's own signals use this module.
    return apps.get_model("content", "ContentPage")
