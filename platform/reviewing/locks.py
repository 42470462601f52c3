"""What the editor says about a page that waits."""

from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock


class ReviewLock(WorkflowLock):
    """No lock at all: who wrote a page may go on, and the newest version is what is read."""

    def get_message(self, user):
        return _("This page waits for somebody to read along. What you save now is read too.")

    def get_icon(self, user, can_lock=False):
        return "lock-open"

    def get_locked_by(self, user, can_lock=False):
        return _("Not locked")

    def get_description(self, user, can_lock=False):
        return _("You can go on writing while it waits.")
