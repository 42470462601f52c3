"""The editor of a lesson works under the policy of the admin: nothing it needs is blocked."""

from urllib.parse import urlencode, urlsplit

from tests.browser.addresses import PAGES
from tests.browser.conftest import sign_in
from tests.browser.test_privacy import watch


def test_a_lesson_is_written_and_kept_as_a_draft(page, site):
    sign_in(page, site, "projectleider")
    hosts, complaints = watch(page)
    page.goto(PAGES["lesson"])
    title = page.locator("h1").inner_text()
    page.goto(f"/beheer/pages/search/?{urlencode({'q': title})}")
    page.goto(page.locator("main a[href*='/edit/']", has_text=title).first.get_attribute("href"))

    text = page.locator(".public-DraftEditor-content").first
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Dit typten wij erbij.")
    page.get_by_role("tab").nth(1).click()
    word = page.locator("input[type=checkbox][name=theme]:not(:checked)").first
    word.check()
    # The editor saves by itself, a moment after the last change.
    with page.expect_response(lambda answer: is_save(answer, "een eigen woord")) as saved:
        page.locator("#id_tag").fill("een eigen woord")
        page.locator("#id_tag").blur()
    assert saved.value.json()["success"]
    page.reload()

    assert "Dit typten wij erbij." in page.locator(".public-DraftEditor-content").first.inner_text()
    assert "een eigen woord" in page.locator("#id_tag").input_value()
    assert hosts - {None, ""} == {"127.0.0.1"}
    assert [text for text in complaints if "Content Security Policy" in text] == []


def is_save(answer, text: str) -> bool:
    """Whether this answers a draft that was sent with this text."""
    request = answer.request
    return (
        request.method == "POST"
        and urlsplit(answer.url).path.endswith("/edit/")
        and text in (request.post_data or "")
    )
