"""What people come for, from the first page to the last."""

import re

from pypdfium2 import PdfDocument

from tests.browser.addresses import COMPARISON
from tests.browser.conftest import sign_in


def test_from_a_practice_along_its_path_to_a_lesson_and_a_work_sheet(page):
    page.goto("/")
    page.get_by_role("link", name="Integrated Care Emmen").first.click()
    page.get_by_role("link", name=re.compile("Bekijk het pad")).first.click()
    page.get_by_role("link", name="Zet twee vaste gezichten in de school").click()

    assert page.locator("h1").inner_text() == "Zet twee vaste gezichten in de school"
    sheet = page.locator("a[href*='/documenten/'][href$='.docx']").first
    with page.expect_download() as download:
        sheet.click()
    assert download.value.suggested_filename.endswith(".docx")


def test_a_question_leads_to_lessons_of_several_practices(page):
    page.goto("/")
    page.get_by_role("combobox").first.fill("intern begeleider")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/**")
    page.locator("input[name=soort][value=les]").check()
    page.get_by_role("button", name="Toon resultaten").click()

    assert "soort=les" in page.url
    assert page.locator("main article, main .lesson-line").count() >= 3


def test_two_practices_stand_side_by_side(page):
    page.goto("/praktijken/orion/")
    page.get_by_role("link", name=re.compile("ergelijk")).last.click()
    page.goto(COMPARISON)

    heads = page.locator("table thead th").all_inner_texts()
    assert [head.strip() for head in heads if head.strip()][-2:] == [
        "Orion",
        "Integrated Care Emmen",
    ]


def test_search_and_comparison_work_without_javascript(open_page):
    page = open_page(java_script_enabled=False)

    page.goto("/")
    page.locator("input[name=q]").first.fill("ouders")
    page.locator("form[role=search] button").first.click()
    assert page.locator("main h1").is_visible()
    assert "q=ouders" in page.url

    page.goto("/vergelijken/")
    page.get_by_label("Orion").first.check()
    page.get_by_label("Veens Welzijn").check()
    page.locator("main form button[type=submit]").first.click()
    assert "praktijk=orion" in page.url
    assert page.locator("table").is_visible()


def test_a_reader_lays_the_own_situation_beside_the_practices_without_javascript(open_page):
    page = open_page(java_script_enabled=False)

    page.goto("/vergelijken/")
    page.get_by_role("link", name="Zou het bij ons werken?").click()
    page.get_by_label("Wat voor school is het?").select_option("Basisonderwijs")
    page.get_by_label("Waar staat de school?").select_option("In een dorp")
    page.get_by_role("button", name="Leg het naast de praktijken").click()

    assert page.url.endswith("#result")
    cells = page.get_by_role("row", name="Veens Welzijn").get_by_role("cell").all_inner_texts()
    assert cells[0].startswith("Hetzelfde")
    assert cells[1].startswith("Niet bekend")
    lessons = page.get_by_role("link", name=re.compile("lessen over basisonderwijs.*Veens")).first
    number = int(lessons.inner_text().split()[0])
    for practice in ("Orion", "Veens Welzijn"):
        page.get_by_role("checkbox", name=practice).check()
    page.get_by_role("button", name="Vergelijk wat je koos").click()
    assert page.url.endswith("/vergelijken/?praktijk=orion&praktijk=veens-welzijn")
    page.go_back()
    lessons.click()
    assert page.locator("h2#results").inner_text() == f"{number} lessen"


def test_the_own_situation_is_answered_with_the_keyboard_alone(page):
    page.goto("/vergelijken/situatie/")
    page.get_by_label("Wat voor school is het?").focus()

    page.keyboard.press("ArrowDown")
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**budget=school#result")
    page.keyboard.press("Tab")

    assert "schoolsoort=voorschool" in page.url
    assert page.evaluate("document.activeElement.textContent") == "Orion"


def test_the_switch_of_language_keeps_the_page_and_the_question(page):
    page.goto("/zoeken/?q=ouders&soort=les")

    page.get_by_role("link", name="English").first.click()

    assert page.url.endswith("/en/zoeken/?q=ouders&soort=les")


def test_the_keyboard_reaches_the_content_first(page):
    page.goto("/praktijken/orion/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_keyboard_walks_through_a_path_without_a_trap(page):
    page.goto("/praktijken/integrated-care-emmen/ontwikkelpad/de-bron/")
    seen = set()

    for _ in range(150):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        seen.add(here)
        if page.evaluate("!!document.activeElement.closest('footer')"):
            break

    assert page.evaluate("!!document.activeElement.closest('footer')")
    assert len(seen) > 20


def test_the_menu_of_a_phone_opens_and_closes_with_the_keyboard(phone):
    phone.goto("/")
    menu = phone.locator("details[data-menu] > summary")

    menu.focus()
    phone.keyboard.press("Enter")
    assert phone.get_by_role("link", name="Vergelijken").first.is_visible()
    phone.keyboard.press("Escape")

    assert not phone.locator("details[data-menu] nav").is_visible()


def test_a_professional_signs_in_and_out_on_a_shared_computer(page, site):
    sign_in(page, site, "professional")
    page.get_by_role("link", name="Uitloggen").first.click()
    page.get_by_role("button", name="Uitloggen").click()
    page.goto("/")

    assert page.get_by_role("link", name="Inloggen").first.is_visible()


def test_opening_a_result_tells_the_question_and_nothing_else(page):
    page.goto("/zoeken/?q=ouders")
    result = page.locator("main article a[href]").first
    # In a tab of its own: this page stays to hear the answer.
    with page.expect_response("**/zoeken/geopend/") as told:
        result.click(modifiers=["Control"])

    assert told.value.status == 204
    assert told.value.request.post_data == "q=ouders"


