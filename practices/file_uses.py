"""The files that belong to a step of a development path."""

from django.db.models import Exists, OuterRef

from files.access import shows_downloads
from practices.models import DevelopmentPathPage, PathStep


@shows_downloads
def offered_by_steps(user):
    path = DevelopmentPathPage.objects.visible_to(user).filter(pk=OuterRef("pathstep__page"))
    return PathStep.downloads.through.objects.filter(Exists(path))
