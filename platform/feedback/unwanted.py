"""What machines send. They get the same thanks as everybody, and nothing comes of it."""

import datetime
import hashlib

from allauth.core.internal.ratelimit import consume
from django import forms
from django.core import signing
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vocabulary.clean_text import has_control_characters

# Nobody reads a form, answers it and sends it sooner than this.
FASTEST = datetime.timedelta(seconds=2)
# A whole school has one address.
LIMITS = {
    "report": "20/h/ip",
    "question": "10/h/ip,50/h/key",
}
SECONDS_REMEMBERED = 60 * 60
_signer = signing.TimestampSigner(salt="feedback")


class OpenForm(forms.Form):
    """A form that anybody may send, without an account and without a riddle to solve."""

    # People do not see it; what fills in every field does.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(
        required=False, widget=forms.HiddenInput, initial=lambda: _signer.sign("opened")
    )

    # What the page with the form answers: 429 where it is too much.
    status = 200

    def clean(self):
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and has_control_characters(value):
                self.add_error(
                    name, _("This text has invisible control characters. Type it again.")
                )
        return cleaned

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website")) or not self._was_open_for_a_while()

    def _was_open_for_a_while(self) -> bool:
        sent = self.data.get("opened", "")
        try:
            _signer.unsign(sent)
        except signing.BadSignature:
            return False
        try:
            _signer.unsign(sent, max_age=FASTEST)
        except signing.SignatureExpired:
            return True
        return False


def may_send(request: HttpRequest, form: OpenForm, what: str, key: str = "") -> bool:
    """Whether this may be sent now; else the form says so, and keeps what was typed.

    What a machine sends counts for nothing, so that it holds up nobody else.
    """
    if form.is_from_a_machine:
        return True
    if consume(request, app="feedback", action=what, config=LIMITS, key=key) is not None:
        return True
    form.status = 429
    form.add_error(None, _("This does not work for the moment. Try again in an hour."))
    return False


def is_sent_again(form: OpenForm) -> bool:
    """Whether the same form with the same text was sent before: two presses, or a reload."""
    sent = "\0".join(form.data.get(name, "") for name in ("opened", "email", "text"))
    key = f"feedback.{hashlib.sha256(sent.encode()).hexdigest()}"
    return not caches["limits"].add(key, True, SECONDS_REMEMBERED)
