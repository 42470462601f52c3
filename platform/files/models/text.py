"""What is known of the words in a file."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from files.models.download import Download
from privacy.guard import BLOCKING, Kind


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
    # Somebody said why what was found in this file may stay.
    is_settled = models.BooleanField(default=False)

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


class Part(models.TextChoices):
    """Where in a file something stands."""

    TEXT = "text", _("in the text")
    PAGE = "page", _("on a page")
    PROPERTIES = "properties", _("in the properties of the file")
    COMMENTS = "comments", _("in a comment")
    CHANGES = "changes", _("in a deleted text that the file still holds")
    NUMBERS = "numbers", _("in a cell with a number")


class FoundInFile(models.Model):
    """A passage in a file that may show who a child is. It goes with the file.

    Only who may edit the file sees the passage. When somebody said why it may stay, the passage
    is forgotten and only its kind is left.
    """

    text_of = models.ForeignKey(DownloadText, on_delete=models.CASCADE, related_name="found")
    part = models.CharField(max_length=20, choices=Part.choices)
    number = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    passage = models.CharField(max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("passage in a file")
        verbose_name_plural = _("passages in files")
        ordering = ["text_of", "pk"]

    def __str__(self):
        return f"{self.kind}, {self.part}"

    @property
    def place(self) -> str:
        """`page 3`, `in a comment`."""
        if self.part == Part.PAGE:
            return _("page %(number)s") % {"number": self.number}
        return self.get_part_display()

    @property
    def blocks(self) -> bool:
        return self.kind in BLOCKING
