"""The files that were at an address before the one that is there now."""

from django.conf import settings
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from files.models.download import Download


class EarlierVersion(models.Model):
    """A file that another took the place of. Readers never get it; an editor can put it back."""

    download = models.ForeignKey(
        Download, on_delete=models.CASCADE, related_name="earlier_versions"
    )
    file = models.FileField(_("file"), upload_to="documents")
    download_name = models.CharField(max_length=255, blank=True)
    file_size = models.PositiveBigIntegerField(null=True)
    file_hash = models.CharField(max_length=40, blank=True)
    page_count = models.PositiveIntegerField(null=True)
    change_note = models.CharField(_("what is new"), max_length=200, blank=True)
    # When this file came, and who brought it.
    since = models.DateTimeField(_("since"))
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    # It is part of the download, and no use of it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")
        ordering = ["-since", "-pk"]

    def __str__(self):
        return self.download_name or self.file.name

    @property
    def size_label(self) -> str:
        return filesizeformat(self.file_size) if self.file_size else ""
