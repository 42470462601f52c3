"""Wagtail's views of pages in the admin, where they would tell of the pages of somebody else."""

from django.core.exceptions import PermissionDenied
from django.forms import CheckboxSelectMultiple
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages.listing import EditedByFilter, GenericPageFilterSet
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.workflow import (
    CollectWorkflowActionDataView,
    ConfirmWorkflowCancellationView,
    PreviewRevisionForTaskView,
    WorkflowActionView,
)
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry

from accounts.models import User


def _owners(request):
    return User.objects.filter(pk__in=_pages_of(request).values("owner"))


def _editors(request):
    edits = PageLogEntry.objects.filter(action="wagtail.edit", page__in=_pages_of(request))
    return User.objects.filter(pk__in=edits.order_by().values("user"))


def _pages_of(request):
    return policy_registry.get_by_type(Page).explorable_instances(request.user).order_by()


class OwnPagesFilterSet(GenericPageFilterSet):
    """Wagtail's filters would name everybody who ever made or changed a page."""

    owner = MultipleUserFilter(label=_("Owner"), queryset=_owners, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(
        label=_("Edited by"), queryset=_editors, widget=CheckboxSelectMultiple
    )


class _OnlyWhoMayOpenThePage:
    """Wagtail names the page in a message before it asks who wants to know."""

    def dispatch(self, request, *args, **kwargs):
        if not self.object.permissions_for_user(request.user).can_edit():  # type: ignore[attr-defined]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class BoundedWorkflowActionView(_OnlyWhoMayOpenThePage, WorkflowActionView):
    pass


class BoundedWorkflowDataView(_OnlyWhoMayOpenThePage, CollectWorkflowActionDataView):
    pass


class BoundedCancellationView(_OnlyWhoMayOpenThePage, ConfirmWorkflowCancellationView):
    pass


class BoundedTaskPreview(_OnlyWhoMayOpenThePage, PreviewRevisionForTaskView):
    pass


class BoundedMoveView(MoveConfirmView):
    """Wagtail says which addresses are taken there before it asks who wants to know."""

    def dispatch(self, request, page_to_move_id, destination_id, *args, **kwargs):
        page = get_object_or_404(Page, pk=page_to_move_id)
        destination = get_object_or_404(Page, pk=destination_id)
        if not page.permissions_for_user(request.user).can_move_to(destination):
            raise PermissionDenied
        return super().dispatch(request, page_to_move_id, destination_id, *args, **kwargs)


class BoundedPageViewSet(PageViewSet):
    model = Page
    parent_models = [Page]
    filterset_class = OwnPagesFilterSet
    move_confirm_view_class = BoundedMoveView
    workflow_action_view_class = BoundedWorkflowActionView
    collect_workflow_action_data_view_class = BoundedWorkflowDataView
    confirm_workflow_cancellation_view_class = BoundedCancellationView
    workflow_preview_view_class = BoundedTaskPreview
