"""The pictures of paths: what stands where, and that nothing lies on something else."""

import datetime
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.models import StepStatus
from search.comparing import paths_by_phase, paths_in_time
from search.comparing.paths_in_time import in_time
from tests.search.comparing.lanes import lane, step, terms

TODAY = datetime.date(2026, 2, 4)
LONG_NAME = "Interconfessionele Basisschool voor Daltononderwijs De Regenboog aan de Waterkant " * 2
FORMS = [paths_in_time.WIDE, paths_in_time.TALL]


def by_date(*lanes, form=paths_in_time.WIDE):
    placed = [in_time(lane, TODAY, since_start=False) for lane in lanes]
    return paths_in_time.draw(placed, form, on_calendar=True)


def by_months(*lanes, form=paths_in_time.WIDE):
    placed = [in_time(lane, TODAY, since_start=True) for lane in lanes]
    return paths_in_time.draw(placed, form, on_calendar=False)


def texts(drawing):
    return [label.text for label in drawing.labels]


def said(drawing):
    """All words, whatever lines they stand on."""
    return " ".join(texts(drawing))


# By phase


def test_the_same_phase_of_every_school_is_in_one_column():
    drawing = paths_by_phase.draw_wide([lane(step(3, "2020")), lane(step(1, "2021"))])

    first, second = drawing.marks[:3], drawing.marks[3:]
    assert [mark.x for mark in first] == [mark.x for mark in second]
    assert [mark.status for mark in first] == ["unknown", "unknown", "done"]
    assert [mark.status for mark in second] == ["done", "unknown", "unknown"]


def test_on_a_phone_the_same_phase_is_in_one_row():
    drawing = paths_by_phase.draw_tall([lane(step(3, "2020")), lane(step(1, "2021"))])

    assert len({mark.y for mark in drawing.marks}) == 3
    assert len({mark.x for mark in drawing.marks}) == 2


def test_a_road_runs_only_between_phases_that_are_both_known():
    drawing = paths_by_phase.draw_wide([lane(step(1, "2020"), step(2, "2021"))])

    assert len(drawing.roads) == 1
    assert len(drawing.dotted) == 1


@pytest.mark.parametrize(
    ("steps", "notes"),
    [
        ([], ["niet bekend"] * 3),
        ([step(1, "2020")], ["2020", "niet bekend", "niet bekend"]),
        ([step(1, "2020", period_text="begin 2020")], ["begin 2020", "niet bekend", "niet bekend"]),
        ([step(1, "2020", "2023"), step(1)], ["2020 – 2023", "niet bekend", "niet bekend"]),
        ([step(1)], ["zonder datum", "niet bekend", "niet bekend"]),
        ([step(1, "2020", period_text="lang " * 30)], ["2020", "niet bekend", "niet bekend"]),
    ],
)
def test_below_a_mark_stands_when_it_was_or_that_it_is_not_known(steps, notes):
    drawing = paths_by_phase.draw_wide([lane(*steps)])

    assert [label.text for label in drawing.labels if label.anchor == "middle"][3:] == notes


def test_an_extra_step_stands_apart_with_its_title():
    steps = [step(1, "2020"), step(1, "2021", title="Iemand krijgt tijd voor de verbinding")]

    wide = paths_by_phase.draw_wide([lane(*steps)])
    tall = paths_by_phase.draw_tall([lane(*steps)])

    assert "extra stap: Iemand krijgt tijd voor de verbinding" in said(wide)
    assert len(wide.branches) == 1
    assert [badge.text for badge in tall.badges] == ["+1"]


def test_ten_steps_in_one_phase_are_counted():
    steps = [step(2, "2021", title=f"Stap {number}") for number in range(10)]

    assert "9 extra stappen: Stap 1; Stap 2" in said(paths_by_phase.draw_wide([lane(*steps)]))
    assert paths_by_phase.draw_tall([lane(*steps)]).badges[0].text == "+9"


def test_another_order_than_that_of_the_list_is_said():
    drawing = paths_by_phase.draw_wide([lane(step(3, "2018"), step(1, "2023"))])

    assert "vóór Verkennen" in said(drawing)


