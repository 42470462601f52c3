"""The door in front of every page that is served."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import resolve_url
from wagtail import hooks

from accounts.roles import role_of
from visibility.overviews import is_overview
from visibility.rules import is_visible, somebody_can_see


@hooks.register("before_serve_page")
def guard_page(page, request, serve_args, serve_kwargs):
    # The page was read for this request: its own fields are as good as a second look.
    if is_visible(role_of(request.user), page):
        return None
    if request.user.is_authenticated or not somebody_can_see(page):
        # 404, not 403: a stranger should not learn that this page exists.
        raise Http404
    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))


@hooks.register("construct_reports_menu")
def only_reports_that_open(request, menu_items):
    """No report is named to somebody for whom it does not open (visibility/overviews.py)."""
    if not role_of(request.user).sees_all:
        menu_items[:] = [item for item in menu_items if not is_overview(item.url)]


@hooks.register("construct_help_menu")
def only_help_in_our_language(request, menu_items):
    """Wagtail's guides are on another site and in English; the keyboard shortcuts are here."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith("http")]
