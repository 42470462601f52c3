"""The words in Word, PowerPoint, Excel and OpenDocument files."""

from collections.abc import Iterator
from typing import BinaryIO

from files.reader.limits import MOST_PAGES, UnreadableError, too_large
from files.reader.marks import Marks
from files.reader.package import Package

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
    names = package.elements(package.main_part(), "sheet")
    yield None, "\n".join(sheet.get("name", "") for sheet in names)
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
