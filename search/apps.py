from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        from search import signals, thinking_along  # noqa: F401
        from search.selection import checks  # noqa: F401
