"""Wagtail's list of documents, which also tells whether the words in them are found."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.documents.views.documents import IndexView


class DownloadList(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("collection", "text")

    @cached_property
    def columns(self):
        *columns, usage = super().columns
        return [*columns, Column("text_label", label=_("Search")), usage]
