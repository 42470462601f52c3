"""Readers report a problem, whoever they are, and hear the same whatever they may see."""

import datetime

import pytest
from django.core import mail
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from feedback.models import Report, ReportMessage
from feedback.subjects import LONGEST_ADDRESS, Subject, subject_at
from tests.factories import (
    DownloadFactory,
    InformationPageFactory,
    LessonPageFactory,
    UserFactory,
    in_english,
)


@pytest.fixture(autouse=True)
def _no_limits_yet(db):
    caches["limits"].clear()


@pytest.fixture
def page(site_tree):
    return InformationPageFactory(title="Samen eten")


# What it is about


def test_an_address_stands_for_its_page_file_or_itself(page):
    download = DownloadFactory()

    assert subject_at(page.get_url()) == Subject(page=page.contentpage_ptr)
    assert subject_at(download.url) == Subject(download=download)
    assert subject_at("/zoeken/?q=noor") == Subject(address="/zoeken/")


def test_an_address_in_english_stands_for_the_english_page_or_else_the_dutch_one(page):
    assert subject_at(f"/en{page.get_url()}").page == page.contentpage_ptr

    english = in_english(page)

    assert subject_at(f"/en{page.get_url()}").page == english.contentpage_ptr


@pytest.mark.parametrize(
    "address",
    [
        "", "https://elders.example/", "//elders.example/", "\0", "/a\0b", "zoeken",
        "/" + "x" * LONGEST_ADDRESS, "javascript:alert(1)", "/\r\nBcc: x@y.nl", "/[",
    ],
)  # fmt: skip
def test_an_address_that_is_none_of_ours_is_the_whole_site(db, client, address):
    subject = subject_at(address)

    assert subject in (Subject(), Subject(address="/["))
    assert client.get(reverse("report", query={"over": address})).status_code == 200


# Sending


@pytest.mark.parametrize("kind", ["privacy", "wrong", "other"])
def test_a_report_is_kept_and_the_leaders_hear_of_it_at_once(report, page, leader, kind):
    response = report(page.get_url(), kind=kind, text="Ik herken Noor.", email="kim@voorbeeld.nl")

    assert response["Location"] == reverse("report_thanks")
    kept = Report.objects.get()
    assert (kept.page_id, kept.kind, kept.times) == (page.pk, kind, 1)
    assert [(each.text, each.email) for each in kept.messages.all()] == [
        ("Ik herken Noor.", "kim@voorbeeld.nl")
    ]
    [sent] = mail.outbox
    assert sent.to == [leader.email]
    assert ("privacy" in sent.subject.lower()) is (kind == "privacy")
    assert f"/beheer/meldingen/{kept.pk}/" in sent.body


def test_the_mail_repeats_nothing_that_may_be_about_a_child(report, page, leader):
    report(page.get_url(), text="Ik herken Noor.", email="kim@voorbeeld.nl")

    [sent] = mail.outbox
    for told in ("Noor", "kim@voorbeeld.nl", page.title):
        assert told not in sent.subject + sent.body + str(sent.extra_headers)


def test_each_leader_has_a_mail_of_their_own_and_who_left_has_none(report, page, leader):
    other = UserFactory(groups=["Projectleiders"])
    UserFactory(groups=["Projectleiders"], is_active=False)

    report(page.get_url())

    assert sorted(sent.to for sent in mail.outbox) == sorted([[leader.email], [other.email]])


def test_without_a_leader_the_administrator_hears_of_it(report, page, administrator):
    report(page.get_url())

    assert [sent.to for sent in mail.outbox] == [[administrator.email]]


def test_a_report_needs_no_word(report, page, leader):
    assert report(page.get_url(), kind="").status_code == 302

    assert Report.objects.get().kind == "other"
    assert not ReportMessage.objects.exists()


def test_nothing_about_nothing_gets_the_same_thanks_and_is_not_kept(report, leader):
    assert report("").headers["Location"] == reverse("report_thanks")

    assert not Report.objects.exists()
    assert not mail.outbox


def test_what_is_reported_again_joins_the_open_report(report, page, leader):
    answers = [
        report(page.get_url(), text=text)
        for text in ("Ik herken iemand.", "Ik herken iemand.", "Ik ook.")
    ]

    assert len({answer["Location"] for answer in answers}) == 1
    kept = Report.objects.get()
    assert kept.times == 3
    assert [message.text for message in kept.messages.all()] == ["Ik herken iemand.", "Ik ook."]
    assert len(mail.outbox) == 1


def test_of_what_goes_on_for_days_there_is_one_mail_a_day(report, page, leader):
    report(page.get_url())
    Report.objects.update(mailed_at=timezone.now() - datetime.timedelta(days=1, minutes=1))

    report(page.get_url(), text="Nog steeds.")

    assert len(mail.outbox) == 2


