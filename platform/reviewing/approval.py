"""Approving: exactly the version that was looked at, complete, and by somebody else."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, TaskState

from content.guarding import still_being_read, what_nobody_explained
from content.models import ContentPage
from reviewing.rules import edited_while_waiting, is_own
from reviewing.seen import changed_since

OWN_PAGE_APPROVED = "reviewing.own_page_approved"
EDITED_AT_APPROVAL = "reviewing.edited_at_approval"


class ReviewError(Exception):
    """Why something cannot be approved or sent back now, in words for who tried."""

    def __init__(self, *reasons: str):
        super().__init__(*reasons)
        self.reasons = [str(reason) for reason in reasons]


def begin(task_state: TaskState, user, action: str):
    """The page of a turn that still goes on, held until the transaction ends."""
    page = task_state.workflow_state.content_object
    if isinstance(page, Page):
        # Who saves it waits until this is through, and the other way round.
        page = Page.objects.select_for_update().get(pk=page.pk).specific
    task_state.refresh_from_db()
    if task_state.status != TaskState.STATUS_IN_PROGRESS:
        raise ReviewError(_("This page does not wait any more."))
    actions = task_state.task.specific.get_actions(page, user)
    if action not in [name for name, _label, _modal in actions]:
        raise PermissionDenied
    return page


def approve(page, task_state: TaskState, user, *, comment: str, seen: str) -> None:
    """Approve what this person looked at, of a page that is held; or raise ReviewError."""
    if changed_since(seen, page, by=user):
        raise ReviewError(
            _("This page was changed meanwhile. Look at the new version, and approve that one.")
        )
    revision = page.get_latest_revision()
    draft = revision.as_object()
    if reasons := why_not_yet(draft):
        raise ReviewError(*reasons)
    if is_own(page, user):
        log(draft, OWN_PAGE_APPROVED, user=user, revision=revision)
    if edited_while_waiting(user, task_state):
        log(draft, EDITED_AT_APPROVAL, user=user, revision=revision)
    # What Wagtail logs and what is published is the version that was looked at.
    TaskState.objects.filter(pk=task_state.pk).update(revision=revision)
    task_state.revision = revision
    task_state.approve(user=user, comment=comment)


def why_not_yet(draft) -> list[str]:
    """What keeps this version from being public: what is missing, and what may identify a child."""
    if not isinstance(draft, ContentPage):
        return []
    return [
        *map(str, draft.what_is_missing()),
        *still_being_read(draft),
        *_passages_to_change(draft),
    ]


def _passages_to_change(draft: ContentPage) -> Iterable[str]:
    """Passages for which nobody gave a reason to let them stay."""
    found = what_nobody_explained(draft)
    for each in found:
        yield f"{each.label}: {each.message}"
    if found:
        yield _(
            "Change what is pointed out in the editor. Or say there why nobody can recognise a "
            "child, and approve there."
        )
