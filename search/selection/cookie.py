"""Where the selection of a visitor is kept: in a cookie of their own browser, nowhere else.

The cookie holds numbers and slugs, nothing about the person, and is set only when somebody adds
something. So a page for whoever collected nothing is the same for everybody and may be kept by a
proxy; a page for whoever has the cookie depends on that person and may not be
(config/middleware.py).
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from search.selection.choices import Selection, read_selection

COOKIE = "selectie"
# Long enough to come back to after a holiday. A change begins the time anew.
KEPT_SECONDS = 30 * 24 * 60 * 60


def has_cookie(request: HttpRequest) -> bool:
    return COOKIE in request.COOKIES


def selection_in(request: HttpRequest) -> Selection:
    return read_selection(request.COOKIES.get(COOKIE, ""))


def keep(response: HttpResponse, selection: Selection) -> None:
    if selection.is_empty:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        selection.parameters,
        max_age=KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
