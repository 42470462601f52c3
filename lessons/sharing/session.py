"""What is remembered of a writer between two requests.

Text that was sent after the session had ended waits until its writer signed in again. And what was
kept last from which view of the form: an answer that got lost on its way is no other window.
"""

import time
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import resolve_url

SESSION_KEY = "kept_lesson"
# Who works at a shared computer finds somebody else's text never, and the own text for an hour.
KEPT_SECONDS = 60 * 60
MOST_KEPT = 60_000
VIEWS_KEY = "lesson_views"
MOST_VIEWS = 10
LONGEST_VIEW = 64
SALT = "lessons.sharing.writer"


def writer_of(user) -> str:
    """Who writes, in a form and in the browser: only this site can make or read it."""
    return signing.Signer(salt=SALT).sign(str(user.pk))


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the page to sign in; a text that was sent is there again afterwards."""
    back = request.get_full_path()
    if request.POST.get("step") == "autosave":
        return JsonResponse({"sign_in": True}, status=401)
    if request.method == "POST":
        kept = {name: request.POST.getlist(name) for name in request.POST}
        kept.pop("csrfmiddlewaretoken", None)
        if _is_of_a_writer(request) and len(urlencode(kept, doseq=True)) <= MOST_KEPT:
            until = time.time() + KEPT_SECONDS
            request.session[SESSION_KEY] = {"path": request.path, "until": until, "data": kept}
    return redirect_to_login(back, resolve_url(settings.LOGIN_URL))


def _is_of_a_writer(request: HttpRequest) -> bool:
    """Whether this site gave the form to somebody: nobody else fills its sessions."""
    try:
        signing.Signer(salt=SALT).unsign(request.POST.get("writer", ""))
    except signing.BadSignature:
        return False
    return True


def take_kept_text(request: HttpRequest) -> QueryDict | None:
    """What this person sent to this address without being signed in: once, and nobody else's."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    if kept["until"] < time.time():
        return None
    data = QueryDict(mutable=True)
    for name, values in kept["data"].items():
        data.setlist(name, values)
    return data if data.get("writer") == writer_of(request.user) else None


def note_view(request: HttpRequest, key: int, version: str) -> None:
    """Remember that this version of this lesson came from this view of the form."""
    views = request.session.get(VIEWS_KEY, {})
    views.pop(str(key), None)
    views[str(key)] = [_view_of(request), version]
    request.session[VIEWS_KEY] = dict(list(views.items())[-MOST_VIEWS:])


def is_from_this_view(request: HttpRequest, key: int, version: str) -> bool:
    view = _view_of(request)
    return bool(view) and request.session.get(VIEWS_KEY, {}).get(str(key)) == [view, version]


def _view_of(request: HttpRequest) -> str:
    return request.POST.get("view", "")[:LONGEST_VIEW]
