"""The files that belong to a step of a development path."""

from files.access import shows_downloads
from practices.models import DevelopmentPathPage, PathStep


@shows_downloads
def offered_by_steps(user):
    paths = DevelopmentPathPage.objects.visible_to(user)
    return PathStep.downloads.through.objects.filter(pathstep__page__in=paths)
