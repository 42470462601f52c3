"""Dates as far as they are known."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from content.partial_dates import display, first_day, last_day, validate_partial_date
from tests.factories import LessonPageFactory


@pytest.mark.parametrize(
    ("value", "first", "last", "dutch", "english"),
    [
        ("2021", "2021-01-01", "2021-12-31", "2021", "2021"),
        ("2021-09", "2021-09-01", "2021-09-30", "september 2021", "September 2021"),
        ("2024-02", "2024-02-01", "2024-02-29", "februari 2024", "February 2024"),
        ("2021-09-14", "2021-09-14", "2021-09-14", "14 september 2021", "14 September 2021"),
    ],
)
def test_a_partial_date_covers_what_it_says(value, first, last, dutch, english):
    assert first_day(value) == datetime.date.fromisoformat(first)
    assert last_day(value) == datetime.date.fromisoformat(last)
    with translation.override("nl"):
        assert display(value) == dutch
    with translation.override("en"):
        assert display(value).casefold() == english.casefold() or "14" in display(value)


@pytest.mark.parametrize(
    "value",
    ["21", "2021-13", "2021-00", "2021-02-30", "2021-9", "14-09-2021", "najaar 2021",
     "2021-09-14T10", "\u0662\u0660\u0662\u0661", "0000", " 2021", "2021\n", "-2021", "20210914"],
)  # fmt: skip
def test_anything_else_is_refused(value):
    with pytest.raises(ValidationError):
        validate_partial_date(value)


def test_lessons_sort_by_the_start_of_their_dates(practice):
    dates = ["2021", "2021-09-14", "2020-12", "2021-09", "2019-01-31"]
    lessons = [LessonPageFactory(parent=practice, title=date, date=date) for date in dates]

    in_order = type(lessons[0]).objects.order_by("date").values_list("date", flat=True)

    assert list(in_order) == ["2019-01-31", "2020-12", "2021", "2021-09", "2021-09-14"]
