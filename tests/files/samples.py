"""Files to upload, each made here: good ones, small and whole, and bad ones."""

import struct
import zipfile
from io import BytesIO

import docx as python_docx
import openpyxl
from PIL import Image

from files.kinds import CONTENT_TYPES
from tests.factories import SMALL_PDF

MICROSOFT = "application/vnd.ms-office"
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
# A program for Windows begins like this.
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(200)


def pdf(author: str = "", pages: int = 1) -> bytes:
    if not author and pages == 1:
        return SMALL_PDF
    kids = " ".join(f"{number + 4} 0 R" for number in range(pages))
    objects = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {pages}>>endobj",
        f"3 0 obj<</Author({author})>>endobj",
        *(
            f"{number + 4} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj"
            for number in range(pages)
        ),
        "trailer<</Root 1 0 R/Info 3 0 R>>\n%%EOF\n",
    ]
    return ("%PDF-1.4\n" + "\n".join(objects)).encode()


def zipped(parts: dict[str, bytes | str], compression=zipfile.ZIP_DEFLATED) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return output.getvalue()


def with_part(document: bytes, name: str, content: str) -> bytes:
    """The same document with one part added, or in the place of that of this name."""
    with zipfile.ZipFile(BytesIO(document)) as archive:
        parts: dict[str, bytes | str] = {part: archive.read(part) for part in archive.namelist()}
    return zipped({**parts, name: content})


def types(*content_types: str) -> str:
    overrides = "".join(
        f'<Override PartName="/part{number}.xml" ContentType="{content_type}"/>'
        for number, content_type in enumerate(content_types)
    )
    return (
        '<?xml version="1.0"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f"{overrides}</Types>"
    )


def office(extension: str, *more_types: str, **more_parts: bytes | str) -> bytes:
    """The least that is a document of this kind; more parts as `word__vbaProject_bin=b""`."""
    main = f"{CONTENT_TYPES[extension]}.main+xml"
    return zipped(
        {"[Content_Types].xml": types(main, *more_types), "part0.xml": "<main/>", **more_parts}
    )


def docx(author: str = "Sam de Vries") -> bytes:
    """A real one, with the names of its makers in it."""
    document = python_docx.Document()
    document.add_paragraph("Wat spreken we af?")
    document.core_properties.author = document.core_properties.last_modified_by = author
    return _saved(document)


def xlsx(author: str = "Sam de Vries") -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "Wat spreken we af?"
    book.properties.creator = book.properties.lastModifiedBy = author
    return _saved(book)


def odt(**more_parts: bytes | str) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), CONTENT_TYPES["odt"])
        archive.writestr("content.xml", "<office/>")
        archive.writestr(
            "meta.xml",
            "<m><meta:initial-creator>Sam</meta:initial-creator><dc:creator>Sam</dc:creator></m>",
        )
        for name, content in more_parts.items():
            archive.writestr(name, content)
    return output.getvalue()


def _saved(document) -> bytes:
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def picture(kind: str = "JPEG", size=(60, 40), **options) -> bytes:
    """Red, with a blue upper left corner, so that turning it shows."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (0, 0, size[0] // 2, size[1] // 2))
    output = BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def photo(orientation: int = 1) -> bytes:
    """A photo as a telephone makes it: with the place, the maker, and which side is up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telefoonmaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 22.0, 12.0), 3: "E", 4: (4.0, 53.0, 42.0)})
    return picture(exif=exif, comment="Sam de Vries", quality=90)


def mp3(label: bool = True) -> bytes:
    # MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame.
    frame = bytes([0xFF, 0xFB, 0x90, 0x00]) + bytes(413)
    tag = b"ID3\x03\x00\x00\x00\x00\x00\x0a" + bytes(10)
    return (tag if label else b"") + frame * 3


def mp4() -> bytes:
    return _box(b"ftyp", b"isom\x00\x00\x02\x00isommp42") + _box(b"moov", bytes(40)) + _box(b"mdat")


def _box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def zip_bomb(extension: str = "docx") -> bytes:
    """Some 200 kB that would become 210 MB."""
    return office(extension, **{"zeros.xml": bytes(210 * 1024 * 1024)})


def many_parts(extension: str = "docx") -> bytes:
    return office(extension, **{f"part{number}.bin": b"" for number in range(1, 6_000)})


