"""The language of the frame around a page, and of the page in it."""

from functools import cache

from django.conf import settings
from django.db.models.signals import post_delete, post_migrate, post_save
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


@cache
def _codes_by_locale() -> dict[int, str]:
    return dict(Locale.all_objects.values_list("pk", "language_code"))


def code_of(locale_id: int) -> str:
    """The language code of a locale, without a query: languages hardly ever change."""
    if locale_id not in _codes_by_locale():
        _forget_locales()
    return _codes_by_locale()[locale_id]


def locale_id_of(code: str) -> int | None:
    """The locale of a language code, without a query; None where that language has no locale."""
    for attempt in range(2):
        for locale_id, known in _codes_by_locale().items():
            if known == code:
                return locale_id
        if not attempt:
            _forget_locales()
    return None


def _forget_locales(**kwargs) -> None:
    _codes_by_locale.cache_clear()


post_save.connect(_forget_locales, sender=Locale)
post_delete.connect(_forget_locales, sender=Locale)
post_migrate.connect(_forget_locales)
