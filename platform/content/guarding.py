"""What a page that is about to be handed in or published may tell about a child or a family."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db.models import (
    CharField,
    ForeignKey,
    ManyToManyField,
    Model,
    QuerySet,
    TextField,
)
from django.http import QueryDict
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import PageLogEntry

from files.guarding import (
    InFile,
    is_looked_through,
    unread,
    unsettled_in,
    unsettled_in_pictures,
)
from files.models import Download, Picture
from files.reading import read_now
from privacy.guard import Finding, KnownNames, look_at
from privacy.known import known_names

if TYPE_CHECKING:
    from content.models import ContentPage

# The action in the log: what was pointed out and may stay.
STAYS = "content.passage_stays"
# So many passages are told at once; who mends those is told the rest.
MOST_TOLD = 6
# Somebody who publishes waits for no more files than this to be read.
MOST_READ_NOW = 3
# Digits of a key; a longer number is no file, and some databases refuse to look for it.
LONGEST_KEY = 9
# Names that stand here on purpose: with consent, or of an organisation, a school or a place.
NAMES_ON_PURPOSE = {
    *("slug", "person", "name", "organisation", "school", "place", "region", "publisher", "url"),
    *("external_id", "date", "start", "end"),
}
_BLOCK_ENDS = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True)
class FoundInField:
    """A passage, and the field of the form in which it stands, or to which its file belongs."""

    field: str
    label: str
    finding: Finding | InFile

    @property
    def message(self) -> str:
        return self.finding.message


@dataclass(frozen=True)
class Written:
    """What stands in one field: text of a writer's own, and the files that it points at."""

    field: str
    label: str
    text: str = ""
    downloads: tuple[Download, ...] = ()
    pictures: tuple[Picture, ...] = ()


def passages_in(written: Iterable[Written], known: KnownNames) -> list[FoundInField]:
    """Every passage in what was written and in the files that go with it, field by field."""
    return list(_look(written, known))


def passages_in_texts(texts: Mapping[str, str], known: KnownNames) -> list[Finding]:
    """The passages in plain or rich texts that are published without a form."""
    return [
        finding
        for name, text in texts.items()
        if text and name not in NAMES_ON_PURPOSE
        for finding in look_at(_without_tags(text), known)
    ]


def what_nobody_explained(page: "ContentPage") -> list[FoundInField]:
    """The passages on a page for which nobody gave a reason when it was handed in or published.

    A citizen service number has no reason. Of what was explained only the kinds are kept, so a
    passage of a kind that was explained as often counts as explained.
    """
    found = passages_in(written_on(page), known_names())
    blocking = [each for each in found if each.finding.blocks]
    if blocking:
        return blocking
    explained: Counter[str] = Counter()
    for entry in PageLogEntry.objects.filter(page=page.pk, action=STAYS):
        explained |= Counter(entry.data.get("kinds", {}))
    return [] if Counter(kinds_of(each.finding for each in found)) <= explained else found


def told_in_short(page: "ContentPage", found: list[FoundInField]) -> str:
    """Why a page cannot be published from where there is no form; no passage is in it."""
    kinds = dict.fromkeys(str(each.finding.kind.label) for each in found)
    return _(
        "“%(title)s” may tell who a child is: %(kinds)s. Open the page, change what is pointed out "
        "or say why it may stay, and publish it there."
    ) % {"title": page.get_admin_display_title(), "kinds": ", ".join(kinds)}


def kinds_of(findings: Iterable[Finding | InFile]) -> dict[str, int]:
    """How many of each kind: all that is kept of a passage that stays."""
    return dict(Counter(str(finding.kind.value) for finding in findings))


def downloads_of(written: Iterable[Written]) -> list[Download]:
    """The files that go with what was written, each once."""
    return list(dict.fromkeys(download for each in written for download in each.downloads))


def read_files_on(*pages: Model) -> None:
    """Read the files on these pages that nobody read yet, before they are looked through.

    It takes seconds: do it before the transaction in which others wait for this one.
    """
    _read(_unread_on(*pages))


def read_files_in(data: QueryDict) -> None:
    """The same of the files that are chosen in the form of a page, as it was sent.

    Who only saves a draft presses no other button, and nothing is looked through.
    """
    if not any(name.startswith("action-") for name in data):
        return
    names = {relation.field.name for relation in Download._meta.related_objects}
    keys = {
        int(value)
        for name in data
        if name.rpartition("-")[2] in names
        for value in data.getlist(name)
        if value.isdecimal() and len(value) <= LONGEST_KEY
    }
    _read(unread(Download.objects.filter(pk__in=keys)))