GOOD = {
    "plan.pdf": pdf(),
    "PLAN.PDF": pdf(),
    "plan van aanpak v1.2.pdf": pdf(),
    "beschadigd.pdf": b"%PDF-1.7\nnothing more",
    "kaart.docx": docx(),
    "dia.pptx": office("pptx"),
    "tabel.xlsx": xlsx(),
    "kaart.odt": odt(),
    "tabel.csv": "naam;aantal\nÉén;1\n".encode(),
    "tabel van excel.csv": "naam;aantal\nÉén;1\n".encode("cp1252"),
    "tekst.txt": "Wat spreken we af? 😀".encode(),
    "tekst van windows.txt": "Wat spreken we af?".encode("utf-16"),
    "foto.jpg": photo(),
    "foto.jpeg": photo(6),
    "foto.png": picture("PNG"),
    "foto.webp": picture("WEBP"),
    "geluid.mp3": mp3(),
    "geluid zonder label.mp3": mp3(label=False),
    "film.mp4": mp4(),
}

# Name, content, and the code of the reason.
BAD = [
    ("leeg.pdf", b"", "empty"),
    ("zonder soort", pdf(), "kind"),
    ("programma.exe", PROGRAM, "kind"),
    ("plan.pdf.exe", PROGRAM, "kind"),
    ("pagina.html", HTML, "kind"),
    ("tekening.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
    ("oud.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "kind"),
    ("pak.zip", zipped({"a": "b"}), "kind"),
    ("x.php.pdf", pdf(), "double_extension"),
    ("x.html.txt", b"tekst", "double_extension"),
    ("x.pdf.docx", docx(), "double_extension"),
    ("x.exe .pdf", pdf(), "double_extension"),
    ("evil.pdf", HTML, "script"),
    ("evil utf-16.pdf", HTML.decode().encode("utf-16"), "script"),
    ("hoofd.pdf", b"<html><script>x</script></html>\n" + pdf(), "script"),
    ("staart.pdf", b"%PDF-1.4\n<script>alert(1)</script>\n" + pdf(), "script"),
    ("tekst.txt", HTML, "script"),
    ("tabel.csv", b"\n\n <SCRIPT src=x></SCRIPT>;1", "script"),
    ("code.txt", b"<?php system('id'); ?>", "script"),
    ("foto.jpg", picture("JPEG", comment=b"<script>alert(1)</script>"), "script"),
    ("tekening.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "script"),
    ("plan.pdf", PROGRAM, "other_content"),
    ("verschoven.pdf", b"tekst vooraf\n" + pdf(), "other_content"),
    ("plan.docx", pdf(), "other_content"),
    ("plan.pdf", docx(), "other_content"),
    ("tekst.txt", pdf(), "other_content"),
    ("tekst.txt", b"a\x00b", "other_content"),
    ("tekst.txt", b"a\x07b", "other_content"),
    ("tekst.txt", PROGRAM, "other_content"),
    ("tekst.csv", docx(), "other_content"),
    ("foto.jpg", picture("PNG"), "other_content"),
    ("foto.png", photo(), "other_content"),
    ("half.jpg", photo()[:20], "other_content"),
    ("foto.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(40), "other_content"),
    ("geluid.mp3", b"ID3" + bytes(200), "other_content"),
    ("geluid.mp3", bytes([0xFF, 0xFB]) + bytes(200), "other_content"),
    ("film.mp4", b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42", "other_content"),
    ("film.mp4", mp3(), "other_content"),
    ("kaart.docx", xlsx(), "other_content"),
    ("kaart.odt", docx(), "other_content"),
    ("kaart.docx", zipped({"a.txt": "geen Word"}), "other_content"),
    ("kaart.docx", docx()[:-40], "other_content"),
    ("kaart.docx", b"voorop" + docx(), "other_content"),
    ("kaart.docx", zipped({"[Content_Types].xml": "<Types>"}), "other_content"),
    (
        "kaart.docx",
        zipped({"[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b "c">]>' + types("&b;")}),
        "other_content",
    ),
    ("slot.docx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "locked"),
    ("macro.docm", docx(), "macro"),
    ("macro.xlsm", xlsx(), "macro"),
    ("macro.docx", office("docx", **{"word/vbaProject.bin": b"x"}), "macro"),
    ("macro.docx", office("docx", f"{MICROSOFT}.vbaProject"), "macro"),
    (
        "macro.docx",
        office("docx", "application/vnd.ms-word.document.macro&#69;nabled.main+xml"),
        "macro",
    ),
    ("macro.odt", odt(**{"Basic/Standard/Module1.xml": "x"}), "macro"),
    ("bom.docx", zip_bomb(), "zip_bomb"),
    ("delen.docx", many_parts(), "zip_bomb"),
    ("lijst.docx", office("docx", **{"[content_types].xml": "x"}), "other_content"),
]
