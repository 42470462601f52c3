"""Documents, the words in them, and pictures. Who may see one follows from the live pages."""

import os

from django.conf import settings
from django.db import models, transaction
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from files.kinds import content_type

KIND_NAMES = {"docx": "Word", "xlsx": "Excel", "pptx": "PowerPoint", "odt": "OpenDocument"}


class Licence(models.TextChoices):
    CC_BY = "cc-by-4.0", _("CC BY 4.0: free to use, name the owner")
    VIEW_ONLY = "view-only", _("Only to read, not to share further")
    OWN = "own", _("All rights with the owner")


class DownloadQuerySet(DocumentQuerySet):
    def online(self):
        """Without what the project leader took offline, on whatever page it stands."""
        return self.filter(taken_offline_at=None)


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
        return str(self.text) if hasattr(self, "text") else str(State.WAITING.label)

    @property
    def is_missing(self) -> bool:
        """Whether the file is gone from the disk. Of a store elsewhere that is not asked."""
        try:
            return not os.path.isfile(self.file.path)
        except NotImplementedError:
            return False


class State(models.TextChoices):
    """How far the reading of a file has come."""

    WAITING = "waiting", _("the content will be searchable in a moment")
    READ = "read", _("the content is searchable")
    NOT_SEARCHABLE = "not-searchable", _("the content is not searchable")


class Reason(models.TextChoices):
    """Why the words in a file cannot be searched, for whoever shared it."""

    ENCRYPTED = "encrypted", _("the file has a password")
    DAMAGED = "damaged", _("the file is damaged")
    NO_TEXT = "no-text", _("it holds no text, or only pictures of text")
    TOO_LARGE = "too-large", _("the file is too long")
    TOO_HEAVY = "too-heavy", _("reading the file takes too much time or memory")
    KIND = "kind", _("a file of this kind cannot be read")
    MISSING = "missing", _("the file is not there")


class DownloadText(models.Model):
    """What is known of the words in one file. It goes with the file, and when another replaces it.

    Whoever keeps a copy of the words hears that they changed from `post_save` of this model: it is
    sent in the transaction that changes them, and the words are in `pages` by then.
    """

    download = models.OneToOneField(
        Download, on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    # Of the file that was read, or that waits for it.
    file_hash = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)

    # It is part of the file, and no use of it.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text of a download")
        verbose_name_plural = _("texts of downloads")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=State.NOT_SEARCHABLE) ^ models.Q(reason=""),
                name="files_text_reason_when_not_searchable",
            ),
        ]

    def __str__(self):
        """The state in plain words: `the content is not searchable: the file has a password`."""
        state = self.get_state_display()
        return f"{state}: {self.get_reason_display()}" if self.reason else str(state)


class PageOfText(models.Model):
    """The words on one page of a PDF, on one slide, or in all of a document without pages."""

    text_of = models.ForeignKey(DownloadText, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
        ordering = ["text_of", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["text_of", "number"], name="files_page_of_text_once"),
        ]

    def __str__(self):
        return f"{self.text_of_id}, {self.number}"


class Picture(AbstractImage):
    """A picture, with the note of who agreed to its use."""

    consent_note = models.CharField(
        _("consent"),
        max_length=200,
        blank=True,
        help_text=_(
            "Who gave permission for this picture, and when? Never a child in the picture."
        ),
    )
    credit = models.CharField(_("maker"), max_length=120, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "consent_note",
        "credit",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class Rendition(AbstractRendition):
    """One size of a picture, made when a page first asks for it."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="files_rendition_once"
            ),
        ]
        # The door finds a rendition by its file.
        indexes = [models.Index(fields=["file"], name="files_rendition_file")]

    @property
    def url(self) -> str:
        """The address at the door, wherever the file itself is stored."""
        return reverse("serve_rendition", args=[self.file.name.removeprefix("images/")])
