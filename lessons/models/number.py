"""Numbers of lessons, which never change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LessonNumber(models.Model):
    """Hands out the numbers in `/les/9/`: one for all languages of a lesson, never used again."""

    translation_key = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("lesson number")
        verbose_name_plural = _("lesson numbers")

    def __str__(self) -> str:
        return f"/les/{self.pk}/"
