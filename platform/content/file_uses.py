"""Which files the pages show: whoever may see such a page may have the file."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from wagtail.models import Page, ReferenceIndex

from content.models import ContentPage, PageDownload
from files.access import shows_downloads, shows_pictures


@shows_downloads
def offered_by_pages(user):
    # Looked up for each row: one file has few, and thousands of pages are not gone through.
    page = ContentPage.objects.visible_to(user).filter(pk=OuterRef("page"))
    return PageDownload.objects.filter(Exists(page))


@shows_pictures
def shown_on_a_page(user, picture) -> bool:
    """Wagtail notes which pages refer to a picture. It reads what is live, never a draft."""
    references = ReferenceIndex.get_references_to(picture).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    pages = [int(key) for key in references.values_list("object_id", flat=True)]
    return bool(pages) and ContentPage.objects.filter(pk__in=pages).visible_to(user).exists()
