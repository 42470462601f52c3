"""The form to share a lesson: four questions, and what may be told with them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from content.guarding import FoundInField, Written, written_on
from content.templatetags.content_tags import lower_first
from lessons.forms import LONGEST_LESSON, LessonForm, title_from
from lessons.models import Byline, LessonAuthor, LessonPage, Outcome
from lessons.sharing.own_words import as_html, as_plain
from lessons.sharing.thinking_along import OFFERED_KINDS
from privacy.guard import sentences
from visibility.audience import AUDIENCE_SENTENCES, Audience, narrowest, not_wider_than
from vocabulary.models import TermKind

LONGEST_ANSWER = 8_000
# A title that was made of the text: long enough for a sentence, short enough for a list.
LONGEST_MADE_TITLE = 100
# The four questions in the order in which they are asked: each has a field of the page.
QUESTIONS = ("situation", "action", "lesson", "advice")
RUNNING_TEXT = ("situation", "action", "advice")
AUTHOR_FIELDS = (
    *("own_name", "own_organisation"),
    *("colleague_name", "colleague_organisation", "colleague_email"),
)
WITHOUT_TITLE = _("Lesson without a title yet")


def _question(label, help_text, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4, "data-answer": ""}),
    )


class ShareForm(LessonForm):
    """A lesson in its writer's own words; `draft` takes whatever is there so far."""

    situation = _question(
        _("What was going on?"), _("One or two sentences. No names."), required=True
    )
    action = _question(
        _("What did you do together?"), _("Who took part, and how often?"), required=False
    )
    lesson = _question(
        _("What did you learn together?"),
        _("What worked, what did not? Both are welcome. At most 300 characters."),
        required=True,
    )
    advice = _question(
        _("What do you advise somebody else?"),
        _("Begin with a verb: ask, plan, drop by."),
        required=False,
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=255,
        required=False,
        help_text=_("If you leave this open, we take the first sentence of your advice."),
        widget=forms.TextInput(attrs={"data-answer": ""}),
    )
    outcome = forms.ChoiceField(
        label=_("Did it work?"),
        choices=Outcome.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("What did not work is worth as much as what did."),
    )
    audience = forms.ChoiceField(
        label=_("Who may read this?"), required=False, widget=forms.RadioSelect
    )
    byline = forms.ChoiceField(
        label=_("Under whose name?"),
        choices=[
            (Byline.PRACTICE, _("The name of the practice")),
            (Byline.AUTHORS, _("My own name, and that of who wrote along")),
        ],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Colleagues and the project leader always see who wrote it."),
    )
    own_name = forms.CharField(label=_("Your name, as it is shown"), max_length=120, required=False)
    own_organisation = forms.CharField(label=_("Your organisation"), max_length=120, required=False)
    colleague_name = forms.CharField(
        label=_("Name of your colleague"),
        max_length=120,
        required=False,
        help_text=_("Did you write this with somebody of the other organisation?"),
    )
    colleague_organisation = forms.CharField(
        label=_("Organisation of your colleague"), max_length=120, required=False
    )
    colleague_email = forms.EmailField(
        label=_("E-mail address of your colleague"),
        required=False,
        help_text=_(
            "If this belongs to an account, the lesson stands under “My lessons” there too. "
            "The address is shown nowhere, and kept nowhere else."
        ),
    )

    class Meta:
        model = LessonPage
        fields = ["title", *QUESTIONS, "outcome", "audience", "byline", "paths"]
        formsets: list[str] = []
        defer_required_on_fields = ["situation", "lesson"]
        widgets = {"paths": forms.CheckboxSelectMultiple}

    use_required_attribute = False

    def __init__(self, *args, place, draft: bool = False, **kwargs):
        lesson = kwargs["instance"]
        # As it is kept now; what is typed comes in its place.
        self.stored = {name: getattr(lesson, name) for name in RUNNING_TEXT}
        self.place = place
        super().__init__(*args, parent_page=place.index, **kwargs)
        for kind in set(TermKind) & set(self.fields) - set(OFFERED_KINDS):
            del self.fields[kind]
        for kind in set(OFFERED_KINDS) & set(self.fields):
            self.fields[kind].label_from_instance = lambda term: term.label
        if self.fields["paths"].queryset.count() < 2:
            # Nothing to choose; what was chosen in the admin stays.
            del self.fields["paths"]
        self._begin_with_what_is_there(lesson)
        self._ask_who_may_read(lesson)
        if draft:
            self.defer_required_fields()

    def _begin_with_what_is_there(self, lesson: LessonPage) -> None:
        for name in RUNNING_TEXT:
            self.initial[name] = as_plain(self.stored[name])
        if lesson.title == self._made_title({name: getattr(lesson, name) for name in QUESTIONS}):
            self.initial["title"] = ""
        self.fields["outcome"].choices = Outcome.choices
        self.fields["outcome"].required = False
        own, colleague = self._authors()
        writer = self.for_user
        self.initial["own_name"] = own.name if own else writer.get_full_name()
        self.initial["own_organisation"] = own.organisation if own else writer.organisation
        if colleague:
            self.initial["colleague_name"] = colleague.name
            self.initial["colleague_organisation"] = colleague.organisation

    def _ask_who_may_read(self, lesson: LessonPage) -> None:
        widest = self.place.index.real_audience
        self.fields["audience"].choices = [
            (each.value, each.label) for each in not_wider_than(widest)
        ]
        asked = lesson.audience if lesson.pk else widest
        self.initial["audience"] = narrowest(asked, widest)

    # What was typed

    def clean_situation(self):
        return self._running_text("situation")

    def clean_action(self):
        return self._running_text("action")

    def clean_advice(self):
        return self._running_text("advice")

    def _running_text(self, name: str) -> str:
        return as_html(self.cleaned_data[name], self.stored[name])

    def clean_lesson(self):
        lesson = " ".join(self.cleaned_data["lesson"].split())
        if not self.is_draft and len(lesson) > LONGEST_LESSON:
            raise forms.ValidationError(
                _("Make this shorter: at most %(most)s characters. There are %(number)s now."),
                params={"most": LONGEST_LESSON, "number": len(lesson)},
            )
        return lesson

    def clean_outcome(self):
        return self.cleaned_data["outcome"] or Outcome.UNKNOWN

    def clean_audience(self):
        return self.cleaned_data["audience"] or self.initial["audience"]

    def clean_byline(self):
        return self.cleaned_data["byline"] or Byline.PRACTICE

    def clean(self):
        cleaned = super().clean()
        if self.is_draft:
            return cleaned
        if cleaned.get("byline") == Byline.AUTHORS and not cleaned.get("own_name"):
            self.add_error("own_name", _("Fill in the name that readers see."))
        if not cleaned.get("colleague_name") and (
            cleaned.get("colleague_organisation") or cleaned.get("colleague_email")
        ):
            self.add_error("colleague_name", _("Fill in the name of your colleague."))
        return cleaned

    def title_from_text(self, cleaned) -> str:
        return self._made_title(cleaned) or str(WITHOUT_TITLE)

    def _made_title(self, texts) -> str:
        """The first sentence of the advice, which begins with a verb; else of what was learned."""
        for name in ("advice", "lesson", "situation", "action"):
            plain = texts.get(name) or ""
            plain = as_plain(plain) if name in RUNNING_TEXT else plain
            for start, end in sentences(plain):
                sentence = " ".join(plain[start:end].split()).lstrip("-*• ").rstrip(".")
                if sentence:
                    return title_from(sentence, LONGEST_MADE_TITLE)
        return ""

    def _get_validation_exclusions(self):
        # A sentence that is still too long is kept with the draft.
        excluded = super()._get_validation_exclusions()
        return excluded | {"lesson"} if self.is_draft else excluded

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing of its writer in it; a theme may stand there beforehand."""
        chosen = ("colleague_name", "colleague_organisation", "colleague_email", "paths")
        cleaned = self.cleaned_data
        is_chosen = cleaned["outcome"] != Outcome.UNKNOWN or any(map(cleaned.get, chosen))
        return not self.text.strip() and not is_chosen

    # Who wrote it

    def save(self, commit=True):
        self._set_authors()
        return super().save(commit)

    def _authors(self) -> tuple[LessonAuthor | None, LessonAuthor | None]:
        """The row of the owner, and of the first who wrote along."""
        owner = self.instance.owner_id or self.for_user.pk
        rows = list(self.instance.authors.all())
        own = next((row for row in rows if row.user_id == owner), None)
        return own, next((row for row in rows if row is not own), None)

    def _set_authors(self) -> None:
        """The two rows that this form shows; others, from the admin, stay behind them."""
        own, colleague = self._authors()
        others = [row for row in self.instance.authors.all() if row not in (own, colleague)]
        cleaned = self.cleaned_data
        owner = self.instance.owner or self.for_user
        own = _written_by(own, cleaned["own_name"], cleaned["own_organisation"], owner)
        colleague = _written_by(
            colleague,
            cleaned["colleague_name"],
            cleaned["colleague_organisation"],
            _account(cleaned["colleague_email"]),
        )
        rows = [row for row in (own, colleague, *others) if row is not None]
        for place, row in enumerate(rows):
            row.sort_order = place
        self.instance.authors = rows

    # For the template

    @property
    def questions(self) -> list[dict]:
        return [
            {
                "number": number,
                "field": self[name],
                "is_needed": name in self.instance.needed_to_publish,
                "pointed_out": self.pointed_out_at(name),
            }
            for number, name in enumerate(QUESTIONS, 1)
        ]

    def written(self) -> list[Written]:
        # Photos and files were added to the lesson already; this form has no fields for them.
        kept = written_on(self.instance) if self.instance.pk else []
        return [*super().written(), *(each for each in kept if each.downloads or each.pictures)]

    def pointed_out_at(self, name: str) -> list[FoundInField]:
        return [each for each in self.pointed_out if each.field == name]

    @property
    def pointed_out_in_title(self) -> list[FoundInField]:
        return self.pointed_out_at("title")

    @property
    def author_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in AUTHOR_FIELDS]

    @property
    def shows_authors(self) -> bool:
        """Whether there is something to see in the part that is folded away."""
        told = {*AUTHOR_FIELDS, "byline"} & set(self.errors)
        return bool(
            told or self["colleague_name"].value() or self["byline"].value() == Byline.AUTHORS
        )

    @property
    def asks_why(self) -> bool:
        """Whether a passage was pointed out that may stay for a reason."""
        return "why_it_stays" in self.errors or bool(self["why_it_stays"].value())

    @property
    def audiences(self) -> list[dict]:
        """Each choice with the sentence that says who can see the lesson now and later."""
        return [
            {
                "radio": radio,
                "hint": AUDIENCE_SENTENCES[Audience(radio.data["value"])],
                "sentence": self.now_and_after(radio.data["value"]),
            }
            for radio in self["audience"]
        ]

    def now_and_after(self, audience: str) -> str:
        """In one sentence who can see the lesson as it is, and who after it was approved."""
        lesson = self.instance
        now = lesson.real_audience if lesson.pk and lesson.live else Audience.PRACTICE
        after = narrowest(audience, self.place.index.real_audience)
        return _("Can see this now: %(now)s After approval: %(after)s") % {
            "now": lower_first(str(AUDIENCE_SENTENCES[now])),
            "after": lower_first(str(AUDIENCE_SENTENCES[after])),
        }

    @property
    def who_sees(self) -> str:
        asked = str(self["audience"].value())
        allowed = dict(self.fields["audience"].choices)
        return self.now_and_after(asked if asked in allowed else self.initial["audience"])

    @property
    def text(self) -> str:
        """Everything that was written so far, as plain text."""
        values = (self[name].value() for name in ("title", *QUESTIONS))
        return "\n\n".join(str(value) for value in values if value)

    @property
    def chosen_terms(self) -> set[int]:
        chosen = (self[kind].value() or [] for kind in OFFERED_KINDS)
        return {int(pk) for values in chosen for pk in values if str(pk).isdecimal()}


def _written_by(row: LessonAuthor | None, name: str, organisation: str, user):
    if not name:
        return None
    row = row or LessonAuthor()
    if user or row.name != name:
        # Another name is another person.
        row.user = user
    row.name, row.organisation = name, organisation
    return row


def _account(email: str):
    """The account with this address, if there is one; nobody is told whether."""
    return User.objects.filter(email__iexact=email, is_active=True).first() if email else None
