from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"

    def ready(self):
        from wagtail.contrib.redirects.models import Redirect
        from wagtail.models import AbstractPage, Page
        from wagtail.permissions import register_permission_policy

        from content import file_uses, signals  # noqa: F401
        from content.permissions import SitePagePolicy
        from content.redirects import validate_local

        register_permission_policy(AbstractPage, SitePagePolicy(Page))
        # In the form too, and not only when somebody follows it.
        Redirect._meta.get_field("redirect_link").validators.append(validate_local)
