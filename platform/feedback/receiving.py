"""A report comes in: it joins the open one about the same, and the project leaders hear of it."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from feedback.mails import tell_leaders
from feedback.models import Report, ReportKind, ReportMessage
from feedback.subjects import Subject

# Whatever more comes in about one thing, its mails are so far apart.
BETWEEN_MAILS = datetime.timedelta(days=1)


@transaction.atomic
def take_report(subject: Subject, kind: str, *, text: str = "", email: str = "") -> Report | None:
    """Keep what was reported; None for nothing about nothing."""
    if subject == Subject() and not text:
        return None
    report, is_new = Report.objects.get_or_create(
        page=subject.page,
        download=subject.download,
        address=subject.address,
        kind=kind or ReportKind.OTHER,
        settled_at=None,
    )
    said_before = ReportMessage.objects.filter(report=report, text=text, email=email).exists()
    if (text or email) and not said_before:
        ReportMessage.objects.create(report=report, text=text, email=email)
    if not is_new:
        Report.objects.filter(pk=report.pk).update(times=F("times") + 1)
    if report.mailed_at is None or report.mailed_at < timezone.now() - BETWEEN_MAILS:
        tell_leaders(report)
        Report.objects.filter(pk=report.pk).update(mailed_at=timezone.now())
    return report
