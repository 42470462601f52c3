"""The log of who did what when, for project leaders and administrators: to read and take along."""

import csv

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.mixins import Echo
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.models import PageLogEntry

from accounts.roles import role_of
from content.languages import source_locale
from content.models import ContentPage
from files.tables import guarded
from records.keeping import KEPT_DAYS, name_of_former_user
from records.noting import note

BYTE_ORDER_MARK = "\ufeff"


def practices() -> list[tuple[str, str]]:
    """Every practice by its key, those in the trash too."""
    pages = ContentPage.objects.filter(translation_key=F("practice_key"), locale=source_locale())
    return [(str(key), title) for key, title in pages.values_list("practice_key", "title")]


class HistoryFilterSet(SiteHistoryReportFilterSet):
    practice = django_filters.ChoiceFilter(label=_("Practice"), method="of_practice")
    former_user = django_filters.NumberFilter(
        label=_("Number of a former user"), field_name="user_id"
    )

    class Meta:
        model = PageLogEntry
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["practice"].extra["choices"] = practices()

    def of_practice(self, queryset, name, key):
        noted = Q(data__practice=key)
        if queryset.model is PageLogEntry:
            # What was noted before the practice was noted along.
            pages = ContentPage.objects.filter(practice_key=key)
            noted |= Q(page__in=pages.values("pk"))
        return queryset.filter(noted)


class HistoryReport(LogEntriesView):
    """Wagtail's site history with all that is noted here. There is no way to change it."""

    http_method_names = ["get", "head", "options"]
    filterset_class = HistoryFilterSet
    results_template_name = "records/admin/history_results.html"
    list_export = [
        *("timestamp", "user_display_name", "message", "label"),
        *("content_type", "object_id", "practice"),
    ]
    export_headings = LogEntriesView.export_headings | {
        "message": _("What"),
        "practice": _("Practice"),
    }

    def dispatch(self, request, *args, **kwargs):
        if not role_of(request.user).sees_all:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def practice_names(self) -> dict[str, str]:
        return dict(practices())

    def get_filename(self):
        return f"logboek-{timezone.localdate():%Y-%m-%d}"

    def decorate_paginated_queryset(self, queryset):
        entries = super().decorate_paginated_queryset(queryset)
        for entry in entries:
            entry.practice = self.practice_names.get(entry.data.get("practice"), "")
            if entry.user_id and entry.user is None:
                entry.user_display_name = name_of_former_user(entry.user_id)
        return entries

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, kept_years=KEPT_DAYS // 365)

    def as_spreadsheet(self, queryset, spreadsheet_format):
        note("records.exported", what="log", format=spreadsheet_format, rows=len(queryset))
        return super().as_spreadsheet(queryset, spreadsheet_format)

    def stream_csv(self, queryset):
        """With a mark at the start and semicolons, as Dutch Excel reads it."""
        writer = csv.writer(Echo(), delimiter=";")
        headings = [self.get_heading(queryset, name) for name in self.list_export]
        yield BYTE_ORDER_MARK.encode() + writer.writerow(headings)
        for entry in queryset:
            values = self.to_row_dict(entry).items()
            cells = [self.preprocess_field_value(*pair, self.FORMAT_CSV) for pair in values]
            yield writer.writerow([guarded(str(cell)) for cell in cells])
