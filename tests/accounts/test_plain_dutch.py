"""What somebody reads about the own account is plain Dutch, also where a library wrote it."""

import re
from html import unescape

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from allauth.mfa.adapter import get_adapter as get_second_step_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.password_validation import (
    get_default_password_validators,
    password_validators_help_texts,
)
from django.core import mail
from django.core.cache import caches

from accounts.invitations import invite
from accounts.second_factor import forget_second_factor
from tests.factories import PASSWORD, TOTP_KEY

NEW = "nog een lange zin als wachtwoord"
# Other words of ours stand in the vocabulary; these are the ones of people who make accounts work.
NOT_FOR_OUR_READERS = re.compile(
    r"\b(u|uw|uwe|alstublieft|a\.u\.b|e-?mail adres|email|login|logins|qr|gebruiker|gebruikersnaam"
    r"|token|totp|mfa|webauthn|passkey|credential|browservenster|sessie|primaire?|inactief)\b"
    r"|authentic(?!ator of 2FAS)|verif|activeer|valide|genere|aanmeld|afmeld|registr|ongeldig"
    r"|herstel(?!codes?\b)",
    re.IGNORECASE,
)
ENGLISH = re.compile(r"\b(the|you|your|please|must|not|this|name|used|enter)\b", re.IGNORECASE)

VISITOR = {
    "sign in": "inloggen/",
    "no account without an invitation": "aanmelden/",
    "an account that is off": "niet-actief/",
    "forgotten password": "wachtwoord/vergeten/",
    "mail with a new password is sent": "wachtwoord/vergeten/verstuurd/",
    "a link that does not work": "wachtwoord/kiezen/1-nee/",
    "password is chosen": "wachtwoord/gekozen/",
    "look in your mail": "e-mail/bevestigen/",
    "a link for an address that does not work": "e-mail/bevestigen/nee:nee/",
}
SIGNED_IN = {
    "overview": "",
    "sign out": "uitloggen/",
    "address": "e-mail/",
    "password": "wachtwoord/",
    "is it you": "ben-jij-het/",
    "second step": "tweede-stap/",
    "set up the app": "tweede-stap/totp/activate/",
    "keys": "tweede-stap/webauthn/",
    "add a key": "tweede-stap/webauthn/add/",
}
WITH_SECOND_STEP = {
    "overview": "tweede-stap/",
    "codes": "tweede-stap/recovery-codes/",
    "new codes": "tweede-stap/recovery-codes/generate/",
    "take the app away": "tweede-stap/totp/deactivate/",
    "is it you": "tweede-stap/reauthenticate/",
    "keys": "tweede-stap/webauthn/",
    "name of a key": "tweede-stap/webauthn/keys/{key}/edit/",
    "take a key away": "tweede-stap/webauthn/keys/{key}/remove/",
}
WRONG = {
    "no address": ("inloggen/", {"login": "x", "password": "y"}),
    "nothing filled in": ("inloggen/", {}),
    "a password that is not right": ("inloggen/", {"login": "x@voorbeeld.nl", "password": "y"}),
    "an address to send a new password": ("wachtwoord/vergeten/", {"email": "x"}),
}
WRONG_SIGNED_IN = {
    "no address": ("e-mail/", {"action_add": "", "email": "x"}),
    "the address that is there": ("e-mail/", {"action_add": "", "email": "{email}"}),
    "the only address taken away": ("e-mail/", {"action_remove": "", "email": "{email}"}),
    "the old password": ("wachtwoord/", {"oldpassword": "x"}),
    "short": (
        "wachtwoord/",
        {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"},
    ),
    "figures": ("wachtwoord/", {"oldpassword": PASSWORD, "password1": "120938457721"}),
    "often used": ("wachtwoord/", {"oldpassword": PASSWORD, "password1": "qwertyuiop123"}),
    "like the address": ("wachtwoord/", {"oldpassword": PASSWORD, "password1": "{email}"}),
    "not the same twice": (
        "wachtwoord/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": "x"},
    ),
    "is it you": ("ben-jij-het/", {"password": "x"}),
    "code of the app": ("tweede-stap/totp/activate/", {"code": "000000"}),
    "no code of the app": ("tweede-stap/totp/activate/", {"code": ""}),
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits_yet():
    caches["limits"].clear()


@pytest.fixture
def signed_in(client, professional):
    """Has just shown who it is, which the pages about the second step ask."""
    client.force_login(professional)
    client.post("/account/ben-jij-het/", {"password": PASSWORD})
    return client


@pytest.fixture
def with_second_step(signed_in, professional):
    TOTP.activate(professional, TOTP_KEY)
    signed_in.post("/account/tweede-stap/recovery-codes/generate/")
    mail.outbox.clear()
    return signed_in


def words_in(response) -> str:
    """What a page says between the menu and the foot, with its title."""
    html = response.content.decode()
    title = re.search(r"<title>.*?</title>", html, re.DOTALL)[0]
    main = re.search(r"<main.*?</main>", html, re.DOTALL)[0]
    main = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", main, flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", f"{title} {main}")))


def assert_plain(text):
    found = NOT_FOR_OUR_READERS.search(text) or ENGLISH.search(text)
    assert not found, f"{found[0]!r} in {text}"


