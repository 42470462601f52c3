"""A name that stood in an old version stands nowhere any more when that version is removed."""

import json

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry, Revision
from wagtail_localize.models import String, Translation, TranslationSource

from feedback.models import Report
from feedback.versions import removable, remove_versions
from lessons.models import LessonPage
from tests.factories import LessonPageFactory, in_english

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
