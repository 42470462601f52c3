"""The real site: `manage.py serve` with the start content, and Debian's Chromium in front of it."""

import base64
import hashlib
import hmac
import os
import re
import signal
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.config.test_serve import free_port

ROOT = Path(__file__).resolve().parents[2]
# The first has no windows of its own around the pages, so a test begins with a tenth of the work.
CHROMIUMS = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
# Chromium as root needs the first; the others keep it from calling home.
CHROMIUM_OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
START_SECONDS = 400


def pytest_collection_modifyitems(items):
    """One site and one browser serve all of these; nothing here touches the test database."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class RunningSite:
    url: str
    # The password of each role that the first start printed, by e-mail address.
    passwords: dict[str, str]
    # The key of the second step, for those who need one.
    keys: dict[str, str]

    def password_of(self, name: str) -> tuple[str, str]:
        return next(
            (email, password)
            for email, password in self.passwords.items()
            if email.startswith(name)
        )


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[RunningSite]:
    folder = tmp_path_factory.mktemp("site")
    port, output = free_port(), folder / "output.txt"
    with output.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder), "PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, process, output)
        logins = r"(\S+@\S+\.example)\s+(\S+)"
        found = re.findall(rf"{logins}(?:\s+second step: key (\w+))?", output.read_text())
        yield RunningSite(
            url,
            passwords={email: password for email, password, _ in found},
            keys={email: key for email, _, key in found if key},
        )
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait_for(url: str, process: subprocess.Popen, output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"The site does not answer. It printed:\n{output.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = next((path for path in CHROMIUMS if path.exists()), None)
    if chromium is None:
        pytest.fail("These tests need Chromium. On Debian: apt install chromium-headless-shell")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, site, cookies_of):
    """Opens a window of somebody who was never here before, or who is signed in."""
    contexts = []

    def open_page(name: str = "", **options):
        context = browser.new_context(base_url=site.url, locale="nl-NL", **options)
        contexts.append(context)
        if name:
            context.add_cookies(cookies_of(name))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    return open_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def on_a_phone(open_page):
    """Opens a phone, as `open_page` does."""
    return partial(open_page, viewport={"width": 360, "height": 740})


@pytest.fixture
def phone(on_a_phone):
    return on_a_phone()


@pytest.fixture
def plain_phone(on_a_phone):
    """A phone on which no script runs."""
    return on_a_phone(java_script_enabled=False)


def fits(page) -> bool:
    """Whether nothing sticks out at the side."""
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def sign_in(page, site: RunningSite, name: str) -> None:
    email, password = site.password_of(name)
    page.goto("/account/inloggen/")
    page.get_by_label(re.compile("e-mail", re.IGNORECASE)).fill(email)
    page.locator("input[type=password]").fill(password)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "/account/inloggen/" not in url)
    # A code works once; the one of the next half minute is accepted too.
    for later in (0, 1, -1):
        if "/tweede-stap/" not in page.url:
            break
        counter = int(time.time()) // 30 + later
        page.locator("input[name=code]").fill(code_of(site.keys[email], counter))
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()


@pytest.fixture(scope="session")
def cookies_of(browser, site):
    """The cookies of somebody who signed in once: a code for the second step works only once."""
    kept = {}

    def cookies(name: str) -> list[dict]:
        if name not in kept:
            context = browser.new_context(base_url=site.url, locale="nl-NL")
            page = context.new_page()
            sign_in(page, site, name)
            assert page.goto("/account/").url.endswith("/account/"), "Not signed in."
            kept[name] = context.storage_state()["cookies"]
            context.close()
        return kept[name]

    return cookies


def code_of(key: str, counter: int) -> str:
    """The code of an app with this key (RFC 4226)."""
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"
