"""Uploading in the admin: what is inside counts, not what the name says."""

from dataclasses import dataclass
from typing import BinaryIO, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from files import names, office, pdf, pictures, versions
from files.inspection import inspect
from files.kinds import same_kind
from files.models import Download, Licence

PICTURES = {"jpg", "jpeg", "png", "webp", "avif"}
# Wagtail's page for many files at once sends no more than this; it asks the rest right after.
MANY_FILES_DATA = {"title", "collection"}


@dataclass(frozen=True)
class Received:
    """What is known of a file that passed the inspection."""

    name: str
    pages: int | None = None
    author: str = ""


def receive(
    upload: UploadedFile,
    extensions: list[str],
    most_bytes: int,
    *,
    longest_side: int | None = None,
) -> Received:
    """Inspect an upload, and take out what nobody meant to share.

    Raises ValidationError, with the reason, for a file that cannot be shared here. The content and
    the name of the upload change, so that whatever stores it stores what was approved.
    """
    file = cast(BinaryIO, upload.file)
    name = names.normalised(upload.name or "")
    extension = inspect(file, name, extensions, most_bytes)
    facts = pdf.facts_of(file) if extension == "pdf" else pdf.PdfFacts()
    cleaned = None
    if extension in PICTURES:
        cleaned = pictures.without_metadata(file, longest_side)
    elif extension in office.MAIN_PARTS:
        cleaned = office.without_persons(file)
    if cleaned is not None:
        # In the file that is there: a large upload is moved to its place by its path.
        file.seek(0)
        file.truncate()
        file.write(cleaned)
        file.flush()
        upload.size = len(cleaned)
    file.seek(0)
    upload.name = names.stored(name)
    return Received(name, facts.pages, facts.author)


class DownloadForm(BaseDocumentForm):
    """A download, inspected before anything of it is kept. Another file is a new version of it."""

    new_in_this_version = forms.CharField(
        label=gettext_lazy("What is new?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Only with a new file. Readers see it at the download. The file that is there now is "
            "kept for editors."
        ),
    )
    may_be_another_kind = forms.BooleanField(
        label=gettext_lazy("The new file may be of another kind"), required=False
    )

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.received: Received | None = None
        self._user = user
        if not self.instance.pk or "file" not in self.fields:
            del self.fields["new_in_this_version"], self.fields["may_be_another_kind"]
        if set(self.data) == MANY_FILES_DATA:
            # What is not asked yet has the value that the model gives it.
            for name in set(self.fields) - {*MANY_FILES_DATA, "file"}:
                del self.fields[name]
        self._files_of_user = self._files_in_admin(user)
        if "alternative_to" in self.fields:
            self.fields["alternative_to"].queryset = self._possible_main_files()
        for name in {"licence", "alternative_to"} & set(self.fields):
            # Its longest choice is wider than a phone.
            self.fields[name].widget.attrs["class"] = "w-w-full"
        if self.instance.pk and "title" in self.fields:
            self.fields["title"].help_text = self._remarks()

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            self.received = receive(
                file, settings.WAGTAILDOCS_EXTENSIONS, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
            )
        return file

    def clean(self):
        cleaned = super().clean()
        self._ask_about_another_kind(cleaned)
        if cleaned.get("licence") == Licence.OWN and not cleaned.get("owner_name", "").strip():
            self.add_error("owner_name", _("Say who the owner is: all rights are with the owner."))
        if (
            cleaned.get("alternative_to")
            and self.instance.pk
            and self.instance.alternatives.exists()
        ):
            self.add_error(
                "alternative_to", _("Other files are another form of this one: it comes first.")
            )
        return cleaned

    @transaction.atomic
    def save(self, commit=True):
        if self.received is not None:
            name = self.received.name
            if self.instance.pk:
                versions.keep_current(self.instance)
                # Wagtail would delete it.
                self.original_file = None
                name = versions.name_of_new(self.instance.filename, name)
                note = self.cleaned_data.get("new_in_this_version", "")
                versions.note_new(self.instance, by=self._user, note=note)
            self.instance.download_name = name
            self.instance.page_count = self.received.pages
            self.instance.author_in_file = self.received.author
        return super().save(commit)

    def _ask_about_another_kind(self, cleaned: dict) -> None:
        """A Word file where a PDF was is another thing to whoever followed a link to it."""
        if self.received is None or not self.instance.pk or cleaned.get("may_be_another_kind"):
            return
        before = names.split(self.original_file.name)[1]  # type: ignore[union-attr]
        now = names.split(self.received.name)[1]
        if same_kind(before) != same_kind(now):
            self.add_error(
                "may_be_another_kind",
                _(
                    "The file was a .%(before)s and the new one is a .%(now)s. Tick this if that "
                    "is right, and choose the file again."
                )
                % {"before": before, "now": now},
            )

    def _files_in_admin(self, user) -> QuerySet[Download]:
        """The files that this person works with: the names of others are not for them."""
        if user is None:
            return Download.objects.all()
        return self.permission_policy.instances_user_has_any_permission_for(
            user, ["choose", "change"]
        )

    def _possible_main_files(self) -> QuerySet[Download]:
        main_files = self._files_of_user.filter(alternative_to__isnull=True)
        current = Download.objects.filter(pk=self.instance.alternative_to_id)
        return (main_files | current).exclude(pk=self.instance.pk).order_by("title")

    def _remarks(self) -> str:
        """What whoever uploads should know before sharing the file. Nothing is refused for it."""
        remarks = []
        if author := getattr(self.instance, "author_in_file", ""):
            remarks.append(
                format_html(
                    _("The PDF names its author: {}. If that should not be public, save it anew."),
                    author,
                )
            )
        for twin in self._twins():
            remarks.append(format_html(_("The same file is already there: {}."), twin.title))
        return format_html_join(" ", "{}", ((remark,) for remark in remarks))

    def _twins(self) -> QuerySet[Download] | list[Download]:
        if not self.instance.file_hash:
            return []
        same = self._files_of_user.filter(file_hash=self.instance.file_hash)
        return same.exclude(pk=self.instance.pk)[:3]


class PictureForm(BaseImageForm):
    """A picture, without the place and time that a camera writes into it, and not too large."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "description" in self.fields:
            self.fields["description"].help_text = gettext_lazy(
                "What is to be seen, for people who cannot see it. A page can show the picture as "
                "decoration; everywhere else this text is needed."
            )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            receive(
                file,
                settings.WAGTAILIMAGES_EXTENSIONS,
                settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE,
                longest_side=pictures.LONGEST_SIDE,
            )
        return file
