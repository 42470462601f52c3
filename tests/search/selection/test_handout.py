"""The hand-out: what stands in it, for whoever reads or hears it, and what it can never reach."""

import base64
import json
import re
import subprocess
import sys
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from files.models import Picture
from practices.models import StepStatus
from search.selection import printing
from search.selection.choices import read_selection
from search.selection.found import find
from search.selection.printer import LIBRARIES_MISSING
from search.selection.printing import CannotPrintError, PageFile, can_print, make_pdf
from search.selection.sheets import MOST_SHEETS, sheets_of
from search.selection.views import HANDOUTS_PER_MINUTE
from tests.factories import (
    DevelopmentPathPageFactory,
    LessonPageFactory,
    PathStepFactory,
    PracticePageFactory,
    TermFactory,
    in_english,
)
from tests.files.samples import picture
from tests.search.selection.conftest import OWN
from tests.search.selection.documents import raw_text, text_of, told_by
from visibility.audience import Audience
from vocabulary.models import TermKind

PDF = f"{OWN}hand-out.pdf"


def pdf_of(response) -> bytes:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return b"".join(response)


def words(text: str) -> str:
    """The text in one line: where a line ends on paper says nothing."""
    return " ".join(text.split())


@pytest.fixture
def lesson_with_everything(practice):
    alt = "Twee stoelen aan een tafel."
    file = ImageFile(BytesIO(picture(size=(120, 80))), name="tafel.jpg")
    image = Picture.objects.create(title="Tafel", consent_note="Ja", file=file)
    page = LessonPageFactory(
        parent=practice,
        title="Ga mee op kraamvisite",
        summary="Vroeg beginnen helpt.",
        situation='<p>Ouders &amp; school kenden elkaar niet. <a href="https://voorbeeld.nl/a">Meer</a></p>',
        action="<ul><li>Wij belden aan.</li><li>Wij luisterden.</li></ul>",
        result="<p>Na een half jaar kende iedereen ons.</p>",
        lesson="Wie vroeg komt, hoort meer.",
        advice="<ol><li>Vraag toestemming.</li></ol>",
        caution="<p>Kom niet te vroeg.</p>",
        sources=["Verslag van de eerste ronde"],
        extra=json.dumps(
            [
                {"type": "quote", "value": {"quote": "Ik voelde me gezien.", "role": "ouder"}},
                {
                    "type": "video",
                    "value": {
                        "url": "https://vimeo.com/12345",
                        "title": "De kraamvisite",
                        "transcript": "Welkom allemaal.",
                    },
                },
                {
                    "type": "picture",
                    "value": {
                        "image": {"image": image.pk, "decorative": False, "alt_text": alt},
                        "caption": "Aan tafel",
                    },
                },
            ]
        ),
    )
    page.sources.update(url="https://voorbeeld.nl/verslag", publisher="NJi")
    return page


@pytest.fixture
def selection(practice, lesson_with_everything):
    phase = TermFactory(name="Nulmeting", kind=TermKind.PHASE, sort_order=1)
    path = DevelopmentPathPageFactory(parent=practice, title="Pad van De Bron", school="De Bron")
    PathStepFactory(page=path, phase=phase, status=StepStatus.DONE, start="2021")
    return f"les={lesson_with_everything.number}&praktijk=orion&pad=orion/{path.slug}"


@pytest.fixture
def printer(monkeypatch):
    """Another program in the place of the printer: `printer("import sys; sys.exit(1)")`."""

    def put(program: str) -> None:
        monkeypatch.setattr(printing, "PRINTER", [sys.executable, "-c", program])
        can_print.cache_clear()

    yield put
    can_print.cache_clear()


