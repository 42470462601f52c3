"""Nobody else learns that somebody was here."""

from urllib.parse import urlsplit

import pytest

from tests.browser.addresses import PAGES

ADMIN = ["/beheer/", "/beheer/pages/", "/beheer/images/", "/beheer/documents/"]


def watch(page):
    """The hosts that this window asks for anything, and what its console complains about."""
    hosts, complaints = set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    return hosts, complaints


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_site_asks_no_other_host_for_anything(page, language):
    hosts, complaints = watch(page)

    for name, address in PAGES.items():
        if name != "not found":
            page.goto(language + address)

    assert hosts == {"127.0.0.1"}
    assert complaints == []


def test_the_admin_asks_no_other_host_for_anything(page, cookies_of):
    page.context.add_cookies(cookies_of("projectleider"))
    hosts, complaints = watch(page)

    for address in ADMIN:
        page.goto(address)
    page.goto("/beheer/pages/")
    page.goto(page.locator("main a[href*='/edit/']").first.get_attribute("href"))

    # Wagtail's editor shows small pictures from its own style sheets as `data:` and `blob:`.
    assert hosts - {None, ""} == {"127.0.0.1"}
    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_a_visitor_gets_no_cookie(page):
    for address in (PAGES["home"], PAGES["lesson"], PAGES["search"]):
        page.goto(address)

    assert page.context.cookies() == []
