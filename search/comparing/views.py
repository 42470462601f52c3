"""Laying practices side by side."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.languages import in_frame
from content.meta import meta_of_address
from search.comparing.matrix import matrix_of
from search.comparing.matrix_file import table_file
from search.comparing.matrix_query import read_matrix
from search.comparing.path_file import file_of
from search.comparing.paths import lay_paths_side_by_side, read_paths
from search.comparing.side_by_side import compare_practices, read_comparison
from search.comparing.situation import check_transfer, read_situation
from search.formats import TableFormat


@require_safe
def compare(request):
    """Two to four practices on the same rows; with fewer, the choice of practices."""
    comparison = compare_practices(read_comparison(request.GET), request)
    context = {"comparison": comparison, "crumbs": crumbs()}
    return TemplateResponse(request, "search/comparing/side_by_side.html", context)


@require_safe
def compare_situation(request):
    """The reader's own situation beside every practice; without an answer, the questions."""
    check = check_transfer(read_situation(request.GET), request)
    context = {"check": check, "crumbs": crumbs(_("Would it work with us?"))}
    return TemplateResponse(request, "search/comparing/situation.html", context)


@require_safe
def compare_paths(request):
    """Two to eight paths along one axis; with fewer, the choice of schools."""
    comparison = lay_paths_side_by_side(read_paths(request.GET), request)
    context = {"comparison": comparison, "crumbs": crumbs(_("Paths"))}
    return TemplateResponse(request, "search/comparing/paths.html", context)


@require_safe
def export_paths(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The paths of the page as a file."""
    if file_format not in TableFormat.values:
        raise Http404
    comparison = lay_paths_side_by_side(read_paths(request.GET), request)
    if not comparison.is_complete:
        context = {
            "message": _("Choose at least two paths first."),
            "ways": [{"label": _("Choose paths"), "url": comparison.query.address}],
            "crumbs": crumbs(_("Paths")),
        }
        return TemplateResponse(request, "search/no_list.html", context, status=400)
    return TableFormat(file_format).answer(file_of(comparison))


@require_safe
def matrix(request):
    """The practices beside the words of the field; each number opens the lessons that it counts."""
    table = matrix_of(read_matrix(request.GET), request)
    context = {
        "matrix": table,
        "crumbs": crumbs(str(table.query.rows.label)),
        "meta": meta_of_address(request, table.query.path_in_dutch, table.title, table.lead),
    }
    return TemplateResponse(request, "search/comparing/matrix.html", context)


@require_safe
def export_matrix(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The same table as a file, with the rights of the page."""
    if file_format not in TableFormat.values:
        raise Http404
    table = matrix_of(read_matrix(request.GET), request)
    return TableFormat(file_format).answer(table_file(table))


def crumbs(label: str = "") -> list[dict[str, str]]:
    """The way to comparing, or to one form of it."""
    home = {"label": _("Home"), "url": in_frame("/")}
    if not label:
        return [home, {"label": _("Compare"), "url": ""}]
    compare = {"label": _("Compare"), "url": in_frame("/vergelijken/")}
    return [home, compare, {"label": label, "url": ""}]
