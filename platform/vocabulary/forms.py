"""Editing a term in the admin."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from vocabulary.text import fold


class TermForm(WagtailAdminModelForm):
    """The address follows from the name when it is left empty; each synonym stands here once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("Leave empty: it will follow from the name.")

    def is_valid(self) -> bool:
        return super().is_valid() and not self._refuse_double_synonyms()

    def _refuse_double_synonyms(self) -> bool:
        """Put an error at a word that stands here twice; in another language it may."""
        seen, refused = set(), False
        for form in self.formsets["synonyms"].forms:
            row = form.cleaned_data
            if not row.get("word") or row.get("DELETE"):
                continue
            key = (fold(row["word"]), row.get("language"))
            if key in seen:
                form.add_error("word", ValidationError(_("This word is here twice.")))
                refused = True
            seen.add(key)
        return refused
