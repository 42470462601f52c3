"""The selection of a visitor: to see, to change, to share and to take along."""

import io

from django.core.exceptions import PermissionDenied
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.visits import does_too_often
from content.crumbs import crumbs_to
from search.formats import format_of
from search.origin import comes_from_this_site
from search.selection import cookie
from search.selection.changing import change
from search.selection.choices import Selection, names_a_selection, read_selection
from search.selection.found import FoundSelection, find, own
from search.selection.handout import FILE_NAME, print_selection
from search.selection.page import selection_page
from search.selection.printing import CannotPrintError, can_print
from search.selection.table import table_of

# More than anybody needs, and little enough for the machine.
HANDOUTS_PER_MINUTE = 6
RETRY_SECONDS = 60
# What a form about a selection may be long.
LONGEST_FORM = 16_000


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The visitor's own selection, or the one in the address."""
    page = selection_page(
        _found(request),
        request,
        is_own=not _is_link(request),
        was_emptied=own(request).selection.is_empty and request.GET.get("geleegd") == "1",
        is_full=request.GET.get("vol") == "1",
    )
    context = {"selection": page, "can_print": can_print, "crumbs": crumbs_to(_("Your selection"))}
    return TemplateResponse(request, "search/selection/selection.html", context)


# The page of a lesson holds no token, because anybody may keep it (search/origin.py).
@csrf_exempt
@require_POST
def alter(request: HttpRequest) -> HttpResponse:
    """Keep, take away, move or empty, and back to where the button was."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not comes_from_this_site(request):
        raise PermissionDenied
    if not length.isdecimal() or int(length) > LONGEST_FORM:
        return HttpResponse(status=400)
    before = own(request).selection
    changed = change(request.POST, before, request)
    response = HttpResponseRedirect(changed.address)
    if changed.selection.choices != before.choices:
        cookie.keep(response, changed.selection)
    return response


@require_safe
def export(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """What the page shows, as a file."""
    form = format_of(file_format)
    found = _found(request)
    return form.answer(table_of(found, request))


@require_safe
def handout(request: HttpRequest) -> HttpResponseBase:
    """What the page shows, as a PDF with every lesson in full."""
    found = _found(request)
    if not found.pages:
        return HttpResponseRedirect(found.selection.address)
    if does_too_often(request, "selection.handout", HANDOUTS_PER_MINUTE):
        message = _("You have just made several hand-outs. Wait a minute, then try again.")
        return _no_handout(request, found.shown, message, status=429)
    try:
        pdf = print_selection(found, request)
    except CannotPrintError as error:
        message = (
            _("Making a PDF does not work on this site yet. You can print the page instead.")
            if error.libraries_missing
            else _("This did not work now. Try it again in a minute, or with fewer choices.")
        )
        return _no_handout(request, found.shown, message, status=503)
    name = f"{FILE_NAME}-{timezone.localdate().isoformat()}.pdf"
    return FileResponse(
        io.BytesIO(pdf), as_attachment=True, filename=name, content_type="application/pdf"
    )


def _is_link(request: HttpRequest) -> bool:
    return names_a_selection(request.META.get("QUERY_STRING", ""))


def _found(request: HttpRequest) -> FoundSelection:
    """The selection in the address, or else the visitor's own."""
    if _is_link(request):
        return find(read_selection(request.META["QUERY_STRING"]), request.user)
    return own(request).found


def _no_handout(request: HttpRequest, selection: Selection, message: str, status: int):
    context = {
        "message": message,
        "ways": [{"label": _("Back to the selection"), "url": selection.address}],
        "crumbs": crumbs_to(_("Your selection")),
    }
    response = TemplateResponse(request, "search/selection/no_handout.html", context, status=status)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
