"""Public from a moment, until a moment, and only after somebody read along."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Revision

from lessons.models import LessonPage
from tests.admin.forms import decide, edit, errors_in, send
from tests.factories import LessonPageFactory


def in_days(days: float) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


def typed(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def again(page) -> LessonPage:
    return LessonPage.objects.get(pk=page.pk)


def handed_in_for(page, professional, **moments) -> None:
    for name, moment in moments.items():
        setattr(page, name, moment)
    page.save_revision(user=professional)
    page.get_workflow().start(page, professional)


def the_moment_comes(page) -> None:
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=in_days(-0.001))
    revision = Revision.objects.get(pk=page.latest_revision_id)
    revision.content["go_live_at"] = in_days(-0.001).isoformat()
    revision.save(update_fields=["content"])


def test_what_is_approved_before_its_moment_waits_for_it(as_leader, draft, professional, visitor):
    handed_in_for(draft, professional, go_live_at=in_days(3))

    decide(as_leader, draft, "approve")
    call_command("publish_scheduled")

    assert not again(draft).live
    assert again(draft).scheduled_revision is not None
    the_moment_comes(again(draft))
    call_command("publish_scheduled")
    assert LessonPage.objects.visible_to(visitor).filter(pk=draft.pk).exists()


def test_without_an_approval_the_moment_passes(draft, professional):
    handed_in_for(draft, professional, go_live_at=in_days(-1))

    call_command("publish_scheduled")

    assert not again(draft).live
    assert again(draft).workflow_in_progress


def test_approved_after_its_moment_is_published_at_once(as_leader, draft, professional):
    handed_in_for(draft, professional, go_live_at=in_days(-1))

    decide(as_leader, draft, "approve")

    assert again(draft).live


def test_the_live_version_stays_until_the_moment_of_the_new_one(as_leader, lesson, professional):
    lesson.save_revision().publish()
    lesson = again(lesson)
    lesson.title = "Nieuwe titel"
    handed_in_for(lesson, professional, go_live_at=in_days(3))

    decide(as_leader, lesson, "approve")

    assert (again(lesson).live, again(lesson).title) == (True, "Begin klein")
    the_moment_comes(again(lesson))
    call_command("publish_scheduled")
    assert again(lesson).title == "Nieuwe titel"


def planned(practice, title: str) -> LessonPage:
    page = LessonPageFactory(parent=practice, title=title, live=False)
    page.go_live_at = in_days(3)
    page.save_revision().publish()
    the_moment_comes(again(page))
    return page


def test_a_page_that_cannot_be_published_keeps_no_other_waiting(practice):
    stuck, next_one = planned(practice, "Eerst bellen"), planned(practice, "Daarna praten")
    ended = LessonPageFactory(parent=practice, title="Nu klaar", expire_at=in_days(-1))
    # Its address went to another page meanwhile.
    LessonPage.objects.filter(pk=stuck.pk).update(slug="weg")
    LessonPageFactory(parent=practice, title="Bellen", slug="eerst-bellen")

    with pytest.raises(CommandError, match=f" {again(stuck).latest_revision_id}$"):
        call_command("publish_scheduled")

    assert [again(page).live for page in (stuck, next_one, ended)] == [False, True, False]
    assert again(stuck).scheduled_revision is not None, "it is tried again"


@pytest.mark.parametrize("button", ["", "submit"])
@pytest.mark.parametrize(
    ("go_live", "expire", "fields"),
    [(5, 3, {"go_live_at", "expire_at"}), (None, -1, {"expire_at"})],
)
def test_an_end_before_the_beginning_is_refused(
    as_professional, draft, button, go_live, expire, fields
):
    moments = {"expire_at": typed(in_days(expire))}
    if go_live:
        moments["go_live_at"] = typed(in_days(go_live))

    response = send(as_professional, edit(draft), button, **moments)

    assert fields <= set(errors_in(response))


def test_the_timer_keeps_the_moment_within_five_minutes():
    """What the timer runs, and how often: the promise stands in two files of the example."""
    from django.conf import settings

    deploy = settings.BASE_DIR / "deploy"
    service = (deploy / "lerende-praktijken-planned.service").read_text()
    timer = (deploy / "lerende-praktijken-planned.timer").read_text()

    assert "manage.py publish_scheduled" in service
    assert "manage.py remind_reviewers" in service
    # One that fails keeps none of the others from running.
    assert service.count("ExecStart=-/") == service.count("ExecStart=") > 1
    assert "OnCalendar=*:0/5" in timer
