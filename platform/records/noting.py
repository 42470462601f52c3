"""Writing to the log of who did what. Wagtail's log in the database is the one store."""

from django.conf import settings
from django.utils import translation
from wagtail.log_actions import log
from wagtail.models import Site


def note(action: str, *, user=None, **data) -> None:
    """Note something that is about no single page, word or account: about the site as a whole."""
    log(Site.objects.get(is_default_site=True), action, user=user, data=data)


def in_dutch(text) -> str:
    """A text that is kept: in the language that everybody here speaks, whoever acts."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(text)
