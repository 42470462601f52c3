"""Taking something offline at once, everywhere, and putting it back when it may stay.

What is not live is gone from every list, search, feed, file and picture: all of them ask
`visible_to` (visibility/rules.py). The log keeps no title, because that may name a child.
"""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from accounts.models import User
from content.models import ContentPage
from feedback.mails import tell_authors
from feedback.models import Report
from files.models import Download, DownloadText
from files.reading import expect, start

# The home page: without it there is no site.
HOME_DEPTH = 2


def can_be_taken_offline(report: Report) -> bool:
    """Whether there is one item to take offline: not the whole site, and not what has no page."""
    if report.download is not None:
        return report.download.taken_offline_at is None
    pages = report.pages()
    return any(page.live or page.scheduled_revision for page in pages) and all(
        page.depth > HOME_DEPTH for page in pages
    )


@transaction.atomic
def take_offline(report: Report, *, by: User) -> bool:
    """Take the item of this report offline; False where that was done already."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if not can_be_taken_offline(report):
        return False
    if report.download is not None:
        _take_file_offline(report.download, by)
    else:
        report.was_live |= {
            str(page.pk): page.live_revision_id for page in report.pages() if page.live
        }
        # Translations first: else Wagtail's own signal would withdraw them with their titles.
        for page in reversed(report.pages()):
            _take_page_offline(page, by)
    report.taken_offline_at = timezone.now()
    report.save(update_fields=["was_live", "taken_offline_at"])
    tell_authors(report, by=by)
    return True


def can_be_put_back(report: Report) -> bool:
    """Whether what this report took offline is still offline, and the same version is there."""
    if report.taken_offline_at is None:
        return False
    if report.download is not None:
        return report.download.taken_offline_at is not None
    return bool(_to_put_back(report))


@transaction.atomic
def put_back(report: Report, *, by: User) -> bool:
    """Bring back online what this report took offline, as it was; False where it cannot."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if not can_be_put_back(report):
        return False
    if report.download is not None:
        _put_file_back(report.download, by)
    else:
        for page, revision in _to_put_back(report):
            _put_page_back(page, revision, by)
    report.taken_offline_at, report.was_live = None, {}
    report.save(update_fields=["was_live", "taken_offline_at"])
    return True


def neutral_name(item: ContentPage | Download) -> str:
    """What the log calls an item: its kind and number."""
    if isinstance(item, Download):
        return item.neutral_name
    return f"{item.specific_class._meta.verbose_name} {item.pk}"


def forms_of(download: Download) -> list[Download]:
    """The same sheet in each kind of file: what stands in one stands in all."""
    main_file = download.alternative_to or download
    return [main_file, *main_file.alternatives.all()]


def _take_page_offline(page: ContentPage, by: User) -> None:
    page = page.specific
    if (state := page.current_workflow_state) is not None:
        # Else somebody who approves it would bring it online again.
        state.cancel(user=by)
    # Also of what was never live: Wagtail forgets the plan only of a live page.
    page.revisions.update(approved_go_live_at=None)
    if page.live:
        page.unpublish(user=by, log_action=False)
    log(page, "content.taken_offline", user=by, title=neutral_name(page))


def _to_put_back(report: Report) -> list[tuple[ContentPage, Revision | None]]:
    """The pages that are still offline, each with the version that was online, Dutch first."""
    pages = [page for page in report.pages() if str(page.pk) in report.was_live and not page.live]
    wanted = {page.pk: report.was_live[str(page.pk)] for page in pages}
    revisions = Revision.objects.in_bulk([pk for pk in wanted.values() if pk])
    return [
        (page, revisions.get(wanted[page.pk]))
        for page in pages
        if wanted[page.pk] is None or wanted[page.pk] in revisions
    ]


def _put_page_back(page: ContentPage, revision: Revision | None, by: User) -> None:
    if revision is not None:
        revision.publish(user=by, log_action=False, skip_permission_checks=True)
    else:
        # It was made without revisions: its own row is what was online.
        page = page.specific
        page.live = True
        page.save(clean=False)
    log(page, "content.put_back", user=by, title=neutral_name(page))


def _take_file_offline(download: Download, by: User) -> None:
    for form in forms_of(download):
        form.taken_offline_at = timezone.now()
        form.save(update_fields=["taken_offline_at"])
        # The words in it too; they are read anew when it comes back.
        DownloadText.objects.filter(download=form).delete()
        log(form, "content.taken_offline", user=by, title=neutral_name(form))


def _put_file_back(download: Download, by: User) -> None:
    for form in forms_of(download):
        form.taken_offline_at = None
        form.save(update_fields=["taken_offline_at"])
        expect(form)
        # A version that came meanwhile waits, because what is offline is not read.
        transaction.on_commit(start)
        log(form, "content.put_back", user=by, title=neutral_name(form))
