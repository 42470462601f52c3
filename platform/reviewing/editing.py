"""Wagtail's editor for our pages: nobody writes over another, and nothing is half saved."""

import json

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Page

from content.guarding import read_files_in, read_files_on
from content.models import ContentPage
from content.viewsets import BoundedPageViewSet, BoundedWorkflowActionView
from content.wagtail_hooks import keep_the_reason
from reviewing.approval import ReviewError
from reviewing.comments import tell_the_other_party


class ContentEditView(EditView):
    """Who saves a page and who approves it wait for each other: each sees what the other did."""

    def dispatch(self, request, page_id, **kwargs):
        if request.method != "POST":
            return super().dispatch(request, page_id, **kwargs)
        page = Page.objects.filter(pk=page_id).first()
        if page is not None and page.permissions_for_user(request.user).can_edit():
            read_files_in(request.POST)
        with transaction.atomic():
            # Held until the whole request is through.
            Page.objects.select_for_update().filter(pk=page_id).first()
            return super().dispatch(request, page_id, **kwargs)

    def get_object(self):
        # Wagtail asks this only of what it saves by itself, not of who presses a button.
        page = super().get_object()
        page.saved_meanwhile = self.request.method == "POST" and self.is_out_of_date
        return page

    def perform_workflow_action(self):
        if not isinstance(_read(self.request.POST.get("workflow-action-extra-data", "{}")), dict):
            raise PermissionDenied
        try:
            with transaction.atomic():
                # A reason that was given just now counts for this approval, and for no other.
                keep_the_reason(self.request, self.form.instance)
                return super().perform_workflow_action()
        except ReviewError as refusal:
            return self._show_again(refusal.reasons)

    def _show_again(self, reasons):
        """Show what was typed, in a form anew: the one before holds what was saved and undone."""
        self.page = self.get_object()
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )
        for reason in reasons:
            self.form.add_error(None, reason)
        return self.form_invalid(self.form)

    def send_commenting_notifications(self, changes):
        """Ours instead of Wagtail's, which repeat what was written and reach only subscribers."""
        if changes["new_comments"] or changes["new_replies"]:
            tell_the_other_party(self.page, by=self.request.user)


class ContentRevertView(ContentEditView, RevisionsRevertView):
    """The same for going back to an older version."""


class ContentWorkflowActionView(BoundedWorkflowActionView):
    """An approval that cannot be says why, in the dialog or above the page."""

    def post(self, request, *args, **kwargs):
        form = self.form_class(request.POST)
        read_files_on(self.object.get_latest_revision_as_object())
        try:
            if form.is_valid():
                return super().post(request, *args, **kwargs)
        except ReviewError as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_form(request, form)
        for errors in form.errors.values():
            for error in errors:
                messages.error(request, error)
        return redirect(self.redirect_url)


def _read(data: str):
    try:
        return json.loads(data)
    except ValueError:
        return None


class ReviewedPageViewSet(BoundedPageViewSet):
    model = ContentPage
    # Lists stay as Wagtail makes them.
    parent_models: list = []
    edit_view_class = ContentEditView
    revisions_revert_view_class = ContentRevertView
    workflow_action_view_class = ContentWorkflowActionView
