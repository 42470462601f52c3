"""Editing a practice or a path in the admin: who and what it can point at."""

import re

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join

from accounts.models import User
from accounts.roles import PROJECT_LEADERS
from content.forms import ContentPageForm, TermsForm
from content.languages import source_locale
from content.models import ContentPage
from files.models import Download
from vocabulary.rows import RowFormSet


class LessonNumbersInput(forms.TextInput):
    """Lessons by their numbers, `3, 17`: a list of all lessons to choose from would be endless."""

    choices: ModelChoiceIterator  # Set by the field.

    def value_from_datadict(self, data, files, name):
        numbers = [int(number) for number in re.findall(r"[0-9]{1,9}", data.get(name, ""))]
        found = dict(
            self._lessons()
            .filter(lessonpage__number__in=numbers)
            .values_list("lessonpage__number", "pk")
        )
        # An unknown number stays what it is, so that the field can refuse it by name.
        return [found.get(number, f"#{number}") for number in numbers]

    def render(self, name, value, attrs=None, renderer=None):
        chosen = [entry for entry in value or [] if not str(entry).startswith("#")]
        lessons = list(
            self._lessons().filter(pk__in=chosen).values_list("lessonpage__number", "title")
        )
        unknown = [str(entry).removeprefix("#") for entry in value or [] if entry not in chosen]
        text = ", ".join([*(str(number) for number, _title in lessons), *unknown])
        return format_html(
            "{}<ul>{}</ul>",
            super().render(name, text, attrs, renderer),
            format_html_join("", "<li>{}: {}</li>", lessons),
        )

    def format_value(self, value):
        return value

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def _lessons(self):
        return self.choices.queryset


class StepFormSet(RowFormSet):
    """Steps that point at lessons this person knows of, and at files of the practice."""

    user = None  # Set by the form of the page.

    def add_fields(self, form, index):
        form.fields["lessons"].queryset = self._lessons(form.instance)
        form.fields["downloads"].queryset = self._downloads
        super().add_fields(form, index)

    @cached_property
    def _practice_key(self):
        page = self.instance
        return page.practice_key or page.get_parent().specific.practice_key

    def _lessons(self, step):
        chosen = [lesson.pk for lesson in step.lessons.all()]
        known = ContentPage.objects.filter(
            Q(practice_key=self._practice_key)
            | Q(pk__in=ContentPage.objects.visible_to(self.user).values("pk"))
            | Q(pk__in=chosen)
        )
        return known.filter(lessonpage__isnull=False, locale=self._source)

    @cached_property
    def _source(self):
        return source_locale()

    @cached_property
    def _downloads(self):
        chosen = {file.pk for step in self.instance.steps.all() for file in step.downloads.all()}
        return files_of_practice(self._practice_key) | Download.objects.filter(pk__in=chosen)


def files_of_practice(practice_key):
    """The files in the collection of a practice."""
    mine = Download.objects.filter(
        collection__group_permissions__group__practice__practice_key=practice_key
    )
    return Download.objects.filter(pk__in=mine.values("pk")).order_by("title")


class DevelopmentPathForm(ContentPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.formsets["steps"].user = self.for_user


class PracticeForm(TermsForm):
    """Only who works in a practice, or leads the project, can be its contact."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "contact_person" not in self.fields:
            return
        key = self.instance.practice_key
        # A practice that is being made has nobody yet; without a key it would be everybody else.
        works_here = Q(groups__practice__practice_key=key) if key else Q(pk__in=[])
        chosen = Q(pk=self.instance.contact_person_id)
        people = User.objects.filter(is_active=True).filter(
            works_here | Q(groups__name=PROJECT_LEADERS) | chosen
        )
        self.fields["contact_person"].queryset = people.order_by("first_name", "pk").distinct()
