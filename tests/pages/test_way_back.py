"""Every page below the home page says where it is and leads back up."""

import re
from html import unescape

import pytest

HOME = ("Home", "/")
ACCOUNT = ("Mijn account", "/account/")
PRACTICES = ("Praktijken", "/praktijken/")
ORION = ("Orion", "/praktijken/orion/")

FOR_EVERYBODY = {
    "/contact/": [HOME, "Stel een vraag"],
    "/contact/bedankt/": [HOME, "Stel een vraag"],
    "/contact/orion/": [HOME, PRACTICES, ORION, "Stel een vraag"],
    "/praktijken/orion/downloads/": [HOME, PRACTICES, ORION, "Downloads"],
    "/melden/?over=/": [HOME, "Meld een probleem"],
    "/melden/bedankt/": [HOME, "Meld een probleem"],
    "/account/inloggen/": [HOME, "Inloggen"],
    "/account/aanmelden/": [HOME, "Maak een account"],
    "/account/wachtwoord/vergeten/": [HOME, "Kies een nieuw wachtwoord"],
    "/zoeken/": [HOME, "Zoeken"],
    "/selectie/": [HOME, "Je selectie"],
    "/begrippen/": [HOME, "Begrippen"],
    "/themas/": [HOME, "Thema’s"],
    "/vergelijken/": [HOME, "Vergelijken"],
    "/en/contact/": [("Home", "/en/"), "Ask a question"],
    "/en/account/inloggen/": [("Home", "/en/"), "Sign in"],
}
FOR_WHO_SIGNED_IN = {
    "/account/": [HOME, "Mijn account"],
    "/account/e-mail/": [HOME, ACCOUNT, "E-mailadres"],
    "/account/wachtwoord/": [HOME, ACCOUNT, "Verander je wachtwoord"],
    "/account/uitloggen/": [HOME, ACCOUNT, "Uitloggen"],
    "/account/tweede-stap/": [HOME, ACCOUNT, "Tweede stap bij het inloggen"],
    "/account/tweede-stap/webauthn/": [HOME, ACCOUNT, "Je sleutels"],
    "/mijn/lessen/": [HOME, "Mijn lessen"],
    "/lessen/delen/": [HOME, "Deel een les"],
}

pytestmark = pytest.mark.django_db


def way(response):
    """The crumbs as (label, address); a label alone for where one is."""
    nav = re.search(r'<nav class="utrecht-breadcrumb-nav.*?</nav>', response.content.decode(), re.S)
    assert nav, "no way back"
    found = []
    for item in re.findall(r"<li.*?</li>", nav[0], re.S):
        label = unescape(re.sub(r"<[^>]+>", "", item)).strip()
        address = re.search(r'href="([^"]*)"', item)
        found.append((label, address[1]) if address else label)
    return found


@pytest.mark.parametrize("address", FOR_EVERYBODY)
def test_a_page_says_where_it_is(client, practice, address):
    assert way(client.get(address)) == FOR_EVERYBODY[address]


@pytest.mark.parametrize("address", FOR_WHO_SIGNED_IN)
def test_a_page_of_somebody_says_where_it_is(client, professional, address):
    client.force_login(professional)

    assert way(client.get(address)) == FOR_WHO_SIGNED_IN[address]
