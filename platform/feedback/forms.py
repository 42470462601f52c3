"""The forms for readers, and the one for who deals with their reports."""

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import LONGEST_MESSAGE, ReportKind
from feedback.unwanted import OpenForm
from privacy.guard import look_at
from privacy.known import known_names

LONGEST_NAME = 120
LONGEST_NOTE = 300
# A mail program is the better place for a longer story.
LONGEST_QUESTION = 4000


class ReportForm(OpenForm):
    """What is wrong. Every field may stay empty: who is in doubt must not be stopped."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=ReportKind.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What is wrong?"),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Do not repeat names or other facts about a child."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_(
            "Only if you want an answer. Only the project leader sees it, and it is thrown away "
            "30 days after the report is dealt with."
        ),
    )


class QuestionForm(OpenForm):
    """A message to somebody whose address stays hidden."""

    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The answer comes here."),
    )
    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Write nothing by which somebody can recognise a child or a family."),
    )


class SettleForm(forms.Form):
    """What was done about a report, for the log."""

    note = forms.CharField(
        label=_("What was done about it?"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("One sentence for the log, without names. It is kept."),
    )

    def clean_note(self):
        note = self.cleaned_data["note"]
        if look_at(note, known_names()):
            raise forms.ValidationError(_("Somebody can recognise a child here. Leave that out."))
        return note
