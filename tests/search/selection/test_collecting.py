"""Collecting while reading, without an account and without a script."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.middleware import PUBLIC_SECONDS
from search.selection.choices import MOST_CHOICES
from search.selection.cookie import COOKIE, KEPT_SECONDS
from tests.factories import (
    DevelopmentPathPageFactory,
    LessonPageFactory,
    TermFactory,
    in_english,
)
from tests.search.selection.conftest import ALTER, OWN
from visibility.audience import Audience


def titles(response) -> list[str]:
    return [chosen.line.title for chosen in response.context["selection"].lines]


def buttons(html: str) -> list[tuple[str, str]]:
    """The name and value of every button of the selection."""
    found = re.findall(r'form="selection-form" name="(\w+)" value="([^"]*)"', html)
    return [(name, value.replace("&amp;", "&")) for name, value in found]


@pytest.fixture
def lessons(practice):
    return [LessonPageFactory(parent=practice, title=f"Les {letter}") for letter in "ABC"]


@pytest.fixture
def numbers(lessons):
    return [lesson.number for lesson in lessons]


# Pressing the button


def test_a_lesson_is_kept_from_its_page_and_the_page_says_so(browser, lesson):
    (button,) = buttons(browser.get(lesson.url).content.decode())
    assert button == ("bewaar", f"les={lesson.number}")

    response = browser.press(lesson.url, **dict([button]))

    assert response.status_code == 302
    assert response["Location"] == f"{lesson.url}#keuze-les-{lesson.number}"
    html = browser.get(lesson.url).content.decode()
    assert "Staat in je selectie" in html
    assert f'id="keuze-les-{lesson.number}"' in html
    assert buttons(html) == [("weg", f"les={lesson.number}")]
    assert titles(browser.get(OWN)) == [lesson.title]


def test_every_kind_of_page_can_be_kept_from_where_it_stands(browser, practice):
    path = DevelopmentPathPageFactory(parent=practice, title="De Bron")
    theme = TermFactory(name="Ouders", slug="ouders")
    lesson = LessonPageFactory(parent=practice, terms=[theme])
    of_lesson = ("bewaar", f"les={lesson.number}")
    of_practice, of_path = ("bewaar", "praktijk=orion"), ("bewaar", "pad=orion/de-bron")

    for address, expected in {
        lesson.url: {of_lesson},
        practice.url: {of_practice},
        path.url: {of_path},
        lesson.get_parent().url: {of_lesson},
        "/themas/ouders/": {of_lesson},
        "/zoeken/": {of_lesson, of_practice, of_path},
        "/zoeken/?groep=praktijk": {of_lesson, of_practice, of_path},
        f"/en{lesson.url}": {of_lesson},
        "/": set(),
    }.items():
        assert set(buttons(browser.get(address).content.decode())) == expected, address


def test_the_form_of_the_buttons_has_no_token_and_stands_on_the_page_once(browser, lesson):
    for address in ("/zoeken/", lesson.url, "/"):
        html = browser.get(address).content.decode()

        assert html.count('id="selection-form"') == 1, address
        assert "csrfmiddlewaretoken" not in html, address


def test_the_way_back_keeps_the_question(browser, lesson):
    response = browser.press("/zoeken/?q=klein&soort=les", bewaar=f"les={lesson.number}")

    assert response["Location"] == f"/zoeken/?q=klein&soort=les#keuze-les-{lesson.number}"


@pytest.mark.parametrize(
    "referer",
    ["", "https://elders.example/", "//elders.example/", "javascript:alert(1)", "http://[",
     "http://testserver.elders.example/", "http://testserver@elders.example/", "x" * 5000],
)  # fmt: skip
def test_the_way_back_never_leads_to_another_site(browser, lesson, referer):
    response = browser.post(
        ALTER,
        {"bewaar": f"les={lesson.number}"},
        headers={"sec-fetch-site": "same-origin", "referer": referer},
    )

    assert response["Location"] == f"{OWN}#selectie"


def test_a_way_back_with_two_slashes_stays_here(browser, lesson):
    response = browser.press("//elders.example/", bewaar=f"les={lesson.number}")

    assert response["Location"].startswith("/elders.example/")


@pytest.mark.parametrize(
    "headers",
    [{}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
     {"sec-fetch-site": "none"}, {"origin": "https://elders.example"}, {"origin": "null"}],
)  # fmt: skip
def test_another_site_changes_nothing(browser, lesson, headers):
    response = browser.post(ALTER, {"bewaar": f"les={lesson.number}"}, headers=headers)

    assert response.status_code == 403
    assert not browser.cookie


def test_a_browser_that_says_only_its_origin_can_keep_as_well(browser, lesson):
    headers = {"origin": "http://testserver"}

    browser.post(ALTER, {"bewaar": f"les={lesson.number}"}, headers=headers)

    assert browser.cookie == f"les={lesson.number}"


@pytest.mark.parametrize(
    "sent",
    [{}, {"bewaar": ""}, {"bewaar": "les=9999999"}, {"bewaar": "praktijk=atlantis"},
     {"bewaar": "\x00"}, {"bewaar": "les=" + "9" * 5000}, {"weg": "les=1"}, {"weg": "x"},
     {"verplaats": "les=1"}, {"verplaats": "les=1&les=2"}, {"leeg": "1"}, {"onzin": "les=1"}],
)  # fmt: skip
def test_what_means_nothing_changes_nothing_and_sets_no_cookie(browser, sent):
    response = browser.press("/zoeken/", **sent)

    assert response.status_code == 302
    assert response["Location"].startswith("/zoeken/")
    assert not response.cookies


def test_a_form_that_is_far_too_long_is_refused(browser):
    assert browser.press("/", bewaar="les=1&" * 5000).status_code == 400


def test_only_a_form_changes_a_selection(browser, lesson):
    assert browser.get(f"{ALTER}?bewaar=les={lesson.number}").status_code == 405


def test_who_may_not_see_something_cannot_keep_it_and_learns_nothing(browser, practice):
    hidden = LessonPageFactory(parent=practice, title="Besloten", audience=Audience.PRACTICES)

    answers = [browser.press("/", bewaar=f"les={number}") for number in (hidden.number, 999_999)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert not any(answer.cookies for answer in answers)


# Order, and taking out


def test_the_order_is_that_of_collecting_and_each_can_move_or_go(browser, lessons, numbers):
    a, b, c = numbers
    for number in numbers:
        browser.press(lessons[0].url, bewaar=f"les={number}")
    page = browser.get(OWN)
    assert titles(page) == ["Les A", "Les B", "Les C"]
    moves = [value for name, value in buttons(page.content.decode()) if name == "verplaats"]
    # Down for the first, up and down for the second, up for the last.
    assert moves == [f"les={b}&les={a}", f"les={b}&les={a}", f"les={c}&les={b}", f"les={c}&les={b}"]

    moved = browser.press(OWN, verplaats=f"les={c}&les={b}")
    assert moved["Location"] == f"{OWN}#keuze-les-{c}"
    assert titles(browser.get(OWN)) == ["Les A", "Les C", "Les B"]

    taken = browser.press(OWN, weg=f"les={a}")
    assert taken["Location"] == f"{OWN}#selectie"
    assert titles(browser.get(OWN)) == ["Les C", "Les B"]


def test_what_is_not_there_for_somebody_keeps_its_place(browser, practice, lessons, numbers):
    a, b, c = numbers
    browser.having(f"les={a}&les={b}&les={c}")
    type(lessons[1]).objects.filter(pk=lessons[1].pk).update(audience=Audience.PRACTICES)

    browser.press(OWN, verplaats=f"les={c}&les={a}")

    assert titles(browser.get(OWN)) == ["Les C", "Les A"]
    assert browser.cookie == f"les={c}&les={a}&les={b}"


def test_an_emptied_selection_can_be_put_back(browser, numbers):
    browser.having("&".join(f"les={number}" for number in numbers))

    emptied = browser.press(OWN, leeg="1")

    assert not browser.cookie
    page = browser.get(emptied["Location"])
    assert "Je selectie is nu leeg" in page.content.decode()
    assert titles(page) == ["Les A", "Les B", "Les C"]
    (button,) = buttons(page.content.decode())

    put_back = browser.press(emptied["Location"], **dict([button]))

    assert put_back["Location"] == f"{OWN}#selectie"
    assert titles(browser.get(OWN)) == ["Les A", "Les B", "Les C"]


def test_a_full_selection_says_so_and_loses_nothing(browser, lesson):
    # Others were deleted since; they still take room.
    full = "&".join(f"les={number}" for number in range(900_000, 900_000 + MOST_CHOICES))
    browser.having(full)

    response = browser.press(lesson.url, bewaar=f"les={lesson.number}")

    assert response["Location"] == f"{OWN}?vol=1"
    assert browser.cookie == full
    assert str(MOST_CHOICES) in browser.get(response["Location"]).content.decode()


# The cookie


def test_the_cookie_is_ours_alone_and_says_nothing_about_a_person(browser, lesson):
    response = browser.press(lesson.url, bewaar=f"les={lesson.number}")

    (cookie,) = response.cookies.values()
    assert (cookie.key, browser.cookie) == (COOKIE, f"les={lesson.number}")
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")
    assert cookie["httponly"]
    assert cookie["max-age"] == KEPT_SECONDS
    assert not cookie["secure"]


def test_the_cookie_of_a_site_behind_https_stays_there(browser, lesson, settings):
    settings.SESSION_COOKIE_SECURE = True

    response = browser.press(lesson.url, bewaar=f"les={lesson.number}")

    assert response.cookies[COOKIE]["secure"]


def test_who_collects_nothing_gets_no_cookie(browser, lesson):
    for address in ("/", lesson.url, OWN, f"{OWN}?les={lesson.number}", f"{OWN}export.csv"):
        assert not browser.get(address).cookies, address
    assert not browser.cookies


@pytest.mark.parametrize(
    "cookie",
    ["", "x", "les", "les=", "les=abc", "les=0", "les=1e9", "%00", "les=%00", "a" * 5000,
     "les=1&" * 2000, "praktijk=<script>alert(1)</script>", "pad=a/b/c", "pad=//", '"', "=;;",
     "les=99999999999999999999", "les=\xb9", "geleegd=1"],
)  # fmt: skip
def test_no_cookie_breaks_a_page(browser, lesson, cookie):
    browser.having(cookie)

    for address in (lesson.url, OWN, f"{OWN}export.csv", "/nergens/"):
        response = browser.get(address)

        assert response.status_code == (404 if address == "/nergens/" else 200), address
        if not response.streaming:
            assert "<script>alert(1)" not in response.content.decode(), address
    assert browser.press("/", bewaar=f"les={lesson.number}").status_code == 302
    assert f"les={lesson.number}" in browser.cookie


# Who may keep a page


def caching(response) -> set[str]:
    return {part.strip() for part in response["Cache-Control"].split(",")}


def test_a_page_with_buttons_is_the_same_for_everybody_who_collected_nothing(browser, lesson):
    for address in (lesson.url, "/zoeken/", OWN, f"{OWN}?les={lesson.number}"):
        response = browser.get(address)

        assert caching(response) == {"public", f"max-age={PUBLIC_SECONDS}"}, address
        assert "Cookie" in response["Vary"]


def test_a_page_of_somebody_who_collected_is_kept_by_nobody(browser, lesson):
    browser.having(f"les={lesson.number}")

    for address in ("/", lesson.url, "/zoeken/", OWN, f"{OWN}?les=1", f"{OWN}export.csv"):
        assert caching(browser.get(address)) == {"private", "no-store"}, address


def test_the_answer_to_a_button_is_kept_by_nobody(browser, lesson):
    response = browser.press(lesson.url, bewaar=f"les={lesson.number}")

    assert caching(response) == {"private", "no-store"}


# The number in the menu


def test_the_menu_tells_how_many_there_are_and_the_page_shows_as_many(browser, lessons, numbers):
    assert "Selectie (" not in browser.get("/").content.decode()

    browser.having("&".join(f"les={number}" for number in numbers))
    lessons[0].unpublish()

    for address in ("/", OWN, "/zoeken/"):
        assert "Selectie (2)" in browser.get(address).content.decode(), address
    assert len(titles(browser.get(OWN))) == 2


def test_the_menu_asks_the_database_only_for_who_collected_something(browser, lesson):
    def number_of_queries():
        browser.get(lesson.url)
        with CaptureQueriesContext(connection) as queries:
            browser.get(lesson.url)
        return len(queries)

    before = number_of_queries()
    browser.having("onzin=1")
    without = number_of_queries()
    browser.having(f"les={lesson.number}&praktijk=orion&pad=orion/de-bron")

    assert without == before
    assert before < number_of_queries() <= before + 3


# In another language


def test_a_lesson_is_one_choice_in_every_language(browser, practice, lesson):
    in_english(lesson, title="Start small")
    other = LessonPageFactory(parent=practice, title="Alleen Nederlands")

    response = browser.press(f"/en{lesson.url}", bewaar=f"les={lesson.number}")
    browser.press(other.url, bewaar=f"les={other.number}")

    assert response["Location"].startswith("/en/")
    assert titles(browser.get(OWN)) == ["Begin klein", "Alleen Nederlands"]
    english = browser.get(f"/en{OWN}")
    assert titles(english) == ["Start small", "Alleen Nederlands"]
    assert [chosen.line.lang for chosen in english.context["selection"].lines] == ["", "nl"]


def test_a_practice_with_another_name_of_its_address_is_another_choice(browser, practice):
    browser.having("praktijk=orion")
    practice.slug = "orion-amsterdam"
    practice.save()

    page = browser.get(OWN)

    assert titles(page) == []
    assert "niet beschikbaar" in page.content.decode()


def test_two_schools_of_one_name_are_two_choices(browser, practice, other_practice):
    for parent in (practice, other_practice):
        DevelopmentPathPageFactory(parent=parent, title="De Bron")

    browser.press("/", bewaar="pad=veens-welzijn/de-bron")

    (chosen,) = browser.get(OWN).context["selection"].lines
    assert chosen.line.practice_title == "Veens Welzijn"
