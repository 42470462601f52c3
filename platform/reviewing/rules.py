"""Whose page it is, and who reads along with it."""

from django.db.models import QuerySet
from wagtail.models import TaskState, WorkflowState

from accounts.models import User
from content.models import ContentPage


def writers_of(page) -> set[int]:
    """The accounts behind a page as it waits: who made it, wrote it, or handed it in."""
    specific = page.specific if hasattr(page, "specific") else page
    draft = specific.get_latest_revision_as_object()
    writers = draft.writer_ids() if isinstance(draft, ContentPage) else {specific.owner_id}
    state = page.current_workflow_state
    handed_in = {state.requested_by_id} if state else set()
    return {pk for pk in writers | handed_in if pk is not None}


def is_own(page, user) -> bool:
    return user.pk in writers_of(page)


def reviewers_of(task_state: TaskState) -> QuerySet[User]:
    """Who may approve: members of the groups of the task."""
    groups = getattr(task_state.task.specific, "groups", None)
    if groups is None:
        return User.objects.none()
    return User.objects.filter(groups__in=groups.all(), is_active=True).distinct()


def turn_of(page) -> TaskState | None:
    """The turn of somebody who reads along with this page, if one is going on."""
    state = (
        WorkflowState.objects.for_instance(page)
        .filter(status=WorkflowState.STATUS_IN_PROGRESS)
        .select_related("current_task_state__task", "current_task_state__revision")
        .first()
    )
    return state.current_task_state if state else None


def edited_while_waiting(user, task_state: TaskState) -> bool:
    """Whether this person, who reads along, changed the page after it was handed in."""
    revisions = task_state.workflow_state.content_object.revisions
    return revisions.filter(created_at__gt=task_state.started_at, user=user).exists()
