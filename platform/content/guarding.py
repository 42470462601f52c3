"""What a page that is about to be handed in or published may tell about a child or a family."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from privacy.guard import Finding, KnownNames, look_at

# So many passages are told at once; who mends those is told the rest.
MOST_TOLD = 6
# Names that stand here on purpose: with consent, or of an organisation, a school or a place.
NAMES_ON_PURPOSE = {
    *("slug", "person", "name", "organisation", "school", "place", "region", "publisher", "url"),
    *("external_id", "date", "start", "end"),
}
_BLOCK_ENDS = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True)
class FoundInField:
    """A passage, and the field of the form in which it stands."""

    field: str
    label: str
    finding: Finding

    @property
    def message(self) -> str:
        return _("“%(passage)s” may be %(kind)s. %(advice)s") % {
            "passage": self.finding.passage[:120],
            "kind": self.finding.kind.label,
            "advice": self.finding.advice,
        }


def passages_in(form: forms.ModelForm, known: KnownNames) -> list[FoundInField]:
    """Every passage in the texts of a filled-in form and of the rows in it, field by field."""
    return [
        FoundInField(field, label, finding)
        for field, label, text in _texts_of(form)
        for finding in look_at(text, known)
    ]


def passages_of_page(page, known: KnownNames) -> list[FoundInField]:
    """The same for a page as it was saved, which may be an older version than the rules."""
    return passages_in(page.get_edit_handler().get_form_class()(instance=page), known)


def kinds_of(found: list[FoundInField]) -> dict[str, int]:
    """How many of each kind: all that is kept of a passage that stays."""
    return dict(Counter(str(each.finding.kind.value) for each in found))


def _texts_of(form) -> Iterator[tuple[str, str, str]]:
    """(field, label, plain text) of all that was written; a row under the name of its rows."""
    for name in form.cleaned_data if form.is_bound else form.fields:
        field = _model_field(form, name)
        if field is not None and name not in NAMES_ON_PURPOSE:
            value = form.cleaned_data[name] if form.is_bound else getattr(form.instance, name)
            yield name, str(field.verbose_name), _plain(field, value)
    for rows, formset in getattr(form, "formsets", {}).items():
        for row in formset.forms:
            if form.is_bound and (not row.is_valid() or row.cleaned_data.get("DELETE")):
                continue
            for _field, label, text in _texts_of(row):
                yield rows, label, text


def _model_field(form, name: str):
    """The field of the model, where it holds words of a writer's own."""
    try:
        field = form._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    texts = (models.CharField, models.TextField, StreamField)
    return field if isinstance(field, texts) and not field.choices else None


def _plain(field, value) -> str:
    if isinstance(field, StreamField):
        return "\n".join(map(str, field.get_searchable_content(value))) if value else ""
    return html.unescape(strip_tags(_BLOCK_ENDS.sub("\n", str(value or "")))).strip()
