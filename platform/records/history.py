"""The log of who did what when, for project leaders and administrators: to read and take along."""

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import IntegerField, Q, Value
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.log_actions import registry
from wagtail.models import BaseLogEntry, PageLogEntry

from accounts.models import User
from accounts.roles import role_of
from content.models import ContentPage
from files.dutch_csv import DutchCsv
from records.keeping import KEPT_DAYS, name_of_former_user
from records.noting import note


def practices() -> list[tuple[str, str]]:
    """Every practice by its key, those in the trash too."""
    names = ContentPage.objects.practices().values_list("practice_key", "title")
    return [(str(key), title) for key, title in names]


def content_types(request):
    keys = set[int]().union(*(log.objects.all().get_content_type_ids() for log in logs()))
    return ContentType.objects.filter(pk__in=keys).order_by("model")


def logs() -> list[type[BaseLogEntry]]:
    return sorted(registry.get_log_entry_models(), key=lambda log: log.__name__)


class HistoryFilterSet(SiteHistoryReportFilterSet):
    """Wagtail's, with choices from all that is noted: who may read it reads all of it."""

    object_type = ContentTypeFilter(
        label=_("Kind"), method="filter_object_type", queryset=content_types
    )
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

    def get_action_choices(self):
        used = set[str]().union(*(log.objects.all().get_actions() for log in logs()))
        return [choice for choice in registry.get_choices() if choice[0] in used]

    def get_users_queryset(self):
        keys = set[int]().union(*(log.objects.all().get_user_ids() for log in logs()))
        return User.objects.filter(pk__in=keys - {None}).order_by("email")

    def of_practice(self, queryset, name, key):
        noted = Q(data__practice=key)
        if queryset.model is PageLogEntry:
            # What was noted before the practice was noted along.
            pages = ContentPage.objects.filter(practice_key=key)
            noted |= Q(page__in=pages.values("pk"))
        return queryset.filter(noted)


class HistoryReport(DutchCsv, LogEntriesView):
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

    def get_filtered_queryset(self):
        """Like Wagtail's, without its bounds."""
        self.log_models = logs()
        parts = [
            self.filter_queryset(
                log.objects.values("pk", "timestamp").annotate(
                    log_model_index=Value(index, output_field=IntegerField())
                )
            ).order_by()
            for index, log in enumerate(self.log_models)
        ]
        return parts[0].union(*parts[1:], all=True).order_by("-timestamp")

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

    def cells_of(self, row) -> list:
        values = self.to_row_dict(row).items()
        return [self.preprocess_field_value(*pair, self.FORMAT_CSV) for pair in values]
