"""The names of the filters are kept in memory, and are those of this moment all the same."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.roles import role_of
from lessons.models import LessonPage
from practices.models import DevelopmentPathPage, PracticePage
from search.index import copy
from search.index.copy import IndexCopy, index_copy
from search.index.finding import look
from search.labels import labels_in
from tests.factories import DevelopmentPathPageFactory, PracticePageFactory, TermFactory
from visibility.audience import Audience
from vocabulary.models import TermKind, TermTranslation


def names(filter_name: str, user=None, language: str = "nl") -> list[str]:
    user = user or AnonymousUser()
    return list(labels_in(look(role_of(user), language), user).of[filter_name].values())


@pytest.fixture
def school(practice) -> DevelopmentPathPage:
    return DevelopmentPathPageFactory(parent=practice, title="De Bron")


def another_worker_follows() -> None:
    IndexCopy(index_copy().folder).bring_up_to_date()


def nobody_follows() -> None:
    pass


@pytest.fixture(params=[nobody_follows, another_worker_follows])
def meanwhile(request):
    """What happens between a change and the next question to this process."""
    return request.param


def test_they_are_kept_in_memory(lesson, django_assert_num_queries):
    names("thema")

    with django_assert_num_queries(1):
        # How far the log is.
        names("thema")


def test_a_word_has_its_new_name_at_once(lesson, meanwhile):
    term = TermFactory(name="Vertrouwen", kind=TermKind.THEME)
    assert names("thema") == ["Vertrouwen"]

    term.name = "Vertrouwen winnen"
    term.save()
    meanwhile()
    assert names("thema") == ["Vertrouwen winnen"]

    TermTranslation.objects.create(term=term, language="en", name="Trust")
    meanwhile()
    assert (names("thema"), names("thema", language="en")) == (["Vertrouwen winnen"], ["Trust"])

    term.delete()
    meanwhile()
    assert names("thema") == []


def test_a_practice_and_a_school_come_change_and_go_at_once(practice, school, meanwhile):
    assert (names("praktijk"), names("school")) == (["Orion"], ["De Bron"])

    school.school = "De Put"
    school.save_revision().publish()
    practice.title = "Orion Oost"
    practice.save_revision().publish()
    meanwhile()
    assert (names("praktijk"), names("school")) == (["Orion Oost"], ["De Put"])

    PracticePage.objects.get(pk=practice.pk).unpublish()
    meanwhile()
    assert (names("praktijk"), names("school")) == ([], [])


def test_what_ends_by_itself_has_no_name_from_that_second_on(practice, school, monkeypatch):
    school.expire_at = timezone.now() + datetime.timedelta(hours=1)
    school.save_revision().publish()
    assert names("school") == ["De Bron"]

    monkeypatch.setattr(timezone, "now", lambda: school.expire_at)

    assert names("school") == []


def test_nobody_gets_the_names_of_somebody_else(practice, school, professional, visitor, leader):
    practice.audience = Audience.PRACTICE
    practice.save()

    for _ in range(2):
        assert names("praktijk", professional) == names("praktijk", leader) == ["Orion"]
        assert names("praktijk", visitor) == names("school", visitor) == []


def test_they_do_not_wait_for_an_index_that_is_behind(practice, school, lesson, monkeypatch):
    monkeypatch.setattr(copy, "LONGEST_WAIT", 0.0)
    term = TermFactory(name="Vertrouwen", kind=TermKind.THEME)
    names("praktijk")
    with IndexCopy(index_copy().folder)._locked("lock"):
        # The index knows nothing of this one, and so not that something about it changed.
        new = PracticePageFactory(title="Nieuw")
        assert names("praktijk") == ["Orion", "Nieuw"]

        term.name = "Vertrouwen winnen"
        term.save()
        for page in (new, school):
            type(page).objects.get(pk=page.pk).unpublish()

        assert (names("praktijk"), names("school")) == (["Orion"], [])
        assert names("thema") == ["Vertrouwen winnen"]
        LessonPage.objects.get(pk=lesson.pk).unpublish()
        assert names("praktijk") == ["Orion"]

    assert (names("praktijk"), names("school")) == (["Orion"], [])
