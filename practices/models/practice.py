"""Learning practices and what their profile says."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from content.blocks import TEXT_FEATURES
from content.models import ContentPage
from content.partial_dates import PartialDateField, first_day
from practices.forms import PracticeForm
from practices.models.situation import (
    BudgetHolder,
    SchoolSize,
    SeveralAnswersField,
    Surroundings,
    TeamAtSchool,
)
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


def has_ended(ended_on: datetime.date | None) -> bool:
    """Whether a practice that ends on this day is over."""
    return ended_on is not None and ended_on <= timezone.localdate()


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
    base_form_class = PracticeForm
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
    # Who leaves takes the account along, and questions go to the project leader.
    contact_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who answers questions"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_(
            "Gets the questions by mail. The address is shown nowhere. Without anybody here "
            "questions go to the project leader."
        ),
    )
    contact_named = models.BooleanField(_("this person agreed to be named here"), default=False)
    unknown = models.TextField(_("what is not known"), blank=True)
    school_sizes = SeveralAnswersField(
        _("size of the school"), answers=SchoolSize, help_text=_("How many pupils one school has.")
    )
    surroundings = SeveralAnswersField(_("city or village"), answers=Surroundings)
    team_at_school = SeveralAnswersField(
        _("neighbourhood team at school"),
        answers=TeamAtSchool,
        help_text=_("Whatever this team is called where you are."),
    )
    budget_holders = SeveralAnswersField(
        _("who holds the budget"),
        answers=BudgetHolder,
        help_text=_("Who decides about the money for working together."),
    )

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
        MultiFieldPanel(
            [
                FieldPanel(TermKind.SCHOOL_TYPE),
                FieldPanel("school_sizes"),
                FieldPanel("surroundings"),
                FieldPanel("team_at_school"),
                FieldPanel("budget_holders"),
            ],
            heading=_("Situation"),
            help_text=_(
                "Readers lay this beside their own situation. Tick everything that is true here, "
                "for instance where schools differ. Leave open what is not known."
            ),
        ),
        MultiFieldPanel(
            [
                FieldPanel(TermKind.DOMAIN),
                FieldPanel(TermKind.TARGET_GROUP),
                FieldPanel(TermKind.LEVEL),
                FieldPanel(TermKind.THEME),
            ],
            heading=_("Words"),
        ),
        FieldPanel("unknown"),
        MultiFieldPanel(
            [
                FieldPanel("contact_role"),
                FieldPanel("contact_text"),
                FieldRowPanel([FieldPanel("contact_person"), FieldPanel("contact_named")]),
            ],
            heading=_("Contact"),
        ),
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
        return has_ended(self.ended_on)

    @property
    def is_at_work(self) -> bool:
        """Whether people learn together there now, and can share a lesson."""
        return self.kind == PracticeKind.PRACTICE and not self.is_ended

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
        from practices.downloads import downloads_context

        context = super().get_context(request)
        context["crumbs"] = self.crumbs_below(request, gettext("Downloads"))
        context["practice"] = self
        context["meta"] = context["meta"].below("downloads/", gettext("Downloads"))
        context |= downloads_context(self, request)
        return TemplateResponse(request, "practices/practice_downloads.html", context)
