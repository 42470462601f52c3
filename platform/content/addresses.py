"""The address of a page, and those that the platform keeps for itself: no page can hide them."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.encoding import escape_uri_path
from wagtail.models.sites import SiteRootPath

from content.languages import in_frame

# The first part of every address of config/urls.py and of what the contract still has in store.
RESERVED = {
    "_util",
    *("account", "api", "begrippen", "beheer", "buitenring", "contact", "documenten", "feeds"),
    *("healthz", "melden"),
    *("les", "lessen", "media", "mijn", "readyz", "selectie", "static", "themas", "vergelijken"),
    "zoeken",
    *(code for code, _ in settings.LANGUAGES),
}


def is_reserved(slug: str, parent) -> bool:
    """Whether a page with this slug, below this parent, would stand at one of our own addresses."""
    # Depth 2 is the home page, at `/`.
    return parent is not None and parent.depth == 2 and slug in RESERVED


def path_of(url_path: str, roots: Iterable[SiteRootPath]) -> str | None:
    """The path of what stands here in the tree; None outside it. `Site.get_site_root_paths()`.

    The same as Wagtail's, which looks through all addresses of the site for every page.
    """
    for root in roots:
        if url_path.startswith(root.root_path):
            below = url_path.removeprefix(root.root_path)
            return in_frame("/", root.language_code) + escape_uri_path(below)
    return None
