"""What the editor tells about a page before others read it: hints, and the little that blocks."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue, StructValue
from wagtail.fields import StreamField
from wagtail.rich_text import RichText

from content.guarding import NAMES_ON_PURPOSE, FoundInField
from files.models import Picture
from plain_language.checks import Hint, hints_in, plain_text
from plain_language.hints import known_words
from privacy.guard import look_at
from privacy.known import known_names
from vocabulary.clean_text import is_empty

# Names of files are no descriptions.
FILE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg")
# Wagtail's own fields that hold no running text of a writer.
_NOT_WRITTEN = {"draft_title", "path", "seo_title", "url_path"}


def hints_of(page) -> list[Hint]:
    """Everything that could be better about a page as it is now, what blocks first.

    `Hint.field` is the name of the field as the editor shows it.
    """
    words, known, language = known_words(), known_names(), page.language_code
    found = [*_of_card(page), *_of_pictures(page), *_of_headings(page)]
    for label, text in _texts_of(page):
        found += hints_in(label, text, words, language=language)
        found += [
            Hint(label, FoundInField(label, label, finding).message, blocks=finding.blocks)
            for finding in look_at(plain_text(text), known)
        ]
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda hint: not hint.blocks)


def what_blocks(page) -> list[str]:
    """Why this page cannot be published yet, for where there is no form to show it."""
    return [f"{hint.field}: {hint.message}" for hint in _of_pictures(page) if hint.blocks]


def undescribed(picture) -> str | None:
    """Why a picture that a page shows by itself cannot be shown yet; None when it can."""
    if not isinstance(picture, Picture) or not is_empty(picture.description):
        return None
    return _("Describe first, with the picture itself, what there is to see on it.")


def _of_card(page) -> Iterator[Hint]:
    if is_empty(page.card_text):
        yield Hint(
            _label(page, "summary"),
            _("This is empty. It is what people read in a list, before they open the page."),
        )


def _of_pictures(page) -> Iterator[Hint]:
    pictures = [
        field
        for field in page._meta.fields
        if field.remote_field is not None and field.remote_field.model is Picture
    ]
    for field in pictures:
        if (message := undescribed(getattr(page, field.name))) is not None:
            yield Hint(_label(page, field.name), message, blocks=True)
    for name, block in _blocks_of(page):
        image = block.value.get("image") if isinstance(block.value, StructValue) else None
        if isinstance(image, Picture) and not getattr(image, "decorative", False):
            yield from _of_description(_label(page, name), image)


def _of_description(label: str, image: Picture) -> Iterator[Hint]:
    described = getattr(image, "contextual_alt_text", "") or ""
    if is_empty(described):
        message = _("Describe the picture for who cannot see it, or mark it as decorative.")
        yield Hint(label, message, blocks=True)
    elif described.casefold().endswith(FILE_ENDINGS):
        message = _("“%(text)s” is the name of a file. Describe what there is to see.")
        yield Hint(label, message % {"text": described})


def _of_headings(page) -> Iterator[Hint]:
    """A heading has a text below it. All of them are of one level, so none is skipped."""
    blocks = [*_blocks_of(page), ("", None)]
    for (name, block), (_name, following) in pairwise(blocks):
        is_last = following is None or following.block_type == "heading"
        if block.block_type == "heading" and is_last:
            message = _("Below the heading “%(heading)s” there is no text.")
            yield Hint(_label(page, name), message % {"heading": block.value["text"]})


def _texts_of(page) -> Iterator[tuple[str, str]]:
    """(label, text) of all that somebody wrote on a page and in the rows of it."""
    yield from _texts_of_row(page)
    for relation in get_all_child_relations(type(page)):
        model = relation.related_model
        # Remarks of colleagues are no part of the page; some rows only point at something.
        if model._meta.app_label == "wagtailcore" or not _written_fields(model):
            continue
        label = str(model._meta.verbose_name)
        for row in getattr(page, relation.get_accessor_name()).all():
            yield from ((label, text) for _field, text in _texts_of_row(row))


def _texts_of_row(row) -> Iterator[tuple[str, str]]:
    for field in _written_fields(type(row)):
        value = getattr(row, field.name)
        if isinstance(field, StreamField):
            texts = [text for block in value for text in _texts_in(block.value)]
        else:
            texts = [value or ""]
        yield from ((str(field.verbose_name), text) for text in texts)


def _written_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields that hold running text of a writer's own."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField | StreamField)
        and field.editable
        and not field.choices
        and field.name not in NAMES_ON_PURPOSE | _NOT_WRITTEN
    ]


def _texts_in(value) -> Iterator[str]:
    if isinstance(value, RichText):
        yield value.source
    elif isinstance(value, str):
        yield value
    elif isinstance(value, StructValue):
        for part in value.values():
            yield from _texts_in(part)


def _blocks_of(page) -> Iterator[tuple[str, Any]]:
    for field in page._meta.fields:
        value = getattr(page, field.name, None)
        if isinstance(value, StreamValue):
            for block in value:
                yield field.name, block


def _label(page, name: str) -> str:
    try:
        return str(page._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name
