"""Bounds for what can be done with many accounts at once."""

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from accounts.models import User
from accounts.users import assignable_groups, refuse_to_touch_administrators
from accounts.views import reset_second_factor


@hooks.register("register_admin_urls")
def addresses_for_accounts():
    return [
        path("users/<int:pk>/tweede-stap/", reset_second_factor, name="reset_second_factor"),
    ]


@hooks.register("register_log_actions")
def steps_with_accounts(actions):
    actions.register_action(
        "accounts.forget_second_factor",
        _("Take the second step away"),
        _("Took the second step away"),
    )


@hooks.register("before_bulk_action")
def keep_accounts_bounded(request, action_type, objects, action):
    if action.model is not User:
        return
    refuse_to_touch_administrators(request.user, objects)
    role = request.POST.get("role", "")
    if action_type == "assign_role" and role.isdecimal():
        allowed = Group.objects.filter(assignable_groups(request.user))
        if not allowed.filter(pk=role).exists():
            raise PermissionDenied
