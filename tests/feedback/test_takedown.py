"""One press takes an item offline, everywhere at once; and it comes back as it was."""

import datetime
import io
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import ModelLogEntry, PageLogEntry, Revision, Workflow

from content.models import ContentPage
from feedback.models import Report, ReportMessage
from files import reading
from files.access import visible_downloads
from files.models import Download, DownloadText, PageOfText, Picture, State
from lessons.models import LessonAuthor, LessonPage
from practices.setup import practice_collection
from tests.factories import (
    DownloadFactory,
    LessonPageFactory,
    TermFactory,
    UserFactory,
    in_english,
)

WORD = "kraamvisite"
# What names the lesson and the file, in a title and in an address.
NAMED = re.compile(rb"ga[- ]mee[- ]op", re.IGNORECASE)


@pytest.fixture
def picture(db):
    file = io.BytesIO()
    Image.new("RGB", (20, 20)).save(file, "PNG")
    return Picture.objects.create(
        title="Een tafel", file=ImageFile(file, name="tafel.png"), consent_note="Ja, in mei."
    )


@pytest.fixture
def sheet(db):
    """A file, of which the words are known, with another form of it."""
    download = DownloadFactory(title=f"Werkblad Ga mee op {WORD}")
    DownloadFactory(title=f"Ga mee op {WORD} in Word", alternative_to=download)
    text = DownloadText.objects.get(download=download)
    PageOfText.objects.create(text_of=text, number=1, text="Vraag naar het wiegje.")
    text.state = State.READ
    text.save()
    return download


@pytest.fixture
def lesson(practice, professional, sheet, picture):
    """Published by its writer, with a file, a picture, an English twin and a lesson like it."""
    theme = TermFactory(name="Vroeg beginnen")
    lesson = LessonPageFactory(
        parent=practice,
        title=f"Ga mee op {WORD}",
        owner=professional,
        terms=[theme],
        downloads=[sheet],
        extra=[("picture", {"image": picture, "caption": "De tafel"})],
    )
    lesson.save_revision(user=professional).publish()
    LessonPageFactory(parent=practice, title="Kom vroeg langs", terms=[theme])
    in_english(lesson, title=f"Ga mee op {WORD}, in English")
    return LessonPage.objects.get(pk=lesson.pk)


@pytest.fixture
def report_of(db):
    def made(page=None, download=None, kind="privacy"):
        return Report.objects.create(
            page=page and page.contentpage_ptr, download=download, kind=kind
        )

    return made


@pytest.fixture
def press(client, leader):
    """The project leader presses a button below a report."""

    def pressed(report, action, **fields):
        client.force_login(leader)
        url = reverse("reports:act", args=[report.pk])
        response = client.post(url, {"action": action, **fields}, follow=True)
        client.logout()
        report.refresh_from_db()
        return response

    return pressed


def surfaces(lesson, sheet) -> dict[str, str]:
    """Everything that shows a lesson or its file to a visitor."""
    other = LessonPage.objects.get(title="Kom vroeg langs")
    practice = lesson.get_parent().get_parent()
    return {
        "page": lesson.get_url(),
        "fixed address": lesson.fixed_path,
        "english": f"/en{lesson.get_url()}",
        "practice": practice.get_url(),
        "lessons": lesson.get_parent().get_url(),
        "downloads": f"{practice.get_url()}downloads/",
        "theme": "/themas/vroeg-beginnen/",
        "related": other.get_url(),
        "search": f"/zoeken/?q={WORD}",
        "words in the file": "/zoeken/?q=wiegje",
        "facets": "/zoeken/?soort=download",
        "api": f"/api/v1/search/?q={WORD}",
        "suggestions": f"/api/v1/suggest/?q={WORD}",
        "feed": "/feeds/lessen.atom",
        "sitemap": "/sitemap.xml",
        "export": f"/zoeken/export.csv?q={WORD}",
        "file": sheet.url,
    }


def shown_on(client, addresses: dict[str, str]) -> set[str]:
    """The surfaces that name the lesson or its file; an address of the file when it opens."""
    found = set()
    for name, address in addresses.items():
        response = client.get(address, follow=True)
        body = b"".join(response) if response.streaming else response.content
        if response.status_code == 200 and (name == "file" or NAMED.search(body)):
            found.add(name)
    return found


