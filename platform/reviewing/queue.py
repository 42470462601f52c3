"""What waits, since when, and on whom: a list for who reads along, and for who wrote it."""

import uuid

import django_filters
from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    Subquery,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from content.models import ContentPage
from content.openness import between
from files.dutch_csv import DutchCsv
from reviewing.models import ReviewTask


def waiting_for(user):
    """Everything in a workflow that this person may edit, what waits longest first."""
    editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    ours = ContentPage.objects.filter(pk__in=editable.values("pk"))
    practice = ContentPage.objects.filter(pk=Cast(OuterRef("object_id"), IntegerField()))
    return (
        WorkflowState.objects.active()
        .filter(
            base_content_type=Page().get_base_content_type(),
            # Wagtail keeps the key of a page as text.
            object_id__in=ours.annotate(key=Cast("pk", CharField())).values("key"),
        )
        .annotate(
            since=Case(
                When(
                    status=WorkflowState.STATUS_NEEDS_CHANGES,
                    then=F("current_task_state__finished_at"),
                ),
                default=Coalesce("current_task_state__started_at", "created_at"),
                output_field=DateTimeField(),
            ),
            practice_key=Subquery(practice.values("practice_key")[:1]),
        )
        .select_related(
            "requested_by", "current_task_state__task", "current_task_state__waiting__taken_by"
        )
        .order_by("since", "pk")
    )


def number_to_read(user) -> int:
    """How much waits on this person."""
    return (
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_IN_PROGRESS,
            base_content_type=Page().get_base_content_type(),
            current_task_state__in=TaskState.objects.reviewable_by(user),
        )
        .order_by()
        .count()
    )


def _practices(user) -> list[tuple[str, str]]:
    """The practices whose pages this person may edit, by name."""
    editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    keys = ContentPage.objects.filter(pk__in=editable.values("pk")).values("practice_key")
    return sorted(
        ((str(key), title) for key, title in _names_of(keys).items()), key=lambda pair: pair[1]
    )


def _names_of(keys) -> dict[uuid.UUID, str]:
    """The names of practices, in Dutch."""
    practices = ContentPage.objects.practices().filter(practice_key__in=keys)
    return dict(practices.values_list("practice_key", "title"))


class QueueFilterSet(WagtailFilterSet):
    practice = django_filters.ChoiceFilter(
        label=gettext_lazy("Practice"),
        empty_label=gettext_lazy("All practices"),
        choices=lambda: [],
        method="of_practice",
    )
    on = django_filters.ChoiceFilter(
        label=gettext_lazy("Waits on"),
        empty_label=gettext_lazy("Everybody"),
        choices=[
            (WorkflowState.STATUS_IN_PROGRESS, gettext_lazy("Who reads along")),
            (WorkflowState.STATUS_NEEDS_CHANGES, gettext_lazy("The author")),
        ],
        field_name="status",
    )

    class Meta:
        model = WorkflowState
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["practice"].extra["choices"] = _practices(self.request.user)

    def of_practice(self, queryset, name, value):
        return queryset.filter(practice_key=value)


class OpeningColumn(Column):
    """Who can read it afterwards: loud when that is more people than now."""

    cell_template_name = "reviewing/admin/opening_cell.html"


class QueueReport(DutchCsv, ReportView):
    """“Wat wacht”: a professional sees the own practice, a project leader everything."""

    model = WorkflowState
    results_template_name = "reviewing/admin/queue_results.html"
    page_title = gettext_lazy("What waits")
    header_icon = "tasks"
    verbose_name_plural = gettext_lazy("pages")
    index_url_name = "reviewing_queue"
    index_results_url_name = "reviewing_queue_results"
    filterset_class = QueueFilterSet
    any_permission_required = ["add", "change", "publish"]
    default_ordering = None
    columns = [
        TitleColumn("title", label=gettext_lazy("Title"), get_url=lambda row: row.url, width="28%"),
        Column("practice", label=gettext_lazy("Practice")),
        Column("author", label=gettext_lazy("Author")),
        DateColumn("since", label=gettext_lazy("Since")),
        Column("waits_on", label=gettext_lazy("Waits on")),
        Column("taken_by", label=gettext_lazy("Who looks at it")),
        OpeningColumn("opening", label=gettext_lazy("Who can read it then")),
        Column("note", label=gettext_lazy("Note")),
    ]
    list_export = [column.name for column in columns]
    export_headings = {column.name: column.label for column in columns}
    export_filename = "wat-wacht"

    @cached_property
    def permission_policy(self):
        return policy_registry.get_by_type(Page)

    def get_queryset(self):
        return waiting_for(self.request.user)

    def get_filtered_queryset(self):
        return self.filter_queryset(self.get_queryset())

    def decorate_paginated_queryset(self, states):
        return _with_pages(states)

    def as_spreadsheet(self, queryset, spreadsheet_format):
        return super().as_spreadsheet(_with_pages(queryset), spreadsheet_format)

    def cells_of(self, row) -> list:
        return [getattr(row, name) for name in self.list_export]


def _with_pages(states) -> list[WorkflowState]:
    """Each with what its row shows, in a few queries however many wait."""
    states = list(states)
    keys = [int(state.object_id) for state in states]
    pages = {
        str(page.pk): page
        for page in ContentPage.objects.filter(pk__in=keys).select_related(
            "latest_revision", "owner"
        )
    }
    names = _names_of({page.practice_key for page in pages.values()})
    readers = _readers({state.current_task_state.task_id for state in states})
    for state in states:
        _fill_row(state, pages[state.object_id], names, readers)
    return states


def _readers(tasks: set[int]) -> dict[int, str]:
    """Who reads along in each task."""
    groups = ReviewTask.groups.through.objects.filter(reviewtask__in=tasks)
    names: dict[int, list[str]] = {}
    for task, group in groups.order_by("group__name").values_list("reviewtask", "group__name"):
        names.setdefault(task, []).append(group)
    return {task: ", ".join(groups) for task, groups in names.items()}


def _fill_row(state: WorkflowState, page: ContentPage, names, readers) -> None:
    turn = state.current_task_state
    waiting = getattr(turn, "waiting", None)
    sent_back = state.status == WorkflowState.STATUS_NEEDS_CHANGES
    state.title = page.draft_title
    state.practice = names.get(page.practice_key, "")
    state.author = str(page.owner or state.requested_by or "")
    state.waits_on = str(state.requested_by or "") if sent_back else readers.get(turn.task_id, "")
    state.taken_by = str(waiting.taken_by or "") if waiting else ""
    state.note = waiting.note if waiting else ""
    opening = between(page, page.latest_revision.content["audience"])
    state.opens_wider = bool(opening.warning)
    state.opening = opening.warning or opening.sentence_after
    state.url = reverse(
        "wagtailadmin_pages:edit" if sent_back else "reviewing_page", args=[page.pk]
    )
