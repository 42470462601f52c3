"""What the drawings of paths are made of: lettering, marks and lines, with their places."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from search.comparing.lettering import width_of

# How far the letters reach above and below the line that they stand on, as part of their size.
ABOVE, BELOW = 0.78, 0.24
# Half of the distance between the two lines of a road.
LANE_OFFSET = 3.2
# A badge has room for two figures.
MOST_IN_A_BADGE = 99
SMALL_RADIUS = 9
# The paper around a mark, where the line behind it stops.
MARGIN = 4


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Label:
    """One line of text; `y` is the line that the letters stand on."""

    text: str
    x: float
    y: float
    size: float
    anchor: str = "start"
    strong: bool = False
    soft: bool = False
    lang: str = ""

    @property
    def box(self) -> Box:
        width = width_of(self.text, self.size)
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left, self.y - ABOVE * self.size, left + width, self.y + BELOW * self.size)


@dataclass(frozen=True)
class Mark:
    """The shape of a state, around its middle."""

    status: str
    x: float
    y: float
    size: float

    @property
    def left(self) -> float:
        return tenth(self.x - self.size / 2)

    @property
    def top(self) -> float:
        return tenth(self.y - self.size / 2)

    @property
    def radius_of_paper(self) -> float:
        return self.size / 2 + MARGIN

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.left + self.size, self.top + self.size)


@dataclass(frozen=True)
class Sign:
    """The sign of a practice."""

    name: str
    left: float
    top: float
    size: float

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.left + self.size, self.top + self.size)


@dataclass(frozen=True)
class Badge:
    """How many more there are: `+3` in a disc."""

    text: str
    x: float
    y: float
    radius: float

    @property
    def text_y(self) -> float:
        return tenth(self.y + 0.35 * self.text_size)

    @property
    def text_size(self) -> float:
        return 13 if self.radius > SMALL_RADIUS else 11

    @property
    def box(self) -> Box:
        return Box(
            self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius
        )


@dataclass(frozen=True)
class Line:
    """A straight line, level or upright."""

    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def path(self) -> str:
        return f"M{self.x1:.1f} {self.y1:.1f}L{self.x2:.1f} {self.y2:.1f}"

    def beside(self, offset: float) -> "Line":
        """The same line so much lower, or so much further right when it is upright."""
        if self.y1 == self.y2:
            return Line(self.x1, self.y1 + offset, self.x2, self.y2 + offset)
        return Line(self.x1 + offset, self.y1, self.x2 + offset, self.y2)

    @property
    def box(self) -> Box:
        return Box(
            min(self.x1, self.x2),
            min(self.y1, self.y2),
            max(self.x1, self.x2),
            max(self.y1, self.y2),
        )


@dataclass(frozen=True)
class Branch:
    """From a mark up to the dot of an extra step, which stands beside its words."""

    x: float
    y: float
    dot_x: float
    dot_y: float

    @property
    def dot(self) -> tuple[float, float]:
        return tenth(self.dot_x), tenth(self.dot_y)

    @property
    def path(self) -> str:
        middle = (self.x + self.dot_x) / 2
        begin, end = f"{self.x:.1f} {self.y:.1f}", f"{self.dot_x:.1f} {self.dot_y:.1f}"
        return f"M{begin}Q{middle:.1f} {self.dot_y:.1f} {end}"

    @property
    def box(self) -> Box:
        return Box(
            min(self.x, self.dot_x), self.dot_y, max(self.x, self.dot_x), max(self.y, self.dot_y)
        )


@dataclass
class Drawing:
    """A picture of paths, as templates/search/comparing/path_drawing.html draws it."""

    width: float
    height: float = 0
    labels: list[Label] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    badges: list[Badge] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)
    # Hairlines to look along; what is known to have gone on; what is not known so precisely.
    guides: list[Line] = field(default_factory=list)
    roads: list[Line] = field(default_factory=list)
    dotted: list[Line] = field(default_factory=list)
    # Where a dotted time begins and ends.
    ends: list[Line] = field(default_factory=list)

    def write(self, lines: Iterable[str], x: float, y: float, size: float, **style) -> float:
        """Lines of text, the first on `y`; returns the y of a next line."""
        for line in lines:
            self.labels.append(Label(line, tenth(x), tenth(y), size, **style))
            y += line_height(size)
        return y

    def mark(self, status: str, x: float, y: float, size: float) -> None:
        self.marks.append(Mark(status, tenth(x), tenth(y), size))

    def sign(self, name: str, left: float, top: float, size: float) -> None:
        self.signs.append(Sign(name, tenth(left), tenth(top), tenth(size)))

    def badge(self, more: int, x: float, y: float, radius: float) -> None:
        self.badges.append(Badge(f"+{min(more, MOST_IN_A_BADGE)}", tenth(x), tenth(y), radius))

    @property
    def guides_path(self) -> str:
        return _joined(self.guides)

    @property
    def green_path(self) -> str:
        return _joined(line.beside(-LANE_OFFSET) for line in self.roads)

    @property
    def apricot_path(self) -> str:
        return _joined(line.beside(LANE_OFFSET) for line in self.roads)

    @property
    def dotted_path(self) -> str:
        return _joined(self.dotted)

    @property
    def ends_path(self) -> str:
        return _joined(self.ends)

    @property
    def branches_path(self) -> str:
        return "".join(branch.path for branch in self.branches)


def tenth(value: float) -> float:
    """Precise enough for a screen, and short in the page."""
    return round(value, 1)


def line_height(size: float) -> float:
    return round(size * 1.22, 1)


def height_of(lines: int, size: float) -> float:
    """Of so many lines of text."""
    return lines * line_height(size)


def _joined(lines: Iterable[Line]) -> str:
    return "".join(line.path for line in lines)
