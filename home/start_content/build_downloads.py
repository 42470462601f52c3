"""Makes the work sheets: a PDF and a Word file of every sheet in worksheets.toml.

    python home/start_content/build_downloads.py            write home/start_content/files/
    python home/start_content/build_downloads.py --check    say whether those files are up to date

Needs playwright with Debian's chromium, python-docx, pikepdf, fonttools and brotli.
The PDF is printed from HTML. The Word file has the same words, to fill in on a screen or to adapt.
"""

import argparse
import base64
import datetime
import io
import re
import sys
import tomllib
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
FILES = HERE / "files"
FONT_SOURCES = HERE.parents[1] / "frontend" / "vendor"
CHROMIUM = "/usr/bin/chromium"
LARGEST = 200_000  # bytes: easy to mail, quick to open on a phone
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
STATES = ["bezig", "afgerond", "overgeslagen"]

# The two inks of the site: green for education, apricot for welfare and care.
INKS = {
    "INK": "#18302a",
    "SOFT": "#4d5f58",
    "GREEN": "#14614f",
    "APRICOT": "#f2a05c",
    "OVERLAP": "#173d2a",
    "RUST": "#8c3d10",
    "EDGE": "#75857e",
    "RULE": "#b9bfb5",
    "TINT": "#fbe7d3",
}

DRAWINGS = {
    "logo": """<svg viewBox="0 0 80 56"><g fill="none" stroke-width="6">
<circle stroke="APRICOT" cx="17" cy="39" r="13"/><circle stroke="GREEN" cx="63" cy="39" r="13"/></g>
<path fill="none" stroke="OVERLAP" stroke-width="5.5" stroke-linecap="round"
 stroke-linejoin="round" d="M17 39L29 19H51L63 39M29 19L36 39H48L51 19M17 39H63"/>
<circle fill="APRICOT" cx="28" cy="8" r="6"/><circle fill="GREEN" cx="50" cy="8" r="6"/></svg>""",
    "tandem": """<svg viewBox="60 0 520 426">
<circle fill="none" stroke="EDGE" stroke-width="2.5" cx="320" cy="232" r="186"/>
<circle fill="TINT" cx="320" cy="232" r="146"/>
<g fill="none" stroke-linecap="round" stroke-linejoin="round">
<circle stroke="APRICOT" stroke-width="15" cx="150" cy="330" r="82"/>
<circle stroke="GREEN" stroke-width="15" cx="490" cy="330" r="82"/>
<path stroke="OVERLAP" stroke-width="11" d="M150 330L214 214H446M214 214L258 330H372L358 214
M258 330H150M372 330L446 214M440 196L490 330M440 196L434 176H472M350 196L346 178H370M194 204H236
M338 204H376"/>
<g stroke="APRICOT"><path stroke-width="30" d="M216 188L262 256L248 336"/>
<path stroke-width="54" d="M220 172L262 92"/>
<path stroke-width="22" d="M268 96L300 156L362 176"/></g>
<g stroke="GREEN"><path stroke-width="30" d="M354 188L408 252L388 336"/>
<path stroke-width="54" d="M356 172L394 88"/>
<path stroke-width="22" d="M398 92L426 152L466 174"/></g>
<path stroke="OVERLAP" stroke-width="22" d="M340 169L362 176"/></g>
<circle fill="APRICOT" cx="150" cy="330" r="13"/><circle fill="GREEN" cx="490" cy="330" r="13"/>
<circle fill="APRICOT" cx="286" cy="34" r="27"/><circle fill="GREEN" cx="416" cy="30" r="27"/>
</svg>""",
    "three": """<svg viewBox="0 0 96 96">
<circle fill="none" stroke="GREEN" stroke-width="5" cx="48" cy="48" r="42"/>
<circle fill="GREEN" cx="48" cy="30" r="11"/><circle fill="APRICOT" cx="32" cy="58" r="11"/>
<circle fill="OVERLAP" cx="64" cy="58" r="11"/></svg>""",
    "circle": """<svg viewBox="4 4 232 232"><g fill="none" stroke="EDGE">
<circle stroke-width="3" stroke-dasharray="3 11" stroke-linecap="round" cx="120" cy="120" r="112"/>
<circle stroke-width="2" cx="120" cy="120" r="82"/></g>
<circle fill="GREEN" cx="98" cy="120" r="34"/><circle fill="APRICOT" cx="142" cy="120" r="34"/>
<path fill="OVERLAP" d="M120 145.9A34 34 0 0 0 120 94.1A34 34 0 0 0 120 145.9Z"/>
<circle fill="APRICOT" cx="178" cy="62" r="10"/><circle fill="GREEN" cx="62" cy="62" r="10"/>
<circle fill="GREEN" cx="178" cy="178" r="10"/><circle fill="APRICOT" cx="62" cy="178" r="10"/>
<circle fill="APRICOT" cx="18" cy="92" r="8"/><circle fill="GREEN" cx="222" cy="148" r="8"/>
</svg>""",
    "pair": """<svg viewBox="4 18 88 60">
<circle fill="GREEN" cx="34" cy="48" r="29"/><circle fill="APRICOT" cx="62" cy="48" r="29"/>
<path fill="OVERLAP" d="M48 73.4A29 29 0 0 0 48 22.6A29 29 0 0 0 48 73.4Z"/></svg>""",
    "road": """<svg viewBox="0 0 340 136"><g fill="none" stroke-width="9" stroke-linecap="round">
<path stroke="GREEN" d="M14 18C110 18 120 60 220 60H335"/>
<path stroke="APRICOT" d="M14 122C110 122 120 74 220 74H335"/></g>
<circle fill="GREEN" cx="16" cy="18" r="13"/><circle fill="APRICOT" cx="16" cy="122" r="13"/>
</svg>""",
}

