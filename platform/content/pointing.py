"""What a page in the editor points at: pages and files that its writer may know of.

The choosers offer nothing else, but a request can be written by hand. What a page points at is
shown with it: its title in the form, its address in a preview, a file to whoever sees the page.
"""

from collections.abc import Iterator

from django import forms
from django.apps import apps
from django.db import models
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.permissions import policy_registry

from accounts.roles import role_of
from files.access import can_see_download, can_see_picture
from files.models import Download, Picture

Target = tuple[type[models.Model], int]


def points_beyond(form: forms.ModelForm, user) -> bool:
    """Whether somebody made a page point at a page or a file that is not theirs to know of."""
    if user is None or role_of(user).sees_all:
        return False
    added = set(_targets(form, "cleaned_data")) - set(_targets(form, "initial"))
    return not all(_is_known(user, model, pk) for model, pk in added)


def _targets(form, values: str) -> Iterator[Target]:
    for name, value in getattr(form, values, {}).items():
        yield from _targets_of_field(form._meta.model, name, value)
    for formset in getattr(form, "formsets", {}).values():
        for row in formset.forms:
            row.is_valid()  # So that it has been read.
            yield from _targets(row, values)


def _targets_of_field(model, name: str, value) -> Iterator[Target]:
    field = next((field for field in model._meta.get_fields() if field.name == name), None)
    if isinstance(field, StreamField | RichTextField):
        for target, pk, *_where in field.extract_references(value) if value else ():
            yield _base(target), int(pk)
    elif isinstance(field, models.ForeignKey | models.ManyToManyField):
        for chosen in value if isinstance(value, list | models.QuerySet) else [value]:
            pk = chosen.pk if isinstance(chosen, models.Model) else chosen
            if pk:
                yield _base(field.related_model), int(pk)


def _base(model) -> type[models.Model]:
    return Page if issubclass(model, Page) else model


def _is_known(user, model, pk: int) -> bool:
    if model is Page:
        editable = policy_registry.get_by_type(Page).explorable_instances(user)
        # Looked up late: the model of a page uses this module for its form.
        readable = apps.get_model("content", "ContentPage").objects.visible_to(user)
        return editable.filter(pk=pk).exists() or readable.filter(pk=pk).exists()
    if model is Download:
        return any(can_see_download(user, file) for file in Download.objects.filter(pk=pk))
    if model is Picture:
        return any(can_see_picture(user, file) for file in Picture.objects.filter(pk=pk))
    return True
