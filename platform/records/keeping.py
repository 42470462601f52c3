"""How long the log is kept, and what of it is forgotten sooner."""

import datetime
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log, registry
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from accounts.models import User
from content.models import ContentPage, Trashed
from content.trash import branches_of, delete_branches, delete_from_trash, in_every_language
from records.noting import in_dutch

KEPT_DAYS = 2 * 365
# What the start content was made from: without it, what somebody deleted would be loaded again.
NEEDED_LONGER = Q(data__has_key="start_content")
# Texts that people wrote about a page. They stay where they were written, and may quote it.
TEXTS = ("text", "comment")
NO_TEXT = "…"
FORMER_USER = _("former user #%(id)s")
FORGOTTEN_PAGE = _("forgotten page #%(id)s")


def purge_log(before: datetime.datetime | None = None) -> int:
    """Throw away entries that are old enough; returns how many."""
    before = before or timezone.now() - datetime.timedelta(days=KEPT_DAYS)
    return sum(
        entries.objects.filter(timestamp__lt=before).exclude(NEEDED_LONGER).delete()[0]
        for entries in registry.get_log_entry_models()
    )


def without_texts(data):
    """The data of an entry without what somebody wrote in it."""
    if not isinstance(data, dict):
        return data
    return {
        name: NO_TEXT
        if name in TEXTS and isinstance(value, str) and value
        else without_texts(value)
        for name, value in data.items()
    }


def name_of_former_user(pk) -> str:
    return in_dutch(FORMER_USER) % {"id": pk}


def forget_user(pk) -> None:
    """The name and the address of a deleted account are nowhere in the log any more."""
    about = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(pk)
    )
    about.update(label=name_of_former_user(pk), data={})


def forget_label(pages: Iterable[Page]) -> None:
    """Take the titles of these pages out of the log: for a title that tells too much.

    Who did what when stays, with the number of the page.
    """
    pks = {page.pk for page in pages}
    named = PageLogEntry.objects.filter(
        Q(page__in=pks) | Q(action__in=["wagtail.move", "wagtail.reorder", "wagtail.copy"])
    )
    changed = []
    for entry in named.iterator():
        label = entry.label
        if entry.page_id in pks:
            label = in_dutch(FORGOTTEN_PAGE) % {"id": entry.page_id}
        data = _without_titles(entry.data, pks, all_titles=entry.page_id in pks)
        if (label, data) != (entry.label, entry.data):
            entry.label, entry.data = label, data
            changed.append(entry)
    PageLogEntry.objects.bulk_update(changed, ["label", "data"], batch_size=500)


@transaction.atomic
def delete_for_good(page: ContentPage, *, by: User, reason: str) -> int:
    """Delete a page past the trash, with its titles in the log: for data about a person.

    Returns how many pages, with all that lay below it and in every language. `reason` is kept, so
    it tells nothing of the person either.
    """
    trashed = Trashed.objects.filter(branches__page=page.pk).first()
    tops = [each.page for each in trashed.branches.select_related("page")] if trashed else []
    tops = tops or in_every_language(page)
    pages = list(branches_of(tops))
    if trashed:
        delete_from_trash(trashed, by=by, reason=reason)
    else:
        log(page.specific, "content.purge", user=by, deleted=True, data={"reason": reason})
        delete_branches(tops)
    forget_label(pages)
    return len(pages)


def _without_titles(data, pks: set[int], *, all_titles: bool):
    if not isinstance(data, dict):
        return data
    names_one = all_titles or data.get("id") in pks
    return {
        name: value if name == "workflow" else _without_titles(value, pks, all_titles=all_titles)
        for name, value in data.items()
        if not (name == "title" and names_one)
    }
