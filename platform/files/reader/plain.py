"""Text and tables in text: all of it is words."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from files.reader.limits import MOST_CHARACTERS, UnreadableError, too_large

MOST_BYTES_A_CHARACTER = 4


def pages(file: BinaryIO) -> Iterator[tuple[None, str]]:
    content = file.read(MOST_CHARACTERS * MOST_BYTES_A_CHARACTER + 1)
    if len(content) > MOST_CHARACTERS * MOST_BYTES_A_CHARACTER:
        too_large()
    yield None, decoded(content)


def decoded(content: bytes) -> str:
    """UTF-16 with its mark, UTF-8, or what Windows writes: what an upload may be."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError("damaged")
