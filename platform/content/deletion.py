"""A practice that has content is ended, never deleted."""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


class PracticeHasContentError(PermissionDenied):
    """Somebody tried to delete a branch with lessons or paths of a practice in it."""


def why_it_stays(page) -> str | None:
    """Why this page cannot be deleted, and what to do instead; None where it can."""
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
    if page.numchild and (reason := why_it_stays(page)):
        raise PracticeHasContentError(reason)


def _kept_below(page):
    pages = _content_pages()
    kinds = [model for model in apps.get_models() if getattr(model, "keeps_practice", False)]
    return pages.objects.descendant_of(page).type(*kinds)


def _content_pages():
    # Looked up late: ContentPage's own signals use this module.
    return apps.get_model("content", "ContentPage")
