"""A name that stood in an old version stands nowhere any more when that version is removed."""

import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry, Revision
from wagtail_localize.models import String, Translation, TranslationSource

from feedback.models import Report
from feedback.versions import removable, remove_versions
from files.models import EarlierVersion
from lessons.models import LessonPage
from tests.factories import DownloadFactory, LessonPageFactory, in_english

NAME = "Noor"


@pytest.fixture
def lesson(practice, leader):
    """First published with a name in it, then offline, and mended in a draft."""
    lesson = LessonPageFactory(
        parent=practice, title=f"Vraag {NAME} zelf", lesson=f"{NAME} weet het."
    )
    lesson.save_revision(user=leader, log_action=True).publish(user=leader)
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.title, lesson.lesson, lesson.slug = "Vraag het kind zelf", "Het kind weet het.", "vraag"
    lesson.save_revision(user=leader, log_action=True)
    return LessonPage.objects.get(pk=lesson.pk)


def everything_kept_of(page) -> str:
    """What the database holds of a page: its row, its versions and its log."""
    row = LessonPage.objects.filter(pk=page.pk).values()
    versions = Revision.objects.for_instance(page).values("content", "object_str")
    log = PageLogEntry.objects.filter(page=page.pk).values("label", "data")
    addresses = Redirect.objects.values("old_path")
    return json.dumps([*row, *versions, *log, *addresses], default=str)


def test_the_newest_version_and_the_one_online_stay(lesson):
    assert removable(lesson) == []

    lesson.unpublish()
    lesson.refresh_from_db()

    assert len(removable(lesson)) == 1


def test_after_it_the_name_is_kept_nowhere(lesson, leader):
    assert everything_kept_of(lesson).count(NAME) > 3
    lesson.unpublish()
    lesson.refresh_from_db()
    versions = [version.pk for version in removable(lesson)]

    assert remove_versions(lesson, versions, by=leader) == 1

    assert NAME not in everything_kept_of(lesson)
    assert NAME.lower() not in everything_kept_of(lesson)
    lesson.refresh_from_db()
    assert (lesson.title, lesson.live) == ("Vraag het kind zelf", False)
    entry = PageLogEntry.objects.get(action="content.revisions_removed")
    assert (entry.user, entry.label) == (leader, f"les {lesson.pk}")
    assert entry.data == {"versions": 1, "practice": str(lesson.practice_key)}


def test_who_did_what_and_when_stays_in_the_log(lesson, leader):
    before = list(PageLogEntry.objects.values_list("action", "user", "timestamp"))
    lesson.unpublish()

    remove_versions(lesson, [each.pk for each in removable(lesson)], by=leader)

    assert set(PageLogEntry.objects.values_list("action", "user", "timestamp")) >= set(before)


def test_the_mended_version_can_be_published_after_it(client, lesson, leader):
    lesson.unpublish()
    remove_versions(lesson, [each.pk for each in removable(lesson)], by=leader)

    LessonPage.objects.get(pk=lesson.pk).latest_revision.publish()

    html = client.get(LessonPage.objects.get(pk=lesson.pk).get_url()).content.decode()
    assert "Het kind weet het." in html


def test_only_the_chosen_versions_of_this_page_go(lesson, practice, leader):
    other = LessonPageFactory(parent=practice, title="Andere les")
    for _ in range(2):
        other.save_revision()
    lesson.unpublish()
    chosen = [each.pk for each in Revision.objects.for_instance(other)]

    assert remove_versions(lesson, chosen, by=leader) == 0

    assert Revision.objects.for_instance(other).count() == 2


def test_the_copies_of_the_translator_go_too(lesson, leader):
    english = in_english(lesson).locale
    source, _ = TranslationSource.update_or_create_from_instance(
        LessonPage.objects.get(pk=lesson.pk)
    )
    Translation.objects.create(source=source, target_locale=english)
    named = String.objects.filter(data__contains=NAME)
    assert named.exists()
    lesson.unpublish()

    remove_versions(lesson, [each.pk for each in removable(lesson)], by=leader)

    assert not named.exists()
    source.refresh_from_db()
    assert NAME not in source.content_json + source.object_repr


