"""Serving pages: Wagtail's own way, with a shorter search for the page."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from wagtail.models import Page, Site
from wagtail.views import serve as wagtail_serve

from content.languages import active_language

# An address with more parts than this is nobody's page.
DEEPEST_ADDRESS = 20


def serve(request, path: str):
    """Wagtail walks down the tree level by level; we look up the deepest page of the address."""
    request._wagtail_route_for_request = find_route(request, path)
    return wagtail_serve(request, path)


def find_route(request, path: str):
    """What Wagtail's `Page.route` gives for this address, or None."""
    parts = [part for part in path.split("/") if part]
    if len(parts) > DEEPEST_ADDRESS:
        return None
    roots = {root.language_code: root.root_path for root in Site.get_site_root_paths()}
    # What the visitor's language does not have is looked up in Dutch.
    for language in dict.fromkeys([active_language(), settings.LANGUAGE_CODE]):
        if language not in roots:
            continue
        page, rest = _deepest_page(roots[language], parts)
        if page is not None:
            try:
                return page.route(request, rest)
            except Http404:
                continue
    return None


def _deepest_page(root_path: str, parts: list[str]) -> tuple[Page | None, list[str]]:
    """The page that the longest beginning of the address leads to, and the rest of the address."""
    lengths = {
        f"{root_path}{''.join(f'{part}/' for part in parts[:length])}": length
        for length in range(len(parts) + 1)
    }
    # The slugs as well, because the database keeps an index of those.
    slugs = [root_path.strip("/").rpartition("/")[2], *parts]
    pages = Page.objects.filter(slug__in=slugs, url_path__in=lengths).order_by("-depth")
    found = pages.values_list("pk", "content_type", "url_path").first()
    if found is None:
        return None, []
    pk, content_type, url_path = found
    model = ContentType.objects.get_for_id(content_type).model_class() or Page
    return model._default_manager.filter(pk=pk).first(), parts[lengths[url_path] :]
