"""The page of a selection: one's own, or the one in a link; to compare, to share, as a table."""

import csv
import io

import openpyxl
import pytest
from django.conf import settings

from search.selection.choices import MOST_CHOICES
from tests.factories import DevelopmentPathPageFactory, LessonPageFactory, PracticePageFactory
from tests.pages.markup import Markup
from tests.search.selection.conftest import OWN
from visibility.audience import Audience

CSV, XLSX = f"{OWN}export.csv", f"{OWN}export.xlsx"


@pytest.fixture
def lessons(practice, other_practice):
    return [
        LessonPageFactory(parent=parent, title=title)
        for parent, title in ((practice, "Les A"), (other_practice, "Les B"), (practice, "=1+1"))
    ]


@pytest.fixture
def link(practice, lessons):
    """A link to some of everything."""
    DevelopmentPathPageFactory(
        parent=practice, title="Pad van De Bron", school="De Bron", slug="bron"
    )
    a, b, c = (lesson.number for lesson in lessons)
    return f"les={b}&praktijk=orion&les={c}&pad=orion/bron&les={a}"


ORDER = ["Les B", "Orion", "=1+1", "Pad van De Bron", "Les A"]


def page_of(client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    return response.context["selection"], response.content.decode()


def titles(page) -> list[str]:
    return [chosen.line.title for chosen in page.lines]


# A link


def test_a_link_shows_its_selection_in_its_order(client, link):
    page, html = page_of(client, f"{OWN}?{link}")

    assert titles(page) == ORDER
    assert not page.is_own
    assert page.whole_address == f"{settings.BASE_URL}{OWN}?{link}"
    assert 'href="mailto:?subject=' in html
    assert 'name="robots" content="noindex"' in html


def test_opening_a_link_leaves_the_own_selection_as_it_is(browser, link, lessons):
    own = f"les={lessons[0].number}"
    browser.having(own)

    page, html = page_of(browser, f"{OWN}?{link}")

    assert titles(page) == ORDER
    assert browser.cookie == own
    assert 'name="weg"' not in html
    assert 'name="verplaats"' not in html
    assert titles(page_of(browser, OWN)[0]) == ["Les A"]


def test_a_link_can_be_taken_over_at_the_end_of_the_own_selection(browser, link, lessons):
    browser.having(f"les={lessons[0].number}")
    page, html = page_of(browser, f"{OWN}?{link}")
    assert "Neem over in mijn selectie" in html

    response = browser.press(f"{OWN}?{link}", bewaar=page.to_take.parameters)

    assert response["Location"] == f"{OWN}#selectie"
    assert titles(page_of(browser, OWN)[0]) == ["Les A", *ORDER[:-1]]
    assert "Neem over" not in page_of(browser, f"{OWN}?{link}")[1]


def test_a_choice_that_is_not_there_is_left_out_without_a_name(client, practice, lessons):
    secret = PracticePageFactory(title="Geheime proef", audience=Audience.PRACTICES)
    hidden = LessonPageFactory(parent=practice, title="Besloten", audience=Audience.PRACTICES)
    DevelopmentPathPageFactory(parent=secret, title="Stil pad", slug="stil")

    def answer(choice):
        page, html = page_of(client, f"{OWN}?les={lessons[0].number}&{choice}")
        # The other language of this same page has the visitor's own address in it.
        return page.notices, html.replace(choice, "")

    for there, nowhere in [
        (f"les={hidden.number}", "les=999999"),
        ("praktijk=geheime-proef", "praktijk=bestaat-niet"),
        ("pad=geheime-proef/stil", "pad=bestaat/niet"),
    ]:
        assert answer(there) == answer(nowhere)
        notices, html = answer(there)
        assert notices == ("Een keuze uit deze selectie is niet beschikbaar.",)
        assert not {"Geheime proef", "Besloten", "Stil pad"} & set(html.split(">"))


def test_a_link_with_nothing_to_see_says_so(client, site_tree):
    page, html = page_of(client, f"{OWN}?les=999999")

    assert page.lines == []
    assert "is niets te zien" in html
    assert "hand-out.pdf" not in html


def test_a_link_with_too_much_shows_the_first(client, lessons):
    numbers = [lessons[0].number, *range(900_000, 900_100)]

    page, _ = page_of(client, OWN + "?" + "&".join(f"les={number}" for number in numbers))

    assert titles(page) == ["Les A"]
    assert str(MOST_CHOICES) in page.notices[-1]


@pytest.mark.parametrize(
    "query", ["les=", "les=abc", "les=%00", "praktijk=%ff", "pad=a", "les=1&les=" + "9" * 5000]
)
def test_no_link_breaks_the_page(client, site_tree, query):
    for address in (OWN, CSV, f"{OWN}hand-out.pdf"):
        response = client.get(address, QUERY_STRING=query)

        assert response.status_code in (200, 302), address


# The own selection


def test_an_empty_selection_tells_how_to_collect(client, site_tree):
    page, html = page_of(client, OWN)

    assert page.is_own
    assert "Je hebt nog niets bewaard" in html
    assert "/zoeken/?soort=les" in html
    assert "hand-out.pdf" not in html
    assert html.count("<h1") == 1


def test_the_own_selection_has_every_way_to_take_it_along(browser, link):
    browser.having(link)

    _, html = page_of(browser, OWN)

    for address in (f"{OWN}hand-out.pdf?", f"{CSV}?", f"{XLSX}?", f"{OWN}?"):
        assert f'href="{address}{link.replace("&", "&amp;")}"' in html, address


@pytest.mark.parametrize(
    ("chosen", "compared"),
    [
        ("praktijk=orion&praktijk=veens-welzijn", "praktijk=orion&praktijk=veens-welzijn"),
        ("praktijk=veens-welzijn&praktijk=orion&les={a}", "praktijk=veens-welzijn&praktijk=orion"),
        ("les={b}&les={a}&les={c}", "praktijk=veens-welzijn&praktijk=orion"),
        ("les={b}&praktijk=orion", "praktijk=orion&praktijk=veens-welzijn"),
        ("les={a}&les={c}", ""),
        ("praktijk=orion", ""),
    ],
)
def test_the_chosen_practices_or_those_of_the_lessons_are_compared(
    client, lessons, chosen, compared
):
    a, b, c = (lesson.number for lesson in lessons)

    page, html = page_of(client, f"{OWN}?{chosen.format(a=a, b=b, c=c)}")

    assert page.compare_address == (f"/vergelijken/?{compared}" if compared else "")
    assert ("Vergelijk de praktijken" in html) is bool(compared)
    if compared:
        titles_there = client.get(page.compare_address).context["comparison"].columns
        assert len(titles_there) == 2


def test_no_more_than_four_practices_are_compared_and_it_says_so(client, site_tree):
    slugs = [PracticePageFactory(title=f"Praktijk {letter}").slug for letter in "abcde"]

    page, html = page_of(client, OWN + "?" + "&".join(f"praktijk={slug}" for slug in slugs))

    assert page.compare_address.count("praktijk=") == 4
    assert "hooguit vier praktijken" in html


def test_for_whom_something_is_stands_with_it_and_beside_the_link(
    client, practice, professional, lesson
):
    narrow = LessonPageFactory(parent=practice, title="Besloten", audience=Audience.PRACTICE)
    client.force_login(professional)

    page, html = page_of(client, f"{OWN}?les={narrow.number}&les={lesson.number}")

    assert [bool(chosen.only_for) for chosen in page.lines] == [True, False]
    assert "Alleen zichtbaar voor collega’s van deze praktijk" in html.replace("'", "’")
    assert "Niet iedereen kan dit allemaal zien" in html
    assert "Niet iedereen kan dit" not in page_of(client, f"{OWN}?les={lesson.number}")[1]


def test_the_page_is_sound_in_both_languages(browser, link):
    browser.having(link)

    for address in (OWN, f"{OWN}?{link}", f"/en{OWN}", f"/en{OWN}?{link}"):
        html = page_of(browser, address)[1]

        assert Markup(html).faults() == [], address
        assert html.count('<li class="chosen"') == 5


# As a table


def lines_of_csv(response) -> list[list[str]]:
    assert response.status_code == 200
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def rows_of(response) -> list[dict[str, str]]:
    lines = lines_of_csv(response)
    start = lines.index([]) + 1
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def test_the_table_says_what_the_page_shows_in_the_same_order(client, link):
    page, _ = page_of(client, f"{OWN}?{link}")

    rows = rows_of(client.get(f"{CSV}?{link}"))

    on_the_screen = [
        (
            str(chosen.line.kind.label),
            chosen.line.title,
            chosen.line.practice_title,
            chosen.line.text,
            settings.BASE_URL + chosen.line.address,
        )
        for chosen in page.lines
    ]
    names = ("Soort", "Titel", "Praktijk", "Samenvatting", "Adres")
    # A spreadsheet must not take a title for a formula.
    in_the_table = [tuple(row[name].removeprefix("'") for name in names) for row in rows]
    assert in_the_table == on_the_screen
    assert rows[2]["Titel"] == "'=1+1"


def test_the_table_for_excel_has_the_same_rows_as_text(client, link):
    response = client.get(f"{XLSX}?{link}")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response)))

    sheet = book["Selectie"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert [row[head.index("Titel")] for row in rows] == ORDER
    assert sheet["B4"].data_type == "s"


def test_the_table_says_when_it_was_made_and_where_it_comes_from(client, link):
    about = lines_of_csv(client.get(f"{CSV}?{link}"))

    assert about[0] == ["Selectie uit Lerende Praktijken"]
    assert about[1][0] == "Datum"
    assert about[2] == ["Adres", f"{settings.BASE_URL}{OWN}?{link}"]


def test_the_table_is_that_of_the_own_selection_where_the_address_has_none(browser, lesson):
    browser.having(f"les={lesson.number}")

    response = browser.get(CSV)

    assert [row["Titel"] for row in rows_of(response)] == [lesson.title]
    assert response["Content-Disposition"].startswith('attachment; filename="selectie-')


def test_an_empty_table_has_its_heads(client, site_tree):
    assert rows_of(client.get(CSV)) == []


@pytest.mark.parametrize("form", ["pdf", "xls", "exe"])
def test_an_unknown_form_of_table_is_not_there(client, site_tree, form):
    assert client.get(f"{OWN}export.{form}").status_code == 404


# Speed


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_number_of_queries_does_not_grow(
    browser, practice, other_practice, professional, django_assert_max_num_queries, prefix
):
    browser.force_login(professional)

    def fill(names: str) -> list[str]:
        choices = []
        for name in names:
            for parent in (practice, other_practice):
                lesson = LessonPageFactory(parent=parent, title=f"Les {name}")
                path = DevelopmentPathPageFactory(parent=parent, title=f"School {name}")
                choices += [f"les={lesson.number}", f"pad={parent.slug}/{path.slug}"]
            choices.append(f"praktijk={PracticePageFactory(title=f'Praktijk {name}').slug}")
        return choices

    def numbers_of_queries(choices: list[str]) -> list[int]:
        browser.having("&".join(choices))
        counted = []
        for address, most in ((OWN, 20), (CSV, 40)):
            browser.get(prefix + address)
            with django_assert_max_num_queries(most) as queries:
                response = browser.get(prefix + address)
            assert response.status_code == 200
            counted.append(len(queries))
        return counted

    few = fill("a")

    before = numbers_of_queries(few)
    assert numbers_of_queries([*few, *fill("bc")]) == before
