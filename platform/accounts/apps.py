from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "accounts"
    verbose_name = "accounts"


class UsersInAdminConfig(WagtailUsersAppConfig):
    """Wagtail's screens for accounts, within our bounds."""

    user_viewset = "accounts.users.AccountViewSet"
