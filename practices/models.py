"""Learning practices: their profile, and the paths that their schools follow."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.blocks import TEXT_FEATURES
from content.forms import TermsForm
from content.models import ContentPage
from content.partial_dates import PartialDateField, first_day, last_day
from files.models import Download
from practices.forms import DevelopmentPathForm, LessonNumbersInput, StepFormSet
from vocabulary.clean_text import CleanText
from vocabulary.models import Term, TermKind
from vocabulary.rows import RowsPanel


class PracticeIndexPage(ContentPage):
    """All practices: the learning practices first, then examples from elsewhere."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["practices.PracticePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("overview of practices")
        verbose_name_plural = _("overviews of practices")

    def get_context(self, request, *args, **kwargs):
        from practices.listing import practice_groups

        context = super().get_context(request, *args, **kwargs)
        context["groups"] = practice_groups(request.user)
        return context


class PracticeKind(models.TextChoices):
    PRACTICE = "practice", _("Learning practice")
    TOGETHER = "together", _("The practices together")
    ELSEWHERE = "elsewhere", _("Example from elsewhere")


class Sign(models.TextChoices):
    """The given drawings: they show how people work together."""

    PAIR = "pair", _("Two discs side by side")
    RINGS = "rings", _("Ring in ring: help inside the school team")
    OVERLAP = "overlap", _("Two circles that came to overlap")
    TANDEM = "tandem", _("Tandem")
    TOGETHER = "together", _("Three dots in one ring")
    ELSEWHERE = "elsewhere", _("Dashed outer ring")


