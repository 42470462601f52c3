"""The library's forms, where they hold a word that cannot be translated."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddKeyForm(AddWebAuthnForm):
    name = forms.CharField(label=_("Name of this key"), required=False)


class ChangeKeyForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Name of this key"))
