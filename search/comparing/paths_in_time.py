"""Paths in time: on the calendar, or in months since each began. Every phase has rows of its own.

A mark stands at its date. Where only a year or a month is known, a dotted line shows all of it and
the mark stands in its middle; a road shows how long something surely went on.
"""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.models import StepStatus
from search.comparing.drawing import Drawing, Line, height_of
from search.comparing.lanes import Lane, StepInLane
from search.comparing.lettering import wrapped
from search.comparing.timeline import TICK_SIZE, Scale, When, scale_of, stretch_of, when
from vocabulary.models import Term

ROW = 32
# How far a line stays from a mark.
CLEAR = 5
# A badge is at the upper right of its mark.
BADGE, BADGE_AWAY = 10, 6
# Marks of one phase that would lie on each other come on rows of their own, at most so many.
MOST_ROWS = 5
LEAST_DOTTED = 4
# Half the height of what closes a dotted line.
END = 5
BELOW_TICKS = 14
BETWEEN_LANES = 30


@dataclass(frozen=True)
class Form:
    """The measures of one of the two forms."""

    width: float
    # Where the time begins and ends, and where the names of the phases stand.
    left: float
    right: float
    phases: float
    phase_width: float
    phase_size: float
    mark: float
    # On a phone the name of a phase stands above its rows, and that of a school above all.
    is_tall: bool = False


WIDE = Form(1040, 430, 1004, 250, 164, 15, 24)
TALL = Form(336, 36, 300, 0, 336, 15, 18, is_tall=True)
NAME_SIZE, WHERE_SIZE = 17, 15
SIGN = 46
NAME_X = 58
NAME_WIDTH = WIDE.phases - NAME_X - 8


@dataclass(frozen=True)
class Placed:
    """Steps of one phase at the same time with the same state, as one mark."""

    status: StepStatus
    time: When
    count: int


@dataclass(frozen=True)
class LaneInTime:
    """What of a path has a place in time, and what has not."""

    lane: Lane
    placed: list[tuple[Term, list[Placed]]]
    without_place: list[StepInLane]
    # The months of a path are counted from its start.
    has_zero: bool = True

    @property
    def remark(self) -> str:
        """What is missing in the picture."""
        if not self.has_zero:
            return _("Start not known, so not on this scale")
        count = len(self.without_place)
        if not count:
            return "" if self.placed else _("No steps yet")
        text = ngettext("%(number)s step without a date", "%(number)s steps without a date", count)
        return text % {"number": count}


def in_time(lane: Lane, today: datetime.date, *, since_start: bool) -> LaneInTime:
    """The steps of a path at their times; without a known start there are no months to count."""
    if since_start and not lane.start:
        return LaneInTime(lane, [], lane.steps, has_zero=False)
    zero = stretch_of(lane.start) if since_start else None
    placed = []
    for phase in lane.phases:
        together: dict[tuple[str, str, StepStatus], list[When]] = defaultdict(list)
        for step in phase.steps:
            if step.has_date:
                time = when(step, today)
                key = (step.start, step.end, step.status)
                together[key].append(time.after(zero) if zero else time)
        marks = [Placed(key[2], times[0], len(times)) for key, times in together.items()]
        if marks:
            placed.append((phase.term, marks))
    return LaneInTime(lane, placed, [step for step in lane.steps if not step.has_date])


def draw(lanes: Sequence[LaneInTime], form: Form, *, on_calendar: bool) -> Drawing:
    times = [mark.time.whole for lane in lanes for _term, marks in lane.placed for mark in marks]
    scale = scale_of(times, form.right - form.left, on_calendar=on_calendar)
    drawing = Drawing(form.width)
    y = 0.0
    for number, lane in enumerate(lanes):
        if number:
            drawing.guides.append(Line(0, y, form.width, y))
            y += BETWEEN_LANES / 2
        y = _draw_lane(drawing, lane, form, scale, y) + BETWEEN_LANES / 2
    drawing.height = round(y)
    return drawing


def _draw_lane(
    drawing: Drawing, lane: LaneInTime, form: Form, scale: Scale | None, top: float
) -> float:
    """One school; returns where it ends."""
    end_of_name = _write_name(drawing, lane.lane, form, top)
    y = end_of_name + 10 if form.is_tall else top
    if scale and lane.placed:
        y = _draw_scale(drawing, lane, form, scale, y)
    if lane.remark:
        drawing.write([lane.remark], form.phases, y + 18, form.phase_size, soft=True)
        y += 28
    return max(y, end_of_name)


def _write_name(drawing: Drawing, lane: Lane, form: Form, top: float) -> float:
    width = form.width - NAME_X if form.is_tall else NAME_WIDTH
    name = wrapped(lane.name, NAME_SIZE, width, 3)
    where = [line for part in lane.where for line in wrapped(part, WHERE_SIZE, width)]
    height = height_of(len(name), NAME_SIZE) + height_of(len(where), WHERE_SIZE)
    drawing.sign(lane.sign, 0, top, SIGN)
    # A short name stands beside the middle of the sign.
    y = top + max(0, (SIGN - height) / 2) + 0.8 * NAME_SIZE
    y = drawing.write(name, NAME_X, y, NAME_SIZE, strong=True, lang=lane.lang)
    drawing.write(where, NAME_X, y, WHERE_SIZE, soft=True, lang=lane.lang)
    return top + max(SIGN, height)