def test_a_handout_tells_each_lesson_in_full_and_the_rest_in_short(
    client, selection, lesson_with_everything
):
    pdf = pdf_of(client.get(f"{PDF}?{selection}"))
    text, number = words(text_of(pdf)), lesson_with_everything.number

    for passage in (
        "Selectie van lessen en praktijken",
        f"{settings.BASE_URL}{OWN}?les={number}&praktijk=orion",
        f"Les {number} Ga mee op kraamvisite",
        "Vroeg beginnen helpt.",
        "Wat was de aanleiding? Ouders & school kenden elkaar niet. Meer (https://voorbeeld.nl/a)",
        "Wij belden aan.",
        "Wat gebeurde er? Na een half jaar kende iedereen ons.",
        "Dit leerden zij Wie vroeg komt, hoort meer.",
        "Vraag toestemming.",
        "Let op Kom niet te vroeg.",
        "Ik voelde me gezien. ouder",
        "Video: De kraamvisite https://vimeo.com/12345 Welkom allemaal.",
        "Aan tafel",
        "Verslag van de eerste ronde, NJi https://voorbeeld.nl/verslag",
        f"{settings.BASE_URL}/les/{number}/",
        "Plaats Amsterdam, Noord-Holland",
        "School De Bron, Amsterdam",
        "Nulmeting: Afgerond, 2021",
        "Noem dan de praktijk en het adres als bron",
        "Pagina 1 / 3",
    ):
        assert passage in text, passage
    today = timezone.localdate()
    assert re.search(rf"{today.day} \w+ {today.year}\. De nieuwste versie", text)
    # The order of the page of a lesson.
    order = ["aanleiding?", "Wat deden zij?", "Wat gebeurde", "Dit leerden", "Zo begin", "Let op"]
    places = [text.index(title) for title in order]
    assert places == sorted(places)


def test_a_handout_can_be_heard(client, selection):
    pdf = pdf_of(client.get(f"{PDF}?{selection}"))

    told = told_by(pdf)
    kinds = [kind for kind, _ in told.elements]
    today = timezone.localdate()
    assert told.title.startswith("Selectie uit Lerende Praktijken, ")
    assert told.title.endswith(str(today.year))
    assert told.language == "nl"
    assert told.is_tagged
    assert kinds[0] == "Document"
    # The title; what is in it and the three choices; six passages, the sources and the phases.
    assert (kinds.count("H1"), kinds.count("H2"), kinds.count("H3")) == (1, 4, 8)
    assert {"P", "L", "LI", "Link", "Art"} <= set(kinds)
    # Whatever is drawn besides a picture says nothing, and is not there for who listens.
    assert [alt for kind, alt in told.elements if kind == "Figure"] == [
        "Twee stoelen aan een tafel."
    ]
    raw = raw_text(pdf)
    for said in ("/MarkInfo", "/Marked true", "/StructTreeRoot", "/DisplayDocTitle true",
                 'pdfuaid:part="1"', "/Lang"):  # fmt: skip
        assert said in raw, said
    # The letters of the site.
    fonts = " ".join(re.findall(r"/FontName /[A-Z]+\+([\w-]+)", raw))
    assert "Young-Serif" in fonts
    assert "Hanken-Grotesk" in fonts


def test_a_handout_is_a_file_with_a_name_of_ours(client, lesson, printer):
    printer("print('%PDF')")

    response = client.get(f"{PDF}?les={lesson.number}")

    today = timezone.localdate().isoformat()
    assert pdf_of(response) == b"%PDF\n"
    assert response["Content-Disposition"] == f'attachment; filename="hand-out-{today}.pdf"'


def test_a_handout_for_some_says_for_whom_it_is(client, practice, professional, printer):
    narrow = LessonPageFactory(parent=practice, audience=Audience.PRACTICE)
    client.force_login(professional)
    # What is to be printed, as it is.
    printer("import json, sys; sys.stdout.write(json.load(sys.stdin)['html'])")

    response = client.get(f"{PDF}?les={narrow.number}")

    assert "Alleen zichtbaar voor collega" in pdf_of(response).decode()
    assert "no-store" in response["Cache-Control"]


def test_a_handout_in_english_has_english_where_there_is_english(client, practice, lesson):
    in_english(lesson, title="Start small")
    other = LessonPageFactory(parent=practice, title="Alleen Nederlands")

    pdf = pdf_of(client.get(f"/en{PDF}?les={lesson.number}&les={other.number}"))

    text = words(text_of(pdf))
    assert told_by(pdf).language == "en"
    for passage in ("Start small", "What was the reason?", "Alleen Nederlands", "In Dutch"):
        assert passage in text


HOSTILE = {
    "markup": "<script>alert(1)</script><img src=file:///etc/passwd>",
    "style": "</title><style>@import 'file:///etc/passwd'</style>",
    "template": "{{ 7|add:7 }}{% now 'Y' %}",
    "long": "interprofessioneelsamenwerkingsverband" * 6,
    "entity": "&lt;b&gt; &amp;amp; \"'",
    "right to left": "שלום עולם",
    "emoji": "👩‍👧‍👦🏳️‍🌈",
}


