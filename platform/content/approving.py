"""Approving in the workflow from a list: there is no form there that points out a child."""

from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.workflow import WorkflowActionView

from content.guarding import told_in_short, what_nobody_explained
from content.models import ContentPage


class GuardedActionView(WorkflowActionView):
    """Wagtail's, which publishes what is approved; it asks who may approve before anything."""

    def post(self, request, *args, **kwargs):
        draft = self.object.specific.get_latest_revision_as_object()
        if self.action_name != "approve" or not isinstance(draft, ContentPage):
            return super().post(request, *args, **kwargs)
        if not (found := what_nobody_explained(draft)):
            return super().post(request, *args, **kwargs)
        messages.error(request, told_in_short(draft, found))
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # The window above the page closes, and the editor opens.
            editor = reverse("wagtailadmin_pages:edit", args=[draft.pk])
            return self.render_modal_json(request, {"step": "success", "redirect": editor})
        return redirect("wagtailadmin_pages:edit", draft.pk)


act_on_workflow = require_admin_access(GuardedActionView.as_view())
