"""A reader reports a lesson on a phone, a project leader takes it offline; and asks a question."""

import re

from axe_playwright_python.sync_playwright import Axe

from tests.browser.addresses import LESSON
from tests.browser.conftest import fits

# Another lesson than the other journeys look at: this one goes offline and comes back.
OTHER_LESSON = "/les/1/"


def complaints_about(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


def test_a_reader_reports_a_lesson_and_the_leader_takes_it_offline(phone, page, cookies_of):
    phone.goto(OTHER_LESSON)
    lesson = phone.url
    title = phone.locator("h1").inner_text()
    phone.get_by_role("link", name="Meld een probleem met deze pagina").click()
    assert title in phone.locator("main").inner_text()
    assert complaints_about(phone) == []
    assert fits(phone)
    phone.get_by_label("Iemand is te herkennen").check()
    phone.get_by_label("Wat klopt er niet?").fill("Ik herken dit gezin.")
    phone.wait_for_timeout(2100)
    phone.get_by_role("button", name="Verstuur de melding").click()
    assert "Dank je voor je melding" in phone.locator("h1").inner_text()
    assert complaints_about(phone) == []

    page.context.add_cookies(cookies_of("projectleider"))
    page.goto("/beheer/meldingen/")
    page.get_by_role("link", name=title).first.click()
    assert "Ik herken dit gezin." in page.locator("main").inner_text()
    page.get_by_role("button", name="Haal nu offline").click()
    assert phone.goto(lesson).status == 404
    page.get_by_role("button", name="Weer online zetten").click()
    assert phone.goto(lesson).status == 200
    page.get_by_label("Wat is ermee gedaan?").fill("Gelezen: er staat niets herkenbaars in.")
    page.get_by_role("button", name="Dit is afgehandeld").click()
    assert "Afgehandeld" in page.locator("main").inner_text()


def test_it_all_works_with_the_keyboard_and_without_scripts(plain_phone):
    page = plain_phone
    page.goto(LESSON)
    page.locator("footer").get_by_role("link", name="Meld een probleem").click()
    # The browser tells which page the link of the footer was on.
    assert "over=" in page.url
    page.locator("input[name=kind]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Iemand is te herkennen.")
    page.wait_for_timeout(2100)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/melden/bedankt/"))


def test_a_reader_asks_a_practice_a_question(phone):
    phone.goto("/praktijken/orion/")
    phone.locator("main").get_by_role("link", name="Stel een vraag").click()
    assert phone.url.endswith("/contact/orion/")
    assert complaints_about(phone) == []
    assert fits(phone)

    phone.get_by_role("button", name="Verstuur de vraag").click()
    assert phone.get_by_role("alert").is_visible()
    assert complaints_about(phone) == []
    phone.get_by_label("Je vraag").fill("Hoe begonnen jullie?")
    phone.get_by_label("Je e-mailadres").fill("kim@voorbeeld.nl")
    phone.wait_for_timeout(2100)
    phone.get_by_role("button", name="Verstuur de vraag").click()

    assert "Je vraag is onderweg" in phone.locator("h1").inner_text()
