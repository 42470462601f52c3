"""Gathers the words from XML, by the names of the elements between which they stand."""

from collections.abc import Callable
from dataclasses import dataclass, field

Attributes = dict[str, str]


@dataclass(frozen=True)
class Marks:
    """Where the words stand in the XML of one format, by the names of its elements."""

    words: frozenset[str]
    lines: frozenset[str]
    left_out: frozenset[str]
    signs: dict[str, str] = field(default_factory=dict)


SHARED_STRINGS = Marks(frozenset({"t"}), frozenset(), frozenset({"rPh"}))


class Collector:
    """Gathers the words between the elements that a format marks."""

    def __init__(self, marks: Marks, count: Callable[[str], None]):
        self.marks = marks
        self.count = count
        self.text: list[str] = []
        self.in_words = 0
        self.left_out = 0

    def start(self, name: str, _attributes: Attributes) -> None:
        name = local(name)
        if self.left_out or name in self.marks.left_out:
            self.left_out += 1
            return
        if name in self.marks.lines:
            self.text.append("\n")
        if name in self.marks.words:
            self.in_words += 1
        elif name in self.marks.signs:
            self.text.append(self.marks.signs[name])

    def end(self, name: str) -> None:
        name = local(name)
        if self.left_out:
            self.left_out -= 1
            return
        if name in self.marks.words:
            self.in_words -= 1
        if name in self.marks.lines:
            self.text.append("\n")

    def data(self, text: str) -> None:
        if self.in_words and not self.left_out:
            self.count(text)
            self.text.append(text)


class Cells:
    """Gathers the cells of a sheet that hold words."""

    def __init__(self, strings: list[str], count: Callable[[str], None]):
        self.strings = strings
        self.count = count
        self.text: list[str] = []
        self.kind = ""
        self.value: list[str] = []
        self.in_value = False

    def start(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        if name == "c":
            self.kind = attributes.get("t", "n")
            self.value.clear()
        self.in_value = name in {"v", "t"}

    def end(self, name: str) -> None:
        name = local(name)
        self.in_value = False
        if name == "row":
            self.text.append("\n")
        elif name == "c" and (words := self._words()):
            self.count(words)
            self.text.append(f"{words}\t")

    def data(self, text: str) -> None:
        if self.in_value:
            self.value.append(text)

    def _words(self) -> str:
        value = "".join(self.value)
        if self.kind == "s" and value.strip():
            return self.strings[int(value)]
        return value if self.kind in {"str", "inlineStr"} else ""


class Numbers:
    """Gathers the numbers in the cells of a sheet."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.is_number = self.in_value = False

    def start(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        if name == "c":
            self.is_number = attributes.get("t", "n") == "n"
        if name == "v" and self.is_number:
            self.in_value = True
            self.found.append("")

    def end(self, _name: str) -> None:
        self.in_value = False

    def data(self, text: str) -> None:
        if self.in_value:
            self.found[-1] += text


def local(name: str) -> str:
    """The name of an element without its prefix: `p` of `w:p`."""
    return name.rpartition(":")[2]
