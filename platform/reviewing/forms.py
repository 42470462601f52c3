"""What somebody who reads along fills in."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_COMMENT = 1000


class ApproveForm(forms.Form):
    # Which version stood on the screen; reviewing/seen.py makes and reads it.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("A word to the author"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It stands in the mail that tells that the page was approved or sent back."),
    )


class SendBackForm(forms.Form):
    comment = forms.CharField(
        label=_("What should still change?"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "The author reads this in a mail. In the editor you can also comment on a passage."
        ),
        error_messages={"required": _("Tell the author what should still change.")},
    )
