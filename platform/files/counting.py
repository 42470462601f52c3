"""How often files are downloaded. Never by whom: no address, no account, no cookie is kept.

Counting is less important than giving the file: it happens when the file was sent, and what goes
wrong is logged.
"""

import datetime
import logging

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts import visits
from accounts.counting import without_waiting
from files.models import Download, DownloadCount

# Who asks for the same file again within this time asks once: a double click, a slow line.
SAME_DOWNLOAD_SECONDS = 60
# On SQLite one process writes at a time. Longer than this, and a download goes uncounted.
PATIENCE_MILLISECONDS = 500
RECENT_DAYS = 30

logger = logging.getLogger(__name__)


def count_when_sent(response, request, download: Download) -> None:
    """Have this download counted when the file was sent, if a reader asked for it."""
    if _is_wanted(request):
        response._resource_closers.append(lambda: _note(request, download))


def times(download: Download) -> dict[str, int]:
    """How often this file was downloaded, ever and lately."""
    return DownloadCount.objects.filter(download=download.pk).aggregate(**totals())


def totals() -> dict[str, Coalesce]:
    """What to add up of the counts, for one file or for each."""
    since = timezone.localdate() - datetime.timedelta(days=RECENT_DAYS - 1)
    return {
        "total": Coalesce(Sum("times"), 0),
        "recent": Coalesce(Sum("times", filter=Q(day__gte=since)), 0),
    }


def _is_wanted(request) -> bool:
    """Whether this is the beginning of a download by a reader; editors look after their files."""
    goes_on = request.headers.get("Range", "bytes=0-").strip()
    return (
        request.method == "GET"
        and goes_on.startswith("bytes=0-")
        and visits.is_reader(request)
        and not request.user.has_perm("wagtailadmin.access_admin")
    )


def _note(request, download: Download) -> None:
    try:
        if visits.is_first(request, f"files.download.{download.pk}", SAME_DOWNLOAD_SECONDS):
            _add_one(download)
    except Exception as error:
        logger.warning("Download %s was not counted: %s", download.pk, type(error).__name__)


def _add_one(download: Download) -> None:
    today = DownloadCount.objects.filter(download=download.pk, day=timezone.localdate())
    one_more = {"times": F("times") + 1}
    with without_waiting(PATIENCE_MILLISECONDS):
        if not today.update(**one_more):
            row = DownloadCount(download_id=download.pk, day=timezone.localdate())
            # Another worker may just have made it.
            DownloadCount.objects.bulk_create([row], ignore_conflicts=True)
            today.update(**one_more)
