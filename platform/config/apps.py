from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, addresses and the frame around every page; checks that our conventions hold."""

    name = "config"

    def ready(self):
        from config import checks  # noqa: F401
