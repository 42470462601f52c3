"""The mails about reports and questions. None holds a title or a text that may name a child."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Revision

from accounts.models import User
from accounts.roles import PROJECT_LEADERS
from content.meta import whole_address
from feedback.models import Report
from lessons.models import LessonAuthor
from practices.contact import reachable_contact
from practices.models import PracticePage


def project_leaders() -> list[User]:
    """Who answers for the site; where there is no project leader, the administrators."""
    active = User.objects.filter(is_active=True).order_by("pk")
    leaders = list(active.filter(groups__name=PROJECT_LEADERS).distinct())
    return leaders or list(active.filter(is_superuser=True))


def tell_leaders(report: Report) -> None:
    """That there is something to look at, and where."""
    with override(settings.LANGUAGE_CODE):
        subject = _("Report about privacy: look today") if report.is_about_privacy else _("Report")
        _send(
            subject,
            "feedback/mails/report.txt",
            {"report": report, "url": whole_address(reverse("reports:inspect", args=[report.pk]))},
            project_leaders(),
        )


def tell_authors(report: Report, *, by: User) -> None:
    """That their page or file is offline and what they can do; never who reported it."""
    with override(settings.LANGUAGE_CODE):
        if report.page is not None:
            url = report.page.specific.writing_path
        else:
            url = reverse("wagtaildocs:edit", args=[report.download_id])
        _send(
            _("What you shared is offline for now"),
            "feedback/mails/taken_offline.txt",
            {"report": report, "url": whole_address(url)},
            [author for author in authors_of(report) if author != by],
        )


def who_answers(practice: PracticePage | None) -> list[User]:
    """The contact of the practice; without one, or where that person has left, the leaders."""
    person = reachable_contact(practice) if practice is not None else None
    return [person] if person is not None else project_leaders()


def ask(people: Iterable[User], practice: PracticePage | None, data: dict[str, str]) -> None:
    """The question of a reader, which is kept nowhere but in the mail."""
    with override(settings.LANGUAGE_CODE):
        text = render_to_string(
            "feedback/mails/question.txt",
            {
                "practice": practice,
                "name": data["name"],
                "email": data["email"],
                "text": data["text"],
            },
        )
        # Nothing that somebody typed stands in a header, but for the address to answer to.
        for person in people:
            EmailMessage(
                _("A question through Lerende Praktijken"),
                text,
                to=[person.email],
                reply_to=[data["email"]],
            ).send()


def authors_of(report: Report) -> list[User]:
    """Who wrote it, as far as the platform knows, with an account that still works."""
    if report.download is not None:
        keys = {report.download.uploaded_by_user_id}
    else:
        pages = report.pages()
        keys = {page.owner_id for page in pages}
        keys |= set(
            Revision.objects.filter(pk__in=_live_or_latest(pages)).values_list("user", flat=True)
        )
        keys |= set(LessonAuthor.objects.filter(page__in=pages).values_list("user", flat=True))
    return list(User.objects.filter(pk__in=keys - {None}, is_active=True).order_by("pk"))


def _live_or_latest(pages) -> list[int | None]:
    return [page.live_revision_id or page.latest_revision_id for page in pages]


def _send(subject: str, template: str, context: dict, people: Iterable[User]) -> None:
    """One mail for each, so that nobody sees another's address."""
    text = render_to_string(template, context)
    for person in people:
        EmailMessage(subject, text, to=[person.email]).send()
