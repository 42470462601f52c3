"""The index lets through exactly what `visible_to` lets through, for every role and state."""

import datetime
import random

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.roles import role_of
from content.models import ContentPage
from files.access import visible_downloads
from search.index.finding import Question, look
from search.kinds import kinds_of_pages
from tests.factories import DownloadFactory, InformationPageFactory, LessonPageFactory, in_english
from visibility.audience import Audience

PEOPLE = ["visitor", "outer_ring", "professional", "other_professional", "leader"]


@pytest.fixture
def many_states(practice, other_practice):
    """Lessons in every state under practices of several audiences, some of them in English too."""
    chance = random.Random(21)
    now = timezone.now()
    ends = [None, None, now - datetime.timedelta(days=1), now + datetime.timedelta(days=1)]
    sheets = [DownloadFactory(title=f"Blad {number}") for number in range(4)]
    lessons = []
    for number in range(20):
        lesson = LessonPageFactory(
            parent=chance.choice([practice, other_practice]),
            title=f"Les {number}",
            audience=chance.choice(Audience.values),
            live=chance.random() < 0.8,
            expire_at=chance.choice(ends),
            downloads=chance.sample(sheets, chance.randrange(3)),
        )
        lessons.append(lesson)
        if lesson.live and chance.random() < 0.3:
            in_english(lesson, live=chance.random() < 0.7)
    InformationPageFactory(title="Voor weinigen", audience=Audience.PRACTICE)
    other_practice.audience = Audience.OUTER_RING
    other_practice.save()
    return lessons


@pytest.mark.parametrize("language", ["nl", "en"])
def test_list_counts_and_door_agree_for_everybody(many_states, request, language):
    kinds = list(kinds_of_pages())
    for name in PEOPLE:
        user = request.getfixturevalue(name)
        answer = look(role_of(user), language).find(Question(limit=500))
        shown = {(hit.source, hit.pk) for hit in answer.hits}
        pages = ContentPage.objects.filter(content_type__in=kinds, alias_of=None)
        # Each page once: in this language, or else in the one that there is.
        once = {page.translation_key: page for page in pages.visible_to(user)}
        once |= {
            page.translation_key: page
            for page in pages.visible_to(user).filter(locale__language_code=language)
        }
        allowed = {("page", page.pk) for page in once.values()}
        allowed |= {
            ("download", pk)
            for pk in visible_downloads(user)
            .filter(alternative_to=None)
            .values_list("pk", flat=True)
        }

        assert {key for key in shown if key[0] != "term"} == allowed, name
        assert len(shown) == len(answer.hits) == answer.total, name
        assert sum(answer.counts["soort"].values()) == answer.total, name


def test_no_word_of_what_is_hidden_shows_through(practice, client):
    """Not as a suggestion, not as a likely word, not in a number, and not in the API."""
    LessonPageFactory(parent=practice, title="Zeppelinbouw", audience=Audience.PRACTICE)
    look(role_of(AnonymousUser()), "nl")

    assert client.get("/zoeken/?q=zepelinbouw").context["results"].did_you_mean is None
    assert client.get("/api/v1/suggest/?q=zeppel").json()["suggestions"] == []
    answers = [client.get(f"/api/v1/search/?q={word}").json() for word in ("zeppelinbouw", "qqqqq")]
    for answer in answers:
        del answer["query"]
    assert answers[0] == answers[1]


def test_those_who_may_see_it_get_the_likely_word(practice, client, professional):
    LessonPageFactory(parent=practice, title="Zeppelinbouw", audience=Audience.PRACTICE)
    client.force_login(professional)

    results = client.get("/zoeken/?q=zepelinbouw").context["results"]

    assert results.did_you_mean == "zeppelinbouw"
    assert [line.title for line in results.lines] == ["Zeppelinbouw"]
    assert client.get("/api/v1/search/?q=zeppelinbouw").json()["total"] == 0
    assert client.get("/api/v1/suggest/?q=zeppel").json()["suggestions"] == []


def test_what_became_hidden_since_the_index_was_written_is_not_shown(client, lesson, monkeypatch):
    assert client.get("/zoeken/?q=klein").context["results"].lines
    # Without a signal, so that the index does not know.
    ContentPage.objects.filter(pk=lesson.pk).update(audience=Audience.PRACTICE)

    results = client.get("/zoeken/?q=klein").context["results"]

    assert lesson.title not in [line.title for line in results.lines]
