"""The editor of a lesson works under the policy of the admin: nothing it needs is blocked."""

from urllib.parse import urlencode, urlsplit

from tests.browser.addresses import PAGES
from tests.browser.conftest import sign_in
from tests.browser.test_privacy import watch


def test_what_somebody_types_is_kept_as_a_draft_by_itself(page, site):
    sign_in(page, site, "projectleider")
    hosts, complaints = watch(page)
    page.goto(PAGES["lesson"])
    title = page.locator("h1").inner_text()
    page.goto(f"/beheer/pages/search/?{urlencode({'q': title})}")
    page.goto(page.locator("main a[href*='/edit/']", has_text=title).first.get_attribute("href"))

    with page.expect_response(is_save, timeout=60_000) as saved:
        page.locator(".public-DraftEditor-content").first.click()
        page.keyboard.press("Control+End")
        page.keyboard.type(" Dit typten wij erbij.")
    assert saved.value.json()["success"]
    page.get_by_role("tab").nth(1).click()
    theme = page.locator("input[type=checkbox][name=theme]:not(:checked)").first.get_attribute("id")
    with page.expect_response(is_save, timeout=60_000):
        page.locator(f"#{theme}").check()
    page.wait_for_load_state("networkidle")
    page.reload()

    assert "Dit typten wij erbij." in page.locator(".public-DraftEditor-content").first.inner_text()
    assert page.locator(f"#{theme}").is_checked()
    assert hosts - {None, ""} == {"127.0.0.1"}
    assert [text for text in complaints if "Content Security Policy" in text] == []


def is_save(answer) -> bool:
    """Whether this answers a draft that the editor sent."""
    path = urlsplit(answer.url).path
    return answer.request.method == "POST" and path.endswith("/edit/")
