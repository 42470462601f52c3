"""Who wrote a lesson."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from vocabulary.clean_text import CleanText


class LessonAuthor(CleanText, Orderable):
    """A writer of a lesson: a colleague with an account, or one from another organisation."""

    page = ParentalKey("lessons.LessonPage", on_delete=models.CASCADE, related_name="authors")
    # Somebody who leaves takes the account along; the lesson goes on under the practice's name.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("organisation")])]

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})" if self.organisation else self.name
