"""What the templates about an account may not do themselves."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

# As the title on the page, by the name of its address; the overview is none of these.
TITLES = {
    "account_login": _("Sign in"),
    "account_logout": _("Sign out"),
    "account_signup": _("Make an account"),
    "account_inactive": _("Account Inactive"),
    "account_reauthenticate": _("Confirm Access"),
    "account_email": _("Email Address"),
    "account_email_verification_sent": _("Verify Your Email Address"),
    "account_confirm_email": _("Confirm Email Address"),
    "account_change_password": _("Change Password"),
    "account_set_password": _("Set Password"),
    "account_reset_password": _("Password Reset"),
    "account_reset_password_done": _("Password Reset"),
    "account_reset_password_from_key": _("Choose a password"),
    "account_reset_password_from_key_done": _("Your password is ready"),
    "mfa_index": _("Two-Factor Authentication"),
    "mfa_authenticate": _("Two-Factor Authentication"),
    "mfa_reauthenticate": _("Confirm Access"),
    "mfa_reauthenticate_webauthn": _("Confirm Access"),
    "mfa_activate_totp": _("Activate Authenticator App"),
    "mfa_deactivate_totp": _("Deactivate Authenticator App"),
    "mfa_view_recovery_codes": _("Recovery Codes"),
    "mfa_generate_recovery_codes": _("Recovery Codes"),
    "mfa_list_webauthn": _("Your keys"),
    "mfa_add_webauthn": _("Add Security Key"),
    "mfa_edit_webauthn": _("Edit Security Key"),
    "mfa_remove_webauthn": _("Remove Security Key"),
}


@register.simple_tag(takes_context=True)
def account_title(context) -> str:
    """What the page is called in the way to it; pages of the library do not tell their layout."""
    return str(TITLES.get(context["request"].resolver_match.url_name, ""))
