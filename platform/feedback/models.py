"""What readers report about a page, a file or the site, until it is dealt with."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.models import ContentPage
from feedback.subjects import LONGEST_ADDRESS
from files.models import Download

# So long after a report was dealt with, what was written and by whom is thrown away.
KEPT_AFTER_SETTLING = datetime.timedelta(days=30)
LONGEST_MESSAGE = 2000


class ReportKind(models.TextChoices):
    PRIVACY = "privacy", _("Somebody can be recognised")
    WRONG = "wrong", _("Something is not right or does not work")
    OTHER = "other", _("Something else")


class ReportQuerySet(models.QuerySet):
    def open(self):
        return self.filter(settled_at=None)

    def to_forget(self):
        """Dealt with so long ago that nothing of it is needed any more."""
        return self.filter(settled_at__lt=timezone.now() - KEPT_AFTER_SETTLING)


class Report(models.Model):
    """One thing to deal with: everything that was reported about one item, of one kind."""

    # It is no use of the page or the file.
    wagtail_reference_index_ignore = True

    kind = models.CharField(_("about"), max_length=20, choices=ReportKind.choices)
    page = models.ForeignKey(
        ContentPage,
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    download = models.ForeignKey(
        Download,
        verbose_name=_("download"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    # Of what is neither a page nor a file, such as a search; without what was asked there.
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS, blank=True)
    created_at = models.DateTimeField(_("reported at"), default=timezone.now)
    # How often it was reported, also without a word.
    times = models.PositiveIntegerField(_("times"), default=1)
    mailed_at = models.DateTimeField(null=True)
    taken_offline_at = models.DateTimeField(_("taken offline at"), null=True)
    # The pages that this report took offline, each with the revision that was live, or null.
    was_live = models.JSONField(default=dict)
    settled_at = models.DateTimeField(_("settled at"), null=True, db_index=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "kind"],
                condition=Q(settled_at=None, page__isnull=False),
                name="feedback_one_open_report_per_page",
            ),
            models.UniqueConstraint(
                fields=["download", "kind"],
                condition=Q(settled_at=None, download__isnull=False),
                name="feedback_one_open_report_per_download",
            ),
            models.UniqueConstraint(
                fields=["address", "kind"],
                condition=Q(settled_at=None, page=None, download=None),
                name="feedback_one_open_report_per_address",
            ),
        ]

    def __str__(self) -> str:
        """Without the title of the item: that may be what identifies a child."""
        return gettext("Report %(number)s") % {"number": self.pk}

    @property
    def is_about_privacy(self) -> bool:
        return self.kind == ReportKind.PRIVACY

    @property
    def item_name(self) -> str:
        """What it is about, in the words of the list of reports."""
        if self.page is not None:
            return self.page.get_admin_display_title()
        if self.download is not None:
            return self.download.title
        return self.address or gettext("The whole site")

    def pages(self) -> list[ContentPage]:
        """The page in every language, Dutch first: what is wrong in one is wrong in all."""
        if self.page is None:
            return []
        same = ContentPage.objects.filter(translation_key=self.page.translation_key, alias_of=None)
        return sorted(same, key=lambda page: page.language_code != settings.LANGUAGE_CODE)

    @property
    def state_label(self) -> str:
        if self.settled_at is not None:
            return gettext("Settled")
        return gettext("Taken offline") if self.taken_offline_at else gettext("Open")


class ReportMessage(models.Model):
    """What one reader wrote. Only project leaders read it, and nobody for long."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="messages")
    text = models.TextField(_("what is wrong"), max_length=LONGEST_MESSAGE, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("message with a report")
        verbose_name_plural = _("messages with reports")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.written_at:%Y-%m-%d}"