def test_one_press_takes_a_page_offline_everywhere(
    client, press, report_of, lesson, sheet, picture
):
    addresses = surfaces(lesson, sheet)
    rendition = picture.get_rendition("width-480|format-jpeg")
    assert shown_on(client, addresses) == set(addresses)
    assert client.get(rendition.url).status_code == 200

    press(report_of(lesson), "offline")

    assert shown_on(client, addresses) == set()
    assert client.get(lesson.get_url()).status_code == 404
    assert client.get(rendition.url).status_code == 404
    assert client.get(sheet.url).status_code == 404
    assert not ContentPage.objects.filter(
        translation_key=lesson.translation_key, live=True
    ).exists()
    entries = PageLogEntry.objects.filter(action="content.taken_offline")
    assert {entry.label for entry in entries} == {f"les {entry.page_id}" for entry in entries}
    assert len(entries) == 2
    assert not PageLogEntry.objects.filter(action="wagtail.unpublish").exists()


def test_leaders_and_colleagues_do_not_find_it_either(
    client, press, report_of, lesson, sheet, professional, leader
):
    addresses = surfaces(lesson, sheet)
    press(report_of(lesson), "offline")

    # Who may change a file has it in the admin, and may open it.
    for person, opens in ((professional, set()), (leader, {"file"})):
        client.force_login(person)
        assert shown_on(client, addresses) == opens


def test_one_press_takes_a_file_offline_everywhere(
    client, press, report_of, lesson, sheet, leader, professional
):
    addresses = {
        name: url
        for name, url in surfaces(lesson, sheet).items()
        if name in ("downloads", "words in the file", "facets", "file")
    }
    other_form = sheet.alternatives.get()
    assert shown_on(client, addresses) == set(addresses)

    press(report_of(download=sheet), "offline")

    assert shown_on(client, addresses) == set()
    assert client.get(lesson.get_url()).status_code == 200
    assert b"Werkblad Ga mee op" not in client.get(lesson.get_url()).content
    for file in (sheet, other_form):
        assert client.get(file.url).status_code == 404
        assert not DownloadText.objects.filter(download=file).exists()
    client.force_login(professional)
    assert client.get(sheet.url).status_code == 404
    client.force_login(leader)
    assert client.get(sheet.url).status_code == 200
    entries = ModelLogEntry.objects.filter(action="content.taken_offline")
    assert {entry.label for entry in entries} == {
        f"download {file.pk}" for file in (sheet, other_form)
    }


def test_another_form_of_an_offline_file_is_offline_also_when_it_comes_later(
    client, press, report_of, lesson, sheet, practice, professional, leader
):
    press(report_of(download=sheet), "offline")
    file = ContentFile(b"Vraag naar het wiegje.", name="blad.txt")
    later = DownloadFactory(
        title="Blad",
        file=file,
        uploaded_by_user=professional,
        collection=practice_collection(practice),
    )
    LessonPageFactory(parent=practice, downloads=[later])
    assert client.get(later.url).status_code == 200

    later.alternative_to = sheet
    later.save()

    assert client.get(later.url).status_code == 404
    assert later not in visible_downloads(AnonymousUser())
    assert later not in reading.waiting()
    client.force_login(professional)
    assert client.get(later.url).status_code == 404
    client.force_login(leader)
    assert client.get(later.url).status_code == 200
    form = client.get(reverse("wagtaildocs:edit", args=[later.pk])).content.decode()
    assert "Alleen de projectleider" in form


def test_a_form_that_came_later_comes_back_with_the_file(client, press, report_of, lesson, sheet):
    report = report_of(download=sheet)
    press(report, "offline")
    later = DownloadFactory(title="Blad", alternative_to=sheet)

    press(report, "back")

    assert client.get(later.url).status_code == 200


def test_a_file_comes_back_with_its_other_form_and_is_read_anew(
    client, press, report_of, lesson, sheet
):
    report = report_of(download=sheet)
    press(report, "offline")

    press(report, "back")

    assert client.get(sheet.url).status_code == 200
    assert client.get(sheet.alternatives.get().url).status_code == 200
    assert DownloadText.objects.get(download=sheet).state == State.WAITING
    assert report.taken_offline_at is None


