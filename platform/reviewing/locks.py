"""What the editor says about a page that waits."""

from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock


class ReviewLock(WorkflowLock):
    """Whoever reads along may change it; its author takes it back first, and hands it in again."""

    def get_message(self, user):
        if not self.for_user(user):
            return _("This page waits for you. What you change here is part of what you approve.")
        return _(
            "This page waits for somebody to read along. Do you want to change something? "
            "Choose “Take it back” below, and hand it in again afterwards."
        )

    def get_locked_by(self, user, can_lock=False):
        return _("Waits for somebody to read along")

    def get_description(self, user, can_lock=False):
        return _("Only who reads along can change it now.")
