"""Putting a page in its place, published, once."""

from wagtail.models import Page

from content.models import ContentPage, GoneAddress


def child_with_slug(parent: Page, slug: str) -> ContentPage | None:
    return ContentPage.objects.child_of(parent).filter(slug=slug).specific().first()


def add_published(parent: Page, page: ContentPage, *, published_at) -> ContentPage:
    """Add a live page with everything that hangs on it, and keep it as its first revision.

    The page is saved as it will be, so the usual way (a draft that is published) would only do
    the same work twice.
    """
    page.live = True
    page.first_published_at = page.last_published_at = published_at
    parent.add_child(instance=page)
    revision = page.save_revision()
    type(page).objects.filter(pk=page.pk).update(
        live_revision=revision, has_unpublished_changes=False
    )
    return page


def was_deleted(parent: Page, slug: str) -> bool:
    """Whether somebody deleted this page after an earlier load: then it stays away."""
    return GoneAddress.objects.filter(path=f"{parent.get_url()}{slug}/").exists()