def still_being_read(page: Model) -> list[str]:
    """Why a page cannot be published from where there is no form: nobody knows what is in a file.

    Of what can be read this takes a minute. Of what cannot be read only a warning is given.
    """
    told = _("“%(title)s” is still being read. Try again in a minute.")
    return [told % {"title": title} for title in _unread_on(page).values_list("title", flat=True)]


def not_looked_through(downloads: Iterable[Download]) -> list[Download]:
    """The files of which it stays unknown what is in them."""
    return [each for each in downloads if not is_looked_through(each)]


def _unread_on(*pages: Model) -> QuerySet[Download]:
    files = [file.pk for page in pages for file in downloads_of(written_on(page))]
    return unread(Download.objects.filter(pk__in=files))


def _read(downloads: QuerySet[Download]) -> None:
    for download in downloads.order_by("pk")[:MOST_READ_NOW]:
        read_now(download)


def _look(written: Iterable[Written], known: KnownNames) -> Iterator[FoundInField]:
    told: set[Model] = set()
    for each in written:
        for finding in look_at(each.text, known):
            yield FoundInField(each.field, each.label, finding)
        downloads = [file for file in each.downloads if file not in told]
        pictures = [file for file in each.pictures if file not in told]
        told.update(downloads, pictures)
        for found in (
            *unsettled_in(downloads, known),
            *unsettled_in_pictures(pictures, known),
        ):
            yield FoundInField(each.field, each.label, found)


def written_in(form: forms.ModelForm) -> list[Written]:
    """What was filled in in a form and in its rows, field by field."""
    return list(_written_in(form))


def written_on(page: Model) -> list[Written]:
    """The same of a page, where there is no form: it is published from a list, or approved."""
    return list(_written_on(page))


def _written_in(form) -> Iterator[Written]:
    """What was filled in; a row under the name of its rows."""
    for name, value in form.cleaned_data.items():
        yield from _written(form._meta.model, name, value)
    for rows, formset in getattr(form, "formsets", {}).items():
        for row in formset.forms:
            if not row.is_valid() or row.cleaned_data.get("DELETE"):
                continue
            for written in _written_in(row):
                yield replace(written, field=rows)


def _written_on(page: Model) -> Iterator[Written]:
    for field in (*page._meta.concrete_fields, *page._meta.many_to_many):
        if field.editable and not isinstance(field, ManyToManyField):
            yield from _written(type(page), field.name, getattr(page, field.name))
        elif isinstance(field, ParentalManyToManyField):
            yield from _written(type(page), field.name, getattr(page, field.name).all())
    for relation in get_all_child_relations(type(page)):
        if relation.related_model._meta.app_label == "wagtailcore":
            continue  # What editors say to each other.
        for row in getattr(page, relation.get_accessor_name()).all():
            for written in _written_on(row):
                yield replace(written, field=relation.get_accessor_name())


def _written(model: type[Model], name: str, value) -> Iterator[Written]:
    """What one field of a model holds, as far as a writer chose or wrote it."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return
    label = str(getattr(field, "verbose_name", name))
    if isinstance(field, ForeignKey | ManyToManyField):
        if issubclass(field.related_model, Download | Picture) and value:
            files = [value] if isinstance(value, Model) else list(value)
            yield _with_files(name, label, files)
    elif isinstance(field, StreamField):
        keys = [(kind, key) for kind, key, *_path in field.extract_references(value)]
        pictures = Picture.objects.filter(pk__in=[key for kind, key in keys if kind is Picture])
        yield Written(name, label, _plain(field, value), pictures=tuple(pictures) if keys else ())
    elif name in NAMES_ON_PURPOSE:
        return
    elif isinstance(field, CharField | TextField) and not field.choices:
        yield Written(name, label, _plain(field, value))


def _with_files(name: str, label: str, files: list[Model]) -> Written:
    return Written(
        name,
        label,
        downloads=tuple(file for file in files if isinstance(file, Download)),
        pictures=tuple(file for file in files if isinstance(file, Picture)),
    )


def _plain(field, value) -> str:
    if isinstance(field, StreamField):
        return "\n".join(map(str, field.get_searchable_content(value))) if value else ""
    return _without_tags(str(value or ""))


def _without_tags(text: str) -> str:
    # Not as the hints read it (plain_language/checks.py): what people see counts there. Here what
    # a tag would hide counts as well, and what is pasted with the signs of HTML in it.
    return html.unescape(strip_tags(_BLOCK_ENDS.sub("\n", text))).strip()
