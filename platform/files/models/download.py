"""Files to take away. Who may have one follows from the live pages."""

import os

from django.conf import settings
from django.db import models, transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.search import index

from files.kinds import content_type

KIND_NAMES = {"docx": "Word", "xlsx": "Excel", "pptx": "PowerPoint", "odt": "OpenDocument"}


class Licence(models.TextChoices):
    CC_BY = "cc-by-4.0", _("CC BY 4.0: free to use, name the owner")
    VIEW_ONLY = "view-only", _("Only to read, not to share further")
    OWN = "own", _("All rights with the owner")


class DownloadQuerySet(DocumentQuerySet):
    def online(self):
        """Without what the project leader took offline, on whatever page it stands.

        What stands in one form of a sheet stands in all, also in a form that came later.
        """
        return self.filter(taken_offline_at=None, alternative_to__taken_offline_at=None)


class Download(AbstractDocument):
    """A file to take away, with what a reader wants to know before opening it."""

    description = models.CharField(
        _("what it is for"), max_length=300, blank=True, help_text=_("One or two sentences.")
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence.choices, default=Licence.CC_BY
    )
    owner_name = models.CharField(_("owner"), max_length=120, blank=True)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    # What a reader saves it as; the name on the disk is plainer (files/names.py).
    download_name = models.CharField(max_length=255, blank=True, editable=False)
    # The same sheet as another kind of file, for example the Word file beside the PDF.
    alternative_to = models.ForeignKey(
        "self",
        verbose_name=_("other form of"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="alternatives",
        help_text=_("For example the PDF that this Word file belongs to."),
    )
    # Since when only the project leader can open it, whatever page offers it.
    taken_offline_at = models.DateTimeField(
        _("taken offline at"), null=True, blank=True, editable=False
    )
    # Of the file that is here now; those before it are EarlierVersion.
    change_note = models.CharField(_("what is new"), max_length=200, blank=True, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    replaced_by.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    objects = DownloadQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        "collection",
        "description",
        "language",
        "licence",
        "owner_name",
        "alternative_to",
        "tags",
    )
    search_fields = [
        *AbstractDocument.search_fields,
        index.SearchField("description"),
        index.FilterField("language"),
    ]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("download")
        verbose_name_plural = _("downloads")

    def save(self, *args, **kwargs):
        # Wagtail's forms note the size and the hash; a file that comes from code needs them too,
        # also when it takes the place of another.
        if self.file and not self.file._committed:
            self._set_document_file_metadata()
        # Together with what follows from it (files/signals.py).
        with transaction.atomic():
            super().save(*args, **kwargs)

    @property
    def filename(self) -> str:
        return self.download_name or super().filename

    @property
    def neutral_name(self) -> str:
        """What the log calls it: a title may tell who a child is."""
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def content_type(self) -> str:
        return content_type(self.file_extension)

    @property
    def kind_label(self) -> str:
        """`PDF`, `Word`: what a reader calls this kind of file."""
        extension = self.file_extension.lower()
        return KIND_NAMES.get(extension, extension.upper())

    @property
    def size_label(self) -> str:
        """The size in the notation of the reader's language, `1,2 MB`."""
        return filesizeformat(self.file_size) if self.file_size else ""

    @property
    def licence_label(self) -> str:
        return self.get_licence_display()

    @property
    def language_label(self) -> str:
        return self.get_language_display()

    @property
    def text_label(self) -> str:
        """Whether the words in it are found, and why not; for lists, select `text` along."""
        from files.models.text import State

        return str(self.text) if hasattr(self, "text") else str(State.WAITING.label)

    @property
    def is_online(self) -> bool:
        return Download.objects.online().filter(pk=self.pk).exists()

    @property
    def is_missing(self) -> bool:
        """Whether the file is gone from the disk. Of a store elsewhere that is not asked."""
        try:
            return not os.path.isfile(self.file.path)
        except NotImplementedError:
            return False
