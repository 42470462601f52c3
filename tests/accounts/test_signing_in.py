"""Signing in: with e-mail and password, with a second step where much can be done, by one door."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from accounts.roles import PROJECT_LEADERS
from practices.setup import practice_group
from tests.factories import PASSWORD, TOTP_KEY, UserFactory

SIGN_IN = "/account/inloggen/"
SECOND_STEP = "/account/tweede-stap/authenticate/"
WRONG = "een heel ander wachtwoord"
NEW = "nog een lange zin als wachtwoord"

SHARED_PASSWORDS = [
    "/_util/authenticate_with_password/1/1/",
    "/documenten/authenticate_with_password/1/",
]
OTHER_SITES = ["https://elders.example/", "//elders.example/", "javascript:alert(1)"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits_yet():
    caches["limits"].clear()


def sign_in(client, email, password=PASSWORD, behind=None):
    headers = {"X-Forwarded-For": behind} if behind else {}
    return client.post(SIGN_IN, {"login": email, "password": password}, headers=headers)


def code_now():
    return format_hotp_value(hotp_value(TOTP_KEY, int(timezone.now().timestamp()) // 30))


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_professional_signs_in_in_any_case_of_letters(client, professional):
    response = sign_in(client, professional.email.upper())

    assert response.status_code == 302
    assert is_signed_in(client)


def test_a_leader_signs_in_in_two_steps(client, leader):
    response = sign_in(client, leader.email)
    assert not is_signed_in(client)
    assert response["Location"] == SECOND_STEP

    client.post(SECOND_STEP, {"code": code_now()})

    assert is_signed_in(client)


def test_a_code_works_once(client, leader):
    code = code_now()
    sign_in(client, leader.email)
    client.post(SECOND_STEP, {"code": code})
    client.logout()
    sign_in(client, leader.email)

    client.post(SECOND_STEP, {"code": code})

    assert not is_signed_in(client)


@pytest.mark.parametrize("fields", [{"is_superuser": True}, {"groups": [PROJECT_LEADERS]}])
@pytest.mark.parametrize("address", ["/", "/beheer/", "/zoeken/", "/account/e-mail/", "/mijn/"])
def test_who_needs_a_second_step_sets_it_up_before_anything_else(
    client, site_tree, fields, address
):
    client.force_login(UserFactory(**fields, second_factor=False))

    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"] == "/account/tweede-stap/totp/activate/"


def test_the_second_step_can_be_set_up(client, site_tree):
    leader = UserFactory(groups=[PROJECT_LEADERS], second_factor=False)
    sign_in(client, leader.email)
    to_prove = client.get("/account/tweede-stap/totp/activate/")["Location"]
    page = client.post(to_prove, {"password": PASSWORD}, follow=True)
    key = page.context["form"].secret
    code = format_hotp_value(hotp_value(key, int(timezone.now().timestamp()) // 30))

    client.post("/account/tweede-stap/totp/activate/", {"code": code})

    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert client.get("/beheer/").status_code == 200


def test_a_professional_may_do_without(client, professional):
    client.force_login(professional)

    assert client.get("/beheer/").status_code == 200
    assert client.get("/account/tweede-stap/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_one_answer(client, professional):
    def answer(email):
        html = sign_in(client, email, WRONG).content.decode()
        return re.sub(r'value="[^"]*"', "", html.replace(email, ""))

    assert answer(professional.email) == answer("niemand@voorbeeld.nl")


def test_after_five_wrong_passwords_an_account_waits_and_another_does_not(client, professional):
    other = UserFactory(groups=[])
    for _ in range(5):
        sign_in(client, professional.email, WRONG)

    refused = sign_in(client, professional.email)

    assert not is_signed_in(client)
    assert "probeer het later" in refused.content.decode().lower()
    sign_in(client, other.email)
    assert is_signed_in(client)


def test_an_unknown_account_waits_just_the_same(client, db):
    for _ in range(5):
        sign_in(client, "niemand@voorbeeld.nl", WRONG)

    refused = sign_in(client, "niemand@voorbeeld.nl", WRONG)

    assert "probeer het later" in refused.content.decode().lower()


def test_a_forged_address_gives_no_new_tries(client, db):
    for number in range(20):
        sign_in(
            client,
            f"niemand{number}@voorbeeld.nl",
            WRONG,
            behind=f"8.8.8.{number}",
        )

    refused = sign_in(client, "nog@voorbeeld.nl", WRONG, "9.9.9.9")

    assert "probeer het later" in refused.content.decode().lower()


def test_behind_our_own_proxy_visitors_are_told_apart(client, db, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for number in range(20):
        sign_in(client, f"niemand{number}@voorbeeld.nl", WRONG, behind="8.8.8.8")

    other = sign_in(client, "nog@voorbeeld.nl", WRONG, "9.9.9.9")

    assert "probeer het later" not in other.content.decode().lower()


def test_too_many_requests_get_a_plain_page_that_says_when(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client, "niemand@voorbeeld.nl", WRONG)

    response = sign_in(client, "niemand@voorbeeld.nl", WRONG)

    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "minuut" in response.content.decode()


@pytest.mark.parametrize("door", ["/beheer/login/", "/beheer/password_reset/", "/_util/login/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_other_door_leads_to_the_one(client, professional, door, method):
    data = {"username": professional.email, "password": PASSWORD, "next": "/beheer/"}

    response = getattr(client, method)(door, data)

    assert response["Location"].startswith(SIGN_IN)
    assert not is_signed_in(client)


def test_who_has_no_business_in_the_admin_is_told_so_once_and_shown_a_way_on(client, outer_ring):
    client.force_login(outer_ring)

    response = client.get("/beheer/", follow=True)

    assert response.status_code == 403
    text = response.content.decode()
    assert "Dit deel is voor collega’s die schrijven" in text
    assert 'href="/account/">Naar mijn account' in text
    assert "Log in" not in text
    assert "notice" not in client.get("/account/").content.decode()


@pytest.mark.parametrize("door", ["/beheer/login/", "/beheer/password_reset/"])
def test_who_works_in_the_admin_comes_in_by_every_door(client, professional, door):
    client.force_login(professional)

    assert client.get(door)["Location"] == "/beheer/"


@pytest.mark.parametrize("address", SHARED_PASSWORDS)
def test_no_page_opens_with_a_shared_password(client, lesson, address):
    assert client.post(address, {"password": "x"}).status_code == 404


@pytest.mark.parametrize(
    "to", ["https://elders.example/", "//elders.example/", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_site(client, professional, to):
    response = client.post(SIGN_IN, {"login": professional.email, "password": PASSWORD, "next": to})

    assert response["Location"] == "/"


def test_the_admin_changes_no_password_and_no_address(client, professional):
    client.force_login(professional)

    names = client.get("/beheer/account/").content.decode()

    assert "password" not in names.lower()
    assert 'name="name_email-email"' not in names


# Forgotten, invited, moved


def link_in(message) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", message.body)[1]


def choose_password(client, link, password=NEW):
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})


def test_a_forgotten_password_is_chosen_anew_and_the_link_works_once(client, professional):
    client.post("/account/wachtwoord/vergeten/", {"email": professional.email})
    link = link_in(mail.outbox[0])

    choose_password(client, link)

    sign_in(client, professional.email, NEW)
    assert is_signed_in(client)
    client.logout()
    choose_password(client, link, "een derde lange zin voor dit account")
    sign_in(client, professional.email, "een derde lange zin voor dit account")
    assert not is_signed_in(client)


def test_who_chose_a_password_is_led_to_sign_in(client, invited):
    link = link_in(mail.outbox[0])
    page = client.get(link, follow=True).content.decode()
    done = client.get(choose_password(client, link)["Location"]).content.decode()
    again = client.get(link, follow=True).content.decode()

    assert '<h1 class="form-page__title">Kies een wachtwoord</h1>' in page
    assert 'href="/account/inloggen/">Inloggen</a>' in done.partition("<main")[2]
    assert 'href="/account/wachtwoord/vergeten/">Vraag een nieuwe link' in again


def test_asking_for_a_new_password_tells_nothing(client, professional):
    answers = [
        client.post("/account/wachtwoord/vergeten/", {"email": email}, follow=True)
        for email in (professional.email, "niemand@voorbeeld.nl")
    ]

    known, unknown = (answer.content for answer in answers)
    assert known == unknown
    assert [message.to for message in mail.outbox] == [[professional.email]]


def test_nobody_makes_an_account_uninvited(client, db):
    response = client.post(
        "/account/aanmelden/", {"email": "nieuw@voorbeeld.nl", "password1": PASSWORD}
    )

    assert "uitnodiging" in response.content.decode()
    assert not User.objects.filter(email="nieuw@voorbeeld.nl").exists()


@pytest.fixture
def invited(client, leader, practice, other_practice):
    """Somebody whom the project leader asked in, for two practices."""
    client.force_login(leader)
    response = client.post(
        "/beheer/users/new/",
        {
            "email": "nieuw@voorbeeld.nl", "first_name": "Noor", "last_name": "de Wit",
            "groups": [practice_group(practice).pk, practice_group(other_practice).pk],
        },
    )  # fmt: skip
    assert response.status_code == 302, response.context["form"].errors
    client.logout()
    return User.objects.get(email="nieuw@voorbeeld.nl")


def test_an_invitation_opens_an_account_in_two_practices(client, invited):
    (message,) = mail.outbox
    assert message.to == ["nieuw@voorbeeld.nl"]
    assert "nodigt je uit" in message.body
    assert not invited.has_usable_password()

    choose_password(client, link_in(message))

    sign_in(client, invited.email, NEW)
    assert is_signed_in(client)
    assert invited.groups.count() == 2


def test_an_invited_person_who_lost_the_mail_asks_for_a_password(client, invited):
    mail.outbox.clear()

    client.post("/account/wachtwoord/vergeten/", {"email": invited.email})

    choose_password(client, link_in(mail.outbox[0]))
    sign_in(client, invited.email, NEW)
    assert is_signed_in(client)


@pytest.mark.parametrize("password", ["kort", "123456789012"])
def test_a_weak_password_is_refused_with_the_reason(client, professional, password):
    client.post("/account/wachtwoord/vergeten/", {"email": professional.email})

    response = choose_password(client, link_in(mail.outbox[0]), password)

    assert response.context["form"].errors


def test_a_changed_address_has_to_be_shown_anew(professional):
    assert EmailAddress.objects.get(user=professional).verified

    professional.email = "anders@voorbeeld.nl"
    professional.save()

    address = EmailAddress.objects.get(user=professional)
    assert (address.email, address.verified) == ("anders@voorbeeld.nl", False)


# Signed in elsewhere, and a lost phone


def sees_the_account(client) -> bool:
    return client.get("/account/").status_code == 200


def sign_in_entirely(client, user):
    """With the second step, and having shown again just now who it is."""
    if sign_in(client, user.email)["Location"] == SECOND_STEP:
        client.post(SECOND_STEP, {"code": code_now()})
    client.post("/account/ben-jij-het/", {"password": PASSWORD})


def test_my_account_leads_to_everything_about_it(client, professional):
    client.force_login(professional)

    page = client.get("/account/").content.decode()

    for address in ("/account/wachtwoord/", "/account/e-mail/", "/account/tweede-stap/"):
        assert f'href="{address}"' in page
        assert client.get(address, follow=True).status_code == 200


def test_a_visitor_signs_in_before_seeing_an_account(client, db):
    assert client.get("/account/")["Location"] == "/account/inloggen/?next=/account/"


def test_signing_out_everywhere_ends_the_sessions_on_other_devices(client, professional):
    phone = Client()
    phone.force_login(professional)
    client.force_login(professional)

    client.post("/account/uitloggen/overal/")

    assert not sees_the_account(client)
    assert not sees_the_account(phone)
    sign_in(client, professional.email)
    assert sees_the_account(client)


def test_nobody_is_signed_out_by_a_link(client, professional):
    client.force_login(professional)

    assert client.get("/account/uitloggen/overal/").status_code == 405
    assert sees_the_account(client)


@pytest.mark.parametrize(
    ("who", "whose", "allowed"),
    [
        ("leader", "other_leader", True),
        ("leader", "administrator", False),
        ("leader", "leader", False),
        ("administrator", "leader", True),
        ("professional", "leader", False),
    ],
)
def test_who_may_help_somebody_who_lost_the_second_step(
    client, request, site_tree, who, whose, allowed
):
    people = {
        name: request.getfixturevalue(name) for name in ("leader", "administrator", "professional")
    }
    people["other_leader"] = UserFactory(groups=[PROJECT_LEADERS])
    helped = people[whose]
    lost = Client()
    lost.force_login(helped)
    sign_in_entirely(client, people[who])

    answer = client.post(f"/beheer/users/{helped.pk}/tweede-stap/")

    assert (answer.status_code, answer["Location"]) == (
        (302, f"/beheer/users/edit/{helped.pk}/") if allowed else (302, "/beheer/")
    )
    assert Authenticator.objects.filter(user=helped).exists() is not allowed
    assert sees_the_account(lost) is (not allowed)
    assert [message.to for message in mail.outbox] == ([[helped.email]] if allowed else [])


def test_taking_a_second_step_away_asks_for_the_own_password_first(client, leader):
    helped = UserFactory(groups=[PROJECT_LEADERS])
    client.force_login(leader)

    answer = client.post(f"/beheer/users/{helped.pk}/tweede-stap/")

    assert answer["Location"].startswith("/account/ben-jij-het/")
    assert Authenticator.objects.filter(user=helped).exists()


def test_the_log_tells_who_took_a_second_step_away(client, leader):
    helped = UserFactory(groups=[PROJECT_LEADERS])
    sign_in_entirely(client, leader)

    client.post(f"/beheer/users/{helped.pk}/tweede-stap/")

    noted = ModelLogEntry.objects.filter(action="accounts.second_factor_removed")
    assert set(noted.values_list("user", "object_id")) == {(leader.pk, str(helped.pk))}
