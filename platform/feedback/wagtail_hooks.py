"""Reports in the admin, and what the log says about them."""

from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from feedback.report_admin import ReportViewSet


@hooks.register("register_admin_viewset")
def reports():
    return ReportViewSet()


@hooks.register("register_log_actions")
def what_is_done_about_reports(actions):
    actions.register_action(
        "content.taken_offline", gettext_lazy("Take offline"), gettext_lazy("Taken offline")
    )
    actions.register_action(
        "content.put_back", gettext_lazy("Put back online"), gettext_lazy("Put back online")
    )
    actions.register_action(
        "content.revisions_removed",
        gettext_lazy("Remove old versions"),
        gettext_lazy("Old versions removed"),
    )

    @actions.register_action("feedback.report_settled")
    class Settled(LogFormatter):
        label = gettext_lazy("Settle a report")
        message = gettext_lazy("Report settled")

        def format_comment(self, log_entry):
            return log_entry.data.get("note", "")
