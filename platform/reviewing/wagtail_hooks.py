"""What waits, in the admin: the list, its place in the menu, the editor, and what is logged."""

from django.urls import path, reverse
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import CancelWorkflowMenuItem
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import LinkMenuItemComponent, MenuItem

from reviewing.approval import EDITED_AT_APPROVAL, OWN_PAGE_APPROVED
from reviewing.editing import ReviewedPageViewSet
from reviewing.queue import QueueReport, number_to_read
from reviewing.views import review
from reviewing.waiting import give_note


@hooks.register("register_admin_urls")
def addresses_of_the_queue():
    return [
        path("wat-wacht/", QueueReport.as_view(), name="reviewing_queue"),
        path(
            "wat-wacht/results/",
            QueueReport.as_view(results_only=True),
            name="reviewing_queue_results",
        ),
        path("wat-wacht/<int:page_id>/", review, name="reviewing_page"),
    ]


@hooks.register("register_admin_viewset")
def editor_of_our_pages():
    return ReviewedPageViewSet()


class QueueMenuItem(MenuItem):
    """With the number of pages that wait on this person."""

    def is_shown(self, request):
        return user_has_any_page_permission(request.user)

    def render_component(self, request):
        number = number_to_read(request.user)
        label = gettext("What waits (%(number)s)") % {"number": number} if number else self.label
        return LinkMenuItemComponent(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def queue_in_the_menu():
    return QueueMenuItem(
        gettext_lazy("What waits"),
        reverse("reviewing_queue"),
        name="what-waits",
        icon_name="tasks",
        order=150,
    )


@hooks.register("construct_page_action_menu")
def speak_of_taking_back(menu_items, request, context):
    for item in menu_items:
        if isinstance(item, CancelWorkflowMenuItem):
            item.label = gettext_lazy("Take it back")


@hooks.register("register_log_actions")
def steps_that_are_logged(actions):
    actions.register_action(
        OWN_PAGE_APPROVED,
        gettext_lazy("Approve an own page"),
        gettext_lazy("Approved an own page"),
    )
    actions.register_action(
        EDITED_AT_APPROVAL,
        gettext_lazy("Edit at approval"),
        gettext_lazy("Approved with an edit of one's own"),
    )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def keep_the_note(request, page):
    if getattr(page, "note_to_reviewer", ""):
        give_note(page, page.note_to_reviewer)
