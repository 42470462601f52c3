"""Readers ask a practice or the project leader a question; nobody learns their address."""

import pytest
from django.core import mail
from django.core.cache import caches
from django.urls import reverse

from practices.models import PracticePage
from tests.admin.forms import edit, send
from tests.factories import PracticePageFactory, in_english


@pytest.fixture(autouse=True)
def _no_limits_yet(db):
    caches["limits"].clear()


@pytest.fixture
def contact(practice, professional):
    """Somebody who works in the practice answers, under a role."""
    professional.first_name, professional.last_name = "Mies", "Bouwman"
    professional.save()
    practice.contact_role, practice.contact_person = "Coach op school", professional
    practice.save()
    return professional


def address_of(practice) -> str:
    return reverse("practice_question", args=[practice.slug])


def recipients() -> list[str]:
    return [address for sent in mail.outbox for address in sent.to]


def test_a_question_goes_to_the_contact_and_the_answer_to_whoever_asked(
    ask, practice, contact, leader
):
    response = ask(practice.slug)

    assert response["Location"] == reverse("question_thanks")
    [sent] = mail.outbox
    assert (sent.to, sent.reply_to, sent.cc, sent.bcc) == (
        [contact.email],
        ["kim@voorbeeld.nl"],
        [],
        [],
    )
    assert "Hoe begonnen jullie?" in sent.body
    assert "Kim" in sent.body


def test_a_question_to_nobody_in_particular_goes_to_the_leader(ask, leader):
    ask()

    assert recipients() == [leader.email]


def leaves(contact):
    contact.is_active = False
    contact.save()


def goes_to_another_practice(contact):
    contact.groups.clear()


def is_deleted(contact):
    contact.delete()


@pytest.mark.parametrize("goes", [leaves, goes_to_another_practice, is_deleted])
def test_when_the_contact_has_left_it_goes_to_the_leader(
    client, ask, practice, contact, leader, goes
):
    PracticePage.objects.update(contact_named=True)
    goes(contact)

    ask(practice.slug)

    assert recipients() == [leader.email]
    for address in (practice.get_url(), address_of(practice)):
        assert "Mies" not in client.get(address).content.decode()
    assert "projectleider van deze site" in client.get(address_of(practice)).content.decode()


def test_of_an_ended_practice_the_leader_answers(ask, practice, contact, leader):
    PracticePage.objects.update(ended_on="2020-01-01")

    ask(practice.slug)

    assert recipients() == [leader.email]


@pytest.mark.parametrize("consents", [True, False])
def test_the_role_is_shown_and_the_name_only_with_consent(client, practice, contact, consents):
    PracticePage.objects.update(contact_named=consents)

    for address in (practice.get_url(), address_of(practice)):
        page = client.get(address).content.decode()
        assert "Coach op school" in page
        assert ("Mies Bouwman" in page) is consents


def test_the_address_stands_nowhere(client, practice, other_practice, contact, leader):
    two = f"?praktijk={practice.slug}&praktijk={other_practice.slug}"
    PracticePage.objects.update(contact_named=True)
    in_english(practice)
    addresses = [
        practice.get_url(), address_of(practice), "/contact/", "/sitemap.xml",
        f"/en{practice.get_url()}", f"/en{address_of(practice)}", f"{practice.get_url()}downloads/",
        "/api/v1/search/?soort=praktijk", "/api/v1/suggest/?q=Orion", "/zoeken/?soort=praktijk",
        "/zoeken/export.csv?soort=praktijk", f"/vergelijken/{two}", f"/vergelijken/export.csv{two}",
    ]  # fmt: skip

    for address in addresses:
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        assert contact.email.encode() not in b"".join(response), address
        assert leader.email.encode() not in b"".join(response), address


@pytest.mark.parametrize("hidden", [{"live": False}, {"audience": "practice"}])
def test_a_practice_that_one_may_not_see_cannot_be_asked(client, ask, site_tree, hidden):
    practice = PracticePageFactory(title="Geheim", **hidden)

    assert client.get(address_of(practice)).status_code == 404
    assert ask(practice.slug).status_code == 404
    assert ask("bestaat-niet").status_code == 404
    assert not mail.outbox


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "kim@voorbeeld.nl\r\nBcc: iedereen@voorbeeld.nl"),
        ("email", "kim@voorbeeld.nl, iedereen@voorbeeld.nl"),
        ("name", "Ki\x0bm"),
        ("name", "k" * 121),
        ("text", ""),
        ("text", "x" * 4001),
        ("text", "met \x00 erin"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_keeps_what_was_typed(ask, leader, field, value):
    response = ask(**{field: value})

    assert field in response.context["form"].errors
    assert not mail.outbox
    assert "Kim" in response.content.decode() or field == "name"


@pytest.mark.parametrize("name", ["Kim\nBcc: iedereen@voorbeeld.nl", "Subject: gratis"])
def test_nothing_that_somebody_types_comes_in_a_header(ask, leader, name):
    ask(name=name, text="Subject: gratis\nBcc: iedereen@voorbeeld.nl")

    [sent] = mail.outbox
    message = sent.message()
    assert message["Subject"] == "Een vraag via Lerende Praktijken"
    assert message["Bcc"] is None
    assert sent.recipients() == [leader.email]


@pytest.mark.parametrize("fields", [{"website": "x"}, {"opened": ""}, {"opened": "verzonnen"}])
def test_a_machine_gets_the_same_thanks_and_nothing_is_sent(ask, leader, fields):
    assert ask(**fields)["Location"] == reverse("question_thanks")

    assert not mail.outbox


def test_two_presses_send_one_mail_and_another_text_goes_too(ask, leader):
    ask()
    ask()
    assert len(mail.outbox) == 1

    ask(text="En hoe ging het verder?")

    assert len(mail.outbox) == 2


def test_more_than_ten_an_hour_from_one_address_are_refused(ask, leader):
    answers = [ask(text=f"Vraag {number}") for number in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "Vraag 10" in answers[-1].content.decode()
    assert len(mail.outbox) == 10


def test_more_than_fifty_an_hour_to_one_practice_are_refused(ask, practice, contact, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for number in range(51):
        ask.client.defaults["HTTP_X_FORWARDED_FOR"] = f"192.0.2.{number}"
        last = ask(practice.slug, text=f"Vraag {number}")

    assert last.status_code == 429
    assert len(mail.outbox) == 50


def test_who_is_signed_in_need_not_type_an_address(client, outer_ring):
    client.force_login(outer_ring)

    form = client.get(reverse("question")).context["form"]

    assert form["email"].value() == outer_ring.email


def test_the_leader_chooses_somebody_of_the_practice(
    client, leader, practice, contact, other_professional
):
    client.force_login(leader)

    form = client.get(edit(practice)).context["form"]

    people = set(form.fields["contact_person"].queryset)
    assert people == {contact, leader}


def test_another_contact_is_another_in_every_language(practice, contact, leader):
    english = in_english(practice)
    practice.contact_person, practice.contact_named = leader, True
    practice.save_revision().publish()

    english = PracticePage.objects.get(pk=english.pk)

    assert (english.contact_person, english.contact_named) == (leader, True)


def test_a_draft_of_another_contact_changes_nothing(client, ask, practice, contact, leader):
    client.force_login(leader)
    send(client, edit(practice), contact_person=str(leader.pk))
    client.logout()

    ask(practice.slug)

    assert recipients() == [contact.email]
