"""What people type: one form for each letter, and no characters that nobody can see."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.options import Options
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

# All of them but line breaks and tabs.
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def nfc(text: str) -> str:
    """An é is one character, also when it was typed as an e with an accent."""
    return unicodedata.normalize("NFC", text)


def has_control_characters(text: str) -> bool:
    return CONTROL_CHARACTER.search(text) is not None


def is_empty(text: str | None) -> bool:
    """Whether nothing is written here; an empty paragraph is nothing."""
    return not strip_tags(text or "").strip()


class CleanText:
    """For pages and their rows: text in NFC, no control characters, no text that is too long."""

    _meta: Options

    def clean_fields(self, exclude=None):
        self.normalise_text()
        errors: dict[str, list] = {}
        try:
            super().clean_fields(exclude=exclude)  # type: ignore[misc]
        except ValidationError as refused:
            errors = refused.update_error_dict(errors)
        for field in self._meta.fields:
            if field.name in errors or field.name in (exclude or ()):
                continue
            if error := _error_in(field, getattr(self, field.attname)):
                errors[field.name] = [error]
        if errors:
            raise ValidationError(errors)

    def save(self, *args, **kwargs):
        self.normalise_text()
        super().save(*args, **kwargs)  # type: ignore[misc]

    def normalise_text(self) -> None:
        for field in self._meta.fields:
            value = self.__dict__.get(field.attname)
            if isinstance(value, str) and not value.isascii():
                setattr(self, field.attname, nfc(value))


def _error_in(field: models.Field, value) -> ValidationError | None:
    texts = _texts_in(value.get_prep_value() if isinstance(value, StreamValue) else value)
    if any(has_control_characters(text) for text in texts):
        return ValidationError(_("This text has invisible control characters. Type it again."))
    # Django looks at the length of a long text in forms only.
    if isinstance(field, models.TextField) and field.max_length and isinstance(value, str):
        try:
            MaxLengthValidator(field.max_length)(value)
        except ValidationError as error:
            return error
    return None


def _texts_in(value):
    """Every text in a value, also inside the blocks of running text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts_in(part)
