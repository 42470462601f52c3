"""Bounds for accounts in the admin."""

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from wagtail import hooks
from wagtail.admin import messages

from accounts.models import User
from accounts.rights import why_still_needed
from accounts.users import assignable_groups, refuse_to_touch_administrators
from accounts.views import reset_second_factor


@hooks.register("register_admin_urls")
def addresses_for_accounts():
    return [
        path("users/<int:pk>/tweede-stap/", reset_second_factor, name="reset_second_factor"),
    ]


@hooks.register("before_bulk_action")
def keep_accounts_bounded(request, action_type, objects, action):
    if action.model is not User:
        return None
    refuse_to_touch_administrators(request.user, objects)
    role = request.POST.get("role", "")
    if action_type == "assign_role" and role.isdecimal():
        allowed = Group.objects.filter(assignable_groups(request.user))
        if not allowed.filter(pk=role).exists():
            raise PermissionDenied
    if action_type == "delete" or request.POST.get("mark_as_active") == "False":
        return _refuse_the_last(request, objects)
    return None


@hooks.register("before_delete_user")
def keep_the_last(request, account):
    return _refuse_the_last(request, [account])


def _refuse_the_last(request, accounts):
    if reason := why_still_needed(accounts):
        messages.error(request, reason)
        return redirect("wagtailusers_users:index")
    return None


@hooks.register("before_bulk_action", order=1)
def switch_one_by_one(request, action_type, objects, action):
    """Wagtail switches all at once, past what follows for each: the log, the names on lessons."""
    if action.model is User and action_type == "set_active_state":
        for account in objects:
            account.is_active = request.POST.get("mark_as_active") == "True"
            account.save(update_fields=["is_active"])
