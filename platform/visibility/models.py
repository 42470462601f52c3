"""Which rights the groups behind the roles were given."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class GivenRight(models.Model):
    """A right that a group was given once. An administrator may take it away for good."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    # As Django writes it: `search.add_promotion`.
    right = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("given right")
        verbose_name_plural = _("given rights")
        constraints = [
            models.UniqueConstraint(fields=["group", "right"], name="visibility_right_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.right}"
