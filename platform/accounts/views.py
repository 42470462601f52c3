"""Somebody's own account, and helping somebody who lost the second step."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.second_factor import forget_second_factor
from accounts.users import can_reset_second_factor


@login_required
def overview(request):
    """What somebody can do with the own account."""
    return TemplateResponse(request, "account/overview.html")


@require_POST
@login_required
def sign_out_everywhere(request):
    """For a lost phone, or a computer in another building."""
    request.user.end_sessions()
    logout(request)
    messages.success(request, _("You are signed out on every device."))
    return HttpResponseRedirect(reverse("account_login"))


@reauthentication_required
def reset_second_factor(request, pk: int):
    """A colleague lost the phone and the codes: the second step is set up anew."""
    user = get_object_or_404(User, pk=pk)
    if not can_reset_second_factor(request.user, user):
        raise PermissionDenied
    if request.method == "POST":
        forget_second_factor(user, by=request.user)
        messages.success(
            request,
            _("%(name)s is signed out, and sets up a second step anew.") % {"name": user},
        )
        return HttpResponseRedirect(reverse("wagtailusers_users:edit", args=[pk]))
    return TemplateResponse(request, "accounts/reset_second_factor.html", {"account": user})
