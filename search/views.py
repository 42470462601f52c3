"""Searching over all practices."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from content.crumbs import crumbs_to
from content.meta import whole_address
from search.exporting import TooManyResultsError, list_links, list_results
from search.formats import format_of
from search.index.finding import IndexNotReadyError
from search.origin import comes_from_this_site
from search.query import SearchQuery, read_query
from search.question_log import CountedResponse, note_opened
from search.results import find

# What a browser sends to tell that a result was opened: one question, percent-encoded.
LONGEST_SIGNAL = 4_000


@require_safe
def search(request):
    """Everything that the visitor may see, by words and filters; every state is an address."""
    results = find(read_query(request.GET), request)
    context = {
        "results": results,
        "list_links": list_links(results),
        "list_address": whole_address(results.query.address),
        "crumbs": crumbs_to(_("Search")),
    }
    return CountedResponse(request, "search/search.html", context, results=results)


@require_safe
def export(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The list of results as a file, with the filters, the order and the rights of the page."""
    query, form = read_query(request.GET), format_of(file_format)
    try:
        listed = list_results(query, request)
    except TooManyResultsError as error:
        return _no_list(request, query, str(error), status=400)
    except IndexNotReadyError:
        message = _("The search is being prepared. Try again in a minute.")
        return _no_list(request, query, message, status=503)
    return form.answer(listed.table)


# A page that anybody may keep holds no token; what is counted is nobody's.
@csrf_exempt
@require_POST
def opened(request):
    """A page with results tells that one was opened: for which question, and no more than that."""
    if not comes_from_this_site(request):
        return HttpResponse(status=403)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LONGEST_SIGNAL:
        return HttpResponse(status=400)
    note_opened(request, request.POST.get("q", ""))
    return HttpResponse(status=204)


def _no_list(request: HttpRequest, query: SearchQuery, message: str, status: int):
    context = {
        "message": message,
        "ways": [{"label": _("Back to the results"), "url": query.address}],
        "crumbs": crumbs_to(_("Search")),
    }
    return TemplateResponse(request, "search/no_list.html", context, status=status)
