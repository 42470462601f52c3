"""What a lesson is called by: how it went, how sure it is, under whose name it is read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What did not work is worth as much as what did."""

    WORKED = "worked", _("Worked")
    PARTLY = "partly", _("Worked partly")
    NOT = "not", _("Did not work")
    UNKNOWN = "unknown", _("Not known yet")


class Strength(models.TextChoices):
    """How sure a lesson is, from an expectation to research."""

    EXPECTED = "expected", _("Expectation")
    EXPERIENCE = "experience", _("Experience of one practice")
    SEVERAL = "several", _("Seen in several practices")
    MEASURED = "measured", _("Measured")
    RESEARCHED = "researched", _("Researched")


STRENGTH_HINTS = {
    Strength.EXPECTED: _("Nobody has looked into this yet."),
    Strength.EXPERIENCE: _("Not measured by researchers."),
    Strength.SEVERAL: _("Several practices saw the same."),
    Strength.MEASURED: _("The practice counted or measured this itself."),
    Strength.RESEARCHED: _("Researchers looked into this."),
}


class Byline(models.TextChoices):
    """Under whose name a lesson is read. Colleagues and the project leader always see who wrote."""

    PRACTICE = "practice", _("The name of the practice")
    AUTHORS = "authors", _("The names of the authors")
