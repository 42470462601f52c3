"""The words in documents that are zip files with XML inside: Word, Excel, PowerPoint, OpenDocument.

Only the parts that hold words are unpacked, piece by piece, and XML with a DTD is refused: so no
entity can grow or point elsewhere. Links to other files are never followed.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from files.reader.limits import (
    MOST_CHARACTERS,
    MOST_PAGES,
    MOST_PARTS,
    MOST_UNPACKED,
    UnreadableError,
    too_large,
)

Attributes = dict[str, str]

PIECE = 64 * 1024
# Office's format of before 2007, in which a document with a password is wrapped.
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_PART = 1
# All that reading a broken or invented archive was seen to raise.
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, IndexError),
    *(NotImplementedError, OSError, RuntimeError, ValueError, OverflowError),
)


@dataclass(frozen=True)
class Marks:
    """Where the words stand in the XML of one format, by the names of its elements."""

    words: frozenset[str]
    lines: frozenset[str]
    left_out: frozenset[str]
    signs: dict[str, str] = field(default_factory=dict)


MICROSOFT = Marks(
    words=frozenset({"t"}),
    lines=frozenset({"p"}),
    # A second form of the same text; where moved text stood before; how it looks; slide numbers.
    left_out=frozenset({"Fallback", "moveFrom", "pPr", "rPr", "sectPr", "fld"}),
    signs={"tab": "\t", "br": "\n", "cr": "\n", "softHyphen": "\u00ad", "noBreakHyphen": "-"},
)
OPEN_DOCUMENT = Marks(
    words=frozenset({"p", "h"}),
    lines=frozenset({"p", "h", "title", "desc"}),
    left_out=frozenset({"annotation", "tracked-changes", "note-citation"}),
    signs={"s": " ", "tab": "\t", "line-break": "\n"},
)
SHARED_STRINGS = Marks(frozenset({"t"}), frozenset(), frozenset({"rPh"}))


@dataclass(frozen=True)
class Relation:
    """That one part of a document uses another."""

    key: str
    kind: str
    part: str


def word(file: BinaryIO) -> Iterator[tuple[None, str]]:
    package = Package(file)
    main = package.main_part()
    beside = {"header", "footer", "footnotes", "endnotes"}
    parts = [main, *(other.part for other in package.relations(main) if other.kind in beside)]
    yield None, "\n".join(package.words(part, MICROSOFT) for part in dict.fromkeys(parts))


def powerpoint(file: BinaryIO) -> Iterator[tuple[int, str]]:
    """Each slide in the order of the presentation, with the notes below it."""
    package = Package(file)
    slides = package.parts_in_order("sldId")
    if len(slides) > MOST_PAGES:
        too_large()
    for number, slide in enumerate(slides, start=1):
        notes = [other.part for other in package.relations(slide) if other.kind == "notesSlide"]
        yield number, "\n".join(package.words(part, MICROSOFT) for part in [slide, *notes])


def excel(file: BinaryIO) -> Iterator[tuple[None, str]]:
    """The cells with words, a row on a line. Numbers alone say nothing to who searches."""
    package = Package(file)
    strings: list[str] = []
    for relation in package.relations(package.main_part()):
        if relation.kind == "sharedStrings":
            strings = package.strings(relation.part)
    names = package.attributes(package.main_part(), "sheet", "name")
    yield None, "\n".join(names)
    for sheet in package.parts_in_order("sheet"):
        yield None, package.cells(sheet, strings)


def open_document(file: BinaryIO) -> Iterator[tuple[None, str]]:
    package = Package(file)
    if package.has("META-INF/manifest.xml") and package.elements(
        "META-INF/manifest.xml", "encryption-data"
    ):
        raise UnreadableError("encrypted")
    # What stands above and below each page is in the second.
    parts = [part for part in ("content.xml", "styles.xml") if package.has(part)]
    if not parts:
        raise UnreadableError("damaged")
    yield None, "\n".join(package.words(part, OPEN_DOCUMENT) for part in parts)


class Package:
    """A document as a set of parts, unpacked no further than the limit."""

    def __init__(self, file: BinaryIO):
        start = file.read(len(OLD_OFFICE))
        file.seek(0)
        if start == OLD_OFFICE:
            raise UnreadableError("encrypted")
        try:
            self.archive = zipfile.ZipFile(file)
        except DAMAGE as error:
            raise UnreadableError("damaged") from error
        if len(self.archive.infolist()) > MOST_PARTS:
            too_large()
        self.unpacked = 0
        self.collected = 0

    def has(self, part: str) -> bool:
        return part in self.archive.NameToInfo

    def main_part(self) -> str:
        for relation in self.relations(""):
            if relation.kind == "officeDocument":
                return relation.part
        raise UnreadableError("damaged")

    def parts_in_order(self, element: str) -> list[str]:
        """The parts that the main part names with these elements, in that order."""
        main = self.main_part()
        parts = {relation.key: relation.part for relation in self.relations(main)}
        return [parts[key] for key in self.attributes(main, element, "r:id") if key in parts]

    def relations(self, part: str) -> list[Relation]:
        """What a part of the document, or ("") the whole of it, refers to inside the file."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(listed):
            return []
        return [
            Relation(
                found.get("Id", ""),
                found.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, found.get("Target", "")))[1:],
            )
            for found in self.elements(listed, "Relationship")
            if found.get("TargetMode") != "External"
        ]

    def attributes(self, part: str, element: str, attribute: str) -> list[str]:
        found = (attributes.get(attribute, "") for attributes in self.elements(part, element))
        return [value for value in found if value]

    def elements(self, part: str, element: str) -> list[Attributes]:
        """The attributes of all elements of this name."""
        found: list[Attributes] = []

        def start(name: str, attributes: Attributes) -> None:
            if _local(name) == element:
                found.append(attributes)

        self._parse(part, start=start)
        return found

    def words(self, part: str, marks: Marks) -> str:
        collector = Collector(marks, self._count)
        self._parse(part, collector.start, collector.end, collector.data)
        return "".join(collector.text)

    def strings(self, part: str) -> list[str]:
        """The texts that the cells of a workbook refer to by number."""
        collector = Collector(SHARED_STRINGS, self._count)
        strings: list[str] = []

        def end(name: str) -> None:
            collector.end(name)
            if _local(name) == "si":
                strings.append("".join(collector.text))
                collector.text.clear()

        self._parse(part, collector.start, end, collector.data)
        return strings

    def cells(self, part: str, strings: list[str]) -> str:
        reader = Cells(strings, self._count)
        self._parse(part, reader.start, reader.end, reader.data)
        return "".join(reader.text)

    def _count(self, text: str) -> None:
        self.collected += len(text)
        if self.collected > 2 * MOST_CHARACTERS:
            too_large()  # Without waiting for the end. Twice: shared strings are counted in cells.

    def _parse(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        data: Callable[[str], None] | None = None,
    ) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = data
        try:
            for piece in self._pieces(part):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except DAMAGE as error:
            raise UnreadableError("damaged") from error

    def _pieces(self, part: str) -> Iterator[bytes]:
        info = self.archive.getinfo(part)
        if info.flag_bits & ENCRYPTED_PART:
            raise UnreadableError("encrypted")
        with self.archive.open(info) as stream:
            while piece := stream.read(PIECE):
                # What comes out counts: the list of parts may say anything.
                self.unpacked += len(piece)
                if self.unpacked > MOST_UNPACKED:
                    too_large()
                yield piece


class Collector:
    """Gathers the words between the elements that a format marks."""

    def __init__(self, marks: Marks, count: Callable[[str], None]):
        self.marks = marks
        self.count = count
        self.text: list[str] = []
        self.in_words = 0
        self.left_out = 0

    def start(self, name: str, _attributes: Attributes) -> None:
        name = _local(name)
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
        name = _local(name)
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
        name = _local(name)
        if name == "c":
            self.kind = attributes.get("t", "n")
            self.value.clear()
        self.in_value = name in {"v", "t"}

    def end(self, name: str) -> None:
        name = _local(name)
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


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_doctype(*_declaration: object) -> None:
    raise UnreadableError("damaged")
