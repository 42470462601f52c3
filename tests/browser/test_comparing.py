"""Comparing with the keyboard, on a phone, on paper and without scripts."""

import io
import re

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.addresses import COMPARISON, QUESTION, SCHOOLS
from tests.browser.conftest import fits

A4_LANDSCAPE = (842, 595)
MOST_STEPS = 250
THREE = "/vergelijken/?praktijk=orion&praktijk=veens-welzijn&praktijk=integrated-care-emmen"


def test_from_a_search_to_the_practices_beside_each_other_on_that_question(page):
    page.goto("/zoeken/?q=wachttijd&uitkomst=worked")
    page.get_by_role("link", name="Vergelijk de praktijken op deze vraag").click()

    assert "/vergelijken/vraag/?q=wachttijd&uitkomst=worked" in page.url
    heads = page.locator(".question-column h2").all_inner_texts()
    assert heads == ["Orion", "Integrated Care Emmen"]
    number = page.locator(".question-column").first.get_by_role("link", name=re.compile(r"\d+ les"))
    shown = number.first.inner_text()
    number.first.click()
    assert page.locator("h2#results").inner_text() in shown


@pytest.mark.parametrize("address", [THREE, QUESTION])
def test_the_keyboard_walks_through_a_comparison_in_the_order_of_reading(page, address):
    page.goto(address)
    seen = []

    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('footer')"):
            break
        seen.append(
            page.evaluate(
                """() => {
                    const one = document.activeElement
                    const box = one.getBoundingClientRect()
                    const above = document.elementFromPoint(
                        box.left + Math.min(4, box.width / 2), box.top + box.height / 2)
                    const all = [...document.querySelectorAll("a, button, input, summary")]
                    return [all.indexOf(one), !above || one.contains(above) || above.contains(one)]
                }"""
            )
        )

    assert page.evaluate("!!document.activeElement.closest('footer')")
    places = [place for place, _visible in seen]
    assert places == sorted(places)
    assert len(places) == len(set(places)) > 30
    # Nothing has the focus behind the heads that stay in sight.
    assert all(visible for _place, visible in seen)


def test_going_back_with_the_keyboard_hides_nothing_behind_the_heads(page):
    page.goto(THREE)
    page.locator(".comparison tbody a").last.focus()

    for _step in range(20):
        page.keyboard.press("Shift+Tab")
        top, below = page.evaluate(
            """() => {
                const head = document.querySelector(".comparison thead th")
                const one = document.activeElement
                return [one.getBoundingClientRect().top, head.getBoundingClientRect().bottom]
            }"""
        )
        assert top >= below - 1


@pytest.mark.parametrize("address", [THREE, SCHOOLS, QUESTION])
def test_a_comparison_fits_on_a4_that_lies_down(page, address):
    page.goto(address)
    pages = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1032, "height": 700})

    assert tuple(round(side) for side in pages[0].get_size()) == A4_LANDSCAPE
    assert fits(page)
    assert not page.locator("#choose").is_visible()
    assert Axe().run(page, options={"rules": {"region": {"enabled": False}}}).violations_count == 0


def test_on_paper_everything_is_open(page):
    page.goto(THREE)
    folded = page.locator(".comparison .comparison-fold li").last
    assert not folded.is_visible()

    page.emulate_media(media="print")

    assert folded.is_visible()


def test_on_a_phone_the_rows_are_a_list_that_folds(phone):
    phone.goto(COMPARISON)

    assert not phone.locator("table.comparison").is_visible()
    assert phone.locator(".row-list__title").first.is_visible()
    summary = phone.locator(".row-list__fold > summary", has_text="Wat zij leerden")
    summary.focus()
    phone.keyboard.press("Enter")
    assert phone.get_by_role("heading", name="Wat werkte").is_visible()


def test_without_colours_and_scripts_a_question_compares_as_well(open_page):
    page = open_page(java_script_enabled=False, forced_colors="active")

    page.goto("/vergelijken/")
    page.get_by_role("link", name="Vergelijk op een vraag").click()
    page.get_by_label("Wat wil je weten?").fill("wachttijd")
    page.locator("main form[role=search] button").click()
    page.get_by_label("Veens Welzijn").check()
    page.locator("#choose button[type=submit]").click()

    assert page.locator(".question-column h2").all_inner_texts() == [
        "Orion", "Veens Welzijn", "Integrated Care Emmen",
    ]  # fmt: skip
    assert page.get_by_role("link", name=re.compile("Stel de praktijk deze vraag")).is_visible()