def test_the_leader_removes_them_below_the_report(client, lesson, leader):
    lesson.unpublish()
    report = Report.objects.create(page=lesson.contentpage_ptr, kind="privacy")
    client.force_login(leader)
    page = client.get(reverse("reports:inspect", args=[report.pk]))
    versions = [version.pk for version in page.context["versions"]]
    assert len(versions) == 1

    client.post(
        reverse("reports:act", args=[report.pk]), {"action": "remove", "version": [*versions, "x"]}
    )

    assert NAME not in everything_kept_of(lesson)


def test_what_was_online_and_removed_does_not_come_back(client, lesson, leader):
    report = Report.objects.create(page=lesson.contentpage_ptr, kind="privacy")
    client.force_login(leader)
    url = reverse("reports:act", args=[report.pk])
    client.post(url, {"action": "offline"})
    client.post(
        url,
        {
            "action": "remove",
            "version": [each.pk for each in removable(LessonPage.objects.get(pk=lesson.pk))],
        },
    )

    response = client.post(url, {"action": "back"}, follow=True)

    assert not LessonPage.objects.get(pk=lesson.pk).live
    assert "Die versie is er niet meer" in response.content.decode()


# Of a file


@pytest.fixture
def sheet(db, leader):
    """Replaced twice: in an earlier file, in its name and in its title stood a name."""
    download = DownloadFactory(title=f"Kaart van {NAME}", download_name="kaart.pdf")
    log(download, "wagtail.edit", user=leader)
    for name in (f"{NAME}.pdf", "kaart.pdf"):
        EarlierVersion.objects.create(
            download=download,
            file=ContentFile(b"x", name=name),
            download_name=name,
            since=download.created_at,
        )
    download.title = "Kaart"
    download.save()
    return download


@pytest.fixture
def press(client, leader):
    client.force_login(leader)

    def pressed(report, **fields):
        return client.post(reverse("reports:act", args=[report.pk]), fields, follow=True)

    return pressed


def test_earlier_files_are_removed_from_the_report(
    client, press, sheet, leader, django_capture_on_commit_callbacks
):
    report = Report.objects.create(download=sheet, kind="privacy")
    named, plain = sheet.earlier_versions.order_by("pk")
    page = client.get(reverse("reports:inspect", args=[report.pk])).content.decode()
    assert f'value="{named.pk}"' in page

    with django_capture_on_commit_callbacks(execute=True):
        press(report, action="remove", version=[named.pk])

    assert list(sheet.earlier_versions.all()) == [plain]
    assert not named.file.storage.exists(named.file.name)
    assert plain.file.storage.exists(plain.file.name)
    entries = ModelLogEntry.objects.for_instance(sheet)
    assert {entry.action for entry in entries} == {"wagtail.edit", "files.version_removed"}
    assert {entry.label for entry in entries} == {f"download {sheet.pk}"}


def test_the_earlier_files_of_every_form_of_a_sheet_are_there(client, press, sheet):
    other = DownloadFactory(title="Kaart in Word", alternative_to=sheet)
    report = Report.objects.create(download=other, kind="privacy")

    press(report, action="remove", version=[each.pk for each in sheet.earlier_versions.all()])

    assert not EarlierVersion.objects.exists()


def test_the_file_of_another_report_cannot_be_removed_from_this_one(press, sheet):
    report = Report.objects.create(download=DownloadFactory(), kind="privacy")

    press(report, action="remove", version=[each.pk for each in sheet.earlier_versions.all()])

    assert sheet.earlier_versions.count() == 2


def test_a_number_that_no_file_can_have_removes_nothing(press, sheet):
    report = Report.objects.create(download=sheet, kind="privacy")

    response = press(report, action="remove", version=["9" * 30])

    assert response.status_code == 200
