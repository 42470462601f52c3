"""A file that a page shows is not deleted from under it, whether that page is live or a draft."""

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView
from wagtail.documents.views.documents import DeleteView as DeleteDocumentView
from wagtail.images.views.images import DeleteView as DeletePictureView
from wagtail.log_actions import get_active_log_context

from content.file_uses import uses_on_pages
from files.models import Download, Picture


class FileIsUsedError(PermissionDenied):
    """Somebody tried to delete a file that pages show."""


def why_file_stays(file: Download | Picture) -> str | None:
    """Why this file cannot be deleted. A page in the trash counts, because it may come back."""
    if not uses_on_pages(file).exists():
        return None
    return _(
        "“%(title)s” is on a page, or on one in the bin, and cannot be deleted. "
        "Take it off those pages first."
    ) % {"title": file.title}


@receiver(pre_delete, sender=Download)
@receiver(pre_delete, sender=Picture)
def keep_used_files(sender, instance, **kwargs):
    """Every way in the admin. Code, which nobody clicks, knows what it does."""
    if get_active_log_context().user is not None and (reason := why_file_stays(instance)):
        raise FileIsUsedError(reason)


class _KeepUsedFiles(DeleteView):
    """Says where a file is used instead of deleting it."""

    def post(self, request, *args, **kwargs):
        if reason := why_file_stays(self.object):
            messages.error(request, reason)
            return redirect(self.get_usage_url())
        return super().post(request, *args, **kwargs)


class DeleteUnusedDocumentView(_KeepUsedFiles, DeleteDocumentView):
    pass


class DeleteUnusedPictureView(_KeepUsedFiles, DeletePictureView):
    pass
