"""Wagtail's admin knows the files by our rules only."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

from files.admin_views import (
    DownloadEdit,
    DownloadList,
    PictureList,
    RemoveVersionView,
    put_back,
    show_earlier,
)
from files.models import Download
from files.report import LOOKS_AFTER_FILES, DownloadReport


class _OfOwnCollections(BaseAPIViewSet):
    """Wagtail's list would name the files of every practice to everybody in the admin."""

    def get_queryset(self):
        policy = policy_registry.get_by_type(self.model)
        allowed = policy.instances_user_has_any_permission_for(
            self.request.user, ["choose", "change"]
        )
        return super().get_queryset().filter(pk__in=allowed.values("pk"))


class OwnDocuments(_OfOwnCollections, DocumentsAdminAPIViewSet):
    pass


class OwnPictures(_OfOwnCollections, ImagesAdminAPIViewSet):
    pass


@hooks.register("construct_admin_api", order=1000)
def only_lists_of_own_files(router):
    # The editor needs the addresses of both lists, so they cannot simply be taken away.
    router.register_endpoint("documents", OwnDocuments)
    router.register_endpoint("images", OwnPictures)


@hooks.register("register_admin_urls", order=-1)
def what_the_admin_tells_of_files():
    # Before Wagtail's own at the same addresses, which keep their names.
    return [
        path("documents/", DownloadList.as_view()),
        path("documents/results/", DownloadList.as_view(results_only=True)),
        path("documents/edit/<int:document_id>/", DownloadEdit.as_view()),
        path("documents/versions/<int:version_id>/", show_earlier, name="download_earlier"),
        path("documents/versions/<int:version_id>/terug/", put_back, name="download_put_back"),
        path(
            "documents/versions/<int:version_id>/weg/",
            RemoveVersionView.as_view(),
            name="download_remove_version",
        ),
        path("downloads-geteld/", DownloadReport.as_view(), name="download_report"),
        path(
            "downloads-geteld/results/",
            DownloadReport.as_view(results_only=True),
            name="download_report_results",
        ),
        path("images/", PictureList.as_view()),
        path("images/results/", PictureList.as_view(results_only=True)),
    ]


@hooks.register("register_log_actions")
def what_is_done_with_earlier_files(actions):
    actions.register_action(
        "files.version_removed",
        gettext_lazy("Remove an earlier file"),
        gettext_lazy("Earlier file removed"),
    )


class ReportMenuItem(MenuItem):
    def is_shown(self, request):
        policy = policy_registry.get_by_type(Download)
        return policy.user_has_any_permission(request.user, LOOKS_AFTER_FILES)


@hooks.register("register_reports_menu_item")
def report_in_the_menu():
    return ReportMenuItem(
        gettext_lazy("Downloads counted"),
        reverse("download_report"),
        name="downloads-counted",
        icon_name="doc-full-inverse",
        order=610,
    )
