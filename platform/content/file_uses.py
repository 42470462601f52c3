"""Which files the pages show: whoever may see such a page may have the file."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page, ReferenceIndex

from content.models import ContentPage, PageDownload
from files.access import shows_downloads, shows_pictures
from files.models import Download, Picture


@shows_downloads
def offered_by_pages(user):
    # Looked up for each row: one file has few, and thousands of pages are not gone through.
    page = ContentPage.objects.visible_to(user).filter(pk=OuterRef("page"))
    return PageDownload.objects.filter(Exists(page))


@shows_pictures
def shown_on_a_page(user, picture) -> bool:
    pages = [int(key) for key in uses_on_pages(picture).values_list("object_id", flat=True)]
    return bool(pages) and ContentPage.objects.filter(pk__in=pages).visible_to(user).exists()


def uses_on_pages(file: Download | Picture) -> QuerySet[ReferenceIndex]:
    """Wagtail notes which pages refer to a file. It reads what is live, never a draft."""
    pages = ContentType.objects.get_for_model(Page)
    return ReferenceIndex.get_references_to(file).filter(base_content_type=pages)
