"""Uploading in the admin: what is inside counts, not what the name says."""

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm


class DownloadForm(BaseDocumentForm):
    pass


class PictureForm(BaseImageForm):
    pass