def test_a_page_comes_back_as_it_was_in_every_language(client, press, report_of, lesson, sheet):
    addresses = surfaces(lesson, sheet)
    before = shown_on(client, addresses)
    report = report_of(lesson)
    press(report, "offline")
    draft = LessonPage.objects.get(pk=lesson.pk)
    draft.title = "Nog niet klaar"
    draft.save_revision()

    press(report, "back")

    assert shown_on(client, addresses) == before
    assert LessonPage.objects.get(pk=lesson.pk).has_unpublished_changes


def test_what_was_offline_before_does_not_come_back_with_it(press, report_of, lesson):
    twin = lesson.get_translations().get()
    twin.unpublish()
    report = report_of(lesson)
    press(report, "offline")

    press(report, "back")

    assert LessonPage.objects.get(pk=lesson.pk).live
    assert not LessonPage.objects.get(pk=twin.pk).live


def test_what_is_wrong_in_a_translation_is_wrong_in_all(press, report_of, lesson):
    twin = lesson.get_translations().get()

    press(report_of(twin), "offline")

    assert not LessonPage.objects.filter(translation_key=lesson.translation_key, live=True).exists()


def test_what_was_planned_is_cancelled(press, report_of, practice):
    draft = LessonPageFactory(parent=practice, live=False)
    draft.go_live_at = timezone.now() + datetime.timedelta(minutes=1)
    draft.save_revision(approved_go_live_at=draft.go_live_at)
    Revision.objects.update(approved_go_live_at=timezone.now() - datetime.timedelta(minutes=1))

    press(report_of(draft), "offline")
    call_command("publish_scheduled")

    assert not LessonPage.objects.get(pk=draft.pk).live


def test_what_waits_for_a_colleague_is_taken_back(press, report_of, lesson, professional, leader):
    lesson.save_revision(user=professional)
    state = Workflow.objects.get(name="Een collega leest mee").start(lesson, professional)

    press(report_of(lesson), "offline")

    state.refresh_from_db()
    assert state.status == "cancelled"


def test_pressing_twice_does_nothing_more(press, report_of, lesson):
    report = report_of(lesson)
    press(report, "offline")
    was_live = report.was_live
    sent = len(mail.outbox)

    press(report, "offline")

    assert report.was_live == was_live
    assert len(mail.outbox) == sent


def test_the_site_itself_cannot_be_taken_offline(press, report_of, site_tree):
    press(report_of(site_tree.home), "offline")

    site_tree.home.refresh_from_db()
    assert site_tree.home.live


def test_a_practice_goes_offline_with_all_below_it(client, press, report_of, lesson, practice):
    press(report_of(practice), "offline")

    assert client.get(lesson.get_url()).status_code == 404
    assert client.get(practice.get_url()).status_code == 404


# Who hears of it


def test_the_writers_hear_that_it_is_offline_and_never_who_reported_it(
    press, report_of, lesson, professional, leader
):
    colleague = UserFactory(email="mee@voorbeeld.nl")
    LessonAuthor.objects.create(page=lesson, user=colleague, name="Mees")
    report = report_of(lesson)
    ReportMessage.objects.create(report=report, text="Ik herken Noor.", email="kim@voorbeeld.nl")

    press(report, "offline")

    assert sorted(sent.to for sent in mail.outbox) == [["mee@voorbeeld.nl"], [professional.email]]
    for sent in mail.outbox:
        assert f"/lessen/delen/{lesson.number}/" in sent.body
        for told in ("Noor", "kim@", WORD, leader.email):
            assert told not in sent.subject + sent.body


