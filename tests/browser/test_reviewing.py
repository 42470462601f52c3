"""A professional hands a lesson in; a project leader reads along, on a phone without JavaScript."""


def hand_in_a_lesson(page, title: str) -> None:
    """In the editor, with its script: it saves while somebody types."""
    page.goto("/beheer/pages/")
    lessons = page.locator("main table a[href*='/edit/']", has_text="Lessen").first
    page.goto(lessons.get_attribute("href").replace("/edit/", "/"))
    page.goto(page.locator("main table a[href*='/edit/']").first.get_attribute("href"))
    page.locator("[name=title]").fill(title)
    page.locator("footer button[aria-expanded]").first.click()
    page.locator("[name=action-submit]").click()
    page.wait_for_url(lambda url: "/edit/" not in url)


def test_a_lesson_is_handed_in_and_approved_with_the_keyboard_alone(page, plain_phone, cookies_of):
    title = "Zet de deur open"
    page.context.add_cookies(cookies_of("professional"))
    hand_in_a_lesson(page, title)

    plain_phone.context.add_cookies(cookies_of("projectleider"))
    plain_phone.goto("/beheer/wat-wacht/")
    plain_phone.get_by_role("link", name=title).press("Enter")
    plain_phone.get_by_role("button", name="Ik kijk", exact=True).press("Enter")
    plain_phone.get_by_label("Een woord aan de auteur").fill("Mooi geworden.")
    plain_phone.get_by_role("button", name="Keur goed en publiceer").press("Enter")
    plain_phone.wait_for_url("**/wat-wacht/")

    assert f"“{title}” is goedgekeurd." in plain_phone.content()
    page.goto("/zoeken/?q=zet+de+deur+open")
    assert page.get_by_role("link", name=title).first.is_visible()
