"""What happens beside the start of the site."""

import pytest

from config.preparation import read_what_waits
from files import reading
from files.models import DownloadText, State
from tests.factories import DownloadFactory


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.WAITING, State.READ])
def test_only_downloads_that_wait_are_read_at_the_start(monkeypatch, state):
    DownloadFactory()
    DownloadText.objects.update(state=state)
    started = []
    monkeypatch.setattr(reading, "start", lambda: started.append(True))

    read_what_waits()

    assert bool(started) == (state == State.WAITING)
