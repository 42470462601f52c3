"""A visitor who collects, and what they hold in their hands afterwards."""

from http.cookies import SimpleCookie

import pytest
from django.core.cache import caches
from django.test import Client

from search.selection.cookie import COOKIE

OWN = "/selectie/"
ALTER = "/selectie/wijzig/"


@pytest.fixture(autouse=True)
def _nobody_made_a_handout_yet():
    caches["visits"].clear()


class Browser(Client):
    """What a browser does when somebody presses a button on one of our pages."""

    def press(self, _page: str = OWN, **button: str):
        """Post the form of the selection from this page, as if by a button with this name."""
        return self.post(
            ALTER,
            button,
            headers={"sec-fetch-site": "same-origin", "referer": f"http://testserver{_page}"},
        )

    @property
    def cookie(self) -> str:
        """What this browser keeps, as the server reads it back."""
        kept = self.cookies.get(COOKIE)
        return SimpleCookie(kept.OutputString())[COOKIE].value if kept and kept.value else ""

    def having(self, selection: str) -> "Browser":
        self.cookies[COOKIE] = selection
        return self


@pytest.fixture
def browser(site_tree) -> Browser:
    return Browser()