Sheet = dict[str, Any]
Section = dict[str, Any]
Table = dict[str, Any]
Words = dict[str, Any]
Cell = str | dict[str, Any]
Fonts = dict[str, bytes]


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def pages_of(sheet: Sheet) -> list[list[Section]]:
    pages: list[list[Section]] = [[]]
    for section in sheet["section"]:
        if section.get("new_page"):
            pages.append([])
        pages[-1].append(section)
    return pages


def side_by_side(sections: list[Section]) -> list[list[Section]]:
    """The sections of a page from top to bottom; two halves stand next to each other."""
    rows: list[list[Section]] = []
    for section in sections:
        if section.get("half") and rows and len(rows[-1]) == 1 and rows[-1][0].get("half"):
            rows[-1].append(section)
        else:
            rows.append([section])
    return rows


def rows_of(table: Table) -> Iterator[list[Cell]]:
    """The rows under the head of a table; an empty text is a cell to write in."""
    empty: list[Cell] = [""] * len(table["columns"])
    for row in table.get("filled", []):
        yield row + empty[len(row) :]
    for head in table.get("heads", []):
        yield [head, *empty[1:]]
    for number, (name, question) in enumerate(table.get("phases", []), table.get("start", 1)):
        phase: Cell = {"title": f"{number} {name}", "text": question}
        when: Cell = {"dates": ["van:", "tot:"], "choices": STATES}
        yield [phase, when, *empty[2:]]
    for _ in range(table.get("rows", 0)):
        yield empty


def is_read(table: Table) -> bool:
    """A table of text only, without room to write."""
    return "filled" in table and "height" not in table


def lessons_line(numbers: list[int]) -> str:
    *others, last = [str(number) for number in numbers]
    return f"Lees op de site les {', '.join(others)} en {last}."


def coloured(template: str, values: dict[str, str] = INKS) -> str:
    return re.sub(r"\b[A-Z_]{3,}\b", lambda word: values.get(word[0], word[0]), template)


def load_fonts() -> Fonts:
    """The site's fonts as plain TrueType: Word reads neither woff2 nor variable fonts."""
    hanken = "hanken-grotesk-latin-wght-normal.woff2"
    return {
        "Young Serif": truetype("young-serif-latin-400-normal.woff2"),
        "Hanken Grotesk": truetype(hanken, weight=400),
        "Hanken Grotesk Bold": truetype(hanken, weight=700),
    }


def truetype(name: str, *, weight: int | None = None) -> bytes:
    source = next(FONT_SOURCES.rglob(name), None)
    if source is None:
        sys.exit(f"{name} not found under {FONT_SOURCES}")
    font = TTFont(source, recalcTimestamp=False)
    if weight:
        instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
        bold = weight >= 600
        family, style = font["name"].getDebugName(1), "Bold" if bold else "Regular"
        full = f"{family} {style}"
        for identity, text in {2: style, 4: full, 6: full.replace(" ", "-")}.items():
            font["name"].setName(text, identity, 3, 1, 0x409)
        font["OS/2"].usWeightClass = weight
        font["OS/2"].fsSelection = 0x20 if bold else 0x40
        font["head"].macStyle = int(bold)
    font.flavor = None
    plain = io.BytesIO()
    font.save(plain)
    return plain.getvalue()


# The PDF

