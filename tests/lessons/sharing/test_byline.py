"""Under whose name a lesson is read, on every surface; and how a name goes away for good."""

import pytest

from lessons.models import Byline, LessonAuthor, LessonPage
from practices.setup import practice_group
from tests.factories import LessonPageFactory, in_english

NAME = "Sam Schrijver"


@pytest.fixture
def lesson(practice, professional):
    lesson = LessonPageFactory(parent=practice, owner=professional, byline=Byline.AUTHORS)
    lesson.authors = [LessonAuthor(user=professional, name=NAME, organisation="De Bron")]
    lesson.save_revision(user=professional).publish()
    return LessonPage.objects.get(pk=lesson.pk)


def surfaces(client, lesson) -> dict[str, str]:
    """Everything public that tells of a lesson."""
    client.logout()
    addresses = [
        *(lesson.url, f"/en{lesson.url}", "/feeds/lessen.atom", "/zoeken/?soort=les"),
        *("/zoeken/export.csv?soort=les", "/api/v1/search/?soort=les", "/praktijken/orion/lessen/"),
    ]
    return {url: _text(client.get(url)) for url in addresses}


def _text(response) -> str:
    assert response.status_code == 200
    return b"".join(response).decode()


def test_authors_who_want_it_are_named_where_the_maker_is(client, lesson):
    found = surfaces(client, lesson)

    assert f"{NAME} (De Bron)" in found[lesson.url]
    assert f"<name>{NAME} (De Bron)</name>" in found["/feeds/lessen.atom"]


def test_a_lesson_under_the_name_of_the_practice_names_nobody(client, lesson):
    LessonPage.objects.update(byline=Byline.PRACTICE)

    assert [url for url, text in surfaces(client, lesson).items() if NAME in text] == []
    assert "<name>Orion</name>" in surfaces(client, lesson)["/feeds/lessen.atom"]


def test_the_feed_takes_no_query_for_each_lesson(
    client, lesson, practice, django_assert_num_queries
):
    client.get("/feeds/lessen.atom")
    with django_assert_num_queries(3) as one:
        client.get("/feeds/lessen.atom")
    for number in range(3):
        LessonPageFactory(parent=practice, title=f"Les {number}", byline=Byline.AUTHORS)

    with django_assert_num_queries(len(one)):
        client.get("/feeds/lessen.atom")


def leave(lesson, client, professional, practice, way):
    if way == "takes it away":
        client.force_login(professional)
        page = client.get(f"/mijn/lessen/{lesson.number}/naam/").content.decode()
        assert "kopieën op andere plekken blijven" in page
        client.post(f"/mijn/lessen/{lesson.number}/naam/")
    elif way == "account closed":
        professional.is_active = False
        professional.save()
    elif way == "left the practice":
        professional.groups.remove(practice_group(practice))
    elif way == "taken out of the practice":
        practice_group(practice).user_set.remove(professional)
    elif way == "everybody left":
        practice_group(practice).user_set.clear()
    else:
        professional.delete()


WAYS = [
    *("takes it away", "account closed", "account deleted"),
    *("left the practice", "taken out of the practice", "everybody left"),
]


@pytest.mark.parametrize("way", WAYS)
def test_a_name_that_goes_is_gone_everywhere_at_once(client, lesson, professional, practice, way):
    in_english(lesson, title="Start small")
    waiting = LessonPage.objects.get(pk=lesson.pk)
    waiting.title = "Een nieuwe versie"
    waiting.save_revision(user=professional)

    leave(lesson, client, professional, practice, way)

    assert [url for url, text in surfaces(client, lesson).items() if NAME in text] == []
    # Nor does what still waits to be published bring it back.
    LessonPage.objects.get(pk=lesson.pk).latest_revision.publish()
    assert [url for url, text in surfaces(client, lesson).items() if NAME in text] == []


def test_nobody_takes_away_the_name_of_somebody_else(client, lesson, other_professional):
    client.force_login(other_professional)

    assert client.post(f"/mijn/lessen/{lesson.number}/naam/").status_code == 404
    assert LessonPage.objects.get(pk=lesson.pk).byline == Byline.AUTHORS
