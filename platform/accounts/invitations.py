"""Asking somebody in: a mail with a link to choose a password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User


def invite(user: User, *, by: User) -> None:
    """Send the link. Who opens it has shown that the mailbox is theirs."""
    # Dutch is what everybody here speaks; there is no request of the invited to tell another.
    with override(settings.LANGUAGE_CODE):
        path = reverse(
            "account_reset_password_from_key",
            kwargs={
                "uidb36": user_pk_to_url_str(user),
                "key": default_token_generator.make_token(user),
            },
        )
        context = {
            "user": user,
            "inviter": by.get_full_name(),
            "url": f"{settings.BASE_URL.rstrip('/')}{path}",
            "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
        }
        send_mail(
            _("You are invited to Lerende Praktijken"),
            render_to_string("accounts/invitation.txt", context),
            None,
            [user.email],
        )