CSS = """
@page { size: A4 ORIENTATION; margin: MARGIN; font: 10pt Hanken; color: SOFT;
  @bottom-left { content: "LATER_FOOT"; padding-bottom: 4mm }
  @bottom-right { content: PAGE_NUMBER; padding-bottom: 4mm } }
@page :first { @bottom-left { content: "FIRST_FOOT" } }
* { box-sizing: border-box; margin: 0; padding: 0 }
body { font: 10.5pt/1.35 Hanken; color: INK; font-variant-numeric: tabular-nums }
.page { width: PAGE_WIDTH; height: PAGE_HEIGHT; display: flex; flex-direction: column; gap: GAP }
.page + .page { break-before: page }
h1, h2, h3 { font-weight: 400; font-family: Young; line-height: 1.15 }
h1 { font-size: 26pt; line-height: 1.05 }
p, li, dd, td, th { text-wrap: pretty }
h2 { font-size: 14pt; display: flex; gap: 2.5mm; align-items: center }
h3 { font-size: 12pt }
b, th { font-weight: 700 }
.hint, dt { color: SOFT }
.label, dt, thead th { font-size: 10pt }
.label, dd, .kind, .privacy { font-weight: 700 }
i { display: block; flex: 1; border-bottom: .25mm solid EDGE }

header { display: flex; flex-direction: column; gap: 3mm }
.brand { display: flex; align-items: center; gap: 3mm; font: 13pt/1.15 Young }
.brand svg { display: block; width: 13mm }
.brand small { display: block; font: 10pt/1.2 Hanken; color: SOFT }
.strand { height: 2.2mm; border: solid; border-color: GREEN APRICOT APRICOT;
  border-width: .75mm 0; margin-top: -1mm }
.title { display: flex; justify-content: space-between; gap: 8mm; align-items: center }
.title svg { display: block; height: 24mm }
.kind { color: RUST; margin-bottom: .6mm }
.lead { font-size: 12.5pt; margin-top: 1.5mm; max-width: 125mm; text-wrap: balance }
.wide .title svg { height: 18mm }
.wide .lead { max-width: none }
.facts { display: grid; grid-template-columns: repeat(3, 1fr); gap: 6mm; padding: 1.6mm 0;
  border: solid EDGE; border-width: .25mm 0 }
dd { line-height: 1.25 }
.privacy { border-left: 1mm solid RUST; padding-left: 3mm }
.colophon { margin-top: auto; font-size: 10pt; color: SOFT; text-align: center }

section, header, .colophon { position: relative } /* so that chromium writes all in reading order */
.path th, .path td { position: relative }
section, .step > div { display: flex; flex-direction: column; gap: 1.6mm }
.grows, .table, .halves:has(.grows) { flex: 1 1 auto }
.halves { display: grid; grid-template-columns: 1fr 1fr; gap: 10mm }
.number { flex: none; width: 6.6mm; border-radius: 50%; background: GREEN; color: #fff;
  font: 700 11pt/6.6mm Hanken; text-align: center }
ul { list-style: none; display: grid; gap: 1.1mm; align-content: start }
li { display: flex; gap: 2.6mm }
li i { align-self: end; height: 4mm }
.questions li::before, .choices li::before, .checks li::before { content: ""; flex: none }
.questions li::before { width: 2mm; height: 2mm; margin-top: 1.5mm; border-radius: 50%;
  align-self: start; background: APRICOT; border: .3mm solid OVERLAP }
.choices li::before, .checks li::before { width: 3.8mm; height: 3.8mm; margin-top: .5mm;
  border: .35mm solid GREEN; border-radius: .5mm }
.choices { display: flex; flex-wrap: wrap; gap: 1.1mm 8mm }
.halves .choices, td .choices { display: grid }
.fields, .writes { display: flex; gap: 6mm; align-items: end }
.writes { align-items: stretch }
.fields i { height: 7.5mm }
.writes, .writes > div, .box { flex: 1 }
.writes > div, .box { display: flex; flex-direction: column }
.box { border: .25mm solid EDGE; border-radius: .8mm; padding: 0 3mm; background: #fff;
  margin-top: .6mm }
.box i { min-height: 7.5mm; border-color: RULE }
.box i:last-child { border-color: transparent }
.boxed { background: TINT; padding: 3mm 4mm 4mm; border-radius: .8mm }
.boxed .hint { color: INK }

table { border-collapse: collapse; table-layout: fixed; width: 100%; height: 100% }
th, td { text-align: left; vertical-align: top; padding: 1.1mm 2.2mm; line-height: 1.3;
  border-left: .25mm solid RULE; border-bottom: .25mm solid EDGE }
th:first-child, td:first-child { padding-left: 0; border-left: 0 }
thead th { border-left: 0; border-bottom: .5mm solid GREEN; height: 1px }
.read th, .read td { border-left: 0 }
.path table th:first-child { padding-left: 14mm }
.path tbody th { font-weight: 400 }
.path h2 { margin: .9mm 0 1mm }
.path h2::before { content: ""; position: absolute; left: 0; top: .8mm; width: 8mm; height: 8mm;
  border: .8mm solid GREEN; border-radius: 50%; background: #fff }
.spine { position: absolute; left: 2.9mm; top: 0; bottom: 0; width: 2.2mm; border: solid;
  border-color: transparent APRICOT transparent GREEN; border-width: 0 .75mm }
.path tr:first-child .spine { top: 4mm }
.page:last-child tr:last-child .spine { bottom: auto; height: 4mm }
.dates { margin-bottom: 1mm }
.dates i { height: 4.8mm }

.step { display: grid; grid-template-columns: 1.62fr 1fr; gap: 8mm; padding-top: 3mm;
  border-top: .25mm solid EDGE }
.step > :last-child { border-left: .75mm solid APRICOT; padding-left: 4mm }
"""


def style_sheet(sheet: Sheet, words: Words, fonts: Fonts) -> str:
    several, wide = len(pages_of(sheet)) > 1, sheet.get("landscape", False)
    values = {
        "ORIENTATION": "landscape" if wide else "portrait",
        "MARGIN": "11mm 16mm 15mm" if several else "10mm 16mm 9mm",
        "GAP": "3.6mm" if several and not wide else "3mm",
        "PAGE_WIDTH": "265mm" if wide else "178mm",
        "PAGE_HEIGHT": "183.5mm" if wide else "270.5mm" if several else "277.5mm",
        "FIRST_FOOT": f"{words['owner']}, {words['version_text']}" if several else "",
        "LATER_FOOT": words["privacy"],
        "PAGE_NUMBER": 'counter(page) " van " counter(pages)' if several else '""',
    }
    faces = "".join(
        f"@font-face {{ font-family: {family}; font-weight: {weight};"
        f" src: url(data:font/ttf;base64,{base64.b64encode(fonts[name]).decode()}) }}\n"
        for family, weight, name in [
            ("Young", 400, "Young Serif"),
            ("Hanken", 400, "Hanken Grotesk"),
            ("Hanken", 700, "Hanken Grotesk Bold"),
        ]
    )
    return faces + coloured(CSS, INKS | values)


def list_html(kind: str, items: list[str]) -> str:
    # After "anders:" one writes, so a line follows it.
    lines = (escape(item) + ("<i></i>" if item.endswith(":") else "") for item in items)
    return f'<ul class="{kind}">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def fields_html(fields: list[list[Any]]) -> str:
    parts = "".join(
        f'<div style="flex: {width}"><p class="label">{escape(label)}</p><i></i></div>'
        for label, width in fields
    )
    return f'<div class="fields">{parts}</div>'


def write_html(labels: list[str], lines: int) -> str:
    box = f'<div class="box">{"<i></i>" * lines}</div>'
    parts = "".join(
        f'<div><p class="label">{escape(label)}</p>{box}</div>' if label else f"<div>{box}</div>"
        for label in labels
    )
    return f'<div class="writes">{parts}</div>'


