"""Putting a page in its place, published, once."""

from wagtail.models import Page

from content.models import ContentPage, GoneAddress


def child_with_slug(parent: Page, slug: str) -> ContentPage | None:
    return ContentPage.objects.child_of(parent).filter(slug=slug).specific().first()


def add_published(parent: Page, page: ContentPage, *, published_at) -> ContentPage:
    """Add a page with everything that hangs on it, as its first published revision."""
    page.live = False
    page.first_published_at = published_at
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def was_deleted(parent: Page, slug: str) -> bool:
    """Whether somebody deleted this page after an earlier load: then it stays away."""
    return GoneAddress.objects.filter(path=f"{parent.get_url()}{slug}/").exists()
