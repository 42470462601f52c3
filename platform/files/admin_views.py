"""Files in the admin: what an editor sees of them, and the earlier versions of a download."""

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import BaseMediaFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.generic import DeleteView
from wagtail.documents.views.documents import DocumentsFilterSet, EditView
from wagtail.documents.views.documents import IndexView as DocumentsView
from wagtail.images.views.images import ImagesFilterSet
from wagtail.images.views.images import IndexView as ImagesView
from wagtail.permissions import policy_registry

from accounts.roles import role_of
from files import counting, versions
from files.access import can_see_download, who_can_have
from files.guarding import unsettled_in
from files.kinds import content_type
from files.models import Download, DownloadCount, EarlierVersion
from files.names import split
from privacy.known import known_names


class _NoTagsOfOthers(BaseMediaFilterSet):
    """The filter offers the tags that all practices use most, also for files that nobody sees."""

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, request=request, **kwargs)
        if not role_of(request.user).sees_all:
            self.filters.pop("tag", None)


class DownloadFilterSet(_NoTagsOfOthers, DocumentsFilterSet):
    pass


class PictureFilterSet(_NoTagsOfOthers, ImagesFilterSet):
    pass


class PictureList(ImagesView):
    filterset_class = PictureFilterSet


class DownloadList(DocumentsView):
    """Wagtail's list, which also tells what is found by the search, and how often each went."""

    filterset_class = DownloadFilterSet

    def get_base_queryset(self):
        times = DownloadCount.objects.filter(download=OuterRef("pk")).values("download")
        return (
            super()
            .get_base_queryset()
            .select_related("collection", "text")
            .annotate(times=Coalesce(Subquery(times.values(total=Sum("times"))), 0))
        )

    @cached_property
    def columns(self):
        *columns, usage = super().columns
        return [
            *columns,
            Column("text_label", label=gettext_lazy("Search")),
            NumberColumn("times", label=gettext_lazy("Downloaded")),
            usage,
        ]


class DownloadEdit(EditView):
    """Wagtail's form, which also tells what is known of the file, and what was there before."""

    def get_context_data(self, **kwargs):
        download = Download.objects.get(pk=self.object.pk)
        return super().get_context_data(
            **kwargs,
            who_can_have=who_can_have(download),
            passages=[]
            if self.request.method == "POST"
            else unsettled_in([download], known_names()),
            times=counting.times(download),
            versions=download.earlier_versions.select_related("brought_by"),
            may_remove=_may(self.request.user, "delete", download),
        )


def show_earlier(request, version_id: int):
    """An earlier file, for whoever may edit the download. Nobody else gets it, at any address."""
    version = _version_for_editor(request, version_id)
    if not can_see_download(request.user, version.download):
        raise Http404  # What was taken offline is so in every version.
    try:
        file = version.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        file,
        as_attachment=True,
        filename=version.download_name,
        content_type=content_type(split(version.download_name)[1]),
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def put_back(request, version_id: int):
    version = _version_for_editor(request, version_id)
    try:
        versions.put_back(version, by=request.user)
    except FileNotFoundError:
        messages.error(request, _("This file is not there any more."))
    else:
        messages.success(request, _("“%(name)s” is back.") % {"name": version.download_name})
    return redirect("wagtaildocs:edit", version.download_id)


class RemoveVersionView(DeleteView):
    """Asks before an earlier file goes for good."""

    model = EarlierVersion
    pk_url_kwarg = "version_id"
    page_title = gettext_lazy("Remove this version")
    header_icon = "bin"
    success_message = gettext_lazy("“%(object)s” is removed.")

    def user_has_permission(self, permission):
        return _may(self.request.user, permission, self.object.download)

    @property
    def confirmation_message(self):
        return _("This earlier file does not come back. The file that readers get stays.")

    def get_delete_url(self):
        return reverse("download_remove_version", args=[self.object.pk])

    def get_success_url(self):
        return reverse("wagtaildocs:edit", args=[self.object.download_id])

    def delete_action(self):
        versions.remove(self.object, by=self.request.user)


def _version_for_editor(request, version_id: int) -> EarlierVersion:
    version = get_object_or_404(EarlierVersion.objects.select_related("download"), pk=version_id)
    if not _may(request.user, "change", version.download):
        raise PermissionDenied
    return version


def _may(user, action: str, download: Download) -> bool:
    policy = policy_registry.get_by_type(Download)
    return policy.user_has_permission_for_instance(user, action, download)