@pytest.mark.parametrize(
    "steps",
    [
        # One year: nobody knows which came first.
        [step(3, "2023"), step(1, "2023")],
        [step(3, "2022-12-01"), step(1, "2022")],
        [step(3, "2018"), step(1)],
        [step(3, "2018"), step(1, "2023", status=StepStatus.UNKNOWN)],
    ],
)
def test_an_order_that_is_not_sure_is_not_said(steps):
    assert "vóór" not in said(paths_by_phase.draw_wide([lane(*steps)]))


@pytest.mark.parametrize(("phases", "columns"), [(7, 7), (8, 8), (9, 5), (12, 6), (17, 6)])
def test_more_phases_than_fit_come_in_a_second_band(phases, columns):
    drawing = paths_by_phase.draw_wide([lane(phases=terms(*["Fase"] * phases))])

    assert len({mark.x for mark in drawing.marks[:columns]}) == columns
    assert len(drawing.marks) == phases
    assert len({mark.y for mark in drawing.marks}) == -(-phases // columns)


@pytest.mark.parametrize(("schools", "numbered"), [(4, False), (5, True), (8, True)])
def test_on_a_phone_many_schools_have_a_number_instead_of_a_name(schools, numbered):
    drawing = paths_by_phase.draw_tall([lane()] * schools)

    assert ("1" in texts(drawing)) is numbered
    assert ("De Bron" in said(drawing)) is not numbered


# In time


@pytest.mark.parametrize("form", FORMS)
def test_a_day_is_a_mark_and_a_year_is_a_span_around_it(form):
    drawing = by_date(lane(step(1, "2021-07-02"), step(2, "2021"), step(3, "2019")), form=form)

    day, year, _other = drawing.marks
    assert day.x == pytest.approx(year.x, abs=1)
    begin, end = sorted(line.x1 for line in drawing.ends)[-2:]
    assert begin < year.x < end
    assert end - begin == pytest.approx((form.right - form.left) / 3, rel=0.02)


def test_a_road_runs_as_long_as_a_step_surely_went_on():
    known = by_date(lane(step(1, "2020", "2023")))
    planned = by_date(lane(step(1, "2020", "2023", status=StepStatus.PLANNED)))

    [road] = known.roads
    ticks = {label.text: label.x for label in known.labels if label.text.isdecimal()}
    assert road.x1 == pytest.approx(ticks["2021"], abs=1)
    assert road.x2 == pytest.approx(ticks["2023"], abs=1)
    assert planned.roads == []


def test_steps_at_the_same_time_are_one_mark_with_a_number():
    drawing = by_date(lane(step(1, "2021"), step(1, "2021"), step(1, "2022-05-01")))

    assert len(drawing.marks) == 2
    assert [badge.text for badge in drawing.badges] == ["+1"]


def test_steps_that_fall_partly_together_come_on_rows_of_their_own():
    steps = [step(1, f"2021-{month:02}-01") for month in range(1, 13)]

    drawing = by_date(lane(*steps, step(2, "1998"), step(2, "2031")))

    rows = {mark.y for mark in drawing.marks}
    assert len(rows) == paths_in_time.MOST_ROWS + 1
    hidden = 14 - len(drawing.marks)
    assert f"en nog {hidden} stap" in said(drawing)


def test_what_has_no_date_is_counted_and_not_placed():
    drawing = by_date(lane(step(1, "2021"), step(2), step(3)))

    assert len(drawing.marks) == 1
    assert "2 stappen zonder datum" in texts(drawing)


def test_a_path_without_a_known_start_has_no_months():
    drawing = by_months(lane(step(1, "2021"), start=""), lane(step(1, "2022"), start="2021"))

    assert len(drawing.marks) == 1
    assert "Begin niet bekend, dus niet op deze schaal" in texts(drawing)


def test_schools_that_began_apart_stand_at_the_same_month():
    drawing = by_months(
        lane(step(1, "2020-12-01"), start="2020-12-01"),
        lane(step(1, "2023-09-01"), start="2023-09-01"),
    )

    first, second = drawing.marks
    assert first.x == second.x
    assert "start" in texts(drawing)


def test_without_any_date_there_is_still_a_picture_with_the_names():
    assert "De Bron" in texts(by_date(lane(step(1))))


# Nothing outside the picture, nothing on something else


def boxes(drawing):
    """What a reader must be able to tell apart, by what it is."""
    return [
        *((label.text, label.box) for label in drawing.labels),
        *((sign.name, sign.box) for sign in drawing.signs),
        *((mark.status, mark.box) for mark in drawing.marks),
    ]


def assert_is_tidy(drawing):
    lines = [*drawing.guides, *drawing.roads, *drawing.dotted, *drawing.ends, *drawing.branches]
    inside = [*boxes(drawing), *((str(one), one.box) for one in (*lines, *drawing.badges))]
    for what, box in inside:
        assert -0.1 <= box.left <= box.right <= drawing.width + 0.1, what
        assert -0.1 <= box.top <= box.bottom <= drawing.height + 1, what
    for (what, box), (other, other_box) in combinations(boxes(drawing), 2):
        assert not box.overlaps(other_box), f"{what} lies on {other}"
    for badge in drawing.badges:
        # It lies on a corner of its own mark, and on nothing else.
        assert sum(badge.box.overlaps(mark.box) for mark in drawing.marks) <= 1
        assert not any(badge.box.overlaps(label.box) for label in drawing.labels)
    for branch, label in ((b, label) for b in drawing.branches for label in drawing.labels):
        assert not branch.box.overlaps(label.box), f"a curve crosses {label.text}"


ALL_PICTURES = {
    "by phase": paths_by_phase.draw_wide,
    "by phase on a phone": paths_by_phase.draw_tall,
    "by date": lambda lanes: by_date(*lanes),
    "by date on a phone": lambda lanes: by_date(*lanes, form=paths_in_time.TALL),
    "in months": lambda lanes: by_months(*lanes),
    "in months on a phone": lambda lanes: by_months(*lanes, form=paths_in_time.TALL),
}
every_picture = pytest.mark.parametrize("draw", ALL_PICTURES.values(), ids=ALL_PICTURES)


@every_picture
@pytest.mark.parametrize(
    "lanes",
    [
        [lane()],
        [lane(step(1, "2021-05-05", "2021-05-05"), start="2021-05-05")],
        [lane(name=LONG_NAME, place=LONG_NAME, start="1998")] * 8,
        [lane(*(step(2, "2021", title=LONG_NAME) for _ in range(10)), start="2021")] * 4,
        [lane(step(1, "1998"), step(2, "2031-12-31"), start="1998-01-01")] * 2,
        [
            lane(
                *(step(phase, "2021") for phase in range(1, 13) for _ in range(5)),
                phases=terms(*["Verantwoordelijkheidsverdelingsvergadering"] * 12),
                start="2021-03",
            )
        ]
        * 8,
        [lane(*(step(2, f"20{year}-{year}-01", f"20{year + 3}") for year in range(10, 13)))],
    ],
    ids=[
        *("nothing known", "one day", "long names", "ten steps in a phase", "1998 to 2031"),
        *("twelve phases with sixty steps", "overlapping"),
    ],
)
def test_a_picture_is_tidy_at_its_extremes(draw, lanes):
    assert_is_tidy(draw(lanes))


DATES = st.one_of(
    st.just(""),
    st.integers(1998, 2031).map(str),
    st.tuples(st.integers(1998, 2031), st.integers(1, 12)).map(lambda d: f"{d[0]}-{d[1]:02}"),
    st.dates(datetime.date(1998, 1, 1), datetime.date(2031, 12, 31)).map(str),
)
NAMES = st.text(st.characters(exclude_categories=["C"]), max_size=120)
STEPS = st.builds(
    lambda phase, title, status, start, end: step(
        phase, start, max(start, end) if end else "", title=title, status=status
    ),
    st.integers(1, 12),
    NAMES,
    st.sampled_from(StepStatus),
    DATES,
    DATES,
)
LANES = st.integers(1, 12).flatmap(
    lambda phases: st.tuples(
        st.lists(NAMES, min_size=phases, max_size=phases),
        st.lists(
            st.tuples(NAMES, NAMES, DATES, st.lists(STEPS, max_size=12)), min_size=1, max_size=8
        ),
    )
)


@every_picture
@given(given_lanes=LANES)
@settings(max_examples=10, deadline=None)
def test_a_picture_is_tidy_whatever_the_paths_are(draw, given_lanes):
    names, schools = given_lanes
    phases = terms(*names)

    drawing = draw(
        [
            lane(*steps, phases=phases, name=name, place=place, start=start)
            for name, place, start, steps in schools
        ]
    )

    assert_is_tidy(drawing)
