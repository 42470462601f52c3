"""A selection on paper: a tagged PDF in the letters and drawings of the site."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from content.languages import in_frame
from content.meta import whole_address
from search.selection.found import FoundSelection
from search.selection.printing import PageFile, make_pdf
from search.selection.sheets import MOST_SHEETS, sheets_of
from search.selection.sprite import drawings

FILE_NAME = "hand-out"
FONTS = ("young-serif-latin-400-normal.woff2", "hanken-grotesk-latin-wght-normal.woff2")
STYLE = Path(__file__).with_name("handout.css")


def print_selection(found: FoundSelection, request: HttpRequest) -> bytes:
    """The hand-out of what this person may see. Raises CannotPrintError."""
    sheets = sheets_of(found, request)
    context = {
        "sheets": sheets.sheets,
        "left_out": sheets.left_out,
        "most": MOST_SHEETS,
        "date": timezone.localdate(),
        "address": whole_address(found.shown.address),
        "site": whole_address(in_frame("/")),
    }
    html = render_to_string("search/selection/handout.html", context)
    return make_pdf(html, {**_own_files(), **sheets.files})


@cache
def _own_files() -> dict[str, PageFile]:
    """The letters, the drawings and the style of every hand-out."""
    style = STYLE.read_text()
    files = {}
    for name, drawing in drawings().items():
        files[f"drawings/{name}.svg"] = PageFile("image/svg+xml", drawing)
        style += f".{name} {{ background-image: url(../drawings/{name}.svg) }}\n"
    for name in FONTS:
        path = Path(str(finders.find(f"fonts/{name}")))
        files[f"fonts/{name}"] = PageFile("font/woff2", path.read_bytes())
    files["css/handout.css"] = PageFile("text/css", style.encode())
    return files
