"""What a file holds beside the words that a reader sees: properties, comments, what was deleted.

It is not searched, only looked at for what may show who a child is.
"""

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw

from files.reader.limits import MOST_CHARACTERS, MOST_PAGES, UnreadableError
from files.reader.marks import Marks
from files.reader.package import Package
from files.reader.words import readable

# (what it is, the text): the first is one of files.models.Part.
Aside = tuple[str, str]

PROPERTIES, COMMENTS, CHANGES, NUMBERS = "properties", "comments", "changes", "numbers"
PDF_PROPERTIES = ["Title", "Author", "Subject", "Keywords"]
MOST_COMMENT_BYTES = 20_000

_NAMES = frozenset(
    {
        *("title", "subject", "creator", "lastModifiedBy", "keywords", "description", "category"),
        *("Manager", "Company", "lpwstr", "bstr", "initial-creator", "keyword", "user-defined"),
        *("printed-by",),
    }
)
OF_PROPERTIES = Marks(_NAMES, _NAMES, frozenset())
PROPERTY_PARTS = ["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml"]
_WORDS = frozenset({"t", "text"})
OF_COMMENTS = Marks(_WORDS, frozenset({"p", "comment", "cm"}), frozenset({"pPr", "rPr"}))
OF_CHANGES = Marks(frozenset({"delText"}), frozenset({"p"}), frozenset())
OF_ANNOTATIONS = Marks(frozenset({"annotation"}), frozenset({"p", "annotation"}), frozenset())
OF_TRACKED = Marks(frozenset({"deletion"}), frozenset({"p", "deletion"}), frozenset())
# A citizen service number in a cell of a table is a number to the table as well.
LONG_NUMBER = re.compile(r"\d{8,9}")


def aside(file: BinaryIO, kind: str) -> list[Aside]:
    """What stands beside the text in a file of this kind, as far as it can be read."""
    found: list[Aside] = []
    characters = 0
    reader = READERS.get(kind)
    try:
        for what, text in reader(file) if reader else ():
            characters += len(text)
            if characters > MOST_CHARACTERS:
                break
            if text := readable(text):
                found.append((what, text))
    except UnreadableError:
        pass  # Whoever reads the words of the file says so.
    return found


def pdf(file: BinaryIO) -> Iterator[Aside]:
    try:
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("damaged") from error
    for name in PDF_PROPERTIES:
        yield PROPERTIES, document.get_metadata_value(name)
    for number in range(min(len(document), MOST_PAGES)):
        try:
            yield from ((COMMENTS, text) for text in _comments_on(document[number]))
        except pypdfium2.PdfiumError:
            continue


def _comments_on(page: pypdfium2.PdfPage) -> Iterator[str]:
    raw = pypdfium2.raw
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, index)
        size = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
        if 2 < size <= MOST_COMMENT_BYTES:
            buffer = ctypes.create_string_buffer(size)
            place = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))
            raw.FPDFAnnot_GetStringValue(note, b"Contents", place, size)
            yield buffer.raw[: size - 2].decode("utf-16-le", "replace")
        raw.FPDFPage_CloseAnnot(note)


def word(file: BinaryIO) -> Iterator[Aside]:
    package = Package(file)
    yield from _properties(package)
    main = package.main_part()
    yield from _comments(package, [main])
    yield CHANGES, package.words(main, OF_CHANGES)


def powerpoint(file: BinaryIO) -> Iterator[Aside]:
    package = Package(file)
    yield from _properties(package)
    yield from _comments(package, package.parts_in_order("sldId"))


def excel(file: BinaryIO) -> Iterator[Aside]:
    package = Package(file)
    yield from _properties(package)
    sheets = package.parts_in_order("sheet")
    yield from _comments(package, sheets)
    for sheet in sheets:
        numbers = [cell for cell in package.numbers(sheet) if LONG_NUMBER.fullmatch(cell)]
        yield NUMBERS, "\n".join(numbers)


def open_document(file: BinaryIO) -> Iterator[Aside]:
    package = Package(file)
    yield from _properties(package)
    if package.has("content.xml"):
        yield COMMENTS, package.words("content.xml", OF_ANNOTATIONS)
        yield CHANGES, package.words("content.xml", OF_TRACKED)


def _properties(package: Package) -> Iterator[Aside]:
    for part in PROPERTY_PARTS:
        if package.has(part):
            yield PROPERTIES, package.words(part, OF_PROPERTIES)


def _comments(package: Package, parts: list[str]) -> Iterator[Aside]:
    """What was written in the margin of these parts, and by whom."""
    for part in parts:
        for relation in package.relations(part):
            if relation.kind in {"comments", "threadedComment"} and package.has(relation.part):
                yield COMMENTS, package.words(relation.part, OF_COMMENTS)


READERS: dict[str, Callable[[BinaryIO], Iterator[Aside]]] = {
    "pdf": pdf,
    "docx": word,
    "odt": open_document,
    "pptx": powerpoint,
    "xlsx": excel,
}
