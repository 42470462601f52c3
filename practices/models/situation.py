"""In what situation a practice works: facts that a reader lays beside the own situation."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import FieldComparison, register_comparison_class


class SchoolSize(models.TextChoices):
    SMALL = "small", _("Fewer than 100 pupils")
    MEDIUM = "medium", _("100 to 300 pupils")
    LARGE = "large", _("More than 300 pupils")


class Surroundings(models.TextChoices):
    CITY = "city", _("In a city or town")
    VILLAGE = "village", _("In a village")


class TeamAtSchool(models.TextChoices):
    AT_SCHOOL = "at_school", _("Works at school")
    WHEN_NEEDED = "when_needed", _("Comes when needed")
    NOT = "not", _("Does not come to school")


class BudgetHolder(models.TextChoices):
    SCHOOL = "school", _("School or school board")
    PARTNERSHIP = "partnership", _("Regional partnership of schools")
    MUNICIPALITY = "municipality", _("Municipality")
    CARE_PROVIDER = "care_provider", _("Care provider")
    TOGETHER = "together", _("Several together")


class SeveralAnswersField(models.JSONField):
    """Any number of given answers, because the schools of one practice differ; none: not known.

    The answers are no `choices`: Wagtail takes these for one value, and a change of their words
    would need a migration.
    """

    def __init__(self, *args, answers: type[models.TextChoices] | None = None, **kwargs):
        self.answers: tuple[models.TextChoices, ...] = tuple(answers or ())
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def given_on(self, practice: models.Model) -> list[models.TextChoices]:
        """What is filled in, in the order of the answers."""
        return self._known(self.value_from_object(practice))

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if not isinstance(value, list) or len(self._known(value)) != len(value):
            raise ValidationError(_("Choose from the given answers."), code="invalid_choice")

    def formfield(self, **kwargs):
        given = {
            "label": capfirst(self.verbose_name),
            "help_text": self.help_text,
            "choices": [(answer.value, answer.label) for answer in self.answers],
            "required": not self.blank,
            "widget": forms.CheckboxSelectMultiple,
        }
        return forms.MultipleChoiceField(**given | kwargs)

    def _known(self, stored) -> list[models.TextChoices]:
        return [answer for answer in self.answers if answer.value in (stored or ())]


class SeveralAnswersComparison(FieldComparison):
    """Two revisions beside each other, in words."""

    def __init__(self, field, obj_a, obj_b):
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = (
            ", ".join(str(answer.label) for answer in field.given_on(page))
            for page in (obj_a, obj_b)
        )


register_comparison_class(SeveralAnswersField, comparison_class=SeveralAnswersComparison)
