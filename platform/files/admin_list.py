"""Wagtail's lists of documents and pictures, within our bounds.

That of documents also tells whether the words in them are found.
"""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import BaseMediaFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.documents.views.documents import DocumentsFilterSet
from wagtail.documents.views.documents import IndexView as DocumentsView
from wagtail.images.views.images import ImagesFilterSet
from wagtail.images.views.images import IndexView as ImagesView

from accounts.roles import role_of


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


class DownloadList(DocumentsView):
    filterset_class = DownloadFilterSet

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("collection", "text")

    @cached_property
    def columns(self):
        *columns, usage = super().columns
        return [*columns, Column("text_label", label=_("Search")), usage]


class PictureList(ImagesView):
    filterset_class = PictureFilterSet