def cell_html(cell: Cell) -> str:
    if isinstance(cell, str):
        return escape(cell) or "&nbsp;"  # chromium leaves an empty cell out of the tags
    if "title" in cell:
        return f'<span class="spine"></span><h2>{escape(cell["title"])}</h2>{escape(cell["text"])}'
    return list_html("dates", cell["dates"]) + list_html("choices", cell["choices"])


def table_html(table: Table) -> str:
    columns = "".join(f'<col style="width: {width}%">' for width in table["widths"])
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table["columns"])
    height = f' style="height: {table["height"]}mm"' if "height" in table else ""
    body = ""
    for first, *rest in rows_of(table):
        tag, scope = ("th", ' scope="row"') if first else ("td", "")
        cells = "".join(f"<td>{cell_html(cell)}</td>" for cell in rest)
        body += f"<tr{height}><{tag}{scope}>{cell_html(first)}</{tag}>{cells}</tr>"
    kind = "path" if "phases" in table else "read" if is_read(table) else ""
    return (
        f'<div class="table {kind}"><table aria-label="{escape(table["title"])}">'
        f"<colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def section_html(section: Section) -> str:
    main: list[str] = []
    if "heading" in section:
        number = f'<span class="number">{section["number"]}</span> ' if "number" in section else ""
        main.append(f"<h2>{number}<span>{escape(section['heading'])}</span></h2>")
    if "sub" in section:
        main.append(f"<h3>{escape(section['sub'])}</h3>")
    main += [
        f'<p class="{key}">{escape(section[key])}</p>' for key in ("text", "hint") if key in section
    ]
    main += [
        list_html(key, section[key])
        for key in ("questions", "choices", "dates", "checks")
        if key in section
    ]
    rest: list[str] = []
    if "done" in section:
        rest.append(f"<p><b>Klaar als</b> {escape(section['done'])}</p>")
    if "write" in section:
        rest.append(write_html(section["write"], section["lines"]))
    if "table" in section:
        rest.append(table_html(section["table"]))
    if "fields" in section:
        rest.append(fields_html(section["fields"]))
    if "lessons" in section:
        rest.append(f'<p class="hint">{lessons_line(section["lessons"])}</p>')

    kinds = [kind for kind in ("step", "boxed") if section.get(kind)]
    if "write" in section or "height" in section.get("table", {}):
        kinds.append("grows")
    inside = "".join(main) + "".join(rest)
    if section.get("step"):
        inside = f"<div>{''.join(main)}</div><div>{''.join(rest)}</div>"
    return f'<section class="{" ".join(kinds)}">{inside}</section>'


def page_html(sections: list[Section]) -> str:
    rows = (list(map(section_html, row)) for row in side_by_side(sections))
    return "".join(
        f'<div class="halves">{"".join(row)}</div>' if len(row) == 2 else row[0] for row in rows
    )


def sheet_html(sheet: Sheet, words: Words, fonts: Fonts) -> str:
    facts = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>"
        for name, text in sheet["facts"]
    )
    pages = [page_html(sections) for sections in pages_of(sheet)]
    pages[0] = f"""<header><div class="brand"><span aria-hidden="true">
{coloured(DRAWINGS["logo"])}</span><p>{words["owner"]} <small>{words["tagline"]}</small></p></div>
<div class="strand"></div>
<div class="title"><div><p class="kind">{escape(sheet["kind"])}</p>
<h1>{escape(sheet["name"])}</h1><p class="lead">{escape(sheet["lead"])}</p></div>
<span aria-hidden="true">{coloured(DRAWINGS[sheet["drawing"]])}</span></div>
<dl class="facts">{facts}</dl><p class="privacy">{words["privacy"]}</p></header>{pages[0]}"""
    pages[-1] += f'<p class="colophon">{words["colophon"]}</p>'
    wide = " wide" if sheet.get("landscape") else ""
    return f"""<!doctype html><html lang="nl"><head><meta charset="utf-8">
<title>{escape(sheet["title"])}</title><style>{style_sheet(sheet, words, fonts)}</style></head>
<body>{"".join(f'<div class="page{wide}">{page}</div>' for page in pages)}</body></html>"""


def make_pdf(browser: Browser, sheet: Sheet, words: Words, fonts: Fonts) -> bytes:
    page = browser.new_page()
    page.set_content(sheet_html(sheet, words, fonts))
    page.evaluate("document.fonts.ready")
    spare = page.evaluate(
        "[...document.querySelectorAll('.page')].map(p => p.clientHeight - p.scrollHeight)"
    )
    if min(spare) < 0:
        sys.exit(f"{sheet['key']}: a page is too full (pixels to spare per page: {spare})")
    headings = page.locator("h1, h2, h3").all_inner_texts()
    printed = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
    page.close()
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        correct_outline(pdf, headings)
        for pdf_page in pdf.pages:
            mark_artifacts(pdf, pdf_page)
        set_metadata(pdf, sheet, words)
        result = io.BytesIO()
        compact = pikepdf.ObjectStreamMode.generate
        pdf.save(result, deterministic_id=True, object_stream_mode=compact)
    return result.getvalue()


def correct_outline(pdf: pikepdf.Pdf, headings: list[str]) -> None:
    """Chromium loses the spaces around a number and at the end of a line."""
    names = iter(headings)

    def correct(items: list[pikepdf.OutlineItem]) -> None:
        for item in items:
            item.title = " ".join(next(names).split())
            correct(item.children)

    with pdf.open_outline() as outline:
        correct(outline.root)