def test_another_kind_or_a_settled_one_is_a_report_of_its_own(report, page, leader):
    report(page.get_url())
    report(page.get_url(), kind="wrong")
    Report.objects.update(settled_at=timezone.now())

    report(page.get_url())

    assert Report.objects.count() == 3


# Nothing is told


@pytest.fixture
def answers(client, report):
    """The form and the answer for an address, as a stranger gets them."""

    def of(address):
        form = client.get(reverse("report", query={"over": address}))
        answer = report(address, text=f"Over {address}")
        after = client.get(answer["Location"])
        return form.context["title"], form.status_code, answer.status_code, after.content

    return of


def test_a_hidden_item_and_none_at_all_are_answered_the_same(answers, practice):
    draft = LessonPageFactory(parent=practice, live=False, title="Geheim")
    narrow = LessonPageFactory(parent=practice, audience="practice", title="Ook geheim")
    private = DownloadFactory(title="Plan van Noor")

    nothing = answers("/praktijken/bestaat-niet/")[:3]

    for address in (draft.get_url(), narrow.get_url(), private.url):
        assert answers(address)[:3] == nothing == ("", 200, 302)
    assert set(Report.objects.values_list("page", flat=True)) >= {draft.pk, narrow.pk}


def test_who_may_see_it_sees_what_it_is_about(client, page, practice):
    url = reverse("report", query={"over": page.get_url()})

    assert "Samen eten" in client.get(url).content.decode()


# What machines send


@pytest.mark.parametrize(
    "fields",
    [
        {"website": "https://kopen.example"},
        {"opened": ""},
        {"opened": "opened:1aBcDe:verzonnen"},
    ],
    ids=["fills in everything", "no form", "invented"],
)
def test_a_machine_gets_the_same_thanks_and_nothing_comes_of_it(report, page, leader, fields):
    response = report(page.get_url(), text="Koop nu", **fields)

    assert response["Location"] == reverse("report_thanks")
    assert not Report.objects.exists()
    assert not mail.outbox


def test_who_answers_within_a_moment_is_a_machine(client, page, leader):
    url = reverse("report", query={"over": page.get_url()})
    form = client.get(url).context["form"]

    response = client.post(url, {"opened": form["opened"].value(), "text": "Koop nu"})

    assert response.status_code == 302
    assert not Report.objects.exists()


def test_too_much_from_one_address_is_refused_and_keeps_what_was_typed(report, page, leader):
    for number in range(20):
        assert report(page.get_url(), text=f"Melding {number}").status_code == 302

    response = report(page.get_url(), text="Nog een")

    assert response.status_code == 429
    assert "Nog een" in response.content.decode()
    assert not ReportMessage.objects.filter(text="Nog een").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "kim@voorbeeld.nl\nBcc: iedereen@voorbeeld.nl"),
        ("email", "geen adres"),
        ("text", "x" * 2001),
        ("text", "met \x00 erin"),
        ("text", "met \x07 erin"),
        ("kind", "verzonnen"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_kept(
    report, page, leader, field, value
):
    response = report(page.get_url(), **{"text": "Dit klopt niet.", field: value})

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not Report.objects.exists()


# Where the way to it stands


@pytest.mark.parametrize("address", ["/", "/praktijken/", "/zoeken/?q=x", "/begrippen/"])
def test_every_page_has_the_way_to_report_it(client, site_tree, address):
    page = client.get(address).content.decode()

    assert 'href="/melden/"' in page


def test_the_form_is_about_the_page_with_the_link_that_was_followed(client, page):
    url = page.get_url()
    referer = {"Referer": f"http://testserver{url}?q=noor"}

    response = client.get("/melden/", headers=referer, follow=True)

    assert response.redirect_chain == [(f"/melden/?over={url.replace('/', '%2F')}", 302)]
    assert "Samen eten" in response.content.decode()


@pytest.mark.parametrize("referer", ["", "https://elders.example/x/", "http://[", "/melden/", "x"])
def test_without_such_a_page_it_is_about_the_site(client, site_tree, referer):
    response = client.get("/melden/", headers={"Referer": referer})

    assert response.status_code == 200
    assert "Het gaat over deze site" in response.content.decode()


def test_a_page_and_a_file_have_one_of_their_own(client, practice):
    download = DownloadFactory()
    lesson = LessonPageFactory(parent=practice, downloads=[download])

    html = client.get(lesson.get_url()).content.decode()

    assert "Meld een probleem met deze pagina" in html
    for address in (lesson.get_url(), download.url):
        assert f'href="/melden/?over={address.replace("/", "%2F")}"' in html


def test_the_form_is_kept_by_no_cache_and_found_by_no_search_engine(client, site_tree):
    response = client.get("/melden/")

    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response.content.decode()
    assert "Disallow: /melden/" in client.get("/robots.txt").content.decode()
