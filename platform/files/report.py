"""How often each file was downloaded, for whoever looks after the files."""

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from accounts.models import User
from accounts.roles import role_of
from files.counting import totals
from files.dutch_csv import DutchCsv
from files.models import Download, DownloadCount

LOOKS_AFTER_FILES = ["add", "change", "delete"]


def counted(user: User) -> QuerySet:
    """A row for each file that was downloaded and that this person looks after.

    What was deleted keeps its numbers and no title, for who sees everything.
    """
    now = Download.objects.filter(pk=OuterRef("download"))
    deleted = Concat(Value(gettext("Deleted file")), Value(" "), Cast("download", CharField()))
    rows = DownloadCount.objects.all()
    if not role_of(user).sees_all:
        policy = policy_registry.get_by_type(Download)
        own = policy.instances_user_has_any_permission_for(user, ["change"])
        rows = rows.filter(download__in=own.values("pk"))
    return rows.values("download").annotate(
        is_there=Subquery(now.values("pk")),
        name=Coalesce(Subquery(now.values("title")), deleted),
        collection=Coalesce(Subquery(now.values("collection__name")), Value("")),
        **totals(),
    )


def _address_of(row: dict) -> str | None:
    return reverse("wagtaildocs:edit", args=[row["download"]]) if row["is_there"] else None


class DownloadReport(DutchCsv, ReportView):
    """Files with their days added up. Who downloaded them is nowhere."""

    model = DownloadCount
    any_permission_required = LOOKS_AFTER_FILES
    results_template_name = "files/admin/report_results.html"
    page_title = gettext_lazy("Downloads counted")
    header_icon = "doc-full-inverse"
    verbose_name_plural = gettext_lazy("downloads")
    index_url_name = "download_report"
    index_results_url_name = "download_report_results"
    default_ordering = "-total"
    columns = [
        TitleColumn("name", label=gettext_lazy("Title"), get_url=_address_of, width="40%"),
        Column("collection", label=gettext_lazy("Collection")),
        NumberColumn("total", label=gettext_lazy("In total"), sort_key="total"),
        NumberColumn("recent", label=gettext_lazy("The last 30 days"), sort_key="recent"),
    ]
    list_export = ["name", "collection", "total", "recent"]
    export_headings = {column.name: column.label for column in columns}
    export_filename = "downloads"

    @cached_property
    def permission_policy(self):
        return policy_registry.get_by_type(Download)

    def get_filtered_queryset(self):
        return counted(self.request.user).order_by(self.ordering, F("download"))