def mark_artifacts(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Tells a screen reader to skip what chromium left without a tag: lines, drawings, footers."""
    starts = {"m", "re", "BT", "Do", "sh"}
    ends = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n", "ET", "Do", "sh"}
    begin = pikepdf.ContentStreamInstruction([pikepdf.Name.Artifact], pikepdf.Operator("BMC"))
    end = pikepdf.ContentStreamInstruction([], pikepdf.Operator("EMC"))
    tagged, skipped = 0, False
    result: list[Any] = []
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        tagged += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
        if name in starts and not tagged and not skipped:
            result.append(begin)
            skipped = True
        result.append(instruction)
        if name in ends and skipped:
            result.append(end)
            skipped = False
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(result))


def set_metadata(pdf: pikepdf.Pdf, sheet: Sheet, words: Words) -> None:
    day = first_day(words)
    del pdf.docinfo
    for key, value in {
        "/Title": sheet["title"],
        "/Author": words["owner"],
        "/Subject": sheet["description"],
        "/Keywords": ", ".join(sheet["keywords"]),
        "/CreationDate": day.strftime("D:%Y%m%d%H%M%SZ"),
        "/ModDate": day.strftime("D:%Y%m%d%H%M%SZ"),
    }.items():
        pdf.docinfo[key] = pikepdf.String(value)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = sheet["title"]
        meta["dc:creator"] = [words["owner"]]
        meta["dc:description"] = sheet["description"]
        meta["dc:language"] = ["nl"]
        meta["dc:rights"] = words["colophon"]
        meta["dc:subject"] = sheet["keywords"]
        meta["xmp:CreateDate"] = meta["xmp:ModifyDate"] = day.isoformat()
        meta["xmpRights:WebStatement"] = words["licence_url"]
    pdf.Root.Lang = pikepdf.String("nl-NL")
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


def first_day(words: Words) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{words['version']}-01T00:00:00+00:00")


# The Word file

LOOK = {  # style: font, size in points, ink, bold, points before and after
    "Normal": ("Hanken Grotesk", 10.5, "INK", False, 0, 3),
    "Heading 1": ("Young Serif", 26, "INK", False, 0, 2),
    "Heading 2": ("Young Serif", 14, "INK", False, 8, 3),
    "Heading 3": ("Young Serif", 12, "INK", False, 5, 2),
    "Subtitle": ("Hanken Grotesk", 12.5, "INK", False, 0, 6),
    "List Bullet": ("Hanken Grotesk", 10.5, "INK", False, 0, 2),
    "Soort blad": ("Hanken Grotesk", 10.5, "RUST", True, 0, 0),
    "Toelichting": ("Hanken Grotesk", 10.5, "SOFT", False, 0, 3),
    "Let op": ("Hanken Grotesk", 10.5, "INK", True, 2, 4),
    "Tekst in tabel": ("Hanken Grotesk", 10.5, "INK", False, 0, 0),
    "Kop in tabel": ("Hanken Grotesk", 10, "INK", True, 0, 0),
    "Colofon": ("Hanken Grotesk", 10, "SOFT", False, 4, 0),
}

ALTERNATIVES = {
    "logo": "Beeldmerk van Lerende Praktijken: een tandem",
    "tandem": "Tekening: twee mensen op een tandem",
    "three": "Tekening: drie stippen in één ring",
    "circle": "Tekening: twee cirkels in het midden, mensen in een kring eromheen",
    "pair": "Tekening: twee cirkels die elkaar overlappen",
    "road": "Tekening: twee wegen die samenkomen",
}


class WordFile:
    """One sheet as a Word document: in one column, with real headings, lists and tables."""

    def __init__(self, sheet: Sheet, words: Words, pictures: dict[str, bytes]) -> None:
        self.sheet, self.words, self.pictures = sheet, words, pictures
        self.document = Document()
        self.set_page()
        self.set_styles()
        self.add_header_and_footer()
        self.add_title()
        for row in side_by_side(sheet["section"]):
            if len(row) == 2:
                self.add_halves(row)
            else:
                self.add_section(row[0])
        border(self.document.add_paragraph(words["colophon"], "Colofon"), top="EDGE")
        self.set_properties()

    def set_page(self) -> None:
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        if self.sheet.get("landscape"):
            page.orientation = WD_ORIENT.LANDSCAPE
            page.page_width, page.page_height = Mm(297), Mm(210)
        page.left_margin = page.right_margin = Mm(16)
        page.top_margin, page.bottom_margin = Mm(12), Mm(14)
        page.header_distance = page.footer_distance = Mm(8)
        self.width = page.page_width - page.left_margin - page.right_margin

    def set_styles(self) -> None:
        styles = self.document.styles
        styles.element.find(f".//{qn('w:lang')}").set(qn("w:val"), "nl-NL")
        for style in [style for style in styles if style.type == WD_STYLE_TYPE.TABLE][1:]:
            style.delete()  # ninety table styles that nobody uses
        for name, (font, size, ink, bold, before, after) in LOOK.items():
            known = name in styles
            style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
            style.font.color.rgb = word_colour(ink)
            for spread in style.element.rPr.findall(qn("w:spacing")):
                style.element.rPr.remove(spread)
            style.paragraph_format.space_before = Pt(before)
            style.paragraph_format.space_after = Pt(after)
            style.paragraph_format.line_spacing = 1.08
            fonts = style.element.rPr.get_or_add_rFonts()
            fonts.attrib.clear()
            for script in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{script}"), font)

    def add_header_and_footer(self) -> None:
        page = self.document.sections[0]
        page.different_first_page_header_footer = True
        brand = page.first_page_header.paragraphs[0]
        self.add_picture(brand, "logo", width=Mm(12))
        name = brand.add_run(f"  {self.words['owner']}")
        name.font.name, name.font.size = "Young Serif", Pt(13)
        brand.add_run(f"   {self.words['tagline']}").font.color.rgb = word_colour("SOFT")
        strand = page.first_page_header.add_paragraph()
        border(strand, top="GREEN", bottom="APRICOT", eighths=18)
        strand.paragraph_format.line_spacing = Pt(3)
        strand.paragraph_format.space_after = Pt(6)
        if len(pages_of(self.sheet)) > 1:
            first = f"{self.words['owner']}, {self.words['version_text']}"
            for footer, text in [
                (page.first_page_footer, first),
                (page.footer, self.words["privacy"]),
            ]:
                line = footer.paragraphs[0]
                line.style = "Colofon"
                line.paragraph_format.tab_stops.add_tab_stop(self.width, WD_TAB_ALIGNMENT.RIGHT)
                line.add_run(f"{text}\t")
                add_number(line, "PAGE")
                line.add_run(" van ")
                add_number(line, "NUMPAGES")

    def add_title(self) -> None:
        kind = self.document.add_paragraph(style="Soort blad")
        height = Mm(20 if self.sheet.get("landscape") else 25)
        self.add_picture(kind, self.sheet["drawing"], height=height)
        float_right(kind)
        kind.add_run(self.sheet["kind"])
        self.document.add_heading(self.sheet["name"], 1)
        self.document.add_paragraph(self.sheet["lead"], "Subtitle")
        names, texts = zip(*self.sheet["facts"], strict=True)
        self.add_table("Over dit blad", names, [33, 34, 33], [texts], lines="none")
        note = self.document.add_paragraph(self.words["privacy"], "Let op")
        border(note, left="RUST", eighths=24)
        note.paragraph_format.left_indent = Mm(4)

    def add_section(self, section: Section) -> None:
        if "heading" in section:
            self.document.add_heading(numbered(section), 2)
        if section.get("new_page"):
            self.document.paragraphs[-1].paragraph_format.page_break_before = True
        if section.get("step"):
            self.add_step(section)
            return
        add_words(self.document, section)
        if "write" in section:
            labels = section["write"]
            title = section.get("heading", "Schrijfruimte")
            self.add_form(title, labels, [1] * len(labels), section["lines"] * 6.5)
        if "table" in section:
            table = section["table"]
            self.add_table(
                table["title"],
                table["columns"],
                table["widths"],
                list(rows_of(table)),
                height=table.get("height", 0) * 0.9,
                lines="rows" if is_read(table) else "all",
            )
        if "fields" in section:
            labels, widths = zip(*section["fields"], strict=True)
            self.add_form(", ".join(labels), labels, widths, 7.5)

    def add_halves(self, sections: list[Section]) -> None:
        """Sections side by side: their headings are the head of a table."""
        headings = [numbered(section) for section in sections]
        lines = max(section.get("lines", 0) for section in sections)
        even = [1] * len(sections)
        table = self.add_table(
            " / ".join(headings),
            headings,
            even,
            [[""] * len(sections)],
            height=lines * 7.5,
            lines="all" if lines else "none",
        )
        for section, head, body in zip(sections, *(row.cells for row in table.rows), strict=True):
            head.paragraphs[0].style = "Heading 2" if "heading" in section else "Heading 3"
            head.paragraphs[0].paragraph_format.space_before = Pt(0)
            add_words(body, section)
            for label, _ in section.get("fields", []):
                body.add_paragraph(f"{label}: ____________________")
            if len(body.paragraphs) > 1:
                body._tc.remove(body.paragraphs[0]._p)

    def add_step(self, section: Section) -> None:
        self.document.add_paragraph(section["text"]).paragraph_format.keep_with_next = True
        table = self.add_table(
            section["heading"], ["Doe dit samen", "Klaar als"], [62, 38], [["", ""]], lines="all"
        )
        left, right = table.rows[1].cells
        add_words(left, {"checks": section["checks"]})
        left._tc.remove(left.paragraphs[0]._p)
        right.paragraphs[0].add_run(section["done"])
        label = right.add_paragraph(section["write"][0], "Kop in tabel")
        label.paragraph_format.space_before = Pt(5)
        for _ in range(2):
            right.add_paragraph(style="Tekst in tabel")
        right.add_paragraph(lessons_line(section["lessons"]), "Toelichting")

    def add_form(
        self, title: str, labels: Sequence[str], widths: Sequence[float], height: float
    ) -> None:
        """A row of questions with a row of room to write under it."""
        self.add_table(title, labels, widths, [[""] * len(labels)], height=height)

    def add_table(
        self,
        title: str,
        columns: Sequence[str],
        widths: Sequence[float],
        rows: Sequence[Sequence[Cell]],
        *,
        height: float = 0,
        lines: str = "all",
    ) -> DocxTable:
        with_head = any(columns)
        texts = [columns, *rows] if with_head else rows
        table = self.document.add_table(rows=len(texts), cols=len(columns))
        table._tbl.replace(table._tbl.tblPr, table_properties(title, lines, self.width))
        for column, share in zip(table.columns, widths, strict=True):
            column.width = int(self.width * share / sum(widths))
        for index, row in enumerate(table.rows):
            is_head = with_head and index == 0
            marks = row._tr.get_or_add_trPr()
            marks.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
            if is_head:
                marks.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
            elif height:
                row.height = Mm(height)
            for place, (cell, text) in enumerate(zip(row.cells, texts[index], strict=True)):
                cell.width = table.columns[place].width
                bold = is_head or (
                    place == 0 and lines != "none" and isinstance(text, str) and text
                )
                cell.paragraphs[0].style = "Kop in tabel" if bold else "Tekst in tabel"
                if is_head and lines != "none":
                    cell._tc.get_or_add_tcPr().append(head_line())
                fill_cell(cell, text)
        # Word joins tables that touch.
        gap = self.document.add_paragraph()
        gap.paragraph_format.line_spacing = Pt(5)
        gap.paragraph_format.space_after = Pt(0)
        return table

    def add_picture(
        self,
        paragraph: Paragraph,
        name: str,
        *,
        width: int | None = None,
        height: int | None = None,
    ) -> None:
        shape = paragraph.add_run().add_picture(io.BytesIO(self.pictures[name]), width, height)
        # Word wants every picture in a file to have a number of its own, the header included.
        shape._inline.docPr.set("id", str(list(DRAWINGS).index(name) + 1))
        shape._inline.docPr.set("descr", ALTERNATIVES[name])
        for side in "TBLR":
            shape._inline.set(f"dist{side}", "0")

    def set_properties(self) -> None:
        properties = self.document.core_properties
        properties.title = self.sheet["title"]
        properties.author = properties.last_modified_by = self.words["owner"]
        properties.subject = self.sheet["description"]
        properties.keywords = ", ".join(self.sheet["keywords"])
        properties.comments = self.words["colophon"]
        properties.language = "nl-NL"
        properties.version = self.words["version"]
        properties.created = properties.modified = first_day(self.words).replace(tzinfo=None)


def word_colour(ink: str) -> RGBColor:
    return RGBColor.from_string(INKS[ink][1:])


def edge(side: str, ink: str, eighths: int, space: int = 0) -> str:
    colour = INKS[ink][1:]
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


def border(paragraph: Paragraph, *, eighths: int = 4, **sides: str) -> None:
    """To be called before any other formatting: Word minds the order of these elements."""
    space = {"left": 8, "top": 4 if eighths == 4 else 0}
    edges = "".join(edge(side, ink, eighths, space.get(side, 0)) for side, ink in sides.items())
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{edges}</w:pBdr>"))


def table_properties(title: str, lines: str, width: int) -> Any:
    """lines: all for a form, rows for a table to read, none for facts."""
    sides = {
        "all": ["top", "left", "bottom", "right", "insideH", "insideV"],
        "rows": ["bottom", "insideH"],
        "none": ["top", "bottom"],
    }[lines]
    edges = "".join(edge(side, "EDGE", 4) for side in sides)
    return parse_xml(f"""<w:tblPr {nsdecls("w")}><w:tblW w:w="{width // 635}" w:type="dxa"/>
<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>
<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>
<w:bottom w:w="40" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>
<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"
 w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{escape(title)}"/></w:tblPr>""")


