"""“Wat wacht”: what, since when, on whom; bounded to what one may edit."""

import datetime
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState

from lessons.models import LessonPage
from reviewing.models import ReviewTask
from tests.admin.forms import decide
from tests.factories import LessonPageFactory

QUEUE = "/beheer/wat-wacht/"


def handed_in_by(user, practice, title, days=0) -> LessonPage:
    lesson = LessonPageFactory(parent=practice, live=False, owner=user, title=title)
    lesson.save_revision(user=user)
    lesson.get_workflow().start(lesson, user)
    TaskState.objects.filter(pk=lesson.current_workflow_task_state.pk).update(
        started_at=timezone.now() - datetime.timedelta(days=days)
    )
    return lesson


@pytest.fixture
def queue(practice, other_practice, professional, other_professional):
    return [
        handed_in_by(professional, practice, "Nieuwe les", days=1),
        handed_in_by(professional, practice, "Oude les", days=20),
        handed_in_by(other_professional, other_practice, "Les van elders", days=5),
    ]


def titles(response) -> list[str]:
    return [row.title for row in response.context["object_list"]]


def test_what_waits_longest_stands_first(as_leader, queue):
    response = as_leader.get(QUEUE)

    assert titles(response) == ["Oude les", "Les van elders", "Nieuwe les"]
    row = response.context["object_list"][0]
    assert (row.practice, row.author, row.waits_on) == ("Orion", "Sam de Vries", "Projectleiders")
    assert "Wat wacht (3)" in response.content.decode()
    assert "3 pagina’s die wachten" in response.content.decode()


def test_a_professional_sees_the_own_practice(as_professional, queue):
    response = as_professional.get(QUEUE)

    assert titles(response) == ["Oude les", "Nieuwe les"]
    assert "Veens Welzijn" not in response.content.decode()
    assert "Les van elders" not in response.content.decode()
    assert "Wat wacht (" not in response.content.decode(), "none of it waits on a professional"


def test_the_outer_ring_has_no_queue(client, outer_ring, queue):
    client.force_login(outer_ring)

    assert client.get(QUEUE).status_code in (302, 403)


def test_one_practice_can_be_chosen_and_nonsense_breaks_nothing(as_leader, queue, other_practice):
    key = other_practice.translation_key

    assert titles(as_leader.get(f"{QUEUE}?practice={key}")) == ["Les van elders"]
    assert as_leader.get(f"{QUEUE}?practice=x&on=y&p=0").status_code in (200, 404)


def test_what_was_sent_back_waits_on_its_author(as_leader, queue):
    decide(as_leader, queue[1], "reject", comment="Nog iets.")

    response = as_leader.get(f"{QUEUE}?on={WorkflowState.STATUS_NEEDS_CHANGES}")

    assert titles(response) == ["Oude les"]
    assert response.context["object_list"][0].waits_on == "Sam de Vries"
    assert "Wat wacht (2)" in response.content.decode()


def test_who_looks_at_it_stands_in_the_list(as_leader, queue):
    decide(as_leader, queue[0], "take")

    assert as_leader.get(QUEUE).context["object_list"][2].taken_by == "Sam de Vries"


@pytest.mark.parametrize(
    ("end", "shown"), [("published", False), ("withdrawn", False), ("deleted", False)]
)
def test_what_ended_elsewhere_is_gone_from_the_list(as_leader, queue, leader, end, shown):
    page = queue[1]
    match end:
        case "published":
            page.get_latest_revision().publish(user=leader)
        case "withdrawn":
            page.current_workflow_state.cancel(user=leader)
        case "deleted":
            page.delete()

    assert ("Oude les" in titles(as_leader.get(QUEUE))) is shown


def test_a_wider_audience_is_said_loudly(as_leader, professional, practice):
    lesson = LessonPageFactory(parent=practice, title="Van ons", audience="practice")
    lesson.audience = "public"
    lesson.save_revision(user=professional)
    lesson.get_workflow().start(lesson, professional)

    html = as_leader.get(QUEUE).content.decode()

    assert "Hierna kunnen meer mensen dit lezen" in html


def test_it_can_be_taken_along(as_leader, queue):
    handed_in_by(None, queue[0].get_parent(), "=1+1", days=30)

    csv = b"".join(as_leader.get(f"{QUEUE}?export=csv").streaming_content).decode()
    book = openpyxl.load_workbook(
        BytesIO(as_leader.get(f"{QUEUE}?export=xlsx").getvalue()), read_only=True
    )

    assert csv.startswith("\ufeffTitel;Praktijk;")
    assert csv.splitlines()[1].startswith("'=1+1;Orion;")
    assert [row[0] for row in book.active.iter_rows(values_only=True)][1:3] == ["=1+1", "Oude les"]


def many_waiting(lesson, number: int) -> None:
    """As many lessons that wait; made as rows, which is all that the queue looks at."""
    task, workflow = ReviewTask.objects.get(), lesson.get_workflow()
    for place in range(number):
        page = LessonPageFactory(parent=lesson.get_parent(), live=False, title=f"Les {place}")
        Revision.objects.filter(pk=page.save_revision().pk)
        state = WorkflowState.objects.create(
            content_type=page.get_content_type(),
            base_content_type=page.get_base_content_type(),
            object_id=str(page.pk),
            workflow=workflow,
        )
        turn = TaskState.objects.create(
            workflow_state=state, task=task, revision=page.get_latest_revision()
        )
        WorkflowState.objects.filter(pk=state.pk).update(current_task_state=turn)


def queries_for(client, address) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_queue(as_leader, lesson):
    many_waiting(lesson, 3)
    as_leader.get(QUEUE)
    few = queries_for(as_leader, QUEUE)

    many_waiting(lesson, 12)

    assert queries_for(as_leader, QUEUE) <= few
