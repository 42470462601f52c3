"""The search in the admin: the report about it, and what stands on top of its results."""

from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from search.adding_synonyms import AddSynonymView
from search.promoting import PromotionViewSet
from search.report import QuestionReport

register_snippet(PromotionViewSet)


@hooks.register("register_admin_urls")
def addresses_of_the_report():
    return [
        path("zoekvragen/", QuestionReport.as_view(), name="search_report"),
        path(
            "zoekvragen/results/",
            QuestionReport.as_view(results_only=True),
            name="search_report_results",
        ),
        path("zoekvragen/synoniem/", AddSynonymView.as_view(), name="add_synonym"),
    ]


@hooks.register("register_permissions")
def permission_for_the_report():
    return Permission.objects.filter(
        content_type__app_label="search", codename="view_askedquestion"
    )


class ReportMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("search.view_askedquestion")


@hooks.register("register_reports_menu_item")
def report_in_the_menu():
    return ReportMenuItem(
        gettext_lazy("Questions to the search"),
        reverse("search_report"),
        name="search-questions",
        icon_name="search",
        order=600,
    )
