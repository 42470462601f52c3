"""A lesson that waits, and the people around it."""

import pytest
from django.core import mail
from wagtail.models import Comment

from lessons.models import LessonPage
from tests.admin.forms import edit, fields_of, send
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


def with_comment(client, page, text="Wie zijn jullie?", field="lesson") -> dict[str, str]:
    """The form of the editor with a comment at a field, as the script of the editor sends it."""
    known = list(Comment.objects.filter(page=page).order_by("pk"))
    rows = [*known, None]
    data = {"comments-TOTAL_FORMS": len(rows), "comments-INITIAL_FORMS": len(known)}
    for number, comment in enumerate(rows):
        fields = {
            "id": comment.pk if comment else "",
            "text": comment.text if comment else text,
            "contentpath": comment.contentpath if comment else field,
            "position": "",
            "replies-TOTAL_FORMS": 0,
            "replies-INITIAL_FORMS": 0,
        }
        data |= {f"comments-{number}-{name}": value for name, value in fields.items()}
    return fields_of(client.get(edit(page))) | {name: str(value) for name, value in data.items()}
