"""Bounds for what can be done with many accounts at once."""

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from wagtail import hooks

from accounts.models import User
from accounts.users import assignable_groups, refuse_to_touch_administrators


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
