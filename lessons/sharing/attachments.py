"""A photo and files with a lesson, which pass the same inspection as in the admin."""

from pathlib import PurePosixPath
from typing import cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.utils.file import hash_filelike

from content.models import PageDownload
from files.models import Download, Licence, Picture
from lessons.models import LessonPage
from practices.models import PracticePage
from practices.setup import practice_collection
from privacy.guard import look_at
from privacy.known import known_names

MOST_PICTURES = 3
MOST_FILES = 5


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(one, None) for one in given if one]


class AttachmentsForm(forms.Form):
    """What somebody adds to the lesson, and what is taken away again."""

    use_required_attribute = False

    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    photo_text = forms.CharField(
        label=_("What is to be seen on the photo?"),
        max_length=255,
        required=False,
        help_text=_("For people who cannot see it. No names."),
    )
    photo_consent = forms.BooleanField(
        label=_("Nobody can be recognised on this photo without their consent. No child at all."),
        required=False,
    )
    documents = SeveralFilesField(
        label=_("Files"),
        required=False,
    )
    remove_photo = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    remove_file = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args, lesson: LessonPage, practice: PracticePage, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.lesson, self.practice, self.user = lesson, practice, user
        self.fields["photo"].help_text = gettext(
            "At most %(most)s with a lesson. The place and time that a camera notes are taken out."
        ) % {"most": MOST_PICTURES}
        self.fields["documents"].help_text = gettext(
            "For example a work sheet. At most %(most)s with a lesson."
        ) % {"most": MOST_FILES}
        self.fields["documents"].widget.attrs["accept"] = ",".join(
            f".{extension}" for extension in settings.WAGTAILDOCS_EXTENSIONS
        )
        photos = [(key, key) for key, _picture in self.photos]
        downloads = [(str(row.download_id), row.download_id) for row in self.downloads]
        cast(forms.ChoiceField, self.fields["remove_photo"]).choices = photos
        cast(forms.ChoiceField, self.fields["remove_file"]).choices = downloads
        self._photo_form: forms.ModelForm | None = None
        self._file_forms: list[forms.ModelForm] = []

    @property
    def photos(self) -> list[tuple[str, Picture]]:
        """The pictures in the lesson, each with the key of its block."""
        return [
            (block.id or "", block.value["image"])
            for block in self.lesson.extra
            if block.block_type == "picture" and block.value["image"]
        ]

    @property
    def downloads(self) -> list[PageDownload]:
        return list(self.lesson.downloads.all())

    @property
    def has_any(self) -> bool:
        return bool(self.photos or self.downloads)

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.get("photo"):
            self._look_at_photo(cleaned)
        if cleaned.get("documents"):
            self._look_at_files(cleaned["documents"])
        return cleaned

    def _look_at_photo(self, cleaned) -> None:
        if not cleaned.get("photo_text"):
            self.add_error("photo_text", _("Tell what is to be seen. Then choose the photo anew."))
        if not cleaned.get("photo_consent"):
            self.add_error("photo_consent", _("Tick this first. Then choose the photo anew."))
        for finding in look_at(cleaned.get("photo_text") or "", known_names()):
            self.add_error("photo_text", finding.message)
        if self.errors:
            return
        note = gettext("%(name)s, %(day)s: nobody can be recognised without consent") % {
            "name": self.user,
            "day": date_format(timezone.localdate(), "DATE_FORMAT"),
        }
        data = {"description": cleaned["photo_text"], "consent_note": note[:200]}
        form = self._inspected(Picture, cleaned["photo"], data)
        if not form.is_valid():
            self._tell("photo", cleaned["photo"].name, form)
        elif _hash_of(form) not in {picture.get_file_hash() for _key, picture in self.photos}:
            # A form that was sent twice brings the same files twice.
            if len(self.photos) - len(cleaned.get("remove_photo") or []) >= MOST_PICTURES:
                self.add_error("photo", _("There are %(most)s already.") % {"most": MOST_PICTURES})
            else:
                self._photo_form = form

    def _look_at_files(self, files) -> None:
        too_many = _("At most %(most)s files.") % {"most": MOST_FILES}
        if len(files) > MOST_FILES:
            self.add_error("documents", too_many)
            return
        known = {row.download.get_file_hash() for row in self.downloads}
        for file in files:
            name = file.name
            data = {"language": settings.LANGUAGE_CODE, "licence": Licence.CC_BY}
            form = self._inspected(Download, file, data)
            if not form.is_valid():
                self._tell("documents", name, form)
            elif _hash_of(form) not in known:
                self._file_forms.append(form)
        removed = len(self.cleaned_data.get("remove_file") or [])
        if len(self.downloads) - removed + len(self._file_forms) > MOST_FILES:
            self.add_error("documents", too_many)
            self._file_forms = []

    def _inspected(self, model, file, data) -> forms.ModelForm:
        """The form of the admin, filled in: the same rules hold, whoever asks."""
        form_class = get_image_form(model) if model is Picture else get_document_form(model)
        collection = practice_collection(self.practice)
        title = PurePosixPath(file.name).stem.replace("_", " ")[:200]
        return form_class(
            {**data, "title": title, "collection": collection.pk},
            {"file": file},
            instance=model(uploaded_by_user=self.user, collection=collection),
            user=self.user,
        )

    def _tell(self, field: str, name: str, form) -> None:
        for errors in form.errors.as_data().values():
            for error in errors:
                for message in error.messages:
                    self.add_error(field, ValidationError(f"{name}: {message}"))

    def add_to_lesson(self) -> None:
        """Put on the draft what is in order, and take away what was asked; the rest was told."""
        gone = set(self.cleaned_data.get("remove_photo") or [])
        for place in reversed(range(len(self.lesson.extra))):
            if self.lesson.extra[place].id in gone:
                del self.lesson.extra[place]
        if self._photo_form is not None:
            picture = self._photo_form.save()
            picture.contextual_alt_text, picture.decorative = picture.description, False
            self.lesson.extra.append(("picture", {"image": picture, "caption": ""}))
        gone_files = {int(pk) for pk in self.cleaned_data.get("remove_file") or []}
        rows = [row for row in self.downloads if row.download_id not in gone_files]
        rows += [PageDownload(download=form.save()) for form in self._file_forms]
        for place, row in enumerate(rows):
            row.sort_order = place
        self.lesson.downloads = rows


def _hash_of(form: forms.ModelForm) -> str:
    return hash_filelike(form.cleaned_data["file"])
