"""From four answers to a lesson that waits for a colleague's eye."""

import pytest

from lessons.models import LessonPage
from tests.lessons.sharing.forms import ANSWERS, LATER, SEND_IN, SHARE, form_at, post, send


@pytest.fixture
def writer(client, professional):
    client.force_login(professional)
    return professional


def the_lesson() -> LessonPage:
    return LessonPage.objects.get()


def test_what_is_sent_in_waits_for_a_colleague(client, writer, practice):
    response = send(client, SHARE, SEND_IN, **ANSWERS)

    lesson = the_lesson()
    assert response.redirect_chain == [("/mijn/lessen/", 302)]
    assert not lesson.live
    assert lesson.owner == writer
    assert lesson.practice_key == practice.practice_key
    assert lesson.current_workflow_state.status == "in_progress"
