"""Development paths: what a school went through, step by step."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
)
from wagtail.fields import RichTextField
from wagtail.search import index

from content.blocks import TEXT_FEATURES
from content.models import ContentPage
from content.partial_dates import PartialDateField, first_day, last_day
from files.models import Download
from practices.forms import DevelopmentPathForm, LessonNumbersInput, StepFormSet
from practices.models.rows import TranslatableRow
from vocabulary.models import Term, TermKind
from vocabulary.rows import RowsPanel


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
            only = DevelopmentPathPage.objects.visible_to(request.user).get(pk=paths[0].pk)
            return only.serve(request)
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
