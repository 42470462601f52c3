"""Writing a lesson in the admin: a draft may be anything, what others read is complete."""

import textwrap

from django.utils.translation import gettext_lazy as _

from content.forms import TermsForm
from content.languages import source_locale

LONGEST_TITLE = 255
# What was learned, as people read it in a list.
LONGEST_LESSON = 300


def title_from(lesson: str, longest: int = LONGEST_TITLE) -> str:
    """A title made from the lesson sentence, cut between words."""
    lesson = " ".join(lesson.split())
    if len(lesson) <= longest:
        return lesson
    shortened = textwrap.shorten(lesson, longest, placeholder="…")
    return shortened if len(shortened) > 1 else lesson[:longest]


class LessonForm(TermsForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        outcome = self.fields["outcome"]
        outcome.choices = [("", _("Choose what came of it")), *outcome.choices]
        if not self.instance.pk:
            self.initial["outcome"] = ""
        self.fields["paths"].queryset = self._paths_of_own_practice()

    def add_prefix(self, field_name):
        # An input called `action` hides the address of the form itself from the script that saves
        # drafts while somebody types: they would go nowhere.
        return super().add_prefix("action_taken" if field_name == "action" else field_name)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("title"):
            cleaned["title"] = self.title_from_text(cleaned)
            if not cleaned["title"] and "title" not in self.errors:
                self.add_error("title", self.fields["title"].error_messages["required"])
        if cleaned.get("strength") == "researched" and not self.is_draft and not self._sources():
            self.add_error("strength", _("Name the research below “Sources”, or choose another."))
        return cleaned

    def title_from_text(self, cleaned) -> str:
        """The title of a lesson that got none."""
        return title_from(cleaned.get("lesson") or "")

    def _sources(self) -> int:
        """How many sources this lesson will have."""
        forms = self.formsets["sources"].forms
        return sum(
            bool(form.is_valid() and form.cleaned_data.get("title"))
            and not form.cleaned_data.get("DELETE")
            for form in forms
        )

    def _paths_of_own_practice(self):
        above = self.parent_page or self.instance.get_parent()
        return self.fields["paths"].queryset.filter(
            practice_key=above.specific.practice_key, locale=source_locale()
        )
