from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "practices"

    def ready(self):
        from practices import file_uses, known_names, signals  # noqa: F401
