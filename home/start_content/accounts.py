"""One account for each role, so that somebody can sign in at once."""

import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group

from accounts.models import PracticeGroup, User
from accounts.roles import OUTER_RING, PROJECT_LEADERS
from accounts.second_factor import needs_second_factor
from home.start_content.publishing import loaded_page

# A name that can never belong to anybody (RFC 2606).
DOMAIN = "lerende-praktijken.example"
SHOWN_CODES = 3


@dataclass(frozen=True)
class StartAccount:
    """A new account; the password is shown this once and kept nowhere."""

    role: str
    email: str
    password: str
    # For who needs a second step: the key for an app with codes, and codes that work once.
    key: str = ""
    codes: tuple[str, ...] = ()


def ensure_start_accounts(*, administrator_only: bool = False) -> list[StartAccount]:
    """Make an account for each role that nobody has yet; returns only those."""
    accounts = []
    if not User.objects.filter(is_superuser=True).exists():
        accounts.append(_account("administrator", "beheerder", is_superuser=True, is_staff=True))
    if not administrator_only:
        accounts += [
            _account(role, name, group)
            for role, name, group in (
                ("project leader", "projectleider", Group.objects.get(name=PROJECT_LEADERS)),
                ("professional", "professional", _group_of("integrated-care-emmen")),
                ("outer ring", "buitenring", Group.objects.get(name=OUTER_RING)),
            )
            if group is not None and not group.user_set.exists()
        ]
    return [account for account in accounts if account is not None]


def _account(role: str, name: str, group: Group | None = None, **fields) -> StartAccount | None:
    email = f"{name}@{DOMAIN}"
    if User.objects.filter(email=email).exists():
        return None
    password = secrets.token_urlsafe(12)
    user = User.objects.create_user(email, password, first_name=name.capitalize(), **fields)
    if group is not None:
        user.groups.add(group)
    # These addresses can belong to nobody, so nobody can confirm them either.
    EmailAddress.objects.filter(user=user).update(verified=True)
    if not needs_second_factor(User.objects.get(pk=user.pk)):
        return StartAccount(role, email, password)
    key = generate_totp_secret()
    TOTP.activate(user, key)
    codes = RecoveryCodes.activate(user).get_unused_codes()
    return StartAccount(role, email, password, key, tuple(codes[:SHOWN_CODES]))


def _group_of(practice_slug: str) -> Group | None:
    practice = loaded_page(f"practice:{practice_slug}")
    if practice is None:
        return None
    return PracticeGroup.objects.get(practice_key=practice.translation_key).group
