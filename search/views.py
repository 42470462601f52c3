"""Searching over all practices, and laying practices side by side."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.languages import in_frame
from search.comparison import compare_practices, read_comparison
from search.query import read_query
from search.results import find


@require_safe
def search(request):
    """Everything that the visitor may see, by words and filters; every state is an address."""
    results = find(read_query(request.GET), request)
    return TemplateResponse(
        request, "search/search.html", {"results": results, "crumbs": _crumbs(_("Search"))}
    )


@require_safe
def compare(request):
    """Two to four practices on the same rows; with fewer, the choice of practices."""
    comparison = compare_practices(read_comparison(request.GET), request)
    return TemplateResponse(
        request, "search/compare.html", {"comparison": comparison, "crumbs": _crumbs(_("Compare"))}
    )


def _crumbs(label: str) -> list[dict[str, str]]:
    return [{"label": _("Home"), "url": in_frame("/")}, {"label": label, "url": ""}]
