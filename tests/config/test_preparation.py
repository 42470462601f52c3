"""What happens at the start of the site, and beside it."""

import pytest
from django.contrib.auth.models import Group

from accounts.roles import PROJECT_LEADERS
from config.preparation import prepare, read_what_waits
from files import reading
from files.models import DownloadText, State
from tests.factories import DownloadFactory
from visibility.models import GivenRight


def test_a_start_gives_leaders_what_a_newer_version_lets_them_do(leader, settings):
    settings.DEBUG = True  # The static files stay where they are.
    Group.objects.get(name=PROJECT_LEADERS).permissions.clear()
    GivenRight.objects.filter(right__startswith="search.").delete()

    prepare(say=print)

    somebody = type(leader).objects.get(pk=leader.pk)
    assert somebody.has_perm("search.view_askedquestion")
    assert somebody.has_perm("search.add_promotion")
    # What they were given before, and somebody took away, they do not get.
    assert not somebody.has_perm("vocabulary.add_term")


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.WAITING, State.READ])
def test_only_downloads_that_wait_are_read_at_the_start(monkeypatch, state):
    DownloadFactory()
    DownloadText.objects.update(state=state)
    started = []
    monkeypatch.setattr(reading, "start", lambda: started.append(True))

    read_what_waits()

    assert bool(started) == (state == State.WAITING)
