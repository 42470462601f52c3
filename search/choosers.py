"""What is chosen in the admin: terms, and pages that a search can find."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.snippets.widgets import AdminSnippetChooser

from search.kinds import PAGE_TYPES, kinds_of_pages
from vocabulary.rows import RowFormSet

# A longer number is no key: databases stop at nineteen.
MOST_DIGITS = 18


class _OnlyKeys:
    """What is no key was never chosen; Wagtail would look it up to show it again."""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        text = str(value)
        return value if text.isdecimal() and len(text) <= MOST_DIGITS else None


class TermChooser(_OnlyKeys, AdminSnippetChooser):
    pass


class FoundPageChooser(_OnlyKeys, AdminPageChooser):
    def __init__(self, **kwargs):
        super().__init__(target_models=list(PAGE_TYPES), **kwargs)


class PromotedPageFormSet(RowFormSet):
    """Each page once, in whatever language, and only what a search can find."""

    def clean(self):
        super().clean()
        seen = set()
        for form in self.forms:
            page = form.cleaned_data.get("page") if form.is_valid() else None
            if page is None or form in self.deleted_forms:
                continue
            if page.content_type_id not in kinds_of_pages():
                form.add_error(
                    "page", _("This page is a list. Choose a page of which it is a list.")
                )
                raise ValidationError(_("A page cannot stand among the results."))
            if page.translation_key in seen:
                form.add_error("page", _("This page is here twice."))
                raise ValidationError(_("A page is here twice."))
            seen.add(page.translation_key)