class PracticePage(RoutablePageMixin, ContentPage):
    """One practice: who work together, where, since when, and what they do."""

    is_practice_root = True
    address_word = "praktijk"
    base_form_class = TermsForm
    term_kinds = [
        TermKind.DOMAIN,
        TermKind.SCHOOL_TYPE,
        TermKind.TARGET_GROUP,
        TermKind.LEVEL,
        TermKind.THEME,
    ]

    kind = models.CharField(
        _("kind"), max_length=20, choices=PracticeKind.choices, default=PracticeKind.PRACTICE
    )
    sign = models.CharField(_("sign"), max_length=20, choices=Sign.choices, default=Sign.PAIR)
    place = models.CharField(_("place"), max_length=120)
    region = models.CharField(_("region"), max_length=120, blank=True)
    since = models.CharField(
        _("since"), max_length=60, blank=True, help_text=_("Short: “since 2020”.")
    )
    start = PartialDateField(_("start"))
    start_text = models.CharField(_("start in words"), max_length=200, blank=True)
    ended_on = models.DateField(
        _("ended on"),
        null=True,
        blank=True,
        help_text=_("An ended practice stays readable. A date in the future plans the end."),
    )
    starting_point = models.TextField(_("starting point"), blank=True)
    vision = RichTextField(_("vision"), blank=True, features=TEXT_FEATURES)
    education = models.CharField(_("education"), max_length=120, blank=True)
    education_note = models.CharField(_("note with education"), max_length=200, blank=True)
    commissioner = models.CharField(_("commissioned by"), max_length=120, blank=True)
    commissioner_note = models.CharField(
        _("note with the commissioner"), max_length=200, blank=True
    )
    connector = models.TextField(_("who connects"), blank=True)
    hard = models.TextField(_("what stayed hard"), blank=True)
    current_phase = models.ForeignKey(
        Term,
        verbose_name=_("current phase"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": TermKind.PHASE},
    )
    status_text = models.CharField(_("where it stands"), max_length=120, blank=True)
    status_note = models.CharField(_("note with where it stands"), max_length=200, blank=True)
    contact_role = models.CharField(
        _("contact"), max_length=120, blank=True, help_text=_("A role, never a private address.")
    )
    contact_text = models.TextField(_("how to get in touch"), blank=True)
    unknown = models.TextField(_("what is not known"), blank=True)

    parent_page_types = ["practices.PracticeIndexPage"]
    subpage_types: list[str] = ["practices.DevelopmentPathIndexPage", "lessons.LessonIndexPage"]

    profile_panels = [
        *ContentPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("sign")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("region"), FieldPanel("since")]),
                FieldRowPanel([FieldPanel("start"), FieldPanel("start_text")]),
                FieldPanel("ended_on"),
            ],
            heading=_("Where and when"),
        ),
        FieldPanel("starting_point"),
        FieldPanel("vision"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("education"), FieldPanel("education_note")]),
                FieldRowPanel([FieldPanel("commissioner"), FieldPanel("commissioner_note")]),
                FieldRowPanel([FieldPanel("status_text"), FieldPanel("status_note")]),
                FieldPanel("current_phase"),
                FieldPanel("connector"),
                FieldPanel("hard"),
            ],
            heading=_("Facts"),
        ),
        MultiFieldPanel([FieldPanel(kind) for kind in term_kinds], heading=_("Words")),
        FieldPanel("unknown"),
        MultiFieldPanel([FieldPanel("contact_role"), FieldPanel("contact_text")], _("Contact")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(profile_panels, heading=_("Profile")),
            ObjectList(
                [
                    RowsPanel("team", heading=_("Team, by role"), label=_("Role")),
                    RowsPanel("partners", heading=_("Partners"), label=_("Organisation")),
                ],
                heading=_("Who take part"),
            ),
            ObjectList(
                [RowsPanel("elements", heading=_("Working elements"), label=_("Element"))],
                heading=_("What works"),
            ),
            ObjectList(ContentPage.source_panels, heading=_("Sources and files")),
            ObjectList(
                [*ContentPage.promote_panels, *ContentPage.settings_panels], heading=_("Settings")
            ),
        ]
    )
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("place"),
        index.SearchField("region"),
        index.SearchField("starting_point"),
        index.SearchField("vision"),
        index.SearchField("connector"),
        index.SearchField("hard"),
        index.RelatedFields("team", [index.SearchField("role"), index.SearchField("note")]),
        index.RelatedFields("partners", [index.SearchField("name"), index.SearchField("role")]),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    def __str__(self) -> str:
        return self.title

    def get_admin_display_title(self) -> str:
        """The name; with the place behind it where another practice has the same name."""
        title = super().get_admin_display_title()
        twins = PracticePage.objects.filter(title=self.title, locale=self.locale_id)
        return f"{title} ({self.place})" if twins.exclude(pk=self.pk).exists() else title

    @property
    def is_ended(self) -> bool:
        return self.ended_on is not None and self.ended_on <= timezone.localdate()

    def clean(self):
        super().clean()
        if self.ended_on and self.start and self.ended_on < first_day(self.start):
            raise ValidationError({"ended_on": _("The end must be after the beginning.")})

    def route(self, request, path_components):
        if self.is_there_for(request.user):
            return super().route(request, path_components)
        # Past the addresses of RoutablePageMixin, which would show this very page.
        return ContentPage.route(self, request, path_components)

    def get_context(self, request, *args, **kwargs):
        from practices.profile import profile_context

        context = super().get_context(request, *args, **kwargs)
        return context | profile_context(self, request)

    @path("downloads/", name="downloads")
    def show_downloads(self, request):
        """Every file of this practice that the visitor may have, with the pages that offer it."""
        from practices.profile import downloads_of

        context = super().get_context(request)
        crumbs = context["crumbs"]
        crumbs[-1]["url"] = self.address(request)
        context["crumbs"] = [*crumbs, {"label": _("Downloads"), "url": ""}]
        context["practice"] = self
        context["downloads"] = downloads_of(self, request.user)
        context["meta"] = context["meta"].below("downloads/", gettext("Downloads"))
        return TemplateResponse(request, "practices/practice_downloads.html", context)


class Ring(models.TextChoices):
    CORE = "core", _("The core")
    FIXED = "fixed", _("The fixed network")
    WHEN_NEEDED = "when_needed", _("When needed")


class TranslatableRow(CleanText, TranslatableMixin, Orderable):
    """A row of a page whose text is translated and whose facts are shared."""

    class Meta(Orderable.Meta):
        abstract = True
        unique_together = [("translation_key", "locale")]


