"""The table of a comparison: groups of rows, with a cell for each practice or school."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from lessons.transfer.texts import joined

# A longer text folds, and so does what comes after so many lines.
LONG_TEXT = 300
MOST_LINES = 6


@dataclass(frozen=True)
class Item:
    """One line in a cell. With an address it is a link, with a state it has the shape of it."""

    text: str
    url: str = ""
    note: str = ""
    state: str = ""
    lang: str = ""
    note_lang: str = ""
    # What a link is about, for who hears it without the table around it.
    about: str = ""

    @property
    def beginning(self) -> str:
        """The text as far as it stands in the cell; whole words."""
        if len(self.text) <= LONG_TEXT:
            return self.text
        return self.text[:LONG_TEXT].rpartition(" ")[0] or self.text[:LONG_TEXT]

    @property
    def rest(self) -> str:
        return self.text[len(self.beginning) :]

    @property
    def said(self) -> tuple[str, str, str]:
        """What a reader compares; where a link leads does not count."""
        return self.text, self.note, self.state

    @property
    def in_words(self) -> str:
        """As it stands in a file: the text with what is noted beside it."""
        return f"{self.text}: {self.note}" if self.note else self.text


@dataclass(frozen=True)
class Cell:
    """What one practice or school says; one without items says in words that it says nothing."""

    items: tuple[Item, ...] = ()
    nothing: str = ""

    @property
    def empty_text(self) -> str:
        return self.nothing or _("Not filled in")

    @property
    def shown(self) -> tuple[Item, ...]:
        return self.items[:MOST_LINES] if self.folded else self.items

    @property
    def folded(self) -> tuple[Item, ...]:
        """What stands behind the first lines. One line more takes no more room than a fold."""
        return self.items[MOST_LINES:] if len(self.items) > MOST_LINES + 1 else ()

    @property
    def in_words(self) -> str:
        return joined(item.in_words for item in self.items) or self.empty_text


@dataclass(frozen=True)
class Row:
    title: str
    cells: tuple[Cell, ...]
    lang: str = ""

    @cached_property
    def differs(self) -> bool:
        """Whether the columns say something different here."""
        return len({tuple(item.said for item in cell.items) for cell in self.cells}) > 1

    @property
    def is_one_text(self) -> bool:
        """Whether one cell can stand for all: they say the same, and lead nowhere."""
        return not self.differs and not any(item.url for cell in self.cells for item in cell.items)

    @property
    def is_known(self) -> bool:
        """Whether one of the columns says anything here."""
        return any(cell.items for cell in self.cells)


@dataclass(frozen=True)
class RowGroup:
    """Rows about one subject, under a heading of their own."""

    title: str
    rows: tuple[Row, ...]

    def only_differences(self) -> "RowGroup":
        return RowGroup(self.title, tuple(row for row in self.rows if row.differs))


def filled(groups: Iterable[RowGroup]) -> Iterator[RowGroup]:
    """The groups that have a row."""
    return (group for group in groups if group.rows)


def texts(*values: str, lang: str = "") -> Cell:
    """A line for each of these texts, as far as there is one."""
    return Cell(tuple(Item(value, lang=lang) for value in values if value))


def noted(text: str, note: str, lang: str = "") -> Cell:
    return Cell((Item(text, note=note, lang=lang, note_lang=lang),)) if text else Cell()