def head_line() -> Any:
    return parse_xml(f"<w:tcBorders {nsdecls('w')}>{edge('bottom', 'GREEN', 12)}</w:tcBorders>")


def numbered(section: Section) -> str:
    name = section.get("heading") or section["sub"]
    return f"{section['number']}  {name}" if "number" in section else name


def add_words(place: WordDocument | _Cell, section: Section) -> None:
    """What there is to read in a section, straight on the page or in a cell."""
    if "text" in section:
        place.add_paragraph(section["text"])
    if "hint" in section:
        hint = place.add_paragraph(section["hint"], "Toelichting")
        hint.paragraph_format.keep_with_next = True
    for question in section.get("questions", []):
        place.add_paragraph(question, "List Bullet")
    if "choices" in section and isinstance(place, _Cell):
        for choice in section["choices"]:
            add_choices(place.add_paragraph(style="Tekst in tabel"), [choice])
    elif "choices" in section:
        add_choices(place.add_paragraph(), section["choices"])
    for date in section.get("dates", []):
        style = "Tekst in tabel" if isinstance(place, _Cell) else None
        place.add_paragraph(f"{date} ______________", style)
    for check in section.get("checks", []):
        add_check(place.add_paragraph(), check)


def fill_cell(cell: _Cell, content: Cell) -> None:
    first = cell.paragraphs[0]
    if isinstance(content, str):
        first.add_run(content)
    elif "title" in content:
        first.style = "Heading 2"
        first.paragraph_format.space_before = Pt(0)
        first.add_run(content["title"])
        cell.add_paragraph(content["text"], "Tekst in tabel")
    else:
        add_words(cell, {"dates": content["dates"]})
        add_words(cell, {"choices": content["choices"]})
        cell._tc.remove(first._p)


