"""Views of the admin over the whole platform, for those who may see all of it.

Wagtail asks for no right at these, or for the right to write on some page, and then names pages,
people and words of every practice. tests/admin/test_every_view.py finds such views.
"""

from django.http import HttpRequest
from django.urls import resolve
from wagtail.admin.auth import permission_denied

from accounts.roles import role_of

# Names of views, or of everything that begins so.
OVERVIEWS = (
    "wagtailadmin_reports:",
    "wagtail_localize:translations_report",
    "wagtail_localize:snippets_api",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_tag_",
    "wagtailadmin_workflows:task_cho",
    "wagtailsnippetchoosers_",
)


def is_overview(path: str) -> bool:
    """Whether this address of the admin is such a view."""
    return resolve(path).view_name.startswith(OVERVIEWS)


class OverviewsMiddleware:
    """Refuses them to everybody in the admin who does not see all practices."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs):
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not name.startswith(OVERVIEWS):
            return None
        # Whoever is not signed in is asked to by Wagtail.
        if not request.user.is_authenticated or role_of(request.user).sees_all:
            return None
        return permission_denied(request)
