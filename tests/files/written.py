"""Documents with words in them, of each kind that is read; and some that cannot be."""

import zipfile
from io import BytesIO
from pathlib import PurePath

import docx as python_docx
import openpyxl

from files.kinds import CONTENT_TYPES
from tests.files.samples import zipped


def pdf_with_text(*pages: list[str], trailer: str = "") -> bytes:
    """A page of lines for each list. Letters are those of Windows."""
    kids = " ".join(f"{2 * number + 4} 0 R" for number in range(len(pages)))
    objects = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>endobj",
        "3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj",
    ]
    for number, lines in enumerate(pages):
        words = " ".join(f"({line}) Tj T*" for line in lines)
        drawn = f"BT /F1 12 Tf 14 TL 20 780 Td {words} ET"
        objects += [
            f"{2 * number + 4} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]"
            f"/Contents {2 * number + 5} 0 R/Resources<</Font<</F1 3 0 R>>>>>>endobj",
            f"{2 * number + 5} 0 obj<</Length {len(drawn)}>>stream\n{drawn}\nendstream endobj",
        ]
    objects.append(f"trailer<</Root 1 0 R{trailer}>>\n%%EOF\n")
    return ("%PDF-1.4\n" + "\n".join(objects)).encode("cp1252")


def locked_pdf() -> bytes:
    """No password fits this one, and certainly not none."""
    owner, user = "11" * 32, "22" * 32
    encryption = f"<</Filter/Standard/V 1/R 2/O<{owner}>/U<{user}>/P -4>>"
    return pdf_with_text(["Geheim"], trailer=f"/ID[<33><33>]/Encrypt {encryption}")


def pdf_without_end() -> bytes:
    """Some kilobytes that draw a picture of a line a thousand million times, each in another."""
    levels = 9
    forms = [
        f"{level + 5} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject"
        f"<</X {level + 6} 0 R>>>>/Length 60>>stream\n{'/X Do ' * 10}\nendstream endobj"
        for level in range(levels)
    ]
    objects = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        "/Resources<</XObject<</X 5 0 R>>>>>>endobj",
        "4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj",
        *forms,
        f"{levels + 5} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 12>>stream\n"
        "0 0 m 9 9 l S\nendstream endobj",
        "trailer<</Root 1 0 R>>\n%%EOF\n",
    ]
    return ("%PDF-1.4\n" + "\n".join(objects)).encode()


def docx(*paragraphs: str) -> bytes:
    document = python_docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return _saved(document)


def docx_with(body: str, **more_parts: str) -> bytes:
    """A Word file with this XML as its body; more parts as `word/footnotes.xml`."""
    relations = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{PurePath(name).stem}" Target="/{name}"/>'
        for name in more_parts
    )
    return zipped(
        {
            "_rels/.rels": _relations(
                f'<Relationship Id="m" Type="{RELATIONS}/officeDocument" Target="word/main.xml"/>'
            ),
            "word/main.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            "word/_rels/main.xml.rels": _relations(relations),
            **more_parts,
        }
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pptx(*slides: str, notes: str = "") -> bytes:
    """Slides that stand in the file in the opposite order."""
    numbers = list(range(len(slides), 0, -1))
    parts = {
        "_rels/.rels": _relations(
            f'<Relationship Id="m" Type="{RELATIONS}/officeDocument"'
            ' Target="ppt/presentation.xml"/>'
        ),
        "ppt/presentation.xml": (
            f'<p:presentation xmlns:p="{SLIDES}" xmlns:r="{RELATIONS}"><p:sldIdLst>'
            + "".join(f'<p:sldId id="{300 - n}" r:id="s{n}"/>' for n in numbers)
            + "</p:sldIdLst></p:presentation>"
        ),
        "ppt/_rels/presentation.xml.rels": _relations(
            "".join(
                f'<Relationship Id="s{n}" Type="{RELATIONS}/slide" Target="slides/slide{n}.xml"/>'
                for n in numbers
            )
        ),
    }
    for number, text in zip(numbers, slides, strict=True):
        parts[f"ppt/slides/slide{number}.xml"] = _slide(text)
    if notes:
        parts[f"ppt/slides/_rels/slide{numbers[0]}.xml.rels"] = _relations(
            f'<Relationship Id="n" Type="{RELATIONS}/notesSlide" Target="../notes/notes1.xml"/>'
        )
        parts["ppt/notes/notes1.xml"] = _slide(notes)
    return zipped(parts)


def xlsx(*rows: list, sheet: str = "Blad") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    return _saved(book)


def odt(body: str, *, encrypted: bool = False) -> bytes:
    manifest = "<m:manifest xmlns:m='m'><m:file-entry>%s</m:file-entry></m:manifest>"
    return zipped(
        {
            "mimetype": CONTENT_TYPES["odt"],
            "META-INF/manifest.xml": manifest % ("<m:encryption-data/>" if encrypted else ""),
            "content.xml": f"<office:body xmlns:office='o' xmlns:text='t'>{body}</office:body>",
        }
    )


def docx_bomb() -> bytes:
    """A Word file of some 300 kB with 300 MB in it."""
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(docx_with(""))) as empty:
        relations = empty.read("_rels/.rels")
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relations)
        with archive.open("word/main.xml", "w") as part:
            part.write(b"<document>")
            for _ in range(300):
                part.write(b" " * (1024 * 1024))
            part.write(b"</document>")
    return output.getvalue()


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _relations(inside: str) -> str:
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{inside}</Relationships>'


def _slide(text: str) -> str:
    return (
        f'<p:sld xmlns:p="{SLIDES}" xmlns:a="{DRAWING}">'
        f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"
    )


def _saved(document) -> bytes:
    output = BytesIO()
    document.save(output)
    return output.getvalue()
