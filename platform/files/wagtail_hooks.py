"""Wagtail's admin knows the files by our rules only."""

from django.urls import path
from wagtail import hooks
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

from files.admin_list import DownloadList, PictureList


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
def lists_of_ones_own():
    # Before Wagtail's own at the same addresses, which keep their names.
    return [
        path("documents/", DownloadList.as_view()),
        path("documents/results/", DownloadList.as_view(results_only=True)),
        path("images/", PictureList.as_view()),
        path("images/results/", PictureList.as_view(results_only=True)),
    ]
