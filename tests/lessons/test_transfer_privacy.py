"""An import that publishes is asked the same about children as a form that does."""

import pytest
from django.core.management import CommandError
from wagtail.models import PageLogEntry

from lessons.models import LessonPage
from tests.lessons.files import ROW, import_lessons, jsonl_file, lesson_named

SECRET = ROW | {"external_id": "a-2", "situation": "<p>De moeder van Noor belde.</p>"}
BSN = ROW | {"external_id": "a-3", "lesson": "Het bsn is 123456782."}
REASON = "De naam is verzonnen."


@pytest.fixture(autouse=True)
def _site(practice):
    return practice


def test_a_row_that_may_tell_who_a_child_is_is_told_with_its_kind_and_logged(tmp_path):
    lines = import_lessons(jsonl_file(tmp_path, ROW, SECRET), publish=True)

    told = " ".join(lines)
    assert "naam van een kind" in told
    assert "Noor" not in told
    assert lesson_named("a-2").live
    entry = PageLogEntry.objects.get(action="content.passage_stays")
    assert entry.data["kinds"] == {"name": 1}


def test_with_a_reason_it_goes_online_and_the_reason_is_logged(tmp_path):
    import_lessons(jsonl_file(tmp_path, ROW, SECRET), publish=True, with_reason=REASON)

    assert lesson_named("a-2").live
    entry = PageLogEntry.objects.get(action="content.passage_stays")
    assert entry.data | {"kinds": {"name": 1}, "reason": REASON} == entry.data
    assert entry.page_id == lesson_named("a-2").pk


def test_a_citizen_service_number_stays_a_draft_and_stops_no_other_row(tmp_path):
    lines = import_lessons(jsonl_file(tmp_path, ROW, BSN), publish=True, with_reason=REASON)

    told = " ".join(lines)
    assert "burgerservicenummer" in told
    assert "123456782" not in told
    assert LessonPage.objects.live().count() == 1
    assert not lesson_named("a-3").live
    assert not PageLogEntry.objects.filter(action="content.passage_stays").exists()


def test_what_stays_a_draft_is_the_same_when_it_comes_again(tmp_path):
    path = jsonl_file(tmp_path, BSN)
    import_lessons(path, publish=True)

    import_lessons(path, publish=True)

    assert lesson_named("a-3").revisions.count() == 1


def test_a_reason_that_names_somebody_is_no_reason(tmp_path):
    with pytest.raises(CommandError):
        import_lessons(
            jsonl_file(tmp_path, SECRET), publish=True, with_reason="Noors moeder vond het goed."
        )


def test_drafts_may_hold_anything(tmp_path):
    import_lessons(jsonl_file(tmp_path, SECRET, BSN))

    assert LessonPage.objects.not_live().count() == 2
