"""Panels of the editor that tell something."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel

from content.openness import openness_of


class WhoCanSeeThisPanel(HelpPanel):
    """Who can see the page now, and after it is published: said by the code that guards it."""

    def __init__(self, **kwargs):
        super().__init__(
            **{"heading": _("Who can see this?"), "template": "content/admin/who_can_see_this.html"}
            | kwargs
        )

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {"openness": openness_of(self.instance)}
