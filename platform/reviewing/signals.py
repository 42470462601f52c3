"""What follows when something is handed in, sent back, approved or withdrawn: a mail."""

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from content.models import ContentPage
from reviewing import mails
from reviewing.rules import edited_while_waiting


def take_over_from_wagtail() -> None:
    """Our mails in the places of Wagtail's own, so that nobody gets two.

    Wagtail connects under these names later; a place that is taken is left as it is.
    """
    for signal, receiver, sender, name in (
        (task_submitted, tell_reviewers, TaskState, "group_approval_task_submitted"),
        (workflow_submitted, tell_nobody, WorkflowState, "workflow_state_submitted"),
        (workflow_rejected, tell_sent_back, WorkflowState, "workflow_state_rejected"),
        (workflow_approved, tell_approved, WorkflowState, "workflow_state_approved"),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=f"{name}_email_notification")
    workflow_cancelled.connect(tell_withdrawn, sender=WorkflowState)


def tell_reviewers(sender, instance: TaskState, user, **kwargs) -> None:
    if _is_ours(instance.workflow_state) and hasattr(instance.task.specific, "groups"):
        mails.tell_reviewers(instance, by=user)


def tell_nobody(sender, **kwargs) -> None:
    """Administrators keep the machine; what waits concerns the project leaders."""


def tell_sent_back(sender, instance: WorkflowState, user, **kwargs) -> None:
    if _is_ours(instance):
        mails.tell_writers_sent_back(instance, by=user)


def tell_approved(sender, instance: WorkflowState, user, **kwargs) -> None:
    if _is_ours(instance):
        last = instance.current_task_state
        mails.tell_writers_approved(
            instance,
            by=user,
            comment=last.comment if last else "",
            edited=bool(last and user and edited_while_waiting(user, last)),
        )


def tell_withdrawn(sender, instance: WorkflowState, user, **kwargs) -> None:
    """Published outside the workflow is approved too; withdrawn by its author tells nobody."""
    if not _is_ours(instance):
        return
    page = instance.content_object.specific
    turn = instance.current_task_state
    published = turn and page.last_published_at and page.last_published_at > turn.started_at
    if published or page.scheduled_revision:
        mails.tell_writers_approved(instance, by=user)
    elif user is None or user.pk != instance.requested_by_id:
        mails.tell_writers_withdrawn(instance, by=user)


def _is_ours(state: WorkflowState) -> bool:
    return isinstance(getattr(state.content_object, "specific", None), ContentPage)
