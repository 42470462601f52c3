"""Sharing a lesson on a phone: with the script, with the keyboard alone, and without the script."""

import contextlib
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError

from tests.browser.conftest import fits, sign_in
from tests.browser.sharing import (
    MINE,
    QUESTIONS,
    SHARE,
    add_files,
    approve,
    fill_in,
    find,
    photo,
    send_in,
    share_a_lesson,
    standing_of,
)


@pytest.fixture
def writer(on_a_phone):
    return on_a_phone("professional")


def kept_here(page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('lesson:'))")


def wait_until_kept(page) -> None:
    page.locator("[data-kept]", has_text="Bewaard").wait_for()


def test_from_a_phone_with_a_photo_and_a_file_until_it_is_found(writer, on_a_phone):
    title = share_a_lesson(writer, title="Sta samen in de hal")
    assert standing_of(writer, title) == "Ingestuurd"
    assert kept_here(writer) == []
    assert fits(writer)

    approve(on_a_phone("projectleider"), title)

    assert standing_of(writer, title) == "Gepubliceerd"
    reader = on_a_phone()
    find(reader, title)
    picture = reader.get_by_alt_text("Twee stoelen in een hal.")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
    file = reader.get_by_role("link", name=re.compile("werkblad", re.IGNORECASE)).first
    assert reader.request.get(file.get_attribute("href")).status == 200
    assert fits(reader)


def choose_with_the_keyboard(page):
    """The window to choose a file: a busy Chromium sometimes opens it only at a second key."""
    for key in ("Enter", "Space"):
        with contextlib.suppress(TimeoutError), page.expect_file_chooser(timeout=10_000) as chooser:
            page.keyboard.press(key)
        if chooser.is_done():
            return chooser.value
    return pytest.fail("No key opens the window to choose a file.")


def test_with_the_keyboard_alone(writer, on_a_phone):
    writer.goto(SHARE)
    keyboard = writer.keyboard

    def go_to(name: str, most: int = 90) -> None:
        for _ in range(most):
            keyboard.press("Tab")
            if writer.evaluate("document.activeElement.name") == name:
                return
        pytest.fail(f"The keyboard does not reach {name}.")

    for field, text in zip(
        ("situation", "action_taken", "lesson", "advice"), QUESTIONS.values(), strict=True
    ):
        go_to(field)
        keyboard.type(text)
    go_to("title")
    keyboard.type("Met het toetsenbord")
    # The part with a photo is folded away: its line opens with Enter.
    while "Foto, bestand" not in writer.evaluate("document.activeElement.innerText ?? ''"):
        keyboard.press("Tab")
    keyboard.press("Enter")
    go_to("photo")
    choose_with_the_keyboard(writer).set_files(photo())
    go_to("photo_text")
    keyboard.type("Twee stoelen in een hal.")
    go_to("photo_consent")
    keyboard.press("Space")
    go_to("audience")
    keyboard.press("ArrowUp")
    assert "buitenring" in writer.locator("[data-who-sees]").inner_text()
    while "Stuur in" not in writer.evaluate("document.activeElement.innerText ?? ''"):
        keyboard.press("Tab")
    keyboard.press("Enter")
    writer.wait_for_url(f"**{MINE}")

    assert standing_of(writer, "Met het toetsenbord") == "Ingestuurd"
    approve(on_a_phone("projectleider"), "Met het toetsenbord")
    # It is for the outer ring.
    find(on_a_phone("buitenring"), "Met het toetsenbord")


def test_without_javascript(on_a_phone):
    page = on_a_phone("professional", java_script_enabled=False)
    page.goto(SHARE)
    page.get_by_label("Wat was er aan de hand?").fill("We begonnen zonder script.")
    page.get_by_role("button", name="Later verder").click()
    assert page.get_by_label("Wat was er aan de hand?").input_value().endswith("zonder script.")

    fill_in(page)
    page.get_by_label(re.compile("^Titel")).fill("Zonder script")
    add_files(page)
    send_in(page)

    assert standing_of(page, "Zonder script") == "Ingestuurd"
    approve(on_a_phone("projectleider", java_script_enabled=False), "Zonder script")
    find(on_a_phone(java_script_enabled=False), "Zonder script")


def test_what_is_typed_is_kept_and_words_and_lessons_come_to_mind(writer):
    writer.goto(SHARE)

    writer.get_by_label("Wat was er aan de hand?").fill(
        "De wachttijd voor hulp was lang. Ouders wisten niet bij wie zij terechtkonden en de "
        "school had geen vast gezicht. Een tandem van twee coaches was er nog niet."
    )
    wait_until_kept(writer)

    writer.wait_for_selector("text=Dit lijkt op deze lessen")
    suggested = writer.locator(".thoughts").get_by_label("Wachttijd overbruggen")
    assert not suggested.is_checked()
    suggested.check()
    assert writer.locator("#id_theme").get_by_label("Wachttijd overbruggen").is_checked()
    writer.reload()
    assert "wachttijd" in writer.get_by_label("Wat was er aan de hand?").input_value()
    assert re.search(r"/lessen/delen/\d+/$", writer.url)


def test_text_that_was_typed_without_a_connection_comes_back(writer):
    context = writer.context
    writer.goto(SHARE)
    context.set_offline(True)
    writer.get_by_label("Wat was er aan de hand?").fill("In de trein getypt.")
    writer.wait_for_selector("text=Geen verbinding")
    writer.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(SHARE)
    assert again.get_by_label("Wat was er aan de hand?").input_value() == "In de trein getypt."
    assert again.get_by_text("We hebben teruggezet").is_visible()
    wait_until_kept(again)
    assert kept_here(again) == []


def test_text_survives_a_session_that_ended(phone, site):
    page = phone
    sign_in(page, site, "professional")
    page.goto(SHARE)
    page.context.clear_cookies(name="sessionid")

    page.get_by_label("Wat was er aan de hand?").fill("Getypt na het uitloggen.")
    page.wait_for_selector("text=Je bent uitgelogd")
    page.get_by_role("button", name="Later verder").click()
    page.wait_for_url("**/account/inloggen/**")
    email, password = site.password_of("professional")
    page.get_by_label(re.compile("e-mail", re.IGNORECASE)).fill(email)
    page.locator("input[type=password]").fill(password)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{SHARE}**")

    assert page.get_by_label("Wat was er aan de hand?").input_value() == "Getypt na het uitloggen."
    page.goto("/account/uitloggen/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/")
    assert kept_here(page) == []


SEND_AT_ONCE = """async () => {
    const form = document.querySelector("[data-share]");
    const send = () => {
        const body = new FormData(form);
        body.set("step", "later");
        return fetch(form.getAttribute("action"), { method: "POST", body });
    };
    return (await Promise.all([send(), send(), send()])).map((response) => response.status);
}"""


def test_pressing_three_times_at_once_makes_one_lesson(writer):
    writer.goto(SHARE)
    fill_in(writer)
    writer.get_by_label(re.compile("^Titel")).fill("Drie keer gedrukt")

    assert writer.evaluate(SEND_AT_ONCE) == [200, 200, 200]
    writer.goto(MINE)
    assert writer.locator(".my-lesson", has_text="Drie keer gedrukt").count() == 1


def test_everybody_can_use_the_form(writer):
    writer.goto(SHARE)
    for part in writer.locator("details.share-form__more").all():
        part.locator("summary").click()

    for scheme in ("light", "dark"):
        # No colour that is still on its way to another.
        writer.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(writer).response["violations"]
        assert [(each["id"], [n["html"] for n in each["nodes"]]) for each in found] == []
    assert fits(writer)
