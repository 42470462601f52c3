"""When steps were: never more precise than it was written down."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.models import StepStatus
from search.comparing.timeline import MINUS, Stretch, months_in_words, scale_of, stretch_of, when
from tests.search.comparing.lanes import step

TODAY = datetime.date(2026, 2, 4)
YEAR_2021 = (2021 * 12, 2021 * 12 + 11 + 30 / 31)


@pytest.mark.parametrize(
    ("date", "since", "until"),
    [
        ("2021", *YEAR_2021),
        ("2021-09", 2021 * 12 + 8, 2021 * 12 + 8 + 29 / 31),
        ("2021-09-14", 2021 * 12 + 8 + 13 / 31, 2021 * 12 + 8 + 13 / 31),
    ],
)
def test_a_partial_date_covers_all_that_it_may_be(date, since, until):
    assert stretch_of(date) == Stretch(since, until)


@pytest.mark.parametrize(
    ("status", "start", "end", "goes_on_until"),
    [
        (StepStatus.DONE, "2023", "2025", "2025-01-01"),
        (StepStatus.STOPPED, "2023", "2025", "2025-01-01"),
        # Began and ended somewhere in one year: how long is not known.
        (StepStatus.DONE, "2021", "2021", None),
        (StepStatus.DONE, "2023", "", None),
        (StepStatus.ACTIVE, "2023", "", "2026-02-04"),
        (StepStatus.ACTIVE, "2023", "2031", "2026-02-04"),
        (StepStatus.ACTIVE, "2027", "", None),
        (StepStatus.PLANNED, "2023", "2025", None),
        (StepStatus.UNKNOWN, "2023", "2025", None),
    ],
)
def test_a_step_went_on_as_long_as_is_sure(status, start, end, goes_on_until):
    time = when(step(1, start, end, status=status), TODAY)

    went_on = stretch_of(goes_on_until) if goes_on_until else None
    assert time.went_on == went_on


def test_a_step_of_which_only_the_end_is_known_stands_there():
    assert when(step(1, "", "2021"), TODAY).began == stretch_of("2021")


@pytest.mark.parametrize(
    ("start", "date", "words"),
    [
        ("2020-12-01", "2020-12-01", "maand 0"),
        ("2020-12-31", "2023-10-31", "maand 34"),
        ("2020-12-01", "2020-11-30", f"maand {MINUS}1"),
        ("2020-12-01", "2021", "maand 1 tot 12"),
        ("2023", "2023", f"maand {MINUS}12 tot 11"),
        ("2023", "2026-02-04", "maand 25 tot 37"),
    ],
)
def test_months_are_counted_no_surer_than_both_dates_are(start, date, words):
    assert months_in_words(when(step(1, date), TODAY).after(stretch_of(start))) == words


@pytest.mark.parametrize(
    ("dates", "labels"),
    [
        (["1998", "2031"], ["2000", "2005", "2010", "2015", "2020", "2025", "2030"]),
        (["2021", "2023"], ["2021", "2022", "2023", "2024"]),
        (["2021-05-05"], ["mei 2021", "jun 2021"]),
        (["0001", "9999"], ["2000", "4000", "6000", "8000", "10000"]),
    ],
)
def test_the_lines_of_a_calendar_are_as_far_apart_as_there_is_room(dates, labels):
    scale = scale_of([stretch_of(date) for date in dates], 420, on_calendar=True)

    assert [tick.label for tick in scale.ticks] == labels


def test_without_dates_there_is_no_scale():
    assert scale_of([], 600, on_calendar=True) is None


@given(
    st.lists(st.dates().map(lambda day: stretch_of(day.isoformat())), min_size=1, max_size=5),
    st.sampled_from([264, 574]),
    st.booleans(),
)
def test_everything_lies_on_the_scale(times, width, on_calendar):
    if not on_calendar:
        times = [time.after(times[0]) for time in times]

    scale = scale_of(times, width, on_calendar=on_calendar)

    assert scale.ticks
    for at in (*(time.since for time in times), *(time.until for time in times)):
        assert 0 <= scale.part(at) <= 1
    assert all(0 <= scale.part(tick.at) <= 1 for tick in scale.ticks)
