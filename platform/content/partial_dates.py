"""Dates as far as they are known: a year, a month or a day."""

import calendar
import datetime
import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def first_day(value: str) -> datetime.date:
    """The first day that a partial date covers: `2021-09` gives 1 September 2021.

    Raises ValueError for anything that is no partial date.
    """
    match = PATTERN.fullmatch(value)
    if match is None:
        raise ValueError(f"Not a partial date: {value!r}")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    return datetime.date(year, month, day)


def last_day(value: str) -> datetime.date:
    """The last day that a partial date covers: `2021` gives 31 December 2021."""
    start = first_day(value)
    if len(value) == 4:
        return start.replace(month=12, day=31)
    if len(value) == 7:
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return start


def display(value: str) -> str:
    """A partial date as a reader writes it: `2021`, `september 2021`, `14 september 2021`."""
    if not value:
        return ""
    start = first_day(value)
    if len(value) == 4:
        return str(start.year)
    if len(value) == 7:
        return f"{MONTHS[start.month]} {start.year}"
    return formats.date_format(start, "DATE_FORMAT")


def validate_partial_date(value: str) -> None:
    try:
        first_day(value)
    except ValueError as error:
        raise ValidationError(
            _("“%(value)s” is no date. Write 2021, 2021-09 or 2021-09-14."),
            params={"value": value},
            code="partial_date",
        ) from error


class PartialDateField(models.Field):
    """`2021`, `2021-09` or `2021-09-14`, stored as text so that it sorts by its start.

    No CharField: wagtail-localize would offer those for translation, and a date is a fact.
    """

    description = "A date of which the day or the month may be unknown"
    default_validators = [validate_partial_date]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        kwargs.setdefault("help_text", _("2021, 2021-09 or 2021-09-14: as far as it is known."))
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "CharField"

    def to_python(self, value):
        return "" if value is None else str(value).strip()

    def get_prep_value(self, value):
        return self.to_python(super().get_prep_value(value))

    def formfield(self, **kwargs):
        return super().formfield(**{"max_length": self.max_length, **kwargs})
