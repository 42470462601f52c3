"""Bounds for accounts in the admin, and what the log tells of their rights."""

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogFormatter

from accounts.models import User
from accounts.rights import CHANGED, log_rights, rights_of, why_still_needed
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
        gettext_lazy("Take the second step away"),
        gettext_lazy("Took the second step away"),
    )


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


# The accounts as they were stay with the action until it has been done.
@hooks.register("before_bulk_action", order=1)
def remember_rights(request, action_type, objects, action):
    if action.model is User and action_type in ("assign_role", "set_active_state"):
        action.rights_before = {account.pk: rights_of(account) for account in objects}


@hooks.register("after_bulk_action")
def log_what_changed(request, action_type, objects, action):
    for account in objects if hasattr(action, "rights_before") else ():
        log_rights(account, action.rights_before[account.pk], by=request.user)


@hooks.register("register_log_actions")
def rights_in_the_log(actions):
    @actions.register_action(CHANGED)
    class RightsFormatter(LogFormatter):
        label = gettext_lazy("Change the rights of an account")

        def format_message(self, log_entry):
            given, taken = (", ".join(log_entry.data[kind]) for kind in ("given", "taken"))
            if given and taken:
                return _("Rights given: %(given)s. Taken: %(taken)s.") % {
                    "given": given,
                    "taken": taken,
                }
            text = _("Rights given: %(names)s.") if given else _("Rights taken: %(names)s.")
            return text % {"names": given or taken}
