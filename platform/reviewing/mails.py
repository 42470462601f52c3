"""Mails about what waits: to whom it may concern, and of a page never more than its title."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.models import TaskState, WorkflowState
from wagtail.users.models import UserProfile

from accounts.models import User
from content.models import ContentPage
from reviewing.addresses import (
    address_of_queue,
    address_to_edit,
    address_to_read,
    address_to_review,
)
from reviewing.rules import reviewers_of, writers_of
from visibility.rules import can_see

# The preferences that people have in Wagtail's account settings.
SUBMITTED, APPROVED, REJECTED, COMMENTS = "submitted", "approved", "rejected", "updated_comments"


def tell_reviewers(task_state: TaskState, by: User | None) -> None:
    """Something was handed in, or handed in anew."""
    page = _page_of(task_state.workflow_state)
    people = [person for person in reviewers_of(task_state) if person != by]
    _send(
        "submitted", SUBMITTED, people, page, by=by, url=address_to_review(page), only_editors=True
    )


def tell_writers_sent_back(state: WorkflowState, by: User | None) -> None:
    page = _page_of(state)
    task_state = state.current_task_state
    _send(
        "sent_back",
        REJECTED,
        _writers(page, except_for=by),
        page,
        by=by,
        only_editors=True,
        url=address_to_edit(page),
        comment=task_state.comment if task_state else "",
        at_fields=page.wagtail_admin_comments.filter(resolved_at=None).count(),
    )


def tell_writers_approved(
    state: WorkflowState, by: User | None, *, comment: str = "", edited: bool = False
) -> None:
    """Approved and public, or approved and planned."""
    page = _page_of(state)
    planned = page.scheduled_revision
    _send(
        "planned" if planned else "approved",
        APPROVED,
        _writers(page, except_for=by),
        page,
        by=by,
        url=address_to_edit(page) if planned else address_to_read(page),
        comment=comment,
        edited=edited,
        moment=planned.approved_go_live_at if planned else None,
    )


def tell_writers_withdrawn(state: WorkflowState, by: User | None) -> None:
    """Somebody else took it out of the queue."""
    page = _page_of(state)
    people = _writers(page, except_for=by)
    _send("withdrawn", REJECTED, people, page, by=by, url=address_to_edit(page), only_editors=True)


def tell_about_comments(page, people: Iterable[User], by: User, *, to_review: bool) -> None:
    url = address_to_review(page) if to_review else address_to_edit(page)
    _send("comments", COMMENTS, people, page, by=by, url=url, only_editors=True)


def remind(reviewer: User, pages: list[ContentPage], days: int) -> None:
    """One mail with all that waits so long for this person."""
    readable = [page for page in pages if _may_edit(reviewer, page)]
    if readable and _wants(reviewer, SUBMITTED):
        context = {"pages": readable, "days": days, "url": address_of_queue()}
        _send_one("reminder", reviewer, context)


def _send(name: str, preference: str, people, page, *, only_editors: bool = False, **facts) -> None:
    """To each of these people who wants it and may know of this page."""
    for person in sorted(people, key=lambda person: person.pk):
        if not person.is_active or not _wants(person, preference):
            continue
        # Somebody of another practice, or who left this one, does not even get the title.
        if _may_edit(person, page) or (not only_editors and can_see(person, page)):
            _send_one(name, person, {"title": page.draft_title, "page": page, **facts})


def _send_one(name: str, person: User, context: dict) -> None:
    with override(_language_of(person)):
        context = {"person": person, **context}
        subject = render_to_string(f"reviewing/mails/{name}_subject.txt", context)
        text = render_to_string(f"reviewing/mails/{name}.txt", context)
    # A title may hold anything, and a subject is one line.
    send_mail(" ".join(subject.split()), text, None, [person.email])


def _page_of(state: WorkflowState):
    return state.content_object.specific


def _writers(page, *, except_for: User | None) -> list[User]:
    people = User.objects.filter(pk__in=writers_of(page) | _handed_in(page), is_active=True)
    return [person for person in people if person != except_for]


def _handed_in(page) -> set[int]:
    """Who handed it in: the workflow may be over by now."""
    last = WorkflowState.objects.for_instance(page).order_by("-created_at", "-pk").first()
    return {last.requested_by_id} if last and last.requested_by_id else set()


def _may_edit(person: User, page) -> bool:
    return page.permissions_for_user(person).can_edit()


def _wants(person: User, preference: str) -> bool:
    return getattr(UserProfile.get_for_user(person), f"{preference}_notifications")


def _language_of(person: User) -> str:
    # Not the language of who caused the mail.
    return UserProfile.get_for_user(person).preferred_language or settings.LANGUAGE_CODE
