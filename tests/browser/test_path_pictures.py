"""The pictures of paths as a browser draws them, with its own fonts."""

from itertools import product

import pytest

from tests.browser.addresses import PAGES, PATHS

PICTURES = ["paths side by side", "paths by date", "paths in months"]
# The words of the picture that is shown: where each is, in the measures of the picture.
WORDS = """() => {
    const picture = [...document.querySelectorAll("figure svg")].find(one => one.checkVisibility());
    const {width, height} = picture.viewBox.baseVal;
    const words = [...picture.querySelectorAll("text")].map(text => {
        const {x, y, width, height} = text.getBBox();
        return {text: text.textContent, left: x, top: y, right: x + width, bottom: y + height};
    });
    return {width, height, words};
}"""
# The box of a text is as high as its line; letters on the next line stand closer than that.
LINE = 3


@pytest.mark.parametrize(("name", "width"), list(product(PICTURES, (1280, 360))))
def test_words_stand_inside_the_picture_and_on_no_other_words(open_page, name, width):
    page = open_page(viewport={"width": width, "height": 900})

    page.goto(PAGES[name])
    page.evaluate("document.fonts.ready")
    picture = page.evaluate(WORDS)

    words = picture["words"]
    assert len(words) > 20
    for one in words:
        assert one["left"] >= 0, one
        assert one["right"] <= picture["width"], one
        assert one["bottom"] <= picture["height"] + LINE, one
    for place, one in enumerate(words):
        for other in words[place + 1 :]:
            beside = one["right"] <= other["left"] or other["right"] <= one["left"]
            apart = one["bottom"] - LINE <= other["top"] or other["bottom"] - LINE <= one["top"]
            assert beside or apart, (one["text"], other["text"])


def test_the_keyboard_goes_from_axis_to_axis_and_opens_the_table(page):
    page.goto(PATHS)

    page.get_by_role("link", name="Op datum").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**as=datum")
    assert page.get_by_role("link", name="Op datum").get_attribute("aria-current") == "true"

    page.get_by_text("Bekijk hetzelfde als tabel").focus()
    page.keyboard.press("Enter")
    assert page.locator("table").is_visible()


def test_paths_are_chosen_and_compared_without_javascript(open_page):
    page = open_page(java_script_enabled=False)

    page.goto(f"{PATHS}?school=integrated-care-emmen/de-bron&as=datum")
    page.get_by_label("Twee scholen van Orion").check()
    page.get_by_role("button", name="Leg naast elkaar").click()

    assert "as=datum" in page.url
    assert page.locator("figure svg:visible").count() == 1
    assert page.locator("h1").inner_text() == "Twee paden, zeven fasen"
    page.locator("summary", has_text="Bekijk hetzelfde als tabel").click()
    page.locator("table a[href*='#stap-']").first.click()
    assert "/ontwikkelpad/" in page.url


def test_the_open_table_fits_on_a_screen_of_320_pixels(open_page):
    page = open_page(viewport={"width": 320, "height": 640})

    page.goto(PATHS)
    page.locator("summary", has_text="Bekijk hetzelfde als tabel").click()

    assert page.locator("main .row-list").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_table_of_eight_schools_scrolls_in_a_frame_of_its_own(page):
    practices = ("orion", "veens-welzijn", "integrated-care-emmen", "drie-praktijken-samen")
    page.set_viewport_size({"width": 1000, "height": 800})

    page.goto(f"{PATHS}?{'&'.join(f'praktijk={slug}' for slug in practices)}")
    page.locator("summary", has_text="Bekijk hetzelfde als tabel").click()

    assert page.locator("thead th").count() == 9
    assert page.evaluate("document.documentElement.scrollWidth") == 1000
    frame = page.get_by_role("region", name="Fasen per school")
    assert frame.get_attribute("tabindex") == "0"


def test_on_paper_the_table_is_open_and_the_choice_is_gone(page):
    page.goto(PATHS)
    page.emulate_media(media="print")

    assert page.locator("table").is_visible()
    assert page.locator("figure svg:visible").count() == 1
    assert not page.get_by_role("button", name="Leg naast elkaar").is_visible()
