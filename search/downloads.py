"""The files of the practices, as far as a person may have them."""

import uuid
from collections import defaultdict

from content.models import ContentPage, PageDownload
from files.access import visible_downloads
from practices.models import PathStep


def found_downloads(user):
    """The files that are results. Another form of a sheet stands with that sheet."""
    return visible_downloads(user).filter(alternative_to__isnull=True)


def practices_of_downloads(user) -> dict[int, set[uuid.UUID]]:
    """The practices whose pages offer each file, as far as this person may see those pages."""
    pages = ContentPage.objects.visible_to(user)
    on_pages = PageDownload.objects.filter(page__in=pages)
    on_steps = PathStep.downloads.through.objects.filter(pathstep__page__in=pages)
    practices: dict[int, set[uuid.UUID]] = defaultdict(set)
    for pk, practice_key in [
        *on_pages.values_list("download", "page__practice_key"),
        *on_steps.values_list("download", "pathstep__page__practice_key"),
    ]:
        practices[pk].add(practice_key)
    return practices
