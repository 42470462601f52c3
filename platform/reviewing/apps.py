from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewingConfig(AppConfig):
    name = "reviewing"
    verbose_name = _("reading along")

    def ready(self):
        from reviewing import signals

        signals.take_over_from_wagtail()
