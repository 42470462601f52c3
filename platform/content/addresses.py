"""Addresses that the platform keeps for itself, so that no page can hide them."""

from django.conf import settings

# The first part of every address of config/urls.py and of what the contract still has in store.
RESERVED = {
    "_util",
    *("account", "api", "begrippen", "beheer", "buitenring", "documenten", "feeds", "healthz"),
    *("les", "lessen", "media", "mijn", "readyz", "selectie", "static", "themas", "vergelijken"),
    "zoeken",
    *(code for code, _ in settings.LANGUAGES),
}


def is_reserved(slug: str, parent) -> bool:
    """Whether a page with this slug, below this parent, would stand at one of our own addresses."""
    # Depth 2 is the home page, at `/`.
    return parent is not None and parent.depth == 2 and slug in RESERVED
