"""How often files are downloaded."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from files.models.download import Download


class DownloadCount(models.Model):
    """How often one file was downloaded on one day. Nothing tells by whom.

    It stays when the file is deleted: then only the number of the file tells which it was. The
    title is not kept, because a file may be deleted for the name in its title.
    """

    download = models.ForeignKey(
        Download, on_delete=models.DO_NOTHING, db_constraint=False, related_name="counts"
    )
    day = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("downloads"), default=0)

    # A count is no use of the file.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("count of downloads")
        verbose_name_plural = _("counts of downloads")
        constraints = [
            models.UniqueConstraint(fields=["download", "day"], name="files_count_once_a_day"),
        ]

    def __str__(self):
        return f"{self.download_id}, {self.day}: {self.times}"
