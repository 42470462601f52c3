"""The matrix by keyboard, on a phone, on paper and without JavaScript."""

import pytest

from tests.browser.addresses import MATRIX, WIDE_MATRIX
from tests.browser.conftest import fits

# Whether what has the focus can be seen: it, and nothing that stands still over it, is there.
IN_SIGHT = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !!there && document.activeElement.contains(there);
}"""
MOST_STEPS = 400


def walk(page, key: str, start: str, end: str) -> list[str]:
    """What the key passes between two places, as far as that is links of the table."""
    page.locator(start).first.focus()
    passed = []
    for _ in range(MOST_STEPS):
        page.keyboard.press(key)
        if page.evaluate("end => document.activeElement.matches(end)", end):
            return passed
        if page.evaluate("!!document.activeElement.closest('.matrix tbody td')"):
            assert page.evaluate(IN_SIGHT), page.evaluate("document.activeElement.textContent")
            passed.append(page.evaluate("document.activeElement.textContent"))
    pytest.fail(f"The key {key} does not come from {start} to {end}.")


@pytest.mark.parametrize("address", [MATRIX, WIDE_MATRIX])
def test_the_keyboard_walks_through_the_table_and_out_again_both_ways(page, address):
    page.set_viewport_size({"width": 1100, "height": 600})
    page.goto(address)
    before, after = "a[href='#choose']", "#choose input"

    onward = walk(page, "Tab", before, after)
    back = walk(page, "Shift+Tab", after, before)

    assert len(onward) > 10
    assert back == onward[::-1]
    assert all(text.count(", ") >= 2 for text in onward)


def test_the_keyboard_scrolls_a_table_that_is_wider_than_the_screen(page):
    page.set_viewport_size({"width": 1000, "height": 700})
    page.goto(WIDE_MATRIX)
    region = page.get_by_role("region", name="Wie gebruikt wat?")
    head = region.locator("tbody th").first
    left = head.bounding_box()["x"]

    region.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    # Scrolling is smooth, and the site's policy forbids Playwright to wait for a function.
    page.wait_for_timeout(500)

    assert region.evaluate("region => region.scrollLeft") > 0
    assert head.bounding_box()["x"] == left
    assert fits(page)


def test_the_names_of_the_practices_stay_in_sight(page):
    page.goto(f"{MATRIX}?rijen=thema")

    page.locator(".matrix tbody tr").last.scroll_into_view_if_needed()

    box = page.locator(".matrix thead th").first.bounding_box()
    assert box["y"] >= 0


def test_a_phone_shows_the_same_as_a_list_in_the_same_order(page, phone):
    page.goto(MATRIX)
    phone.goto(MATRIX)
    heads = page.locator(".matrix tbody th").all_inner_texts()

    assert not phone.locator(".matrix").is_visible()
    assert phone.locator(".row-list__title").all_inner_texts() == heads
    links = page.locator(".matrix td a").evaluate_all("all => all.map(one => one.href)")
    assert (
        phone.locator(".row-list .matrix-cell a").evaluate_all("all => all.map(one => one.href)")
        == links
    )


def test_a_number_opens_as_many_lessons(page):
    page.goto(MATRIX)
    link = page.locator(".matrix td a").first
    number = link.inner_text().split()[-2]

    link.click()

    assert page.locator(".result-bar__count").first.inner_text().split()[0] == number


def test_rows_and_practices_are_chosen_without_javascript(open_page):
    page = open_page(java_script_enabled=False)

    page.goto(MATRIX)
    page.get_by_role("link", name="Thema’s", exact=True).click()
    page.get_by_label("Veens Welzijn").check()
    page.get_by_role("button", name="Toon deze praktijken").click()

    assert page.url.endswith("/vergelijken/matrix/?rijen=thema&praktijk=veens-welzijn")
    assert page.locator(".matrix thead th").all_inner_texts() == ["Veens Welzijn"]
    with page.expect_download() as download:
        page.get_by_role("link", name="Download als CSV").click()
    assert download.value.suggested_filename.startswith("praktijken-naast-elkaar-")


@pytest.mark.parametrize(("address", "as_table"), [(MATRIX, True), (WIDE_MATRIX, False)])
def test_paper_has_the_table_when_it_fits_and_else_the_list(page, address, as_table):
    page.goto(address)
    page.emulate_media(media="print")

    assert page.locator(".matrix").is_visible() is as_table
    assert page.locator(".row-list").is_visible() is not as_table
    assert not page.locator("#choose").is_visible()
    # A4 on its side.
    assert b"/MediaBox [0 0 841" in page.pdf(prefer_css_page_size=True)
