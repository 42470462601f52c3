"""The words in a PDF, page by page."""

from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw

from files.reader.limits import MOST_PAGES, UnreadableError, too_large

LOCKED = {pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY}
# PDFium puts this in the place of a hyphen at the end of a line, and of the end itself.
BROKEN_WORD = "\ufffe"


def pages(file: BinaryIO) -> Iterator[tuple[int, str]]:
    try:
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in LOCKED
        raise UnreadableError("encrypted" if locked else "damaged") from error
    count = len(document)
    if count > MOST_PAGES:
        too_large()
    damaged = 0
    for number in range(1, count + 1):
        try:
            yield number, text_of(document[number - 1])
        except pypdfium2.PdfiumError:
            damaged += 1  # The other pages may be whole.
    if damaged == count:
        raise UnreadableError("damaged")


def text_of(page: pypdfium2.PdfPage) -> str:
    words = page.get_textpage()
    try:
        return words.get_text_range().replace(BROKEN_WORD, "-\n")
    finally:
        words.close()
        page.close()
