"""Reading along on one page, also without JavaScript: who sees it then, and what to decide."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Comment, TaskState

from content.guarding import read_files_on
from content.models import ContentPage
from content.openness import openness_of
from reviewing.approval import ReviewError, why_not_yet
from reviewing.forms import ApproveForm, SendBackForm
from reviewing.rules import turn_of
from reviewing.seen import seen
from reviewing.waiting import let_go, take


def review(request, page_id):
    """What waits here, and the buttons of who may decide."""
    page = ContentPage.objects.filter(pk=page_id).first()
    # Not allowed looks like not there: neither tells what the page was.
    turn = turn_of(page) if page and page.permissions_for_user(request.user).can_edit() else None
    if turn is None:
        messages.warning(
            request,
            _("That does not wait any more. It was published, sent back, withdrawn or deleted."),
        )
        return redirect("reviewing_queue")
    page = page.specific
    read_files_on(page.get_latest_revision_as_object())
    actions = [name for name, _l, _m in turn.task.specific.get_actions(page, request.user)]
    form = ApproveForm()
    if request.method == "POST" and actions:
        form = _form_of(request)
        if _decide(request, page, turn, form):
            return redirect("reviewing_queue")
    context = _context(page, turn, request.user)
    return TemplateResponse(
        request, "reviewing/admin/review.html", {**context, "form": form, "actions": actions}
    )


def _form_of(request):
    return (SendBackForm if "reject" in request.POST else ApproveForm)(request.POST)


def _decide(request, page, turn: TaskState, form) -> bool:
    """Whether this page is done with; what keeps it from being so stands in the form."""
    if "take" in request.POST:
        holder = take(turn, request.user)
        if holder != request.user:
            messages.warning(request, _("%(somebody)s looks at it already.") % {"somebody": holder})
        return False
    if "let_go" in request.POST:
        let_go(turn)
        return False
    action = "reject" if "reject" in request.POST else "approve"
    if not form.is_valid():
        return False
    try:
        turn.task.specific.on_action(turn, request.user, action, **form.cleaned_data)
    except ReviewError as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return False
    done = _("“%(title)s” is sent back.") if action == "reject" else _("“%(title)s” is approved.")
    messages.success(request, done % {"title": page.draft_title})
    return True


def _context(page, turn: TaskState, user) -> dict:
    turn = TaskState.objects.select_related("waiting__taken_by", "workflow_state").get(pk=turn.pk)
    waiting = getattr(turn, "waiting", None)
    taken_by = waiting.taken_by if waiting else None
    latest = page.get_latest_revision()
    draft = latest.as_object()
    return {
        "page": page,
        "turn": turn,
        "waiting": waiting,
        "taken_by": taken_by,
        "taken_by_me": taken_by == user,
        "handed_in_by": turn.workflow_state.requested_by,
        "latest": latest,
        "changed_while_waiting": latest.created_at > turn.started_at,
        "seen": seen(latest),
        "openness": openness_of(draft),
        "reasons": why_not_yet(draft),
        "comments": Comment.objects.filter(page_id=page.pk, resolved_at=None)
        .select_related("user")
        .prefetch_related("replies__user")
        .order_by("created_at"),
    }
