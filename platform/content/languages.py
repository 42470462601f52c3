"""The language of the frame around a page, and of the page in it."""

from django.conf import settings
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale


def active_language() -> str:
    """The language that the visitor chose with the address."""
    try:
        return get_supported_content_language_variant(get_language())
    except LookupError:
        return settings.LANGUAGE_CODE


def is_source_language() -> bool:
    return active_language() == settings.LANGUAGE_CODE


def in_frame(path: str, language: str = "") -> str:
    """A path of the Dutch site as it is under this language, or else under the visitor's.

    Under `/en/` every Dutch address works as well: ContentPage.route looks there for what has
    no translation, so the language is the only difference.
    """
    language = language or active_language()
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def source_locale() -> Locale:
    return Locale.get_default()
