"""A practice that has content is ended, never deleted."""

import pytest
from django.db import transaction
from wagtail.models import Page

from content.deletion import PracticeHasContentError
from home.models import InformationPage
from lessons.models import LessonPage
from practices.models import PracticePage
from tests.factories import DevelopmentPathPageFactory, InformationPageFactory, LessonPageFactory

CONFIRMED = {"confirm": "Lerende Praktijken", "confirm_site_name": "Lerende Praktijken"}


def branch(practice, level):
    """The practice, the overview inside it that has content, the overview above it, or home."""
    return {
        "practice": practice,
        "lessons": practice.get_children().get(slug="lessen"),
        "overview": practice.get_parent(),
        "home": practice.get_parent().get_parent(),
    }[level]


@pytest.mark.parametrize("user", ["leader", "administrator"])
@pytest.mark.parametrize("level", ["practice", "lessons", "overview", "home"])
@pytest.mark.parametrize("way", ["single", "bulk", "api"])
def test_a_branch_with_content_is_not_deleted(client, request, practice, lesson, user, level, way):
    page = branch(practice, level)
    client.force_login(request.getfixturevalue(user))

    url = {
        "single": f"/beheer/pages/{page.pk}/delete/",
        "bulk": f"/beheer/bulk/wagtailcore/page/delete/?id={page.pk}",
        "api": f"/beheer/api/main/pages/{page.pk}/action/delete/",
    }[way]
    response = client.post(url, CONFIRMED, follow=way != "api")

    assert LessonPage.objects.filter(pk=lesson.pk).exists()
    assert PracticePage.objects.filter(pk=practice.pk).exists()
    if way == "api":
        assert response.status_code == 403
    else:
        way_out = PracticePage._meta.get_field("ended_on").verbose_name
        assert str(way_out) in str(next(iter(response.context["messages"])))


@pytest.mark.parametrize("make", [LessonPageFactory, DevelopmentPathPageFactory])
@pytest.mark.parametrize("live", [True, False])
def test_also_code_cannot_delete_it(practice, make, live):
    make(parent=practice, live=live)

    for page in (practice, Page.objects.get(pk=practice.pk), practice.get_parent()):
        with pytest.raises(PracticeHasContentError), transaction.atomic():
            page.delete()
    with pytest.raises(PracticeHasContentError), transaction.atomic():
        Page.objects.filter(pk=practice.pk).delete()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_leaves_the_tree_whole(lesson):
    practice = Page.objects.get(slug="orion")

    with pytest.raises(PracticeHasContentError):
        practice.delete()

    assert Page.find_problems() == ([], [], [], [], [])


def test_a_practice_without_content_is_deleted(client, leader, practice):
    client.force_login(leader)

    client.post(f"/beheer/pages/{practice.pk}/delete/", CONFIRMED)

    assert not PracticePage.objects.outside_trash().filter(pk=practice.pk).exists()


def test_a_lesson_is_deleted(client, leader, lesson):
    client.force_login(leader)

    client.post(f"/beheer/pages/{lesson.pk}/delete/", CONFIRMED)

    assert not LessonPage.objects.outside_trash().filter(pk=lesson.pk).exists()


def test_other_pages_are_deleted_with_what_is_below(client, leader, site_tree):
    page = InformationPageFactory(parent=InformationPageFactory())
    client.force_login(leader)

    client.post(f"/beheer/pages/{page.get_parent().pk}/delete/", CONFIRMED)

    assert not InformationPage.objects.outside_trash().filter(pk=page.pk).exists()