def test_what_somebody_wrote_as_a_title_is_printed_as_it_is_written(client, site_tree):
    titles = [title[:250] for title in HOSTILE.values()]
    practice = PracticePageFactory(title=titles[0], slug="orion", place=titles[1][:100])
    lessons = [
        LessonPageFactory(parent=practice, title=title, slug=f"les-{place}", sources=[title])
        for place, title in enumerate(titles)
    ]
    query = "&".join(["praktijk=orion", *(f"les={lesson.number}" for lesson in lessons)])

    pdf = pdf_of(client.get(f"{PDF}?{query}"))

    printed = re.sub(r"\s", "", text_of(pdf))
    for name in ("markup", "style", "template", "long", "entity"):
        assert re.sub(r"\s", "", HOSTILE[name])[:200] in printed, name
    assert "root:" not in printed


def test_a_sign_that_turns_the_text_is_left_out_of_a_title(practice, rf):
    lesson = LessonPageFactory(parent=practice, title="Begin \u202eklein")

    (sheet,) = sheets_for(rf, f"les={lesson.number}")

    assert sheet.title == "Begin klein"


def sheets_for(rf, parameters: str, user=None):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get(PDF)
    request.user = user or AnonymousUser()
    return sheets_of(find(read_selection(parameters), request.user), request).sheets


def test_a_link_in_a_text_leads_only_where_the_reader_may_go(practice, rf):
    open_page = LessonPageFactory(parent=practice, title="Open")
    hidden = LessonPageFactory(parent=practice, title="Besloten", audience=Audience.PRACTICES)
    links = "".join(
        f'<a linktype="page" id="{key}">Lees {key}</a>'
        for key in (open_page.pk, hidden.pk, 10**8, "1" * 12)
    )
    lesson = LessonPageFactory(
        parent=practice,
        title="Met links",
        situation=f'<p>{links}<a href="javascript:alert(1)">kwaad</a><img src="file:///x"></p>',
    )

    (sheet,) = sheets_for(rf, f"les={lesson.number}")
    text = str(sheet.passages[0].text)

    assert f'<a href="{settings.BASE_URL}{open_page.url}">Lees {open_page.pk}</a>' in text
    assert text.count("href=") == 1
    assert f"Lees {hidden.pk}" in text
    assert "besloten" not in text
    assert "<img" not in text


def test_the_number_of_queries_does_not_grow(practice, rf, lesson_with_everything):
    def fill(number: int) -> list[str]:
        choices = []
        for place in range(number):
            lesson = LessonPageFactory(
                parent=practice,
                title=f"Les {place}",
                situation=f'<p><a linktype="page" id="{lesson_with_everything.pk}">Lees</a></p>',
                extra=json.dumps(lesson_with_everything.extra.get_prep_value()),
                sources=["Bron"],
            )
            path = DevelopmentPathPageFactory(parent=practice, title=f"Pad {place}")
            PathStepFactory(page=path)
            other = PracticePageFactory(title=f"Praktijk {place}")
            choices += [
                f"les={lesson.number}", f"pad=orion/{path.slug}", f"praktijk={other.slug}",
            ]  # fmt: skip
        return choices

    def number_of_queries(choices: list[str]) -> int:
        # The first time makes the small picture.
        sheets_for(rf, "&".join(choices))
        with CaptureQueriesContext(connection) as queries:
            assert len(sheets_for(rf, "&".join(choices))) == len(choices)
        return len(queries)

    few = number_of_queries(fill(1))

    assert few < 25
    assert number_of_queries(fill(4)) == few


def test_a_handout_has_a_limited_number_of_sheets_and_says_so(
    client, practice, printer, monkeypatch
):
    assert MOST_SHEETS == 40
    monkeypatch.setattr("search.selection.sheets.MOST_SHEETS", 1)
    printer("import json, sys; sys.stdout.write(json.load(sys.stdin)['html'])")
    numbers = [LessonPageFactory(parent=practice, title=f"Les {x}").number for x in "ABC"]

    html = pdf_of(client.get(PDF, {"les": numbers})).decode()

    assert "2 keuzes uit deze selectie staan er niet in." in html
    assert ">Les A<" in html
    assert ">Les B<" not in html


def test_an_empty_handout_is_not_made(client, site_tree):
    for query in ("", "?les=999999"):
        response = client.get(PDF + query)

        assert response.status_code == 302
        assert response["Location"].startswith(OWN)


