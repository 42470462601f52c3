"""Editing a term in the admin."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from vocabulary.rows import RowFormSet
from vocabulary.text import fold


class TermForm(WagtailAdminModelForm):
    """The address follows from the name when it is left empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("Leave empty: it will follow from the name.")


class SynonymFormSet(RowFormSet):
    """Each word once in a language, in whatever spelling."""

    def validate_unique(self):
        # Not the inherited check: it knows no `key`, and would allow one word in a language.
        seen = set()
        for form in self.forms:
            row = form.cleaned_data if form.is_valid() else {}
            if not row.get("word") or form in self.deleted_forms:
                continue
            word = (fold(row["word"]), row["language"])
            if word in seen:
                form.add_error("word", _("This word is here twice."))
                raise ValidationError(_("A word is here twice."))
            seen.add(word)
