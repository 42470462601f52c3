"""When steps were, as far as known, on the calendar or counted from the start of a path.

Time is counted in months, as a number with decimals: on the calendar since the year 0. A partial
date covers a stretch of time. Nothing is taken to be more precise than it was written down.
"""

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils import formats
from django.utils.translation import gettext as _

from content.partial_dates import first_day, last_day
from practices.models import StepStatus
from search.comparing.lanes import StepInLane
from search.comparing.lettering import width_of

# The distances between the lines of a scale, in months.
DISTANCES = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000, 24_000, 60_000, 120_000)
YEAR = 12
TICK_SIZE = 14
BETWEEN_TICKS = 14
MOST_TICKS = 40
# What subtracting may lose.
ROUNDING = 1e-6
OVER = (StepStatus.DONE, StepStatus.STOPPED)
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Stretch:
    since: float
    until: float

    def after(self, start: "Stretch") -> "Stretch":
        """How long after a start this was: not surer than both are."""
        return Stretch(self.since - start.until, self.until - start.since)


@dataclass(frozen=True)
class When:
    """When a step began and ended; each is a stretch of time in which it happened."""

    began: Stretch
    ended: Stretch | None = None
    # Until when it surely went on, for a step that did.
    went_on: Stretch | None = None

    @property
    def whole(self) -> Stretch:
        parts = [part for part in (self.began, self.ended, self.went_on) if part]
        return Stretch(self.began.since, max(part.until for part in parts))

    def after(self, start: Stretch) -> "When":
        return When(
            self.began.after(start),
            self.ended.after(start) if self.ended else None,
            self.went_on.after(start) if self.went_on else None,
        )


def stretch_of(date: str) -> Stretch:
    """The time that a partial date covers: from its first day to its last."""
    return Stretch(_at(first_day(date)), _at(last_day(date)))


def when(step: StepInLane, today: datetime.date) -> When:
    """The time of a step with a date.

    What is under way goes on until today. What is planned, or not known, has gone on for no time.
    """
    began = stretch_of(step.start or step.end)
    ended = stretch_of(step.end) if step.start and step.end else None
    until = _at(today)
    if ended:
        until = min(until, ended.since)
    has_gone_on = step.status == StepStatus.ACTIVE or (ended and step.status in OVER)
    if not has_gone_on or until <= began.until:
        return When(began, ended)
    return When(began, ended, Stretch(until, until))


@dataclass(frozen=True)
class Tick:
    at: float
    label: str
    # Where every path begins, if the months since then are counted.
    is_start: bool = False


@dataclass(frozen=True)
class Scale:
    """From where to where the time in a drawing runs, and with which lines."""

    since: float
    until: float
    ticks: tuple[Tick, ...]

    def part(self, at: float) -> float:
        """Where a moment is between the begin and the end: a number from 0 to 1."""
        return (at - self.since) / (self.until - self.since)


def scale_of(times: Iterable[Stretch], width: float, *, on_calendar: bool) -> Scale | None:
    """A scale of this width on which all of these fit; None without any time."""
    times = list(times)
    if not times:
        return None
    begin, end = min(time.since for time in times), max(time.until for time in times)
    scales = (_scale(begin, end, distance, on_calendar) for distance in DISTANCES)
    return next(scale for scale in scales if scale and _has_room(scale, width))


def _scale(begin: float, end: float, distance: int, on_calendar: bool) -> Scale | None:
    # Whole years, or whole parts of one.
    unit = min(distance, YEAR)
    since = math.floor(begin / unit) * unit
    until = max(math.ceil(end / unit) * unit, since + unit)
    first, last = math.ceil(since / distance), math.floor(until / distance)
    if last - first > MOST_TICKS:
        return None
    label = _calendar_label if on_calendar else _months_label
    ticks = tuple(
        Tick(at, label(at, distance), is_start=not on_calendar and not at)
        for at in range(first * distance, (last + 1) * distance, distance)
    )
    return Scale(since, until, ticks)


def _has_room(scale: Scale, width: float) -> bool:
    """Whether each label fits between the middles of those beside it."""
    widest = max((width_of(tick.label, TICK_SIZE) for tick in scale.ticks), default=0)
    places = [scale.part(tick.at) * width for tick in scale.ticks]
    return all(after - before >= widest + BETWEEN_TICKS for before, after in pairwise(places))


def months_in_words(time: When) -> str:
    """`month 34`, or `month 25 to 37` when it is not known more precisely, or took so long."""
    first, last = (math.floor(at + ROUNDING) for at in (time.whole.since, time.whole.until))
    if first == last:
        return _("month %(number)s") % {"number": _number(first)}
    return _("month %(first)s to %(last)s") % {"first": _number(first), "last": _number(last)}


def _number(months: int) -> str:
    return f"{MINUS}{-months}" if months < 0 else str(months)


def _calendar_label(at: int, distance: int) -> str:
    year, month = divmod(at, YEAR)
    if distance >= YEAR or not 1 <= year <= datetime.MAXYEAR:
        return str(year)
    # Translators: how a short month and a year are written, in the letters of Django's filter date.
    return formats.date_format(datetime.date(year, month + 1, 1), _("M Y"))


def _months_label(at: int, distance: int) -> str:
    return _number(at) if at else _("start")


def _at(day: datetime.date) -> float:
    """The same day of any month is as far in it, so that whole months count as whole ones."""
    return day.year * YEAR + day.month - 1 + (day.day - 1) / 31