class TeamRole(TranslatableRow):
    """A role in the team: never a private person, unless that person agreed to be named."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="team")
    ring = models.CharField(_("place in the team"), max_length=20, choices=Ring.choices)
    role = models.CharField(_("role"), max_length=120)
    note = models.CharField(_("note"), max_length=200, blank=True)
    domain = models.ForeignKey(
        Term,
        verbose_name=_("domain"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": TermKind.DOMAIN},
    )
    profession = models.ForeignKey(
        Term,
        verbose_name=_("profession"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": TermKind.PROFESSION},
    )
    person = models.CharField(_("name"), max_length=120, blank=True)
    person_consents = models.BooleanField(_("this person agreed to be named here"), default=False)

    # Who leaves is taken away in one place, for every language.
    override_translatable_fields = [SynchronizedField("person")]

    panels = [
        FieldRowPanel([FieldPanel("ring"), FieldPanel("role")]),
        FieldPanel("note"),
        FieldRowPanel([FieldPanel("domain"), FieldPanel("profession")]),
        FieldRowPanel([FieldPanel("person"), FieldPanel("person_consents")]),
    ]

    class Meta(TranslatableRow.Meta):
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def __str__(self) -> str:
        return self.role

    def clean(self):
        super().clean()
        for name in ("person", "role", "note"):
            if "@" in getattr(self, name):
                raise ValidationError({name: _("Write no e-mail address here.")})
        if self.person and not self.person_consents:
            raise ValidationError(
                {"person_consents": _("Tick that this person agreed, or leave the name out.")}
            )


class Partner(TranslatableRow):
    """An organisation that takes part."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("what it does here"), max_length=200, blank=True)
    domain = models.ForeignKey(
        Term,
        verbose_name=_("domain"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": TermKind.DOMAIN},
    )

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("domain")]), FieldPanel("role")]

    class Meta(TranslatableRow.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name


class ElementState(models.TextChoices):
    USED = "used", _("Used")
    PARTLY = "partly", _("Partly")
    NOT_USED = "not_used", _("Not used")
    UNKNOWN = "unknown", _("Not known")


class PracticeElement(TranslatableRow):
    """Whether a practice uses a working element, and how. No row means: not known yet."""

    page = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="elements")
    element = models.ForeignKey(
        Term,
        verbose_name=_("element"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": TermKind.ELEMENT},
    )
    state = models.CharField(
        _("state"), max_length=20, choices=ElementState.choices, default=ElementState.UNKNOWN
    )
    sentence = models.CharField(_("how, in one sentence"), max_length=250, blank=True)
    date = PartialDateField(_("date"))

    panels = [
        FieldRowPanel([FieldPanel("element"), FieldPanel("state"), FieldPanel("date")]),
        FieldPanel("sentence"),
    ]

    class Meta(TranslatableRow.Meta):
        verbose_name = _("working element")
        verbose_name_plural = _("working elements")

    def __str__(self) -> str:
        return f"{self.element}: {self.get_state_display()}"


class DevelopmentPathIndexPage(ContentPage):
    """The paths of one practice. With one path it shows that path itself."""

    parent_page_types = ["practices.PracticePage"]
    subpage_types = ["practices.DevelopmentPathPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("overview of paths")
        verbose_name_plural = _("overviews of paths")

    def serve(self, request, *args, **kwargs):
        from practices.profile import paths_of

        paths = paths_of(self, request.user)
        if len(paths) == 1 and not self.better_translation(request.user):
            return paths[0].serve(request)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        from practices.profile import paths_context

        context = super().get_context(request, *args, **kwargs)
        return context | paths_context(self, request)


class DevelopmentPathPage(ContentPage):
    """What one school went through, phase by phase, with what it learned on the way."""

    keeps_practice = True
    address_word = "ontwikkelpad"
    base_form_class = DevelopmentPathForm

    school = models.CharField(_("school"), max_length=120)
    place = models.CharField(_("place"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    school_type = models.ForeignKey(
        Term,
        verbose_name=_("school type"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": TermKind.SCHOOL_TYPE},
    )
    start = PartialDateField(_("start"))
    start_text = models.CharField(_("start in words"), max_length=200, blank=True)
    status_text = models.CharField(_("where it stands"), max_length=120, blank=True)

    parent_page_types = ["practices.DevelopmentPathIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *ContentPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("school"), FieldPanel("place")]),
                FieldRowPanel([FieldPanel("school_type"), FieldPanel("note")]),
                FieldRowPanel([FieldPanel("start"), FieldPanel("start_text")]),
                FieldPanel("status_text"),
            ],
            heading=_("School"),
        ),
        RowsPanel("steps", heading=_("Steps"), label=_("Step"), formset=StepFormSet),
        *ContentPage.source_panels,
    ]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("school"),
        index.SearchField("place"),
        index.RelatedFields(
            "steps",
            [index.SearchField("title"), index.SearchField("text"), index.SearchField("result")],
        ),
    ]

    class Meta:
        verbose_name = _("development path")
        verbose_name_plural = _("development paths")

    def clean(self):
        super().clean()
        parent = self.get_parent()
        if parent is None or self.start:
            return
        twins = DevelopmentPathPage.objects.child_of(parent).exclude(pk=self.pk)
        if twins.filter(school__iexact=self.school).exists():
            raise ValidationError(
                {"start": _("This school already has a path here. Say when this one began.")}
            )

    def get_context(self, request, *args, **kwargs):
        from practices.profile import path_context

        context = super().get_context(request, *args, **kwargs)
        return context | path_context(self, request)


LESSONS_HELP = _(
    "The numbers of lessons, separated by commas, as in their address: 9 for /les/9/. "
    "A lesson of another practice is shown as what inspired this step."
)


class StepStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    ACTIVE = "active", _("Under way")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")
    UNKNOWN = "unknown", _("Not known")


class PathStep(TranslatableRow, ClusterableModel):
    """Something that happened, or will, on the path of a school."""

    page = ParentalKey(DevelopmentPathPage, on_delete=models.CASCADE, related_name="steps")
    phase = models.ForeignKey(
        Term,
        verbose_name=_("phase"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": TermKind.PHASE},
    )
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(
        _("status"), max_length=20, choices=StepStatus.choices, default=StepStatus.PLANNED
    )
    start = PartialDateField(_("start"))
    end = PartialDateField(_("end"))
    period_text = models.CharField(
        _("period in words"), max_length=120, blank=True, help_text=_("Shown instead of the dates.")
    )
    text = RichTextField(_("what was done"), blank=True, features=TEXT_FEATURES)
    result = RichTextField(_("what came of it"), blank=True, features=TEXT_FEATURES)
    roles = ParentalManyToManyField(
        Term,
        verbose_name=_("who"),
        blank=True,
        related_name="+",
        limit_choices_to={"kind": TermKind.PROFESSION},
    )
    lessons = ParentalManyToManyField(
        ContentPage, verbose_name=_("lessons"), blank=True, related_name="path_steps"
    )
    downloads = ParentalManyToManyField(
        Download, verbose_name=_("downloads"), blank=True, related_name="path_steps"
    )

    panels = [
        FieldRowPanel([FieldPanel("phase"), FieldPanel("status")]),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end"), FieldPanel("period_text")]),
        FieldPanel("text"),
        FieldPanel("result"),
        FieldPanel("roles", widget=forms.CheckboxSelectMultiple),
        FieldPanel("lessons", widget=LessonNumbersInput, help_text=LESSONS_HELP),
        FieldPanel("downloads", widget=forms.CheckboxSelectMultiple),
    ]

    class Meta(TranslatableRow.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.title

    def clean(self):
        super().clean()
        errors = {}
        if self.start and self.end and last_day(self.end) < first_day(self.start):
            errors["end"] = _("The end must be after the beginning.")
        if (
            self.status == StepStatus.DONE
            and self.start
            and first_day(self.start) > timezone.localdate()
        ):
            errors["status"] = _("A step that still has to begin cannot be done.")
        if errors:
            raise ValidationError(errors)