def add_check(paragraph: Paragraph, text: str) -> None:
    paragraph.paragraph_format.left_indent = Mm(6)
    paragraph.paragraph_format.first_line_indent = Mm(-6)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(6))
    add_box(paragraph, text)
    paragraph.add_run(f"\t{text}")


def add_choices(paragraph: Paragraph, labels: list[str]) -> None:
    for place, label in enumerate(labels):
        if place:
            paragraph.add_run("    ")
        add_box(paragraph, label)
        line = " ______________" if label.endswith(":") else ""
        # No-break spaces keep a box and its words together.
        paragraph.add_run(f" {label}{line}".replace(" ", "\u00a0"))


def add_box(paragraph: Paragraph, label: str) -> None:
    """A box that can be ticked on a screen too."""
    font = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/>'
    paragraph._p.append(
        parse_xml(f"""<w:sdt {nsdecls("w")} xmlns:w14="{WORD_2010}"><w:sdtPr>
<w:alias w:val="{escape(label)[:60]}"/><w14:checkbox><w14:checked w14:val="0"/>
<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>
<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>
<w:sdtContent><w:r><w:rPr>{font}</w:rPr><w:t>\u2610</w:t></w:r></w:sdtContent></w:sdt>""")
    )


def add_number(paragraph: Paragraph, name: str) -> None:
    paragraph._p.append(
        parse_xml(f"""<w:fldSimple {nsdecls("w")} w:instr="{name}">
<w:r><w:t>1</w:t></w:r></w:fldSimple>""")
    )


