"""Editing pages in the admin. Terms have one field for each kind, and one relation behind them."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from content.checking import undescribed
from content.guarding import (
    MOST_TOLD,
    FoundInField,
    Written,
    downloads_of,
    kinds_of,
    not_looked_through,
    passages_in,
    written_in,
)
from content.pointing import points_beyond
from privacy.guard import look_at
from privacy.known import known_names
from vocabulary.clean_text import is_empty
from vocabulary.models import Term, TermKind
from vocabulary.tags import TagError, free_tags, parse_tags

# As long as a reader of a queue takes in.
LONGEST_NOTE = 500
# More words than this on one page help nobody to find it.
MOST_TAGS = 10


class TagField(forms.CharField):
    """Free tags, separated by commas."""

    def clean(self, value):
        try:
            return parse_tags(super().clean(value), most=MOST_TAGS)
        except TagError as error:
            raise ValidationError(str(error)) from error


def _choice(kind: TermKind) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        label=kind.label,
        queryset=Term.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ContentPageForm(WagtailAdminPageForm):
    """The form of every page: the address follows from the title when it is left empty.

    What may identify a child is pointed out when the page is handed in or published.
    """

    why_it_stays = forms.CharField(
        label=_("Why may this stay?"),
        required=False,
        max_length=200,
        help_text=_(
            "Only if a passage was pointed out and nobody can recognise a child in it. "
            "The reason is kept, the passage is not."
        ),
    )

    note = forms.CharField(
        label=_("A note to who reads along"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It goes along when you hand this in. Readers never see it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The passages that the errors speak of.
        self.pointed_out: list[FoundInField] = []
        if not self.instance.path and self.parent_page is not None:
            # Rules about neighbours, such as one address each, hold for a new page too.
            self.instance._cached_parent_obj = self.parent_page
        if "slug" in self.fields:
            self.fields["slug"].required = False
        for name in self.instance.needed_to_publish:
            # Wagtail asks for required fields only when a draft is handed in or published.
            self.fields[name].required = True

    def clean(self):
        cleaned = super().clean()
        # Not an error at the field: that would show the title of what was chosen.
        if points_beyond(self, self.for_user):
            raise PermissionDenied
        for name in () if self.is_draft else self.instance.needed_to_publish:
            # Running text that looks empty still holds an empty paragraph.
            if name not in self.errors and is_empty(cleaned.get(name)):
                self.add_error(name, self.fields[name].error_messages["required"])
        if not (self.is_draft or self._is_sent_back):
            self._ask_for_descriptions()
            self._point_out_children()
        self._refuse_to_write_over()
        self.instance.note_to_reviewer = cleaned.get("note", "")
        return cleaned

    def _refuse_to_write_over(self) -> None:
        """Somebody else saved since this form was opened: say so, and keep what was typed.

        Who sends the form again after that knows it; the other version stays in the history.
        """
        latest = self.instance.latest_revision if self.instance.saved_meanwhile else None
        if latest is not None:
            self.add_error(
                None,
                _(
                    "%(somebody)s saved this page at %(time)s, after you opened it. Nothing of "
                    "yours is lost: it still stands here. Look at the other version in the "
                    "history first. If you save once more, yours becomes the newest."
                )
                % {
                    "somebody": latest.user or _("Somebody"),
                    "time": date_format(localtime(latest.created_at), "H:i"),
                },
            )

    @property
    def _is_sent_back(self) -> bool:
        """Whether somebody who reads along asks for changes: what they are is told apart."""
        return (
            "action-workflow-action" in self.data
            and self.data.get("workflow-action-name") == "reject"
        )

    def _ask_for_descriptions(self) -> None:
        """A picture says nothing to who cannot see it. In running text its block asks for this."""
        for name, value in list(self.cleaned_data.items()):
            if (message := undescribed(value)) and name not in self.errors:
                self.add_error(name, message)

    def written(self) -> list[Written]:
        """What the guard looks through: the texts, and the files that go with them."""
        return written_in(self)

    def _point_out_children(self) -> None:
        """A citizen service number never goes online; anything else only with a reason."""
        known = known_names()
        written = self.written()
        downloads = downloads_of(written)
        self.instance.unread_files = not_looked_through(downloads)
        found = passages_in(written, known)
        reason = (self.cleaned_data.get("why_it_stays") or "").strip()
        if reason and look_at(reason, known):
            self.add_error("why_it_stays", _("This reason itself may identify somebody."))
            reason = ""
        told = [each for each in found if each.finding.blocks or not reason]
        self.pointed_out = told[:MOST_TOLD]
        for each in self.pointed_out:
            # Rows have fields of their own; what stands in them is told above the form.
            field = each.field if each.field in self.fields else None
            self.add_error(field, each.message if field else f"{each.label}: {each.message}")
        if told and not any(each.finding.blocks for each in told):
            self.add_error(
                "why_it_stays",
                _("Change what is pointed out. Or say here why nobody can recognise a child."),
            )
        kinds = kinds_of(each.finding for each in found)
        self.instance.kept_passages = {"kinds": kinds, "reason": reason} if found else {}
        self.instance.settled_files = downloads if found and reason else []

    @property
    def is_draft(self) -> bool:
        """Whether this is saved as a draft, which may be incomplete."""
        return self.is_deferred_validation


class TermsForm(ContentPageForm):
    """Shows the `term_kinds` of the page as fields, and keeps every other term as it is."""

    theme = _choice(TermKind.THEME)
    element = _choice(TermKind.ELEMENT)
    domain = _choice(TermKind.DOMAIN)
    profession = _choice(TermKind.PROFESSION)
    level = _choice(TermKind.LEVEL)
    phase = _choice(TermKind.PHASE)
    target_group = _choice(TermKind.TARGET_GROUP)
    school_type = _choice(TermKind.SCHOOL_TYPE)
    tag = TagField(
        label=TermKind.TAG.label,
        required=False,
        help_text=_("Your own words, separated by commas. At most %(most)s.") % {"most": MOST_TAGS},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = [item.tag for item in self.instance.page_terms.all()]
        for kind in set(TermKind) & set(self.fields) - set(self.instance.term_kinds):
            del self.fields[kind]
        for kind in self.instance.term_kinds:
            of_kind = [term for term in chosen if term.kind == kind]
            if kind == TermKind.TAG:
                self.fields[kind].initial = ", ".join(sorted(term.name for term in of_kind))
            else:
                pks = [term.pk for term in of_kind]
                terms = Term.objects.of_kind(kind)
                # A retired term can stay where it is, but is not offered anew.
                self.fields[kind].queryset = terms.active() | terms.filter(pk__in=pks)
                self.fields[kind].initial = pks

    def save(self, commit=True):
        # A form may show some of them only.
        kinds = set(self.instance.term_kinds) & set(self.fields)
        terms = [item.tag for item in self.instance.page_terms.all() if item.tag.kind not in kinds]
        for kind in kinds:
            value = self.cleaned_data.get(kind) or []
            terms += free_tags(value) if kind == TermKind.TAG else value
        self.instance.terms.set(list({term.pk: term for term in terms}.values()))
        return super().save(commit)
