from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"

    def ready(self):
        from wagtail.contrib.redirects.models import Redirect

        from content import file_uses, signals  # noqa: F401
        from content.redirects import validate_local

        # In the form too, and not only when somebody follows it.
        Redirect._meta.get_field("redirect_link").validators.append(validate_local)
