"""Old addresses: moved pages lead on, withdrawn ones say that they are gone."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.deprecation import MiddlewareMixin
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from content.models import LONGEST_ADDRESS, ContentPage, GoneAddress
from visibility.rules import VISITOR, is_visible
from visibility.wagtail_hooks import guard_page

# Addresses in which a capital can matter.
AS_WRITTEN = (settings.STATIC_URL, settings.MEDIA_URL, "/documenten/", "/beheer/")


def remember_gone_addresses(pages: Iterable[ContentPage]) -> list[str]:
    """Note the addresses of public pages that go. Of any other page nothing is told.

    Redirects to them count: they lead nowhere from now on.
    """
    public = [page for page in pages if is_visible(VISITOR, page)]
    paths = [address for page in public for address in page.own_addresses]
    old = Redirect.objects.filter(redirect_page__in=[page.pk for page in public])
    paths += [f"{path}/" for path in old.values_list("old_path", flat=True)]
    addresses = [GoneAddress(path=path) for path in paths if len(path) <= LONGEST_ADDRESS]
    GoneAddress.objects.bulk_create(addresses, ignore_conflicts=True)
    return paths


class RedirectMiddleware(MiddlewareMixin):
    """Before an address is not found: has it moved, has it capitals, is it gone?"""

    def process_response(self, request, response):
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        if "\0" in request.path:
            # No address of ours, and PostgreSQL refuses to look for it.
            return response
        return _moved(request) or _without_capitals(request) or _gone(request) or response


def _moved(request) -> HttpResponse | None:
    """The redirect of this address, or of the Dutch one that it stands for."""
    for address in dict.fromkeys([request.get_full_path(), escape_uri_path(request.path)]):
        for path in dict.fromkeys([address, _without_language(address)]):
            redirect = _find_redirect(request, path)
            if redirect is not None and (answer := _follow(request, redirect)):
                return answer
    return None


def _find_redirect(request, path: str) -> Redirect | None:
    try:
        return get_redirect(request, Redirect.normalise_path(path, decode_unicode=False))
    except ValueError:
        # Something like `//[`, which no parser of addresses takes.
        return None


def _follow(request, redirect: Redirect) -> HttpResponse | None:
    """Where a redirect leads, for somebody who may see it; never to another host."""
    redirect = _last_of_chain(request, redirect)
    page = redirect.redirect_page and redirect.redirect_page.specific
    if page:
        try:
            refusal = guard_page(page, request, [], {})
        except Http404:
            return None
        if refusal is not None:
            # To sign in. The new address would tell the title.
            return refusal
        link = page.address(request) + redirect.redirect_page_route_path.lstrip("/")
    else:
        link = redirect.redirect_link
        if not is_local(link):
            return None
    permanently = redirect.is_permanent
    return HttpResponsePermanentRedirect(link) if permanently else HttpResponseRedirect(link)


def _last_of_chain(request, redirect: Redirect) -> Redirect:
    """Follow redirects that lead to redirects; one that comes back to itself leads nowhere."""
    seen = {redirect.pk}
    while not redirect.redirect_page and (following := _find_redirect(request, redirect.link)):
        if following.pk in seen:
            return Redirect(redirect_link="")
        seen.add(following.pk)
        redirect = following
    return redirect


def is_local(link: str) -> bool:
    """Whether a link stays on this site. Wagtail's form takes only whole addresses."""
    own_host = urlsplit(settings.BASE_URL).netloc
    return link.startswith(("/", "http")) and url_has_allowed_host_and_scheme(link, own_host)


def validate_local(link: str) -> None:
    if link and not is_local(link):
        raise ValidationError(_("A redirect leads to a page of this site."))


def _without_capitals(request) -> HttpResponse | None:
    path = request.path
    if path == path.lower() or path.startswith(AS_WRITTEN):
        return None
    address = escape_leading_slashes(escape_uri_path(path.lower()))
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def _gone(request) -> HttpResponse | None:
    paths = {request.path, _without_language(request.path)}
    if not GoneAddress.objects.filter(path__in=paths).exists():
        return None
    return TemplateResponse(request, "410.html", status=410).render()


def _without_language(path: str) -> str:
    language = get_language()
    prefix = f"/{language}/"
    if language != settings.LANGUAGE_CODE and path.startswith(prefix):
        return path[len(prefix) - 1 :]
    return path
