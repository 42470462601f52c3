"""Pictures, and the sizes in which pages show them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition


class Picture(AbstractImage):
    """A picture, with the note of who agreed to its use."""

    consent_note = models.CharField(
        _("consent"),
        max_length=200,
        blank=True,
        help_text=_(
            "Who gave permission for this picture, and when? Never a child in the picture."
        ),
    )
    credit = models.CharField(_("maker"), max_length=120, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "consent_note",
        "credit",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class Rendition(AbstractRendition):
    """One size of a picture, made when a page first asks for it."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="files_rendition_once"
            ),
        ]
        # The door finds a rendition by its file.
        indexes = [models.Index(fields=["file"], name="files_rendition_file")]

    @property
    def url(self) -> str:
        """The address at the door, wherever the file itself is stored."""
        return reverse("serve_rendition", args=[self.file.name.removeprefix("images/")])
