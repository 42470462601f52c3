"""What people ask the search, for the project leader: to learn which words are missing."""

import django_filters
from django.db.models import F, Sum
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from files.dutch_csv import DutchCsv
from records.noting import note
from search.models import AskedQuestion, PromotedQuestion, Promotion
from search.query import SearchQuery
from search.question_key import POSSIBLY_PERSONAL
from search.question_log import KEPT_DAYS
from vocabulary.models import Synonym, Term

USUAL_DAYS = 30
# A question of fewer visits than this might be recognised as somebody's.
FEWEST_VISITS = 3
NUMBERS = ["times", "times_without_results", "times_opened", "visits"]


class QuestionFilterSet(WagtailFilterSet):
    """Which days, and which questions. The report itself filters: it adds up the days first."""

    days = django_filters.ChoiceFilter(
        label=gettext_lazy("Period"),
        empty_label=gettext_lazy("The last 30 days"),
        choices=[
            ("7", gettext_lazy("The last 7 days")),
            (str(KEPT_DAYS), gettext_lazy("The last 90 days")),
        ],
        method="leave",
    )
    show = django_filters.ChoiceFilter(
        label=gettext_lazy("Questions"),
        empty_label=gettext_lazy("All questions"),
        choices=[
            ("without_results", gettext_lazy("Without results")),
            ("not_opened", gettext_lazy("With results, but nothing opened")),
        ],
        method="leave",
    )

    class Meta:
        model = AskedQuestion
        fields: list[str] = []

    def leave(self, queryset, name, value):
        return queryset


def _address_of_results(question: dict) -> str | None:
    if question["question"] == POSSIBLY_PERSONAL:
        return None
    return SearchQuery().asking(question["question"]).address


class WordColumn(Column):
    """The term that a question is a word of, or the way to make it one where it finds nothing."""

    cell_template_name = "search/admin/word_cell.html"

    def get_cell_context_data(self, question, parent_context):
        context = super().get_cell_context_data(question, parent_context)
        if question["times_without_results"] and question["question"] != POSSIBLY_PERSONAL:
            back = parent_context["request"].get_full_path()
            query = urlencode({"word": question["question"], "next": back})
            context["address"] = f"{reverse('add_synonym')}?{query}"
        return context


class OnTopColumn(Column):
    """The pages on top for a question, or the way to put one there."""

    cell_template_name = "search/admin/on_top_cell.html"

    def get_cell_context_data(self, question, parent_context):
        context = super().get_cell_context_data(question, parent_context)
        request, promotion = parent_context["request"], context["value"]
        if question["question"] == POSSIBLY_PERSONAL:
            return context
        if promotion is None and request.user.has_perm("search.add_promotion"):
            address = reverse("wagtailsnippets_search_promotion:add")
            parameters = {"question": question["question"]}
        elif promotion is not None and request.user.has_perm("search.change_promotion"):
            address = reverse("wagtailsnippets_search_promotion:edit", args=[promotion.pk])
            parameters = {}
        else:
            return context
        query = urlencode(parameters | {"next": request.get_full_path()})
        return context | {"address": f"{address}?{query}"}


class QuestionReport(DutchCsv, ReportView):
    """Questions with their days added up; those of a few visits only as a total."""

    model = AskedQuestion
    permission_policy = ModelPermissionPolicy(AskedQuestion)
    permission_required = "view"
    results_template_name = "search/admin/report_results.html"
    page_title = gettext_lazy("Questions to the search")
    header_icon = "search"
    verbose_name_plural = gettext_lazy("questions")
    index_url_name = "search_report"
    index_results_url_name = "search_report_results"
    filterset_class = QuestionFilterSet
    default_ordering = "-times"
    columns = [
        TitleColumn(
            "question", label=gettext_lazy("Question"), get_url=_address_of_results, width="25%"
        ),
        NumberColumn("times", label=gettext_lazy("Asked"), sort_key="times"),
        NumberColumn(
            "times_without_results",
            label=gettext_lazy("Without results"),
            sort_key="times_without_results",
        ),
        NumberColumn("times_opened", label=gettext_lazy("Results opened"), sort_key="times_opened"),
        NumberColumn("visits", label=gettext_lazy("Visits"), sort_key="visits"),
        WordColumn("known_as", label=gettext_lazy("Is a word of")),
        OnTopColumn("promotion", label=gettext_lazy("On top")),
    ]
    list_export = ["question", *NUMBERS]
    export_headings = {column.name: column.label for column in columns}
    export_filename = "zoekvragen"

    @cached_property
    def questions(self):
        """All that the filters ask for, also what only a few asked."""
        chosen = self.filters.form.cleaned_data if self.filters.is_valid() else {}
        days = int(chosen.get("days") or USUAL_DAYS)
        questions = AskedQuestion.objects.of_last(days).by_question()
        match chosen.get("show"):
            case "without_results":
                return questions.filter(times_without_results__gt=0)
            case "not_opened":
                return questions.filter(times__gt=F("times_without_results"), times_opened=0)
        return questions

    def get_filtered_queryset(self):
        shown = self.questions.filter(visits__gte=FEWEST_VISITS)
        return shown.order_by(self.ordering, "question")

    def decorate_paginated_queryset(self, questions):
        asked = [question["question"] for question in questions]
        known, on_top = _known_words(asked), _promotions(asked)
        for question in questions:
            question["known_as"] = known.get(question["question"], "")
            question["promotion"] = on_top.get(question["question"])
        return questions

    def get_context_data(self, **kwargs):
        rare = self.questions.filter(visits__lt=FEWEST_VISITS).aggregate(total=Sum("times"))
        return super().get_context_data(
            **kwargs, rare=rare["total"] or 0, fewest_visits=FEWEST_VISITS, kept_days=KEPT_DAYS
        )

    def as_spreadsheet(self, queryset, spreadsheet_format):
        note("records.exported", what="questions", format=spreadsheet_format, rows=len(queryset))
        return super().as_spreadsheet(queryset, spreadsheet_format)


def _known_words(questions: list[str]) -> dict[str, str]:
    """The names of the terms that these questions are a name or another word of."""
    terms = Term.objects.active().filter(key__in=questions).values_list("key", "name")
    synonyms = Synonym.objects.filter(key__in=questions, term__active=True)
    return dict([*synonyms.values_list("key", "term__name"), *terms])


def _promotions(questions: list[str]) -> dict[str, Promotion]:
    rows = PromotedQuestion.objects.filter(key__in=questions).select_related("promotion")
    return {row.key: row.promotion for row in rows.prefetch_related("promotion__pages__page")}
