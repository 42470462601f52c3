"""Who can see a page: narrowed by a professional, widened only when somebody read along."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from content.openness import openness_of
from lessons.models import LessonPage
from tests.admin.forms import decide, edit, fields_of, send
from tests.factories import LessonPageFactory
from tests.reviewing.conftest import handed_in

AUDIENCES = ["practice", "practices", "outer_ring", "public"]


def audience_of(page) -> str:
    return LessonPage.objects.get(pk=page.pk).audience


@pytest.mark.parametrize("now", AUDIENCES)
@pytest.mark.parametrize("then", AUDIENCES)
def test_only_what_is_wider_is_said_loudly(practice, now, then):
    lesson = LessonPageFactory(parent=practice, audience=now)
    lesson.audience = then
    lesson.save_revision()
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()

    openness = openness_of(draft)

    assert bool(openness.warning) is (AUDIENCES.index(then) > AUDIENCES.index(now))


def test_the_editor_the_queue_and_the_decision_say_the_same_sentence(
    client, leader, professional, practice
):
    lesson = LessonPageFactory(parent=practice, audience="practice")
    client.force_login(professional)
    page = handed_in(client, lesson, audience="public")
    loud = (
        "Hierna kunnen meer mensen dit lezen. Dan: Iedereen. Ook zonder account. "
        "Nu: Alleen collega’s van deze praktijk en de projectleider."
    )
    turn = page.current_workflow_task_state

    client.force_login(leader)
    dialog = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", turn.pk])
    for address in (
        edit(page),
        "/beheer/wat-wacht/",
        f"/beheer/wat-wacht/{page.pk}/",
    ):
        assert loud in client.get(address).content.decode(), address
    assert loud in client.get(dialog).json()["html"]


def test_a_page_is_never_wider_than_the_one_above_it_and_the_editor_says_so(
    as_professional, practice
):
    practice.audience = "practices"
    practice.save()
    lesson = LessonPageFactory(parent=practice, audience="public")

    html = as_professional.get(edit(lesson)).content.decode()

    assert "De pagina hierboven is voor minder mensen" in html
    assert "Iedereen die in een van de Lerende Praktijken werkt." in html


def test_a_new_page_says_who_will_see_it(as_professional, practice):
    index = LessonPageFactory(parent=practice).get_parent()

    html = as_professional.get(
        reverse("wagtailadmin_pages:add", args=["lessons", "lessonpage", index.pk])
    ).content.decode()

    assert "Nog niemand, behalve wie eraan werkt en de projectleider." in html


WAYS_TO_WIDEN = {
    "publishing": lambda c, p: send(c, edit(p), "publish", audience="public"),
    "saving": lambda c, p: send(c, edit(p), audience="public"),
    "an older version": lambda c, p: c.post(
        revert(p), fields_of(c.get(revert(p))) | {"action-publish": "1"}
    ),
    "handing in": lambda c, p: send(c, edit(p), "submit", audience="public"),
    "privacy": lambda c, p: c.post(
        reverse("wagtailadmin_pages:set_privacy", args=[p.pk]), {"restriction_type": "none"}
    ),
    "an alias": lambda c, p: c.post(
        f"/beheer/api/main/pages/{p.pk}/action/create_alias/",
        {"destination_page_id": p.get_parent().pk, "update_slug": "kopie"},
    ),
    "an older version over the API": lambda c, p: c.post(
        f"/beheer/api/main/pages/{p.pk}/action/revert_to_page_revision/",
        {"revision_id": p.revisions.order_by("pk").first().pk},
    ),
    "translating": lambda c, p: c.post(f"/beheer/localize/submit/page/{p.pk}/", {"locales": ["2"]}),
    "a copy that is published": lambda c, p: c.post(
        reverse("wagtailadmin_pages:copy", args=[p.pk]),
        {
            "new_title": "Kopie",
            "new_slug": "kopie",
            "new_parent_page": p.get_parent().pk,
            "publish_copies": "on",
        },
    ),
}


def revert(page) -> str:
    first = page.revisions.order_by("pk").first()
    return reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])


@pytest.mark.parametrize("way", WAYS_TO_WIDEN)
def test_a_professional_widens_nothing_alone(as_professional, practice, visitor, way):
    lesson = LessonPageFactory(parent=practice, audience="public", title="Van ons")
    lesson.save_revision()
    lesson.audience = "practice"
    lesson.save_revision().publish()
    lesson = LessonPage.objects.get(pk=lesson.pk)
    before = Page.objects.filter(live=True).count()

    WAYS_TO_WIDEN[way](as_professional, lesson)

    assert audience_of(lesson) == "practice"
    assert not LessonPage.objects.visible_to(visitor).filter(title="Van ons").exists()
    assert not LessonPage.objects.visible_to(visitor).filter(title="Kopie").exists()
    assert Page.objects.filter(live=True).count() <= before


def test_what_was_widened_and_read_is_open(client, leader, professional, practice, visitor):
    lesson = LessonPageFactory(parent=practice, audience="practice")
    client.force_login(professional)
    page = handed_in(client, lesson, audience="public")
    assert audience_of(page) == "practice"

    client.force_login(leader)
    decide(client, page, "approve")

    assert LessonPage.objects.visible_to(visitor).filter(pk=page.pk).exists()


def test_an_older_version_belongs_to_the_branch_as_it_is_now(practice):
    lesson = LessonPageFactory(parent=practice)
    revision = lesson.save_revision()
    practice.audience = "practice"
    practice.save()

    old = type(revision).objects.get(pk=revision.pk).as_object()

    assert (old.branch_audience, old.practice_key) == ("practice", practice.translation_key)
