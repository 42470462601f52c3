"""The menu and the home of the admin hold what works for whoever looks at them."""

import json
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup


def menu_in(part) -> Iterator[str]:
    """The addresses in the menu, however deep."""
    if isinstance(part, dict):
        if "label" in part and "url" in part:
            yield part["url"]
        part = list(part.values())
    for inner in part if isinstance(part, list) else ():
        yield from menu_in(inner)


def addresses_on_the_home(client) -> set[str]:
    page = BeautifulSoup(client.get("/beheer/").content, "html.parser")
    menu = set(menu_in(json.loads(page.select_one("#wagtail-sidebar-props").text)))
    return (menu | {link["href"] for link in page.select("main a[href]")}) - {"#"}


WORKING_PLACES = {
    "/beheer/pages/", "/beheer/images/", "/beheer/documents/", "/beheer/account/",
    "/beheer/wat-wacht/", "/beheer/prullenbak/", "/beheer/downloads-geteld/",
}  # fmt: skip


@pytest.mark.every_case
@pytest.mark.parametrize("name", ["professional", "leader", "administrator"])
def test_everything_in_the_menu_opens_and_is_ours(client, request, lesson, name):
    client.force_login(request.getfixturevalue(name))

    found = addresses_on_the_home(client)

    assert found >= WORKING_PLACES
    for address in found:
        # Guides elsewhere are in English, and about things that are not here.
        assert address.startswith("/beheer/"), address
        assert client.get(address, follow=True).status_code == 200, address


def test_a_professional_finds_only_the_own_work_in_the_menu(client, professional, lesson):
    client.force_login(professional)

    found = {address.partition("#")[0] for address in addresses_on_the_home(client)}

    assert {address for address in found if "/pages/" not in address} == WORKING_PLACES - {
        "/beheer/pages/"
    }
