"""What readers send: a report, or a question to a practice or to the project leader."""

from urllib.parse import unquote, urlsplit

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.crumbs import crumbs_to
from feedback.forms import QuestionForm, ReportForm
from feedback.mails import ask, who_answers
from feedback.receiving import take_report
from feedback.subjects import subject_at
from feedback.unwanted import is_sent_again, may_send
from practices.contact import contact_of
from practices.models import PracticePage


def report(request):
    """Whatever it is about, seen by the reader or not, the answer is the same."""
    if request.method == "GET" and "over" not in request.GET and (path := _came_from(request)):
        return HttpResponseRedirect(f"{request.path}?{urlencode({'over': path})}")
    subject = subject_at(request.GET.get("over", ""))
    form = ReportForm(request.POST or None)
    if form.is_valid() and may_send(request, form, "report"):
        if not form.is_from_a_machine:
            data = form.cleaned_data
            take_report(subject, data["kind"], text=data["text"], email=data["email"])
        return HttpResponseRedirect(reverse("report_thanks"))
    title = subject.title_for(request.user)
    context = {"form": form, "title": title, "crumbs": crumbs_to(_("Report a problem"))}
    return TemplateResponse(request, "feedback/report.html", context, status=form.status)


@require_safe
def report_thanks(request):
    crumbs = crumbs_to(_("Report a problem"))
    return TemplateResponse(request, "feedback/report_thanks.html", {"crumbs": crumbs})


def question(request, practice: str = ""):
    """To the contact of a practice, or to the project leader; their addresses stay hidden."""
    page = _practice(request, practice) if practice else None
    form = QuestionForm(request.POST or None, initial=_sender(request.user))
    if form.is_valid() and may_send(request, form, "question", key=practice):
        if not form.is_from_a_machine and not is_sent_again(form):
            ask(who_answers(page), page, form.cleaned_data)
        return HttpResponseRedirect(reverse("question_thanks"))
    context = {
        "form": form,
        "practice": page,
        "contact": contact_of(page) if page else None,
        "crumbs": page.crumbs_below(request, _("Ask a question"))
        if page
        else crumbs_to(_("Ask a question")),
    }
    return TemplateResponse(request, "feedback/question.html", context, status=form.status)


@require_safe
def question_thanks(request):
    crumbs = crumbs_to(_("Ask a question"))
    return TemplateResponse(request, "feedback/question_thanks.html", {"crumbs": crumbs})


def _came_from(request) -> str:
    """The path of our page with the link that was followed; the browser tells, if it wants to."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    is_ours = came_from.netloc == request.get_host() and not came_from.path.startswith(request.path)
    return unquote(came_from.path) if is_ours else ""


def _practice(request, slug: str) -> PracticePage:
    practices = PracticePage.objects.visible_to(request.user).in_language(request.user)
    return get_object_or_404(practices, slug=slug)


def _sender(user) -> dict[str, str]:
    if not user.is_authenticated:
        return {}
    return {"name": user.get_full_name(), "email": user.email}
