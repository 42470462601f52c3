"""The pages that the project leader puts on top, as they are chosen in the admin."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from search.kinds import kinds_of_pages
from vocabulary.rows import RowFormSet


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
