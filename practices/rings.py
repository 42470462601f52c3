"""The drawing of a team: where each role stands in it, with its number.

In the middle the core, around it the fixed network, and outside who joins when needed.
"""

import math
from dataclasses import dataclass

from practices.models import Ring

CENTRE = 220
# How far from the middle the discs of each ring stand, and how large they are.
RADIUS = {Ring.CORE: 46, Ring.FIXED: 140, Ring.WHEN_NEEDED: 204}
SMALL_DISC = 19
# Two discs that overlap: where their middles stand, left and right of the centre.
PAIR_OFFSET = 28
PAIR_LABEL_OFFSET = 44


@dataclass(frozen=True)
class Disc:
    """A disc with the number of a role. Whole numbers look the same in every language."""

    number: int
    x: int
    y: int
    label_x: int

    @property
    def label_y(self) -> int:
        """The line that the number stands on, a little under the middle."""
        return self.y + 6


@dataclass(frozen=True)
class RingsDrawing:
    """What templates/practices/rings.html draws."""

    pair: list[Disc]
    discs: list[Disc]
    has_fixed: bool
    has_when_needed: bool


def rings_of(sizes: dict[str, int]) -> RingsDrawing | None:
    """The drawing of a team with this many roles in each ring; None when there are none."""
    if not sum(sizes.values()):
        return None
    core, fixed, when_needed = (sizes.get(ring, 0) for ring in Ring.values)
    pair = _pair(core) if core <= 2 else []
    around = [] if pair or not core else _on_ring(Ring.CORE, core, first_number=1, turn=0)
    # Half a place further than the discs inside, so that no two stand on one line.
    turn = 180 / fixed if fixed else 0
    return RingsDrawing(
        pair=pair,
        discs=[
            *around,
            *_on_ring(Ring.FIXED, fixed, first_number=core + 1, turn=0),
            *_on_ring(Ring.WHEN_NEEDED, when_needed, first_number=core + fixed + 1, turn=turn),
        ],
        has_fixed=fixed > 0,
        has_when_needed=when_needed > 0,
    )


def _pair(core: int) -> list[Disc]:
    if core == 1:
        return [Disc(1, CENTRE, CENTRE, CENTRE)]
    sides = [(1, -1), (2, 1)][:core]
    return [
        Disc(number, CENTRE + side * PAIR_OFFSET, CENTRE, CENTRE + side * PAIR_LABEL_OFFSET)
        for number, side in sides
    ]


def _on_ring(ring: Ring, count: int, *, first_number: int, turn: float) -> list[Disc]:
    """Discs spread evenly over a ring, clockwise, the first at the top plus this turn (degrees)."""
    discs = []
    for place in range(count):
        angle = math.radians(turn + 360 * place / count)
        x = round(CENTRE + RADIUS[ring] * math.sin(angle))
        y = round(CENTRE - RADIUS[ring] * math.cos(angle))
        discs.append(Disc(first_number + place, x, y, x))
    return discs
