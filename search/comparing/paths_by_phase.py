"""Paths on the shared phases: a column for each phase where there is room, else a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from search.comparing.drawing import (
    Branch,
    Drawing,
    Line,
    height_of,
)
from search.comparing.lanes import Lane, PhaseInLane
from search.comparing.lettering import fits, width_of, wrapped

MARK = 28
# How far a road stays from the middle of a mark.
CLEAR = MARK / 2 + 6

# With room: a column for each phase, and more phases than fit come in a second band below.
WIDE = 1040
NAMES = 250
MOST_COLUMNS = 8
NAME_SIZE, WHERE_SIZE, HEAD_SIZE, NOTE_SIZE, EXTRA_SIZE = 17, 15, 16, 15, 15
SIGN = 46
NAME_X = 58
NAME_WIDTH = NAMES - NAME_X - 8
BETWEEN_LANES = 26
BETWEEN_BANDS = 36
# From a mark to the dot of an extra step, and on to its words.
DOT_AWAY, WORDS_AWAY = 46, 60
# With less room to the right of a mark, the words of an extra step may come to its left; with
# very little room there are none.
ENOUGH_FOR_WORDS, LEAST_FOR_WORDS = 200, 105

# On a phone: a row for each phase and a column for each school.
TALL = 336
PHASE_SIZE = 16
NARROW_SIZE = 14
BADGE = 11
SMALL_MARK, SMALL_BADGE = 24, 9
# So many names fit above the columns; more schools have a number each, and a list with the names.
MOST_NAMES = 4


def draw_wide(lanes: Sequence[Lane]) -> Drawing:
    drawing = Drawing(WIDE)
    phases = len(lanes[0].phases) if lanes else 0
    bands = -(-phases // MOST_COLUMNS)
    columns = -(-phases // bands) if bands else 0
    for first in range(0, phases, columns or 1):
        _draw_band(drawing, lanes, first, min(first + columns, phases))
    drawing.height = round(drawing.height)
    return drawing


def _draw_band(drawing: Drawing, lanes: Sequence[Lane], first: int, last: int) -> None:
    """The columns of some of the phases, below what is there already."""
    column = (WIDE - NAMES) / (last - first)
    middles = [NAMES + column * (place + 0.5) for place in range(last - first)]
    top = drawing.height + (BETWEEN_BANDS if drawing.height else 0)
    heads = [
        wrapped(phase.term.label, HEAD_SIZE, column - 10, 3)
        for phase in lanes[0].phases[first:last]
    ]
    head_height = height_of(max(map(len, heads)), HEAD_SIZE)
    for phase, lines, x in zip(lanes[0].phases[first:last], heads, middles, strict=True):
        # They stand on one line, just above their column.
        y = top + head_height - height_of(len(lines) - 1, HEAD_SIZE)
        drawing.write(
            lines, x, y, HEAD_SIZE, anchor="middle", strong=True, lang=phase.term.language_of_label
        )
    y = top + head_height + 18
    guide_top = y
    for lane in lanes:
        y = _draw_lane(drawing, lane, first, middles, column, y)
    bottom = y - BETWEEN_LANES + 8
    drawing.guides += [Line(x, guide_top, x, bottom) for x in middles]
    drawing.height = bottom


def _draw_lane(
    drawing: Drawing, lane: Lane, first: int, middles: list[float], column: float, top: float
) -> float:
    """One school on a row; returns where the next one begins."""
    phases = lane.phases[first : first + len(middles)]
    notes = [_note_of(phase, column - 6, NOTE_SIZE) for phase in phases]
    extras, numbered = _extra_words(phases, middles)
    name_lines, where_lines = _name_of(lane)
    name_height = height_of(len(name_lines), NAME_SIZE) + height_of(len(where_lines), WHERE_SIZE)
    above = max(MARK / 2 + BADGE, name_height / 2, SIGN / 2, _height_of_extras(extras))
    below = max(
        MARK / 2 + 8 + height_of(max(note.count for note in notes), NOTE_SIZE),
        name_height / 2,
        SIGN / 2,
    )
    y = top + above
    drawing.sign(lane.sign, 0, y - SIGN / 2, SIGN)
    line = y - name_height / 2 + 0.8 * NAME_SIZE
    line = drawing.write(name_lines, NAME_X, line, NAME_SIZE, strong=True, lang=lane.lang)
    drawing.write(where_lines, NAME_X, line, WHERE_SIZE, soft=True, lang=lane.lang)
    for phase, note, x in zip(phases, notes, middles, strict=True):
        drawing.mark(phase.status, x, y, MARK)
        note.write(drawing, x, y + MARK / 2 + 8, NOTE_SIZE)
    for (phase, x), (following, next_x) in pairwise(zip(phases, middles, strict=True)):
        _add_road(drawing, phase, following, Line(x + CLEAR, y, next_x - CLEAR, y))
    _add_half_roads(drawing, lane, first, middles, column, y)
    _draw_extras(drawing, extras, lane, y)
    for phase, x in numbered:
        _add_badge(drawing, phase, x, y, MARK)
    return y + below + BETWEEN_LANES


def _add_half_roads(
    drawing: Drawing, lane: Lane, first: int, middles: list[float], column: float, y: float
) -> None:
    """Where a band breaks off, the road goes on to its edge and begins there in the next one."""
    last = first + len(middles)
    if first:
        _add_road(
            drawing,
            lane.phases[first - 1],
            lane.phases[first],
            Line(middles[0] - column / 2, y, middles[0] - CLEAR, y),
        )
    if last < len(lane.phases):
        _add_road(
            drawing,
            lane.phases[last - 1],
            lane.phases[last],
            Line(middles[-1] + CLEAR, y, middles[-1] + column / 2, y),
        )


def _add_road(drawing: Drawing, phase: PhaseInLane, following: PhaseInLane, line: Line) -> None:
    (drawing.roads if phase.is_known and following.is_known else drawing.dotted).append(line)


def _name_of(lane: Lane) -> tuple[list[str], list[str]]:
    return (
        wrapped(lane.name, NAME_SIZE, NAME_WIDTH, 3),
        [line for part in lane.where for line in wrapped(part, WHERE_SIZE, NAME_WIDTH)],
    )


@dataclass(frozen=True)
class Note:
    """What stands below a mark: when it was, and before what, if the list has that otherwise."""

    lines: list[str]
    order: list[str]

    @property
    def count(self) -> int:
        return len(self.lines) + len(self.order)

    def write(self, drawing: Drawing, x: float, y: float, size: float) -> None:
        y = drawing.write(self.lines, x, y + 0.8 * size, size, anchor="middle", soft=True)
        drawing.write(self.order, x, y, size, anchor="middle")


def _note_of(phase: PhaseInLane, width: float, size: float) -> Note:
    note = next((note for note in phase.notes if fits(note, size, width)), phase.notes[-1])
    order = ""
    if phase.came_before:
        order = _("before %(phase)s") % {"phase": phase.came_before.label}
    return Note(wrapped(note, size, width), wrapped(order, size, width, 3))


@dataclass(frozen=True)
class ExtraWords:
    """What is said of the extra steps at one mark, to the right of it or to its left."""

    lines: list[str]
    x: float
    is_left: bool = False

    @property
    def ends_at(self) -> float:
        return self.x + WORDS_AWAY + max(width_of(line, EXTRA_SIZE) for line in self.lines)


def _extra_words(
    phases: Sequence[PhaseInLane], middles: list[float]
) -> tuple[list[list[ExtraWords]], list[tuple[PhaseInLane, float]]]:
    """The rows above a lane, from below, with the words of the extra steps at each mark.

    A curve rises beside its mark, so nothing may lie across it: the further left a mark is, the
    higher its words that go to the right. Those that go to the left are above all others, the
    further right the higher. For some marks that leaves no room; those get a number.
    """
    places = [(x, phase) for x, phase in zip(middles, phases, strict=True) if phase.extra_steps]
    edge: float = WIDE
    to_right, to_left, numbered = [], [], []
    for x, phase in reversed(places):
        room_right, room_left = edge - x - WORDS_AWAY, x - WORDS_AWAY - NAMES
        if room_right >= min(ENOUGH_FOR_WORDS, max(room_left, LEAST_FOR_WORDS)):
            words = ExtraWords(wrapped(phase.extra_label, EXTRA_SIZE, room_right), x)
            to_right.append(words)
        elif room_left >= LEAST_FOR_WORDS:
            lines = wrapped(phase.extra_label, EXTRA_SIZE, room_left)
            to_left.append(ExtraWords(lines, x, is_left=True))
            edge = x - WORDS_AWAY
        else:
            numbered.append((phase, x))
    rows: list[list[ExtraWords]] = []
    for words in to_right:
        # Marks with words in this row, or in a higher one, have a curve that comes through it.
        row = next(
            row
            for row in range(len(rows) + 1)
            if all(words.ends_at + 16 < other.x for above in rows[row:] for other in above)
        )
        if row == len(rows):
            rows.append([])
        rows[row].append(words)
    return [*rows, *([words] for words in reversed(to_left))], numbered


def _height_of_extras(rows: list[list[ExtraWords]]) -> float:
    return 18 + sum(_height_of_row(row) for row in rows) if rows else 0


def _height_of_row(row: list[ExtraWords]) -> float:
    return height_of(max(len(words.lines) for words in row), EXTRA_SIZE) + 8


def _draw_extras(drawing: Drawing, rows: list[list[ExtraWords]], lane: Lane, middle: float) -> None:
    bottom = middle - 18
    for row in rows:
        y = bottom - _height_of_row(row)
        for words in row:
            side = -1 if words.is_left else 1
            drawing.branches.append(
                Branch(
                    words.x + side * 11, middle - MARK / 2 - 1, words.x + side * DOT_AWAY, y + 7.5
                )
            )
            drawing.write(
                words.lines,
                words.x + side * WORDS_AWAY,
                y + 0.85 * EXTRA_SIZE,
                EXTRA_SIZE,
                anchor="end" if words.is_left else "start",
                lang=lane.lang,
            )
        bottom = y


def draw_tall(lanes: Sequence[Lane]) -> Drawing:
    drawing = Drawing(TALL)
    if not lanes:
        return drawing
    column = TALL / len(lanes)
    middles = [column * (place + 0.5) for place in range(len(lanes))]
    has_names = len(lanes) <= MOST_NAMES
    mark = MARK if has_names else SMALL_MARK
    y = _draw_heads(drawing, lanes, middles, column)
    for number, phases in enumerate(zip(*(lane.phases for lane in lanes), strict=True)):
        term = phases[0].term
        lines = wrapped(term.label, PHASE_SIZE, TALL)
        drawing.write(
            lines, 0, y + 0.8 * PHASE_SIZE, PHASE_SIZE, strong=True, lang=term.language_of_label
        )
        mark_y = y + height_of(len(lines), PHASE_SIZE) + 8 + mark / 2
        notes = [
            _note_of(phase, column - 4, NARROW_SIZE) if has_names else Note([], [])
            for phase in phases
        ]
        note_y = mark_y + mark / 2 + 6
        next_y = note_y + height_of(max(note.count for note in notes), NARROW_SIZE) + 26
        for lane, phase, note, x in zip(lanes, phases, notes, middles, strict=True):
            drawing.mark(phase.status, x, mark_y, mark)
            if phase.extra_steps:
                _add_badge(drawing, phase, x, mark_y, mark)
            note.write(drawing, x, note_y, NARROW_SIZE)
            if number + 1 < len(lane.phases):
                end_of_note = note_y + height_of(note.count, NARROW_SIZE)
                road = Line(x, end_of_note + 2, x, next_y - 4)
                _add_road(drawing, phase, lane.phases[number + 1], road)
        y = next_y
    drawing.height = round(y - 26 + 4)
    return drawing


def _add_badge(drawing: Drawing, phase: PhaseInLane, x: float, y: float, mark: float) -> None:
    """How many extra steps there are, at the upper right of the mark."""
    small = mark < MARK
    away, radius = (4, SMALL_BADGE) if small else (6, BADGE)
    right = min(x + mark / 2 + away, drawing.width - radius)
    drawing.badge(len(phase.extra_steps), right, y - mark / 2 + 2, radius)


def _draw_heads(
    drawing: Drawing, lanes: Sequence[Lane], middles: list[float], column: float
) -> float:
    """The signs with the names of the schools, or their numbers; returns where they end."""
    size = min(42, column - 8)
    if len(lanes) > MOST_NAMES:
        for number, (lane, x) in enumerate(zip(lanes, middles, strict=True), start=1):
            drawing.sign(lane.sign, x - size / 2, 0, size)
            drawing.write([str(number)], x, size + 20, PHASE_SIZE, anchor="middle", strong=True)
        return size + 40
    names = [wrapped(lane.name, NARROW_SIZE, column - 6, 4) for lane in lanes]
    for lane, lines, x in zip(lanes, names, middles, strict=True):
        drawing.sign(lane.sign, x - size / 2, 0, size)
        drawing.write(
            lines,
            x,
            size + 8 + 0.8 * NARROW_SIZE,
            NARROW_SIZE,
            anchor="middle",
            strong=True,
            lang=lane.lang,
        )
    return size + 8 + height_of(max(map(len, names)), NARROW_SIZE) + 22
