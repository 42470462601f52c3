"""The parts of a document that is a zip file with XML inside.

Only the parts that hold words are unpacked, piece by piece, and XML with a DTD is refused: so no
entity can grow or point elsewhere. Links to other files are never followed.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from files.reader.limits import (
    MOST_CHARACTERS,
    MOST_PARTS,
    MOST_UNPACKED,
    UnreadableError,
    too_large,
)
from files.reader.marks import (
    SHARED_STRINGS,
    Attributes,
    Cells,
    Collector,
    Marks,
    Numbers,
    local,
)

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
class Relation:
    """That one part of a document uses another."""

    key: str
    kind: str
    part: str


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
        keys = (
            value
            for attributes in self.elements(main, element)
            for name, value in attributes.items()
            if name.endswith(":id")  # Mostly `r:id`; an `id` without prefix is another matter.
        )
        return [parts[key] for key in keys if key in parts]

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

    def elements(self, part: str, element: str) -> list[Attributes]:
        """The attributes of all elements of this name."""
        found: list[Attributes] = []

        def start(name: str, attributes: Attributes) -> None:
            if local(name) == element:
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
            if local(name) == "si":
                strings.append("".join(collector.text))
                collector.text.clear()

        self._parse(part, collector.start, end, collector.data)
        return strings

    def cells(self, part: str, strings: list[str]) -> str:
        reader = Cells(strings, self._count)
        self._parse(part, reader.start, reader.end, reader.data)
        return "".join(reader.text)

    def numbers(self, part: str) -> list[str]:
        """What stands in the cells of a sheet that hold numbers."""
        reader = Numbers()
        self._parse(part, reader.start, reader.end, reader.data)
        return reader.found

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


def _refuse_doctype(*_declaration: object) -> None:
    raise UnreadableError("damaged")