@pytest.mark.parametrize("address", VISITOR.values(), ids=VISITOR)
def test_what_a_visitor_reads_about_an_account_is_plain(client, site_tree, address):
    response = client.get(f"/account/{address}")

    assert_plain(words_in(response))


@pytest.mark.parametrize("address", SIGNED_IN.values(), ids=SIGNED_IN)
def test_what_somebody_reads_about_the_own_account_is_plain(signed_in, address):
    response = signed_in.get(f"/account/{address}")

    assert_plain(words_in(response))


@pytest.mark.parametrize("address", WITH_SECOND_STEP.values(), ids=WITH_SECOND_STEP)
def test_what_somebody_with_a_second_step_reads_is_plain(with_second_step, professional, address):
    key = Authenticator.objects.create(
        user=professional,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Sleutelbos", "passwordless": True, "credential": {}},
    )

    response = with_second_step.get(f"/account/{address.format(key=key.pk)}")

    assert_plain(words_in(response))


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_is_wrong_at_the_door_is_said_plainly(client, site_tree, wrong):
    address, data = wrong

    response = client.post(f"/account/{address}", data)

    assert b"form-field__errors" in response.content or b"error-summary" in response.content
    assert_plain(words_in(response))


@pytest.mark.parametrize("wrong", WRONG_SIGNED_IN.values(), ids=WRONG_SIGNED_IN)
def test_what_is_wrong_in_the_own_account_is_said_plainly(signed_in, professional, wrong):
    address, data = wrong
    data = {name: value.format(email=professional.email) for name, value in data.items()}

    response = signed_in.post(f"/account/{address}", data, follow=True)

    text = response.content.decode()
    assert "form-field__errors" in text or 'class="notice' in text or "messages" in text
    assert_plain(words_in(response).replace(professional.email, ""))


def test_the_second_step_is_asked_plainly(client, professional):
    TOTP.activate(professional, TOTP_KEY)

    asked = client.post(
        "/account/inloggen/", {"login": professional.email, "password": PASSWORD}, follow=True
    )
    wrong = client.post("/account/tweede-stap/authenticate/", {"code": "000000"})

    assert_plain(words_in(asked))
    assert_plain(words_in(wrong))
    assert "Deze code klopt niet" in words_in(wrong)


def test_choosing_a_password_by_mail_is_plain(client, professional):
    client.post("/account/wachtwoord/vergeten/", {"email": professional.email})
    link = re.search(r"/account/wachtwoord/kiezen/\S+", mail.outbox[0].body)[0]

    page = client.get(link, follow=True)
    weak = client.post(page.request["PATH_INFO"], {"password1": "kort", "password2": "kort"})

    assert_plain(words_in(page))
    assert_plain(words_in(weak))
    assert "Gebruik minstens 12 tekens" in words_in(weak)


def test_too_many_tries_are_refused_plainly(client, professional):
    for _ in range(6):
        response = client.post("/account/inloggen/", {"login": professional.email, "password": "x"})

    assert "Dit ging te vaak fout" in words_in(response)
    assert_plain(words_in(response))


def assert_plain_mails(number):
    assert len(mail.outbox) == number
    for message in mail.outbox:
        # What the browser calls itself is no text of ours.
        body = re.sub(r"- Browser: .*|https?://\S+", "", message.body)
        assert_plain(f"{message.subject} {body}".replace("@voorbeeld.nl", ""))


def test_every_mail_about_an_account_is_plain(client, professional, leader, with_second_step):
    client.post("/account/wachtwoord/vergeten/", {"email": professional.email})
    client.post(
        "/account/wachtwoord/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )
    client.post("/account/tweede-stap/totp/deactivate/")
    client.post("/account/e-mail/", {"action_add": "", "email": "nieuw@voorbeeld.nl"})
    link = re.search(r"/account/e-mail/bevestigen/\S+", mail.outbox[-1].body)[0]
    asked = client.get(link)
    client.post(link)
    professional.refresh_from_db()
    invite(professional, by=leader)
    forget_second_factor(professional, by=leader)

    assert professional.email == "nieuw@voorbeeld.nl"
    assert_plain(words_in(asked).replace("@voorbeeld.nl", ""))
    assert_plain_mails(7)


def test_every_mail_about_a_second_step_is_plain(rf, professional):
    kinds = ["totp_activated", "recovery_codes_generated", "webauthn_added", "webauthn_removed"]
    with request_context(rf.get("/")):
        for kind in kinds:
            get_second_step_adapter().send_notification_mail(f"mfa/email/{kind}", professional)

    assert_plain_mails(len(kinds))


def test_every_refusal_of_the_library_that_can_come_up_is_plain():
    unused = {"max_email_addresses", "username_blacklisted", "username_taken", "select_only_one"}
    refusals = get_adapter().error_messages | get_second_step_adapter().error_messages
    for name, refusal in refusals.items():
        if name not in unused and "phone" not in name and "username" not in name:
            assert_plain(str(refusal).replace("e-mailadres", ""))


def test_the_rules_for_a_password_are_plain():
    for text in password_validators_help_texts():
        assert_plain(text)
    assert len(password_validators_help_texts()) == len(get_default_password_validators())