def test_only_a_project_leader_reads_reports(
    client, report_of, lesson, professional, outer_ring, administrator, leader
):
    report = report_of(lesson)
    ReportMessage.objects.create(report=report, email="kim@voorbeeld.nl")
    addresses = [reverse("reports:index"), reverse("reports:inspect", args=[report.pk])]
    for person in (None, professional, outer_ring):
        client.logout()
        if person is not None:
            client.force_login(person)
        for address in addresses:
            response = client.get(address, follow=True)
            assert "kim@" not in response.content.decode()
            assert "Melding" not in str(response.context and response.context.get("page_title"))
        client.post(reverse("reports:act", args=[report.pk]), {"action": "offline"})
        assert LessonPage.objects.get(pk=lesson.pk).live
    for person in (leader, administrator):
        client.force_login(person)
        assert client.get(addresses[0]).status_code == 200
        assert "kim@voorbeeld.nl" in client.get(addresses[1]).content.decode()


def test_a_list_of_reports_asks_as_much_of_the_database_for_one_as_for_many(
    client, leader, report_of, lesson, practice, django_assert_max_num_queries
):
    for number in range(5):
        report_of(LessonPageFactory(parent=practice, title=f"Les {number}"))
    client.force_login(leader)
    client.get(reverse("reports:index"))

    with django_assert_max_num_queries(25):
        client.get(reverse("reports:index"))


def test_what_waits_stands_on_top(client, leader, report_of, lesson, practice):
    done = report_of(lesson)
    done.settled_at = timezone.now()
    done.save()
    waiting = report_of(LessonPageFactory(parent=practice, title="Wacht nog"))
    client.force_login(leader)

    response = client.get(reverse("reports:index"))

    assert [row.pk for row in response.context["object_list"]] == [waiting.pk, done.pk]


# Settling, and forgetting


def test_settling_leaves_a_note_in_the_log(press, report_of, lesson, leader):
    report = report_of(lesson)

    press(report, "settle", note="Passage weggehaald.")

    assert report.settled_at is not None
    entry = ModelLogEntry.objects.get(action="feedback.report_settled")
    assert (entry.user, entry.data, entry.label) == (
        leader,
        {"note": "Passage weggehaald."},
        f"Melding {report.pk}",
    )


def test_a_note_that_names_a_child_is_refused(press, report_of, lesson):
    report = report_of(lesson)

    response = press(report, "settle", note="De naam van leerling Noor is weggehaald.")

    assert report.settled_at is None
    assert "Hier kan iemand een kind herkennen" in response.content.decode()


@pytest.mark.parametrize(("days", "stays"), [(29, True), (31, False)])
def test_a_settled_report_is_forgotten_after_thirty_days(report_of, lesson, days, stays):
    report = report_of(lesson)
    ReportMessage.objects.create(report=report, text="Ik herken Noor.", email="kim@voorbeeld.nl")
    Report.objects.update(settled_at=timezone.now() - datetime.timedelta(days=days))

    call_command("purge_reports")

    assert Report.objects.exists() is stays
    assert ReportMessage.objects.exists() is stays


def test_an_open_report_is_never_forgotten(report_of, lesson):
    report_of(lesson)
    Report.objects.update(created_at=timezone.now() - datetime.timedelta(days=400))

    call_command("purge_reports")

    assert Report.objects.exists()


def test_of_a_file_that_is_still_offline_only_what_was_written_is_forgotten(
    press, report_of, sheet, lesson
):
    report = report_of(download=sheet)
    ReportMessage.objects.create(report=report, email="kim@voorbeeld.nl")
    press(report, "offline")
    Report.objects.update(settled_at=timezone.now() - datetime.timedelta(days=31))

    call_command("purge_reports")

    assert not ReportMessage.objects.exists()
    press(report, "back")
    assert Download.objects.get(pk=sheet.pk).taken_offline_at is None


def test_the_timer_forgets_them(pytestconfig):
    unit = pytestconfig.rootpath / "deploy" / "lerende-praktijken-planned.service"

    assert "manage.py purge_reports" in unit.read_text()


def test_a_version_that_came_while_a_file_was_offline_is_read_when_it_is_put_back(
    press, report_of, monkeypatch, django_capture_on_commit_callbacks
):
    file = DownloadFactory(file=ContentFile(b"Oud", name="blad.txt"))
    report = report_of(download=file)
    press(report, "offline")
    started = []
    monkeypatch.setattr("feedback.takedown.start", lambda: started.append(file.pk))

    with django_capture_on_commit_callbacks(execute=True):
        press(report, "back")

    assert started
