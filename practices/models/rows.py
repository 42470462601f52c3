"""The rows of a profile: who take part, with which partners, and which elements work."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
)
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from content.partial_dates import PartialDateField
from practices.models.practice import PracticePage
from vocabulary.clean_text import CleanText
from vocabulary.models import Term, TermKind


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
