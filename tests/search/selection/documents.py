"""Reading a hand-out again: its words, and what it tells a screen reader."""

import ctypes
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@dataclass(frozen=True)
class Told:
    """What the document says of itself."""

    title: str
    language: str
    is_tagged: bool
    # The kind and the alternative text of every element, in the order of reading.
    elements: list[tuple[str, str]]


def told_by(pdf: bytes) -> Told:
    document = pypdfium2.PdfDocument(pdf)
    return Told(
        title=document.get_metadata_dict()["Title"],
        language=_string(lambda *rest: pdfium.FPDFCatalog_GetLanguage(document, *rest)),
        is_tagged=bool(pdfium.FPDFCatalog_IsTagged(document)),
        elements=[element for page in document for element in _elements(page)],
    )


def raw_text(pdf: bytes) -> str:
    """Everything in the file, the packed parts unpacked: for what PDFium does not tell."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    parts = [pdf]
    for part in packed:
        try:
            parts.append(zlib.decompress(part))
        except zlib.error:
            continue
    return b"\n".join(parts).decode("latin-1")


def _elements(page) -> Iterator[tuple[str, str]]:
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        yield from _below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, place))
    pdfium.FPDF_StructTree_Close(tree)


def _below(element) -> Iterator[tuple[str, str]]:
    if not element:
        return
    yield (
        _string(lambda *rest: pdfium.FPDF_StructElement_GetType(element, *rest)),
        _string(lambda *rest: pdfium.FPDF_StructElement_GetAltText(element, *rest)),
    )
    for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
        yield from _below(pdfium.FPDF_StructElement_GetChildAtIndex(element, place))


def _string(ask: Callable[..., int]) -> str:
    length = ask(None, 0)
    buffer = (ctypes.c_ushort * (length // 2))()
    ask(buffer, length)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
