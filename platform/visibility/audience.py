"""Who content is meant for, ordered from narrow to wide."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# The audience of what lies below a page that is not live. No role is included in it.
NOBODY = "nobody"
# The audience of everything that was thrown away (content/trash.py), whatever it is itself.
IN_TRASH = "trash"
# The audience below a page “for this practice” that belongs to no practice.
PROJECT_LEADERS_ONLY = "leaders"


class Audience(models.TextChoices):
    PRACTICE = "practice", _("Only this practice")
    PRACTICES = "practices", _("All learning practices")
    OUTER_RING = "outer_ring", _("Learning practices and the outer ring")
    PUBLIC = "public", _("Everybody, also without an account")


# One sentence for readers and editors, made from the same values that guard the pages.
AUDIENCE_SENTENCES = {
    NOBODY: _("Nobody yet, except who works on it and the project leader."),
    PROJECT_LEADERS_ONLY: _("Only the project leader."),
    Audience.PRACTICE: _("Only colleagues of this practice and the project leader."),
    Audience.PRACTICES: _("Everybody who works in one of the learning practices."),
    Audience.OUTER_RING: _("The learning practices and participants of the outer ring."),
    Audience.PUBLIC: _("Everybody. Also without an account."),
}

# The same as a warning beside the ways to share a page; what is public needs none.
ONLY_FOR = {
    PROJECT_LEADERS_ONLY: _("Only visible to the project leader."),
    Audience.PRACTICE: _("Only visible to colleagues of this practice and the project leader."),
    Audience.PRACTICES: _("Only visible to people who work in one of the learning practices."),
    Audience.OUTER_RING: _("Only visible to the learning practices and the outer ring."),
}

_NARROW_TO_WIDE = [IN_TRASH, NOBODY, PROJECT_LEADERS_ONLY, *Audience.values]


def narrowest(*audiences: str) -> str:
    """The narrowest of these audiences, those for branches included."""
    return min(audiences, key=_NARROW_TO_WIDE.index)


def is_wider(audience: str, than: str) -> bool:
    """Whether the one holds people that the other does not."""
    return _NARROW_TO_WIDE.index(audience) > _NARROW_TO_WIDE.index(than)


def not_wider_than(bound: str) -> list[Audience]:
    """The audiences that something below a page for `bound` can have, from narrow to wide."""
    return [each for each in Audience if narrowest(each, bound) == each]
