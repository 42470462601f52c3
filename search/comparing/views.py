"""Laying practices side by side: whole, on a question, in a matrix, by path, beside one's own."""

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.crumbs import crumbs_to
from content.meta import meta_of_address
from search.comparing import matrix_file, path_file, question_file, side_by_side_file
from search.comparing.chosen import read_comparison
from search.comparing.matrix import matrix_of
from search.comparing.matrix_query import read_matrix
from search.comparing.paths import lay_paths_side_by_side, read_paths
from search.comparing.question import compare_on_question
from search.comparing.side_by_side import compare_practices
from search.comparing.situation import check_transfer, read_situation
from search.formats import format_of
from search.query import read_query


@require_safe
def compare(request: HttpRequest) -> HttpResponseBase:
    """Two to four practices or schools on the same rows; with fewer, the choice of them."""
    comparison = compare_practices(read_comparison(request.GET), request)
    context = {"comparison": comparison, "crumbs": crumbs()}
    return TemplateResponse(request, "search/comparing/side_by_side.html", context)


@require_safe
def export_comparison(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The table of the page as a file, with its rows, its order and the rights of the page."""
    form = format_of(file_format)
    comparison = compare_practices(read_comparison(request.GET), request)
    if not comparison.is_complete:
        message = _("Choose at least two practices or two schools. Then there is a table to keep.")
        return no_table(request, message, comparison.query.address, status=400)
    return form.answer(side_by_side_file.table_of(comparison))


@require_safe
def compare_question(request: HttpRequest) -> HttpResponseBase:
    """What the lessons of some practices say about one question; without one, where to ask it."""
    comparison = compare_on_question(read_query(request.GET), request)
    context = {"comparison": comparison, "crumbs": crumbs(_("On a question"))}
    return TemplateResponse(request, "search/comparing/question.html", context)


@require_safe
def export_question(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The same lessons, numbers and words as a file."""
    form = format_of(file_format)
    comparison = compare_on_question(read_query(request.GET), request)
    if not comparison.is_ready:
        return no_table(request, comparison.notices[-1], comparison.address, status=503)
    if not comparison.columns:
        message = _("There is nothing to keep yet: no practice wrote about this question.")
        return no_table(request, message, comparison.address, status=400)
    return form.answer(question_file.table_of(comparison))


@require_safe
def compare_matrix(request: HttpRequest) -> HttpResponseBase:
    """The practices beside the words of the field; each number opens the lessons that it counts."""
    matrix = matrix_of(read_matrix(request.GET), request)
    context = {
        "matrix": matrix,
        "crumbs": crumbs(str(matrix.query.rows.label)),
        "meta": meta_of_address(request, matrix.query.path_in_dutch, matrix.title, matrix.lead),
    }
    return TemplateResponse(request, "search/comparing/matrix.html", context)


@require_safe
def export_matrix(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The same table as a file, with the rights of the page."""
    form = format_of(file_format)
    return form.answer(matrix_file.table_of(matrix_of(read_matrix(request.GET), request)))


@require_safe
def compare_paths(request: HttpRequest) -> HttpResponseBase:
    """Two to eight paths along one axis; with fewer, the choice of schools."""
    comparison = lay_paths_side_by_side(read_paths(request.GET), request)
    context = {"comparison": comparison, "crumbs": crumbs(_("Paths"))}
    return TemplateResponse(request, "search/comparing/paths.html", context)


@require_safe
def export_paths(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The paths of the page as a file."""
    form = format_of(file_format)
    comparison = lay_paths_side_by_side(read_paths(request.GET), request)
    if not comparison.is_complete:
        message = _("Choose at least two paths first.")
        return no_table(request, message, comparison.query.address, status=400)
    return form.answer(path_file.table_of(comparison))


@require_safe
def compare_situation(request: HttpRequest) -> HttpResponseBase:
    """The reader's own situation beside every practice; without an answer, the questions."""
    check = check_transfer(read_situation(request.GET), request)
    context = {"check": check, "crumbs": crumbs(_("Would it work with us?"))}
    return TemplateResponse(request, "search/comparing/situation.html", context)


def no_table(request: HttpRequest, message: str, address: str, status: int) -> TemplateResponse:
    context = {
        "message": message,
        "ways": [{"label": _("Back to comparing"), "url": address}],
        "crumbs": crumbs(),
    }
    return TemplateResponse(request, "search/no_list.html", context, status=status)


def crumbs(label: str = "") -> list[dict[str, str]]:
    """The way to comparing, or to one form of it."""
    return crumbs_to(label, (_("Compare"), "/vergelijken/")) if label else crumbs_to(_("Compare"))
