"""Small answers for machines, and the pages for when something goes wrong."""

import datetime

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import (
    HttpResponse,
    HttpResponseRedirect,
    HttpResponseServerError,
    JsonResponse,
)
from django.template import loader
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from content.languages import in_frame

RETRY_AFTER_SECONDS = 60
SECURITY_CONTACT_VALID = datetime.timedelta(days=180)


def robots(request):
    """What search engines may index: the content, not the admin, accounts or what people ask."""
    lines = [
        "User-agent: *",
        "Disallow: /beheer/",
        "Disallow: /account/",
        "Disallow: /contact/",
        "Disallow: /melden/",
        "Disallow: /selectie/",
        "Disallow: /zoeken/",
        "Disallow: /en/account/",
        "Disallow: /en/contact/",
        "Disallow: /en/melden/",
        "Disallow: /en/selectie/",
        "Disallow: /en/zoeken/",
        f"Sitemap: {settings.BASE_URL.rstrip('/')}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def security(request):
    """RFC 9116. The contact is a page: no address to harvest."""
    base = settings.BASE_URL.rstrip("/")
    expires = (timezone.now() + SECURITY_CONTACT_VALID).replace(microsecond=0)
    lines = [
        f"Contact: {base}/melden/",
        f"Expires: {expires.astimezone(datetime.UTC).isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {base}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@never_cache
def healthz(request):
    """This process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(request):
    """This process can serve pages: the database answers and is up to date."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "no answer"}, status=503)
    if waiting:
        return JsonResponse({"status": "unavailable", "database": "not migrated"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


def to_sign_in(request):
    """The other doors lead to the one where people sign in; `next` goes along."""
    if request.user.is_authenticated:
        if request.user.has_perm("wagtailadmin.access_admin"):
            return HttpResponseRedirect(reverse("wagtailadmin_home"))
        # Signing in again would lead here again: this person has no business behind that door.
        list(messages.get_messages(request))  # Wagtail left one that says less than this page.
        return TemplateResponse(request, "403_admin.html", status=403)
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse("account_login") + (f"?{query}" if query else ""))


def too_many_requests(request, exception=None):
    response = TemplateResponse(request, "429.html", status=429).render()
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def page_not_found(request, exception):
    return TemplateResponse(request, "404.html", {"frame_url": in_frame}, status=404).render()


def permission_denied(request, exception):
    return TemplateResponse(request, "403.html", status=403).render()


def bad_request(request, exception):
    return _without_context("400.html", 400)


def server_error(request):
    return _without_context("500.html", 500)


def _without_context(template_name: str, status: int) -> HttpResponse:
    """A page that needs nothing that may be broken: no session, no database."""
    content = loader.get_template(template_name).render({})
    return HttpResponseServerError(content) if status == 500 else HttpResponse(content, status=400)
