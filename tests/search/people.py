"""The five roles, each with a browser of its own, and the audiences and states of a page."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from visibility.audience import Audience

PEOPLE = ["visitor", "outer_ring", "professional", "other_professional", "leader"]
# Who may see a live page of the practice in which `professional` works.
READERS = {
    Audience.PRACTICE: {"professional", "leader"},
    Audience.PRACTICES: {"professional", "other_professional", "leader"},
    Audience.OUTER_RING: {"outer_ring", "professional", "other_professional", "leader"},
    Audience.PUBLIC: set(PEOPLE),
}


def in_state(state: str) -> dict:
    yesterday = timezone.now() - datetime.timedelta(days=1)
    return {"live": state != "draft", "expire_at": yesterday if state == "expired" else None}


@pytest.fixture
def people(request):
    """Each person with a browser of its own."""
    browsers = {}
    for name in PEOPLE:
        user = request.getfixturevalue(name)
        browsers[name] = Client()
        if user.is_authenticated:
            browsers[name].force_login(user)
    return browsers
