"""The reports in the admin: the list, and one report with what can be done about it."""

import django_filters
from django.db import transaction
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView, PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from content.models import ContentPage
from feedback.forms import SettleForm
from feedback.models import KEPT_AFTER_SETTLING, Report, ReportKind
from feedback.takedown import can_be_put_back, can_be_taken_offline, put_back, take_offline
from feedback.versions import (
    earlier_files,
    removable,
    remove_earlier_files,
    remove_versions,
)
from visibility.rules import somebody_can_see

# Reports are never made, changed or deleted by hand.
NO_FORMS = {"add_url_name": None, "edit_url_name": None, "delete_url_name": None}


class ReportFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=gettext_lazy("About"), choices=ReportKind.choices)
    settled = django_filters.BooleanFilter(
        label=gettext_lazy("Settled"), field_name="settled_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Report
        fields = ["kind"]


class ReportIndexView(IndexView):
    def get_base_queryset(self):
        return Report.objects.select_related("page", "download")

    def order_queryset(self, queryset):
        if self.ordering:
            return super().order_queryset(queryset)
        # What waits first, the newest on top.
        return queryset.order_by(F("settled_at").desc(nulls_first=True), "-created_at", "-pk")


class ReportInspectView(InspectView):
    """One report: the item, what was written, and what can be done about it."""

    any_permission_required = ["view", "change"]
    template_name = "feedback/admin/report.html"
    page_title = gettext_lazy("Report")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | context_of(self.object, kwargs.get("form"))


def context_of(report: Report, form: SettleForm | None = None) -> dict:
    pages = report.pages()
    return {
        "report": report,
        "written": list(report.messages.all()),
        "item_url": _address_of(report),
        "edit_url": _editor_of(report),
        "is_online": (report.download is not None and report.download.is_online)
        or any(somebody_can_see(page) for page in pages),
        "can_be_taken_offline": can_be_taken_offline(report),
        "can_be_put_back": can_be_put_back(report),
        "number_below": sum(_number_below(page) for page in pages),
        "earlier_files": earlier_files(report.download) if report.download else [],
        "versions": [version for page in pages for version in removable(page)],
        "form": form or SettleForm(),
        "kept_days": KEPT_AFTER_SETTLING.days,
    }


class ActOnReportView(PermissionCheckedMixin, View):
    """The buttons below a report. Each is one press, and pressing twice does nothing more."""

    http_method_names = ["post"]
    permission_policy = ModelPermissionPolicy(Report)
    permission_required = "change"
    actions = {"offline", "back", "remove", "settle"}

    def post(self, request, pk):
        report = get_object_or_404(Report, pk=pk)
        action = request.POST.get("action", "")
        if action in self.actions:
            getattr(self, action)(request, report)
        return redirect("reports:inspect", report.pk)

    def offline(self, request, report):
        if take_offline(report, by=request.user):
            messages.success(request, _("It is offline now, everywhere. The author has a mail."))
        else:
            messages.warning(request, _("There was nothing online to take offline."))

    def back(self, request, report):
        if put_back(report, by=request.user):
            messages.success(request, _("It is back online, as it was."))
        else:
            messages.warning(
                request, _("That version is not there any more. Publish a new one in the editor.")
            )

    def remove(self, request, report):
        chosen = {int(pk) for pk in request.POST.getlist("version") if pk.isdecimal()}
        gone = sum(remove_versions(page, chosen, by=request.user) for page in report.pages())
        if report.download is not None:
            gone += remove_earlier_files(report.download, chosen, by=request.user)
        messages.success(
            request,
            ngettext("%(number)s old version removed.", "%(number)s old versions removed.", gone)
            % {"number": gone},
        )

    def settle(self, request, report):
        form = SettleForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(map(str, form.errors.get("note", []))))
            return
        with transaction.atomic():
            if Report.objects.open().filter(pk=report.pk).update(settled_at=timezone.now()):
                log(
                    report,
                    "feedback.report_settled",
                    user=request.user,
                    data={"note": form.cleaned_data["note"]},
                )
        messages.success(request, _("The report is settled."))


class ReportViewSet(ModelViewSet):
    """Only looking: reports come from readers, and go by themselves."""

    model = Report
    name = "reports"
    url_prefix = "meldingen"
    icon = "warning"
    menu_label = gettext_lazy("Reports of readers")
    menu_name = "reader-reports"
    menu_order = 150
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    exclude_form_fields: list[str] = []
    index_view_class = ReportIndexView
    inspect_view_class = ReportInspectView
    filterset_class = ReportFilterSet
    list_per_page = 50
    search_fields: list[str] = []
    list_display = [
        TitleColumn(
            "item_name",
            label=gettext_lazy("Reported"),
            get_url=lambda report: reverse("reports:inspect", args=[report.pk]),
        ),
        Column("kind", label=gettext_lazy("About"), accessor="get_kind_display", sort_key="kind"),
        Column("state", label=gettext_lazy("State"), accessor="state_label"),
        NumberColumn("times", label=gettext_lazy("Times"), sort_key="times"),
        DateColumn("created_at", label=gettext_lazy("Since"), sort_key="created_at"),
    ]

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(**kwargs) | NO_FORMS

    def get_inspect_view_kwargs(self, **kwargs):
        return super().get_inspect_view_kwargs(**kwargs) | NO_FORMS

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/doen/", ActOnReportView.as_view(), name="act"),
        ]


def _address_of(report: Report) -> str:
    if report.page is not None:
        return report.page.specific.get_url() or ""
    return report.download.url if report.download is not None else report.address


def _editor_of(report: Report) -> str:
    if report.page is not None:
        return report.page.specific.writing_path
    if report.download is not None:
        return reverse("wagtaildocs:edit", args=[report.download_id])
    return ""


def _number_below(page: ContentPage) -> int:
    return ContentPage.objects.descendant_of(page).live().count()