def test_a_selection_is_collected_compared_and_taken_along_without_javascript(open_page):
    page = open_page(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.goto("/zoeken/?q=tandem&soort=les")
    for _ in range(2):
        page.get_by_role("button", name=re.compile("^Bewaar")).first.click()
        assert page.url.partition("#")[0].endswith("/zoeken/?q=tandem&soort=les")
    assert page.get_by_text("Staat in je selectie").count() == 2
    page.goto("/praktijken/orion/")
    page.get_by_role("button", name=re.compile("Bewaar in je selectie.*Orion")).click()
    page.get_by_role("link", name="Selectie (3)").first.click()
    kept = page.locator(".chosen h3").all_inner_texts()
    assert len(kept) == 3
    assert kept[2] == "Orion"
    page.get_by_role("button", name=re.compile("Omhoog.*Orion")).click()
    assert page.locator(".chosen h3").all_inner_texts() == [kept[0], kept[2], kept[1]]

    with page.expect_download() as download:
        page.get_by_role("link", name="Maak een hand-out (PDF)").click()
    assert download.value.suggested_filename.endswith(".pdf")
    printed = PdfDocument(download.value.path())
    assert printed.get_metadata_dict()["Title"].startswith("Selectie uit Lerende Praktijken")
    assert kept[0] in " ".join(printed[0].get_textpage().get_text_range().split())
    printed.close()

    page.get_by_role("link", name="Vergelijk de praktijken").click()
    assert page.locator("table.comparison").is_visible()
    assert "Orion" in page.locator("table.comparison thead").inner_text()


def test_who_keeps_something_goes_on_where_they_were(page):
    page.goto("/praktijken/integrated-care-emmen/lessen/")
    button = page.get_by_role("button", name=re.compile("^Bewaar")).nth(3)
    name = button.get_attribute("id")
    button.press("Enter")
    page.wait_for_url(f"**#{name}")

    assert page.evaluate("document.activeElement.id") == name
    assert page.locator(f"#{name}").inner_text().startswith("Haal eruit")


def test_a_shared_selection_stays_apart_from_the_own_until_somebody_takes_it_over(page):
    page.goto("/les/9/")
    page.get_by_role("button", name=re.compile("^Bewaar in je selectie")).click()
    page.goto("/selectie/?les=12&les=7")
    assert page.locator(".chosen").count() == 2

    page.get_by_role("button", name="Neem over in mijn selectie").click()

    assert page.locator(".chosen").count() == 3
    page.get_by_role("button", name="Maak de selectie leeg").click()
    assert page.get_by_text("Je selectie is nu leeg").is_visible()
    page.get_by_role("button", name="Zet terug").click()
    assert page.locator(".chosen").count() == 3
