"""Rows of a page or a term in the admin."""

from django import forms
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel


class RowFormSet(BaseChildFormSet):
    """Rows that share their choices: looked up once, however many rows there are."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        known = self.__dict__.setdefault("_choices", {})
        for name, field in form.fields.items():
            if isinstance(field, forms.ModelChoiceField) and isinstance(
                field.widget, forms.Select | forms.CheckboxSelectMultiple
            ):
                if name not in known:
                    known[name] = list(field.choices)  # type: ignore[arg-type]
                field.choices = known[name]


class RowsPanel(InlinePanel):
    """An inline panel for rows that point at terms or files."""

    def __init__(self, *args, formset: type[RowFormSet] = RowFormSet, **kwargs):
        super().__init__(*args, **kwargs)
        self.formset_class = formset

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "formset": self.formset_class}

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = self.formset_class
        return options
