"""Putting a page in its place, published, once for ever.

What was loaded is noted in the log of changes that Wagtail keeps, and a note outlives its object.
So a later load knows what somebody renamed since, and leaves away what somebody deleted.
"""

from typing import Any

from django.db.models import Model
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from content.models import ContentPage

NOTE = "start_content"


def note(instance: Any, key: str) -> None:
    """Note in the log that this is the object of the start content with this key."""
    log(instance=instance, action="wagtail.create", data={NOTE: key})


def was_loaded(key: str) -> bool:
    """Whether an earlier load made this, whatever became of it since."""
    return any(
        entries.objects.filter(action="wagtail.create", data__start_content=key).exists()
        for entries in (PageLogEntry, ModelLogEntry)
    )


def loaded_page(key: str) -> Any:
    """The page that a load made, where it stands now; None when it was deleted or never made."""
    notes = PageLogEntry.objects.filter(action="wagtail.create", data__start_content=key)
    page = ContentPage.objects.filter(pk__in=notes.values("page_id")).first()
    return page and page.specific


def loaded_object(model: type[Model], key: str) -> Any:
    """The same for anything that is no page."""
    notes = ModelLogEntry.objects.get_for_model(model).filter(data__start_content=key)
    return model._default_manager.filter(pk__in=[int(found.object_id) for found in notes]).first()


def add_published(parent: Page, page: ContentPage, *, published_at, key: str) -> ContentPage:
    """Add a live page with everything that hangs on it, and keep it as its first revision.

    The page is saved as it will be, so the usual way (a draft that is published) would only do
    the same work twice.
    """
    page.live = True
    page.first_published_at = page.last_published_at = published_at
    parent.add_child(instance=page)
    page.live_revision = page.save_revision()
    page.has_unpublished_changes = False
    type(page).objects.filter(pk=page.pk).update(
        live_revision=page.live_revision, has_unpublished_changes=False
    )
    note(page, key)
    return page
