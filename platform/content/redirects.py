"""Old addresses: moved pages lead on, withdrawn ones say that they are gone."""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware
from wagtail.contrib.redirects.middleware import get_redirect

from content.languages import in_frame
from content.models import ContentPage, GoneAddress
from visibility.audience import Audience

# The names of files keep their capitals.
ADDRESSES_OF_FILES = (settings.STATIC_URL, settings.MEDIA_URL, "/documenten/")


def remember_gone_address(page: ContentPage) -> None:
    """Note the address of a public page that is deleted. Of any other page nothing is told."""
    if page.live and page.audience == Audience.PUBLIC and (path := page.get_url()):
        GoneAddress.objects.get_or_create(path=path)


class RedirectMiddleware(WagtailRedirectMiddleware):
    """Wagtail's redirects, found under every language, and after them capitals and gone pages."""

    def process_response(self, request, response):
        if response.status_code != 404:
            return response
        response = super().process_response(request, response)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        path = request.path
        if path != path.lower() and not path.startswith(ADDRESSES_OF_FILES):
            return HttpResponsePermanentRedirect(path.lower())
        source_path = _without_language(path)
        if source_path != path and (redirect := self.lookup(request, source_path)):
            return redirect
        if GoneAddress.objects.filter(path__in={path, source_path}).exists():
            return TemplateResponse(request, "410.html", status=410).render()
        return response

    def lookup(self, request, source_path):
        """The redirect of the Dutch address, followed within the visitor's language."""
        found = get_redirect(request, source_path)
        if found is None or not found.link or not found.link.startswith("/"):
            return None
        return HttpResponsePermanentRedirect(in_frame(found.link))


def _without_language(path: str) -> str:
    language = get_language()
    prefix = f"/{language}/"
    if language != settings.LANGUAGE_CODE and path.startswith(prefix):
        return path[len(prefix) - 1 :]
    return path
