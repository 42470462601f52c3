"""Throwing away what was reported, and by whom, when it is long dealt with."""

from django.db import transaction

from feedback.models import Report, ReportMessage


@transaction.atomic
def forget_settled() -> int:
    """Returns how many reports went.

    A report that keeps a file offline stays, without what was written: the button to put the file
    back stands below it.
    """
    ReportMessage.objects.filter(report__in=Report.objects.to_forget()).delete()
    going = Report.objects.to_forget().exclude(
        taken_offline_at__isnull=False, download__taken_offline_at__isnull=False
    )
    return going.delete()[1].get(Report._meta.label, 0)
