"""The words in a file of each kind, made readable."""

from typing import BinaryIO

from files.reader import office, pdf, plain
from files.reader.limits import Pages, UnreadableError
from files.reader.words import readable

READERS = {
    "pdf": pdf.pages,
    "docx": office.word,
    "odt": office.open_document,
    "pptx": office.powerpoint,
    "xlsx": office.excel,
    "txt": plain.pages,
    "csv": plain.pages,
}


def read(file: BinaryIO, kind: str) -> list[tuple[int | None, str]]:
    """The pages with text, in order. Raises UnreadableError when there is not a word."""
    pages = Pages()
    for number, text in READERS[kind](file):
        pages.add(number, readable(text))
    if not any(letter.isalnum() for _number, text in pages.read for letter in text):
        raise UnreadableError("no-text")
    return pages.read
