"""The pages to share a lesson, and to see where one's own lessons stand."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from content.crumbs import crumbs_to
from content.guarding import read_files_on
from content.paging import page_of
from content.trash import KEPT_DAYS, put_in_trash
from content.wagtail_hooks import keep_the_reason, tell_what_is_unread
from lessons.models import LessonPage
from lessons.sharing import drafts
from lessons.sharing.attachments import AttachmentsForm
from lessons.sharing.byline import publish_as_practice
from lessons.sharing.comments import keep_replies, open_comments
from lessons.sharing.forms import ShareForm
from lessons.sharing.places import Place, place_of, places_of
from lessons.sharing.session import (
    ask_to_sign_in,
    is_from_this_view,
    note_view,
    take_kept_text,
    writer_of,
)
from lessons.sharing.standing import lessons_of_writer, with_standing
from lessons.sharing.thinking_along import OFFERED_KINDS, Thoughts, thoughts_on
from vocabulary.models import Term

LESSONS_PER_PAGE = 20
LONGEST_TOKEN = 64
LATER, SEND_IN, AUTOSAVE, WITHDRAW = "later", "send", "autosave", "withdraw"


@dataclass
class Desk:
    """What lies before a writer: the lesson, where it belongs, and what was sent."""

    request: Any
    place: Place
    lesson: LessonPage
    token: str = ""

    @property
    def draft(self) -> LessonPage:
        """The lesson as it was last kept, live or not."""
        return self.lesson.get_latest_revision_as_object() if self.lesson.pk else self.lesson

    @property
    def address(self) -> str:
        if self.lesson.pk:
            return reverse("share_lesson_edit", args=[self.lesson.number])
        return f"{reverse('share_lesson')}?praktijk={self.place.slug}"

    def form(self, lesson: LessonPage, *, data=None, draft: bool = False, initial=None):
        return ShareForm(
            data,
            instance=lesson,
            place=self.place,
            draft=draft,
            for_user=self.request.user,
            initial=initial,
        )

    def attachments(self, lesson: LessonPage, *, sent: bool = False) -> AttachmentsForm:
        request = self.request
        return AttachmentsForm(
            request.POST if sent else None,
            request.FILES if sent else None,
            lesson=lesson,
            practice=self.place.practice,
            user=request.user,
        )


@sensitive_post_parameters()
def share_lesson(request):
    """A new lesson: first for which practice, if somebody works for several."""
    if not request.user.is_authenticated:
        return ask_to_sign_in(request)
    places = places_of(request.user)
    place = places.chosen(request.GET.get("praktijk", ""))
    if place is None:
        template = "lessons/sharing/choose_practice.html" if places.open else NO_PRACTICE
        context = {"places": places, "crumbs": crumbs_to(_("Share a lesson"))}
        return TemplateResponse(request, template, context)
    token = request.POST.get("token", "")[:LONGEST_TOKEN] or uuid4().hex
    if request.method != "POST":
        return _show_new(request, place, token)
    with transaction.atomic():
        # Who presses twice waits here, and then finds the lesson of the first time.
        type(place.index).objects.select_for_update().get(pk=place.index.pk)
        known = drafts.lesson_to_write(
            request.user, lock=True, translation_key=drafts.key_of(request.user, token)
        )
        if known is None and drafts.is_taken(request.user, token):
            # In the bin, or of a practice that this person left: what was typed begins anew.
            token, known = drafts.next_token(request.user, token)
        lesson = known or drafts.new_lesson(request.user, place, token)
        desk = Desk(request, place_of(known) if known else place, lesson, token)
        answer = _write(desk)
    return answer or _hand_in(desk)


NO_PRACTICE = "lessons/sharing/no_practice.html"


def _show_new(request, place: Place, token: str):
    kept = take_kept_text(request)
    token = kept.get("token", token)[:LONGEST_TOKEN] if kept else token
    desk = Desk(request, place, drafts.new_lesson(request.user, place, token), token)
    asked = request.GET.get("thema", "")
    # Compared here: PostgreSQL refuses to look up what somebody can write in an address.
    terms = Term.objects.active().of_kind(*OFFERED_KINDS) if asked else []
    initial: dict[str, Any] = {term.kind: [term.pk] for term in terms if term.slug == asked}
    form = desk.form(desk.lesson, data=kept, draft=kept is not None, initial=initial)
    return _show(desk, form, kept=kept)


@sensitive_post_parameters()
def share_lesson_edit(request, number: int):
    """Go on with a lesson: a draft, or a new version of one that is published."""
    if not request.user.is_authenticated:
        return ask_to_sign_in(request)
    if request.method != "POST":
        lesson = drafts.lesson_with_number(request.user, number)
        desk = Desk(request, place_of(lesson), lesson)
        if drafts.is_locked_for(lesson, request.user):
            return _show_locked(desk)
        kept = take_kept_text(request)
        form = desk.form(desk.draft, data=kept, draft=kept is not None)
        return _show(desk, form, kept=kept)
    with transaction.atomic():
        lesson = drafts.lesson_with_number(request.user, number, lock=True)
        desk = Desk(request, place_of(lesson), lesson)
        answer = _write(desk)
    return answer or _hand_in(desk)


def _write(desk: Desk) -> HttpResponse | None:
    """Keep what was sent. Without an answer it is to be handed in, and nothing is amiss so far."""
    request, lesson = desk.request, desk.lesson
    action = request.POST.get("step", LATER)
    if lesson.pk and action == WITHDRAW:
        return _withdraw(desk)
    if lesson.pk and drafts.is_locked_for(lesson, request.user):
        return _tell_locked(desk, action)
    form = desk.form(desk.draft, data=request.POST, draft=True)
    if not form.is_valid():
        if action == AUTOSAVE:
            return JsonResponse({"errors": form.errors}, status=400)
        return _show(desk, form)
    if not lesson.pk and form.says_nothing and not request.FILES:
        return _tell_empty(desk, form, action)
    draft = form.save(commit=False)
    if _somebody_else_wrote(desk, draft):
        return _tell_conflict(desk, form, action)
    if action == AUTOSAVE:
        _keep(desk, draft, quietly=True)
        return JsonResponse(_kept(desk))
    attachments = desk.attachments(draft, sent=True)
    attachments.full_clean()
    attachments.add_to_lesson()
    _keep(desk, draft, quietly=False)
    attachments.lesson = desk.draft
    keep_replies(desk.lesson, request.POST, request.user)
    if attachments.errors:
        return _show(desk, desk.form(desk.draft), attachments)
    if action == SEND_IN:
        return None
    messages.success(request, _("Kept. You can go on later."))
    return HttpResponseRedirect(desk.address)


def _tell_empty(desk: Desk, form: ShareForm, action: str) -> HttpResponse:
    """A draft without anything in it would only stand in the way under “My lessons”."""
    if action == AUTOSAVE:
        return JsonResponse({"nothing": True})
    if action == SEND_IN:
        return _show(desk, desk.form(desk.lesson, data=desk.request.POST))
    messages.warning(
        desk.request,
        _("You filled in nothing yet, so there is nothing to keep. One line is enough."),
    )
    return _show(desk, form)


def _keep(desk: Desk, draft: LessonPage, *, quietly: bool) -> None:
    drafts.keep(draft, desk.place, desk.request.user, quietly=quietly)
    desk.lesson = LessonPage.objects.get(pk=draft.pk)
    note_view(desk.request, draft.pk, drafts.version_of(desk.lesson))


def _hand_in(desk: Desk) -> HttpResponse:
    """Hand in what was kept just now, if nobody did anything else with it meanwhile."""
    kept = desk.draft
    read_files_on(kept)
    with transaction.atomic():
        lesson = drafts.lesson_to_write(desk.request.user, lock=True, pk=kept.pk)
        if lesson is None:
            raise Http404
        desk.lesson = lesson
        if drafts.is_locked_for(desk.lesson, desk.request.user):
            return _tell_locked(desk, SEND_IN)
        if drafts.says(kept) != drafts.says(desk.draft):
            form = desk.form(kept, data=desk.request.POST, draft=True)
            return _tell_conflict(desk, form, SEND_IN)
        return _ask_a_colleague(desk)


def _ask_a_colleague(desk: Desk) -> HttpResponse:
    request = desk.request
    form = desk.form(desk.draft, data=request.POST)
    if not form.is_valid():
        return _show(desk, form)
    if not request.POST.get("looked") and (thoughts := _thoughts(desk, form)):
        return _show(desk, form, thoughts=thoughts, reviews=True)
    draft = desk.draft
    checked = form.instance
    draft.kept_passages, draft.settled_files = checked.kept_passages, checked.settled_files
    if not drafts.send_in(draft, request.user):
        messages.error(request, _("Nobody can read along yet. Ask the project leader. It is kept."))
        return HttpResponseRedirect(desk.address)
    keep_the_reason(request, draft)
    tell_what_is_unread(request, checked)
    messages.success(request, _("Sent in. The project leader reads along, and you get a mail."))
    return HttpResponseRedirect(reverse("my_lessons"))


def _withdraw(desk: Desk) -> HttpResponse:
    state = desk.lesson.current_workflow_state
    if state is None or not state.user_can_cancel(desk.request.user):
        raise Http404
    state.cancel(user=desk.request.user)
    messages.success(desk.request, _("Taken back. Send it in again when it is ready."))
    return HttpResponseRedirect(desk.address)


def _somebody_else_wrote(desk: Desk, draft: LessonPage) -> bool:
    """Whether the lesson is not any more what this text began with, and says something else."""
    if not desk.lesson.pk:
        return False
    version = drafts.version_of(desk.lesson)
    if desk.request.POST.get("version") == version:
        return False
    if is_from_this_view(desk.request, desk.lesson.pk, version):
        return False
    return drafts.says(draft) != drafts.says(desk.draft)


def _tell_conflict(desk: Desk, form: ShareForm, action: str) -> HttpResponse:
    revision = desk.lesson.latest_revision
    writer = revision.user if revision else None
    who = (
        _("You yourself, in another window,") if writer == desk.request.user else str(writer or "")
    )
    told = _("%(who)s changed this lesson at %(time)s. Nothing of your text is lost.") % {
        "who": who or _("Somebody"),
        "time": _time(revision.created_at if revision else timezone.now()),
    }
    if action == AUTOSAVE:
        return JsonResponse({"conflict": told}, status=409)
    return _show(desk, form, other=desk.form(desk.draft), conflict=told, status=409)


def _tell_locked(desk: Desk, action: str) -> HttpResponse:
    if action == AUTOSAVE:
        told = _("This lesson was sent in meanwhile. What you type now is not kept on the site.")
        return JsonResponse({"conflict": told}, status=409)
    form = desk.form(desk.draft, data=desk.request.POST, draft=True)
    is_the_same = form.is_valid() and drafts.says(form.save(commit=False)) == drafts.says(
        desk.draft
    )
    if is_the_same and drafts.is_sent_in(desk.lesson):
        # Pressed twice, or sent again from an old page.
        messages.info(desk.request, _("This lesson was sent in already."))
        return HttpResponseRedirect(reverse("my_lessons"))
    return _show_locked(desk, typed=None if is_the_same else form)


def _show_locked(desk: Desk, typed: ShareForm | None = None) -> HttpResponse:
    state = desk.lesson.current_workflow_state
    context = {
        "mine": with_standing([desk.lesson], desk.request.user)[0],
        "lesson": desk.draft,
        "can_withdraw": state is not None and state.user_can_cancel(desk.request.user),
        "address": desk.address,
        "typed": typed,
        "crumbs": crumbs_to(_("Share a lesson")),
    }
    return TemplateResponse(desk.request, "lessons/sharing/locked.html", context)


def _show(
    desk: Desk,
    form: ShareForm,
    attachments: AttachmentsForm | None = None,
    *,
    thoughts: Thoughts | None = None,
    kept: QueryDict | None = None,
    status: int = 200,
    **more,
) -> HttpResponse:
    request, lesson = desk.request, desk.lesson
    comments = open_comments(lesson)
    context = {
        "form": form,
        "attachments": attachments or desk.attachments(desk.draft),
        "address": desk.address,
        "token": desk.token,
        "view": uuid4().hex,
        # Text that waited for its writer to sign in goes on from what it began with.
        "version": kept.get("version", "") if kept else drafts.version_of(lesson),
        "kept_text": kept is not None,
        "writer": writer_of(request.user),
        "key": lesson.translation_key.hex,
        "lesson": lesson,
        "place": desk.place,
        "comments": comments,
        "thoughts": thoughts if thoughts is not None else _thoughts(desk, form),
        "kept_at": _kept_sentence(lesson.latest_revision) if lesson.pk else "",
        "is_new_version": bool(lesson.pk) and lesson.live,
        "crumbs": crumbs_to(_("Share a lesson")),
        **more,
    }
    return TemplateResponse(request, "lessons/sharing/share.html", context, status=status)


def _thoughts(desk: Desk, form: ShareForm) -> Thoughts:
    lesson = desk.lesson if desk.lesson.pk else None
    return thoughts_on(form.text, desk.request.user, lesson, form.chosen_terms)


@login_required
@require_POST
@sensitive_post_parameters()
def share_lesson_thoughts(request):
    """What comes to mind with a text that is being written: a piece of a page, for the script."""
    number = request.POST.get("number", "")
    lesson = None
    if number.isdecimal() and len(number) < 10:
        lesson = drafts.lesson_to_write(request.user, number=int(number))
    chosen = {int(pk) for pk in request.POST.getlist("term") if pk.isdecimal()}
    thoughts = thoughts_on(request.POST.get("text", ""), request.user, lesson, chosen)
    return TemplateResponse(request, "lessons/sharing/thoughts.html", {"thoughts": thoughts})


@login_required
def my_lessons(request):
    """Where each of my lessons stands, and what to do next."""
    page_obj = page_of(lessons_of_writer(request.user), request, LESSONS_PER_PAGE)
    context = {
        "page_obj": page_obj,
        "lessons": with_standing(page_obj.object_list, request.user),
        "writer": writer_of(request.user),
        "can_share": bool(places_of(request.user).open),
        "crumbs": crumbs_to(_("My lessons")),
    }
    return TemplateResponse(request, "lessons/sharing/my_lessons.html", context)


@login_required
def lesson_byline(request, number: int):
    """From now on under the name of the practice: at once, without waiting for a colleague."""
    lesson = lessons_of_writer(request.user).filter(number=number).first()
    if lesson is None:
        raise Http404
    if request.method == "POST":
        publish_as_practice(lesson, request.user)
        messages.success(request, _("Your name does not stand with this lesson any more."))
        return HttpResponseRedirect(reverse("my_lessons"))
    practice = place_of(lesson).practice
    crumbs = crumbs_to(_("Take my name away"), (_("My lessons"), "/mijn/lessen/"))
    context = {"lesson": lesson, "practice": practice, "crumbs": crumbs}
    return TemplateResponse(request, "lessons/sharing/byline.html", context)


@login_required
def throw_lesson_away(request, number: int):
    """A draft that its writer does not go on with: into the bin, from which it can come back."""
    lesson = drafts.lesson_to_write(request.user, number=number)
    if lesson is None and drafts.is_thrown_away(request.user, number):
        # Pressed twice.
        return HttpResponseRedirect(reverse("my_lessons"))
    if lesson is None:
        raise Http404
    mine = with_standing([lesson], request.user)[0]
    if not (mine.may_throw_away and lesson.permissions_for_user(request.user).can_delete()):
        raise Http404
    if request.method == "POST":
        put_in_trash(lesson, by=request.user)
        told = _("“%(title)s” lies in the bin. You can get it back for %(days)s days.")
        messages.success(request, told % {"title": mine.title, "days": KEPT_DAYS})
        return HttpResponseRedirect(reverse("my_lessons"))
    crumbs = crumbs_to(_("Throw away"), (_("My lessons"), "/mijn/lessen/"))
    context = {"mine": mine, "days": KEPT_DAYS, "crumbs": crumbs}
    return TemplateResponse(request, "lessons/sharing/throw_away.html", context)


def _kept(desk: Desk) -> dict[str, Any]:
    """What the script needs to go on with the lesson that was just kept."""
    return {
        "kept": _kept_sentence(desk.lesson.latest_revision),
        "number": desk.lesson.number,
        "address": desk.address,
        "version": drafts.version_of(desk.lesson),
    }


def _kept_sentence(revision) -> str:
    if revision is None:
        return ""
    return _("Kept at %(time)s. You can go on later.") % {"time": _time(revision.created_at)}


def _time(moment) -> str:
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return date_format(local, "H.i")
    return date_format(local, "j F, H.i")