def test_who_makes_many_handouts_waits_a_minute(client, lesson, printer, monkeypatch):
    printer("print('%PDF')")
    monkeypatch.setattr("search.selection.views.HANDOUTS_PER_MINUTE", 1)
    assert HANDOUTS_PER_MINUTE == 6
    address = f"{PDF}?les={lesson.number}"

    assert client.get(address).status_code == 200
    response = client.get(address)

    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "Wacht een minuut" in response.content.decode()
    assert f'href="{OWN}?les={lesson.number}"' in response.content.decode()


# Where it cannot be made


def test_a_site_without_the_libraries_offers_to_print_the_page(client, lesson, printer):
    printer(f"import sys; sys.exit({LIBRARIES_MISSING})")

    page = client.get(f"{OWN}?les={lesson.number}").content.decode()
    response = client.get(f"{PDF}?les={lesson.number}")

    assert "hand-out.pdf" not in page
    assert "kan op deze site nog niet" in page
    assert "data-print" in page
    assert response.status_code == 503
    assert "Je kunt de pagina wel printen" in response.content.decode()


def test_the_administrator_learns_which_packages_are_missing(printer):
    from search.selection.checks import check_printing

    printer(f"import sys; sys.exit({LIBRARIES_MISSING})")
    (warning,) = check_printing(None)
    printer("")

    assert "libpango" in warning.hint
    assert check_printing(None) == []


@pytest.mark.parametrize("fault", ["OSError('cannot load library libpango')", "ImportError('no')"])
def test_the_printer_says_when_its_libraries_are_missing(tmp_path, fault):
    (tmp_path / "weasyprint.py").write_text(f"raise {fault}")
    program = (
        f"import runpy, sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv = ['printer', '20'];"
        "runpy.run_module('search.selection.printer', run_name='__main__')"
    )

    done = subprocess.run([sys.executable, "-c", program], input=b"{}", capture_output=True)

    assert done.returncode == LIBRARIES_MISSING


@pytest.mark.parametrize("program", ["raise SystemExit(1)", "import os; os.kill(os.getpid(), 9)"])
def test_a_printer_that_breaks_off_gives_a_page_with_a_way_back(client, lesson, printer, program):
    printer(program)

    response = client.get(f"{PDF}?les={lesson.number}")

    assert response.status_code == 503
    assert response["Retry-After"]
    assert "Probeer het over een minuut" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_a_printer_that_does_not_end_is_stopped(printer, monkeypatch):
    monkeypatch.setattr(printing, "SECONDS_IN_ALL", 0.5)
    printer("import time; time.sleep(60)")

    with pytest.raises(CannotPrintError) as stopped:
        make_pdf("<p>x", {})

    assert not stopped.value.libraries_missing


def test_who_comes_while_another_handout_is_made_waits_and_then_hears_so(monkeypatch):
    monkeypatch.setattr(printing, "SECONDS_TO_WAIT", 0.01)

    with printing._turns, pytest.raises(CannotPrintError):
        make_pdf("<p>x", {})


# What the printer can reach


def printed(html: str, files: dict[str, PageFile] | None = None) -> str:
    head = '<html lang="nl"><head><title>x</title></head><body>'
    return raw_text(make_pdf(f"{head}{html}</body></html>", files or {}))


def test_a_page_shows_the_files_that_it_got():
    file = PageFile("image/png", picture("PNG"))

    assert "/Subtype /Image" in printed('<img src="a.png" alt="a">', {"a.png": file})


def test_a_page_reaches_nothing_else(tmp_path):
    (tmp_path / "secret.png").write_bytes(picture("PNG"))
    path = str(tmp_path / "secret.png")
    data = base64.b64encode(picture("PNG")).decode()
    ways = [f"file://{path}", path, f"..{path}", "http://127.0.0.1:1/a.png", "a.png",
            f"https://handout.invalid/{path}", f"data:image/png;base64,{data}"]  # fmt: skip

    raw = printed(
        "".join(
            f'<img src="{way}" alt="a"><object data="{way}"></object><embed src="{way}">'
            f'<link rel="attachment" href="{way}"><link rel="stylesheet" href="{way}">'
            f"<style>@import '{way}'; p {{ background: url('{way}') }}</style><p>Tekst</p>"
            f'<svg><image href="{way}" width="9" height="9"/><use href="{way}#a"/></svg>'
            for way in ways
        )
    )

    assert "/Subtype /Image" not in raw
    assert "/EmbeddedFile" not in raw
