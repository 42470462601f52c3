"""Headers on every answer: what the page may load, and who may keep it; and a bad address."""

import re

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import Http404
from django.utils.cache import patch_cache_control, patch_vary_headers

from search.selection.cookie import has_cookie

ADMIN_PREFIX = "/beheer/"
# Public pages change when somebody publishes; a minute of caching takes the peaks.
PUBLIC_SECONDS = 60

PUBLIC_POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    # A video player loads only after a click (content/blocks.py).
    "frame-src": ["'self'", "https://www.youtube-nocookie.com", "https://player.vimeo.com"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}
# Wagtail's admin still writes inline scripts and styles; it too loads nothing from elsewhere.
ADMIN_POLICY = PUBLIC_POLICY | {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
}


# The code to scan with a phone is a picture that stands in the page itself.
SECOND_STEP = re.compile(r"^(?:/[a-z]{2})?/account/tweede-stap/")
SECOND_STEP_POLICY = PUBLIC_POLICY | {"img-src": ["'self'", "data:"]}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """One policy for the public site, one for the admin."""

    def get_policy_parts(self, request, response, report_only=False):
        if report_only:
            return super().get_policy_parts(request, response, report_only)
        if request.path.startswith(ADMIN_PREFIX):
            return PolicyParts(config=ADMIN_POLICY)
        if SECOND_STEP.match(request.path):
            return PolicyParts(config=SECOND_STEP_POLICY)
        return PolicyParts(config=PUBLIC_POLICY)


class NulMiddleware:
    """No address of ours has a NUL, and PostgreSQL refuses to look one up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)


class CacheHeadersMiddleware:
    """Nothing that depends on a person is ever stored by a proxy or the back button."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        personal = (
            request.method not in ("GET", "HEAD")
            or response.status_code not in (200, 301)
            or request.path.startswith(ADMIN_PREFIX)
            or getattr(request, "user", None) is None
            or request.user.is_authenticated
            or bool(response.cookies)
            # Each page shows what this person collected.
            or has_cookie(request)
        )
        if personal:
            patch_cache_control(response, private=True, no_store=True)
        else:
            patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
        patch_vary_headers(response, ["Cookie"])
        return response
