from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "accounts"
    verbose_name = "accounts"

    def ready(self):
        from allauth.core.internal import ratelimit
        from allauth.mfa.totp.internal import auth
        from django.core.cache import caches

        from accounts import signals  # noqa: F401

        # Limits and used codes must be the same for every worker; allauth only knows the default
        # cache, which each worker has for itself where there is no Redis.
        ratelimit.cache = auth.cache = caches["limits"]


class UsersInAdminConfig(WagtailUsersAppConfig):
    """Wagtail's screens for accounts, within our bounds."""

    user_viewset = "accounts.users.AccountViewSet"
