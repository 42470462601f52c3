"""A colleague's eye before something is public: the task of the workflow, and what waits in it."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from accounts.roles import role_of
from reviewing.approval import approve, begin
from reviewing.forms import ApproveForm, SendBackForm
from reviewing.locks import ReviewLock
from reviewing.rules import is_own


class ReviewTask(AbstractGroupApprovalTask):
    """A member of these groups reads along before something of a professional is public.

    Nobody approves an own page, except a project leader; and only what was looked at is approved.
    """

    lock_class = ReviewLock

    class Meta:
        verbose_name = _("somebody reads along")
        verbose_name_plural = _("people read along")

    @classmethod
    def get_description(cls):
        return _("Members of the chosen groups read along. Nobody approves an own page.")

    def get_actions(self, obj, user):
        if not (user.is_superuser or self._user_in_groups(user)):
            return []
        actions = [("reject", _("Send back"), True)]
        if role_of(user).sees_all or not is_own(obj, user):
            actions.append(("approve", _("Approve"), True))
        return actions

    def get_form_for_action(self, action):
        return ApproveForm if action == "approve" else SendBackForm

    def get_template_for_action(self, action):
        return "reviewing/admin/approve_dialog.html" if action == "approve" else ""

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        page = begin(task_state, user, action_name)
        comment = str(kwargs.get("comment") or "")
        if action_name == "approve":
            seen = str(kwargs.get("seen") or "")
            approve(page, task_state, user, comment=comment, seen=seen)
        else:
            super().on_action(task_state, user, action_name, comment=comment)


class Waiting(models.Model):
    """What is known of something that waits, beside what Wagtail keeps of its turn."""

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="waiting")
    note = models.TextField(_("note"), max_length=500, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who looks at it"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    taken_at = models.DateTimeField(_("since"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    class Meta:
        verbose_name = _("waiting page")
        verbose_name_plural = _("waiting pages")

    def __str__(self) -> str:
        return str(self.task_state)