def float_right(paragraph: Paragraph) -> None:
    """Lets the text flow past the picture, which python-docx can only put in the line."""
    inline = paragraph._p.find(f".//{qn('wp:inline')}")
    anchor = parse_xml(f"""<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="180000" distR="0"
 simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">
<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>right</wp:align>
</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>
</wp:anchor>""")
    children = {child.tag: child for child in inline}
    anchor.append(children[qn("wp:extent")])
    anchor.append(parse_xml(f'<wp:wrapSquare {nsdecls("wp")} wrapText="bothSides"/>'))
    for tag in ("wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"):
        anchor.append(children[qn(tag)])
    inline.getparent().replace(inline, anchor)


def make_docx(sheet: Sheet, words: Words, fonts: Fonts, pictures: dict[str, bytes]) -> bytes:
    document = WordFile(sheet, words, pictures).document
    modernise(document.settings.element)
    # The template of python-docx brings a thumbnail and a second set of styles along.
    for relations in (document.part.package.rels, document.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects", "/customXml")):
                del relations[name]
    embed_fonts(document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE), fonts)
    saved = io.BytesIO()
    document.save(saved)
    return with_fixed_times(saved.getvalue())


def modernise(settings: Any) -> None:
    """No compatibility mode, and fonts that travel with the file."""
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), "nl-NL")
    compatibility = settings.find(qn("w:compat"))
    compatibility.remove(compatibility.find(qn("w:useFELayout")))
    compatibility.find(qn("w:compatSetting")).set(qn("w:val"), "15")
    zoom = settings.find(qn("w:zoom"))
    zoom.set(qn("w:percent"), "100")
    zoom.addnext(parse_xml(f"<w:saveSubsetFonts {nsdecls('w')}/>"))
    zoom.addnext(parse_xml(f"<w:embedTrueTypeFonts {nsdecls('w')}/>"))


def embed_fonts(table: Part, fonts: Fonts) -> None:
    faces: dict[str, str] = {}
    for number, (name, font) in enumerate(fonts.items(), 1):
        key = str(uuid.uuid5(uuid.NAMESPACE_URL, name)).upper()
        # ECMA-376 part 1, 17.8.1: the first 32 bytes are mixed with the key, backwards.
        mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
        mixed = bytes(a ^ b for a, b in zip(font, mask, strict=False)) + font[32:]
        kind = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
        part = Part(PackURI(f"/word/fonts/font{number}.odttf"), kind, mixed, table.package)
        relation = table.relate_to(part, RELATIONSHIP_TYPE.FONT)
        family = name.removesuffix(" Bold")
        style = "Bold" if name.endswith(" Bold") else "Regular"
        line = f'<w:embed{style} r:id="{relation}" w:fontKey="{{{key}}}"/>'
        faces[family] = faces.get(family, "") + line
    similar = {"Young Serif": ("Georgia", "roman"), "Hanken Grotesk": ("Arial", "swiss")}
    entries = "".join(
        f'<w:font w:name="{family}"><w:altName w:val="{similar[family][0]}"/>'
        f'<w:charset w:val="00"/><w:family w:val="{similar[family][1]}"/>'
        f'<w:pitch w:val="variable"/>{lines}</w:font>'
        for family, lines in faces.items()
    )
    table._blob = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:fonts {nsdecls('w', 'r')}>{entries}</w:fonts>"
    ).encode()


def with_fixed_times(saved: bytes) -> bytes:
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name)  # without a time: 1 January 1980
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return result.getvalue()


# All sheets


def draw_pictures(browser: Browser) -> dict[str, bytes]:
    """The drawings as PNG: Word shows SVG only in its newest versions."""
    page = browser.new_page(device_scale_factor=3)
    pictures = {}
    for name, drawing in DRAWINGS.items():
        page.set_content(f"<style>svg {{ height: 100px }}</style>{coloured(drawing)}")
        pictures[name] = page.locator("svg").screenshot(omit_background=True)
    page.close()
    return pictures


def build() -> dict[str, bytes]:
    words, catalogue = read("worksheets.toml"), read("downloads.toml")["download"]
    entries = {entry["key"]: entry for entry in catalogue}
    fonts = load_fonts()
    files: dict[str, bytes] = {}
    with sync_playwright() as playwright:
        # Without the sandbox it also runs as root, as in a container; it only reads our own text.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        pictures = draw_pictures(browser)
        for sheet in words["sheet"]:
            entry = entries[sheet["key"]]
            sheet["title"] = entry["title"]
            sheet["description"] = " ".join(entry["description"].split())
            files[entry["pdf"]] = make_pdf(browser, sheet, words, fonts)
            files[entry["docx"]] = make_docx(sheet, words, fonts, pictures)
            if (pages := len(pdf_text(files[entry["pdf"]]))) != entry["pages"]:
                sys.exit(f"{entry['pdf']} has {pages} pages, downloads.toml says {entry['pages']}")
        browser.close()
    for name, content in files.items():
        if len(content) > LARGEST:
            sys.exit(f"{name} is {len(content)} bytes, more than {LARGEST}")
    return files


def pdf_text(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def meaning(name: str, content: bytes) -> Any:
    """What a reader gets from a file; another version of chromium may write other bytes."""
    if name.endswith(".pdf"):
        return pdf_text(content)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return [parts.read(part) for part in parts.namelist() if part.endswith(".xml")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare, write nothing")
    only_check = parser.parse_args().check
    outdated = []
    for name, content in build().items():
        path = FILES / name
        if not only_check:
            FILES.mkdir(exist_ok=True)
            path.write_bytes(content)
            print(f"{name}: {len(content) / 1000:.0f} kB")
        elif not path.exists() or meaning(name, path.read_bytes()) != meaning(name, content):
            outdated.append(name)
    if outdated:
        sys.exit(f"Out of date, run without --check: {', '.join(outdated)}")


if __name__ == "__main__":
    main()
