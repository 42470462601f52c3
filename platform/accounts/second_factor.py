"""A second proof of who somebody is, for those who can change or see everything."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import LogContext

from accounts.models import User
from accounts.roles import role_of

# Where somebody without a second factor may still go: to set it up, and to sign out.
ALLOWED_VIEWS = {"account_logout", "account_reauthenticate", "healthz", "readyz", "set_language"}
ALLOWED_PREFIX = "mfa_"


def needs_second_factor(user: User) -> bool:
    """Project leaders and administrators: a stolen password must not open every practice."""
    return user.is_superuser or role_of(user).sees_all


@transaction.atomic
def forget_second_factor(user: User, *, by: User) -> None:
    """Take the second step away from somebody who lost it; every session of theirs ends.

    Whoever stole the password could ask for this too, so the owner gets a mail and the log knows.
    """
    with LogContext(user=by):
        Authenticator.objects.filter(user=user).delete()
    user.end_sessions()
    with override(settings.LANGUAGE_CODE):
        send_mail(
            _("The second step of your account was taken away"),
            render_to_string("accounts/second_factor_forgotten.txt", {"user": user, "by": by}),
            None,
            [user.email],
        )


class SecondFactorMiddleware:
    """Who must have a second factor and has none sees nothing else before there is one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs):
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        if name in ALLOWED_VIEWS or name.startswith(ALLOWED_PREFIX):
            return None
        user = request.user
        if not user.is_authenticated or not needs_second_factor(user) or is_mfa_enabled(user):
            return None
        messages.info(
            request,
            _("You can see and change much here. So first set up a second step for signing in."),
        )
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
