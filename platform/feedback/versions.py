"""Removing old versions of a page or a file: what stood in one stands nowhere any more."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log, registry
from wagtail.models import PageLogEntry, Revision
from wagtail_localize.models import String, StringSegment, TranslationSource

from accounts.models import User
from content.models import ContentPage
from feedback.takedown import forms_of, neutral_name
from files import versions as files
from files.models import Download, EarlierVersion

# What a line of the log may keep beside who, when and what: nothing that somebody wrote.
KEPT_OF_THE_LOG = {"revision", "workflow", "kinds", "versions"}


def removable(page: ContentPage) -> list[Revision]:
    """The versions that can go, newest first: all but the newest one and the one that is online."""
    kept = {page.latest_revision_id, page.live_revision_id if page.live else None}
    versions = Revision.objects.for_instance(page.specific).select_related("user")
    return [each for each in versions.order_by("-created_at", "-pk") if each.pk not in kept]


@transaction.atomic
def remove_versions(page: ContentPage, versions: Iterable[int], *, by: User) -> int:
    """Remove these versions of a page, and what the log tells of them. Returns how many went."""
    wanted = set(versions)
    # One by one, as Wagtail does: a remark of a colleague moves on to the version after it.
    going = [version for version in removable(page) if version.pk in wanted]
    for version in going:
        version.delete()
    if going:
        _bring_row_up_to_date(page)
        _bring_translations_up_to_date(page)
        _forget_names(PageLogEntry.objects.filter(page=page.pk), page)
        log(
            page.specific,
            "content.revisions_removed",
            user=by,
            title=neutral_name(page),
            data={"versions": len(going)},
        )
    return len(going)


def earlier_files(download: Download) -> QuerySet[EarlierVersion]:
    """The files that were at the address of this one, or of another form of it, newest first."""
    return EarlierVersion.objects.filter(download__in=forms_of(download)).select_related(
        "download", "brought_by"
    )


@transaction.atomic
def remove_earlier_files(download: Download, versions: Iterable[int], *, by: User) -> int:
    """Remove these earlier files, and the titles that the log holds. Returns how many went."""
    # Compared here: a database refuses a number that is too large for it.
    chosen = set(versions)
    going = [version for version in earlier_files(download) if version.pk in chosen]
    for version in going:
        files.remove(version, by=by)
    for each in {version.download for version in going}:
        _forget_names(registry.get_logs_for_instance(each), each)
    return len(going)


def _bring_row_up_to_date(page: ContentPage) -> None:
    """What is offline still stands in the database as it was online: the newest version holds."""
    page = ContentPage.objects.get(pk=page.pk)
    if not page.live and page.latest_revision is not None:
        newest = page.latest_revision.as_object()
        newest.live, newest.has_unpublished_changes = False, True
        newest.draft_title = newest.title
        newest.save(clean=False)
        # A version is noted with the name and the address that the page had before it.
        content = page.latest_revision.content
        content |= {"draft_title": newest.title, "url_path": newest.url_path}
        Revision.objects.filter(pk=page.latest_revision_id).update(content=content)


def _bring_translations_up_to_date(page: ContentPage) -> None:
    """wagtail-localize keeps a copy of the page, and every sentence of it."""
    for source in TranslationSource.objects.filter(
        object_id=page.translation_key, locale=page.locale_id
    ):
        strings = set(StringSegment.objects.filter(source=source).values_list("string", flat=True))
        source.update_from_db()
        String.objects.filter(pk__in=strings, segments=None).delete()


def _forget_names(entries: QuerySet, item: ContentPage | Download) -> None:
    """The titles in the log that it had, and what was remarked on it."""
    for entry in entries:
        data = {key: value for key, value in entry.data.items() if key in KEPT_OF_THE_LOG}
        # The log is only added to, but for this.
        entries.model.objects.filter(pk=entry.pk).update(label=neutral_name(item), data=data)
