"""Accounts in the admin. Project leaders manage them, and never make an administrator."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import Button
from wagtail.users.forms import UserEditForm
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from accounts.invitations import invite
from accounts.models import User
from accounts.rights import why_still_needed
from accounts.roles import OUTER_RING, PROJECT_LEADERS, role_of


def assignable_groups(user: User) -> Q:
    """The groups that this person may give to others: those of the roles, not technical ones."""
    if user.is_superuser:
        return Q()
    return Q(practice__isnull=False) | Q(name__in=[PROJECT_LEADERS, OUTER_RING])


def refuse_to_touch_administrators(user: User, accounts) -> None:
    """Whoever can change somebody's address or password could become that person."""
    if not user.is_superuser and any(account.is_superuser for account in accounts):
        raise PermissionDenied


def can_reset_second_factor(user: User, account: User) -> bool:
    """Whether this person may help out somebody who lost the second step; never oneself."""
    return (
        user != account
        and (user.is_superuser or (role_of(user).sees_all and not account.is_superuser))
        and is_mfa_enabled(account)
    )


def bound(form, user: User):
    """The form of an account, with only what its sender may decide."""
    if user.is_superuser:
        return form
    if administrator := form.fields.get("is_superuser"):
        # A disabled field keeps its value, whatever a request says.
        administrator.disabled = True
        administrator.help_text = _("Only an administrator can make an administrator.")
    groups = Group.objects.filter(assignable_groups(user))
    if form.instance.pk:
        groups = Group.objects.filter(pk__in=groups.values("pk")) | form.instance.groups.all()
    form.fields["groups"].queryset = groups.distinct()
    return form


class AccountForm(UserEditForm):
    """An account keeps what nobody else has: somebody leads, and somebody administers."""

    def clean(self):
        cleaned = super().clean()
        # Wagtail hides some of it from oneself: then it stays as it is.
        is_active = cleaned.get("is_active", self.instance.is_active)
        groups = {group.name for group in cleaned.get("groups", ())}
        reason = why_still_needed(
            [self.instance],
            leads=is_active and PROJECT_LEADERS in groups,
            administers=is_active and cleaned.get("is_superuser", self.instance.is_superuser),
        )
        if reason:
            raise ValidationError(reason)
        return cleaned


class BoundedCreateView(CreateView):
    """A new account is an invitation: its owner chooses the password."""

    def get_form(self, *args, **kwargs):
        return bound(super().get_form(*args, **kwargs), self.request.user)

    def save_instance(self):
        user = super().save_instance()
        user.set_unusable_password()
        user.save(update_fields=["password"])
        invite(user, by=self.request.user)
        return user

    def get_success_message(self, instance):
        return _("%(email)s gets a mail with a link to choose a password.") % {
            "email": instance.email
        }


class BoundedEditView(EditView):
    def dispatch(self, request, *args, **kwargs):
        refuse_to_touch_administrators(request.user, [self.object])
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, *args, **kwargs):
        return bound(super().get_form(*args, **kwargs), self.request.user)

    @property
    def header_more_buttons(self):
        buttons = list(super().header_more_buttons)
        if can_reset_second_factor(self.request.user, self.object):
            url = reverse("reset_second_factor", args=[self.object.pk])
            label = _("Lost the second step")
            buttons.append(Button(label, url=url, icon_name="key", priority=30))
        return buttons


class AccountViewSet(UserViewSet):
    add_view_class = BoundedCreateView
    edit_view_class = BoundedEditView

    def get_form_class(self, for_update=False):
        return AccountForm if for_update else super().get_form_class(for_update)