def _draw_scale(drawing: Drawing, lane: LaneInTime, form: Form, scale: Scale, top: float) -> float:
    """The lines of the scale with the phases on them; returns where they end."""
    for tick in scale.ticks:
        x = _x(form, scale, tick.at)
        drawing.write(
            [tick.label],
            x,
            top + TICK_SIZE,
            TICK_SIZE,
            anchor="middle",
            strong=tick.is_start,
            soft=not tick.is_start,
        )
    y = first = top + TICK_SIZE + BELOW_TICKS
    for term, marks in lane.placed:
        y = _draw_phase(drawing, term, marks, form, scale, y)
    drawing.guides += [
        Line(_x(form, scale, tick.at), first - 6, _x(form, scale, tick.at), y)
        for tick in scale.ticks
    ]
    return y


def _draw_phase(
    drawing: Drawing, term: Term, marks: list[Placed], form: Form, scale: Scale, top: float
) -> float:
    lines = wrapped(term.label, form.phase_size, form.phase_width)
    label_height = height_of(len(lines), form.phase_size)
    rows = _rows_of(marks, form, scale)
    y = top + label_height if form.is_tall else top
    label_top = top + 2 if form.is_tall else top + max(0, ROW - label_height) / 2
    drawing.write(
        lines,
        form.phases,
        label_top + 0.8 * form.phase_size,
        form.phase_size,
        strong=True,
        lang=term.language_of_label,
    )
    for row in rows[:MOST_ROWS]:
        middle = y + ROW / 2
        for mark in row:
            _draw_mark(drawing, mark, form, scale, middle)
        y += ROW
    more = sum(mark.count for row in rows[MOST_ROWS:] for mark in row)
    if more:
        text = ngettext("and %(number)s more step", "and %(number)s more steps", more)
        drawing.write([text % {"number": more}], form.left, y + 16, form.phase_size, soft=True)
        y += 24
    return max(y, top + label_height) + 4


def _rows_of(marks: list[Placed], form: Form, scale: Scale) -> list[list[Placed]]:
    """Each mark on the first row where it lies on no other."""
    rows: list[list[Placed]] = []
    ends: list[float] = []
    for mark in sorted(marks, key=lambda mark: _reach(mark, form, scale)):
        left, right = _reach(mark, form, scale)
        row = next((row for row, end in enumerate(ends) if end + 6 <= left), len(rows))
        if row == len(rows):
            rows.append([])
            ends.append(right)
        rows[row].append(mark)
        ends[row] = right
    return rows


def _reach(mark: Placed, form: Form, scale: Scale) -> tuple[float, float]:
    """From where to where a mark lies, with its lines and its badge."""
    whole, x = mark.time.whole, _middle(mark, form, scale)
    badge = BADGE_AWAY + BADGE if mark.count > 1 else 0
    return (
        min(_x(form, scale, whole.since), x - form.mark / 2),
        max(_x(form, scale, whole.until), x + form.mark / 2 + badge),
    )


def _draw_mark(drawing: Drawing, mark: Placed, form: Form, scale: Scale, y: float) -> None:
    x, away, time = _middle(mark, form, scale), form.mark / 2 + CLEAR, mark.time
    left, right = (_x(form, scale, at) for at in (time.whole.since, time.whole.until))
    _draw_unsure(drawing, left, x - away, y, ends=(left,))
    road_begins = max(_x(form, scale, time.began.until), x + away)
    road_ends = _x(form, scale, time.went_on.since) if time.went_on else 0
    if road_ends > road_begins:
        _draw_unsure(drawing, x + away, road_begins, y)
        drawing.roads.append(Line(road_begins, y, road_ends, y))
        # What goes on until today has no end to show.
        _draw_unsure(drawing, road_ends, right, y, ends=(right,) if time.ended else ())
    else:
        _draw_unsure(drawing, x + away, right, y, ends=(right,))
    drawing.mark(mark.status, x, y, form.mark)
    if mark.count > 1:
        drawing.badge(mark.count - 1, x + form.mark / 2 + BADGE_AWAY, y - 5, BADGE)


def _draw_unsure(
    drawing: Drawing, left: float, right: float, y: float, ends: tuple[float, ...] = ()
) -> None:
    """Somewhere in this time. What lies behind its mark is not drawn."""
    if right < left:
        return
    if right - left >= LEAST_DOTTED:
        drawing.dotted.append(Line(left, y, right, y))
    drawing.ends += [Line(x, y - END, x, y + END) for x in ends]


def _middle(mark: Placed, form: Form, scale: Scale) -> float:
    began = mark.time.began
    return _x(form, scale, (began.since + began.until) / 2)


def _x(form: Form, scale: Scale, at: float) -> float:
    return form.left + scale.part(at) * (form.right - form.left)
