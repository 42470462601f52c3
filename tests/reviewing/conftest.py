"""A lesson that waits, and the people around it."""

import pytest
from django.core import mail

from lessons.models import LessonPage
from tests.admin.forms import edit, send
from tests.factories import LessonPageFactory


@pytest.fixture
def draft(practice, professional) -> LessonPage:
    """A lesson of the professional that nobody else saw yet."""
    lesson = LessonPageFactory(parent=practice, live=False, owner=professional, title="Begin klein")
    lesson.save_revision(user=professional)
    return lesson


@pytest.fixture
def waiting(draft, professional, leader) -> LessonPage:
    """The same, handed in; the mail about that is forgotten."""
    draft.get_workflow().start(draft, professional)
    mail.outbox.clear()
    return LessonPage.objects.get(pk=draft.pk)


@pytest.fixture
def as_leader(client, leader):
    client.force_login(leader)
    return client


@pytest.fixture
def as_professional(client, professional):
    client.force_login(professional)
    return client


def handed_in(client, page, **changes) -> LessonPage:
    """Handed in with the button of the editor."""
    response = send(client, edit(page), "submit", **changes)
    assert response.status_code == 302, response.context["form"].errors
    return LessonPage.objects.get(pk=page.pk)
