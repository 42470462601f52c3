"""Editing practices and their paths in the admin: what is refused, and at which field."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError

from files.models import Download
from lessons.models import LessonPage
from practices.models import (
    DevelopmentPathPage,
    ElementState,
    PathStep,
    PracticeElement,
    PracticePage,
    Ring,
    TeamRole,
)
from practices.setup import practice_collection, practice_group
from tests.admin.forms import add, edit, errors_in, fields_of, lessons_of, paths_of, row, send
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    PathStepFactory,
    PracticePageFactory,
    Rows,
    TermFactory,
)
from vocabulary.models import TermKind

pytestmark = pytest.mark.once

TOMORROW = datetime.date.today() + datetime.timedelta(days=1)
YESTERDAY = datetime.date.today() - datetime.timedelta(days=1)


@pytest.fixture
def editor(client, leader):
    client.force_login(leader)
    return client


@pytest.fixture
def phase(site_tree):
    return TermFactory(name="Nulmeting", kind=TermKind.PHASE)


def row_errors(response, prefix):
    return [form.errors for form in response.context["form"].formsets[prefix].forms]


def test_a_practice_without_a_place_is_not_published(editor, site_tree):
    new = add(PracticePage, site_tree.practices)

    assert "place" in errors_in(send(editor, new, "publish", title="De Ring"))
    assert send(editor, new, title="De Ring").status_code == 302  # A draft is kept.
    with pytest.raises(ValidationError, match="place"):
        PracticePageFactory(place="")


@pytest.mark.parametrize(("start", "end", "refused"), [
    ("2022", "2021-12-31", True), ("2022", "2022-01-01", False), ("2022-05", "2022-04-30", True),
])  # fmt: skip
def test_a_practice_does_not_end_before_it_starts(editor, practice, start, end, refused):
    response = send(editor, edit(practice), "publish", start=start, ended_on=end)

    assert (response.status_code == 200) is refused
    assert not refused or "ended_on" in errors_in(response)


@pytest.mark.parametrize("date", ["vorig jaar", "2021-13", "2021-02-30", "21", "2021-9"])
def test_a_date_that_is_none_is_refused_at_the_field(editor, practice, date):
    assert "start" in errors_in(send(editor, edit(practice), "publish", start=date))


def test_two_practices_may_have_one_name(editor, site_tree):
    new = add(PracticePage, site_tree.practices)

    for place in ("Emmen", "Amsterdam", "Amsterdam"):
        assert send(editor, new, "publish", title="De Ring", place=place).status_code == 302

    practices = PracticePage.objects.order_by("path")
    assert [practice.slug for practice in practices] == ["de-ring", "de-ring-2", "de-ring-3"]
    assert [practice.get_admin_display_title() for practice in practices] == [
        "De Ring (Emmen)",
        "De Ring (Amsterdam)",
        "De Ring (Amsterdam)",
    ]
    # Each has people and files of its own.
    assert len({practice_group(practice).pk for practice in practices}) == 3
    assert len({practice_collection(practice).pk for practice in practices}) == 3


def test_a_practice_with_a_name_of_its_own_needs_no_place_after_it(practice):
    assert practice.get_admin_display_title() == "Orion"


def test_a_practice_keeps_its_files_when_it_is_renamed(practice):
    collection = practice_collection(practice)

    practice.title = "Orion Noord"
    practice.save_revision().publish()

    assert practice_collection(practice) == collection


def test_a_name_needs_the_consent_of_the_person(editor, practice):
    data = fields_of(editor.get(edit(practice)))
    role = {"ring": "core", "role": "Gezinscoach", "person": "Noor Jansen"}

    response = editor.post(
        edit(practice), data | row("team", data, **role) | {"action-publish": "1"}
    )
    assert "person_consents" in row_errors(response, "team")[0]

    consents = row("team", data, **role, person_consents="on")
    assert editor.post(edit(practice), data | consents | {"action-publish": "1"}).status_code == 302
    assert PracticePage.objects.get().team.get().person == "Noor Jansen"


@pytest.mark.parametrize("field", ["person", "role", "note"])
def test_an_address_is_no_name(editor, practice, field):
    data = fields_of(editor.get(edit(practice)))
    role = {"ring": "core", "role": "Gezinscoach", "person_consents": "on"}
    role[field] = "noor@voorbeeld.nl"

    response = editor.post(
        edit(practice), data | row("team", data, **role) | {"action-publish": "1"}
    )

    assert field in row_errors(response, "team")[0]


@pytest.mark.parametrize("sentence", ["Begin\x07", "Begin\x00"])
def test_control_characters_in_a_row_are_refused_at_the_field(editor, practice, sentence):
    data = fields_of(editor.get(edit(practice)))
    partner = row("partners", data, name=sentence)

    response = editor.post(edit(practice), data | partner | {"action-publish": "1"})

    assert "name" in row_errors(response, "partners")[0]


def test_a_used_element_without_a_sentence_is_a_warning(editor, practice):
    element = TermFactory(name="Vaste gezichten", kind=TermKind.ELEMENT)
    data = fields_of(editor.get(edit(practice)))
    used = row("elements", data, element=str(element.pk), state="used", sentence="", date="")

    response = editor.post(edit(practice), data | used | {"action-publish": "1"}, follow=True)

    assert any("Vaste gezichten" in str(message) for message in response.context["messages"])
    assert PracticePage.objects.get().elements.get().state == ElementState.USED


def test_an_ended_practice_gets_no_new_lessons(editor, practice):
    practice.ended_on = YESTERDAY
    practice.save()

    assert editor.get(add(LessonPage, lessons_of(practice))).status_code == 302
    assert not LessonPage.can_create_at(lessons_of(practice))


def test_an_end_in_the_future_is_a_plan(editor, practice):
    send(editor, edit(practice), "publish", ended_on=TOMORROW.isoformat())

    practice = PracticePage.objects.get()
    assert not practice.is_ended
    assert editor.get(add(LessonPage, lessons_of(practice))).status_code == 200


def test_ending_a_practice_tells_what_still_waits(editor, practice):
    LessonPageFactory(parent=practice, live=False, has_unpublished_changes=True)

    response = send(editor, edit(practice), "publish", ended_on=YESTERDAY.isoformat())
    messages = editor.get(response.url).context["messages"]

    assert any(re.search(r"\b1 pag", str(message)) for message in messages)


def test_a_path_needs_a_school(editor, practice):
    new = add(DevelopmentPathPage, paths_of(practice))

    assert "school" in errors_in(send(editor, new, "publish", title="De Bron"))


def test_the_same_school_twice_needs_to_say_when(editor, practice):
    DevelopmentPathPageFactory(parent=practice, school="De Bron")
    new = add(DevelopmentPathPage, paths_of(practice))
    path = {"title": "De Bron", "school": "de bron"}

    assert "start" in errors_in(send(editor, new, "publish", **path))
    assert send(editor, new, "publish", **path, start="2025").status_code == 302


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ({"start": "2022", "end": "2021"}, "end"),
        ({"status": "done", "start": str(TOMORROW.year + 1)}, "status"),
        ({"start": "ooit"}, "start"),
        ({"status": "bijna"}, "status"),
        ({"lessons": "999"}, "lessons"),
    ],
)
def test_a_step_that_cannot_be_is_refused_at_the_field(editor, practice, phase, step, field):
    path = DevelopmentPathPageFactory(parent=practice)
    data = fields_of(editor.get(edit(path)))
    whole = {"phase": str(phase.pk), "title": "Gesprekken", "status": "planned"} | step

    response = editor.post(edit(path), data | row("steps", data, **whole) | {"action-publish": "1"})

    assert field in row_errors(response, "steps")[0]


def test_a_step_points_at_lessons_by_their_numbers(editor, practice, other_practice, phase):
    path = DevelopmentPathPageFactory(parent=practice)
    own = LessonPageFactory(parent=practice)
    other = LessonPageFactory(parent=other_practice)
    data = fields_of(editor.get(edit(path)))
    step = {"phase": str(phase.pk), "title": "Gesprekken", "status": "done", "start": "2021"}
    numbers = f"{own.number}, {other.number}, {own.number}"

    editor.post(
        edit(path), data | row("steps", data, **step, lessons=numbers) | {"action-publish": "1"}
    )

    lessons = DevelopmentPathPage.objects.get().steps.get().lessons.all()
    assert {lesson.pk for lesson in lessons} == {own.pk, other.pk}
    data = fields_of(editor.get(edit(path)))
    assert data["steps-0-lessons"] == f"{own.number}, {other.number}"


def test_a_professional_cannot_point_at_what_is_hidden_elsewhere(
    client, professional, practice, other_practice, phase
):
    path = DevelopmentPathPageFactory(parent=practice)
    hidden = LessonPageFactory(parent=other_practice, title="Geheim", audience="practice")
    draft = LessonPageFactory(parent=practice, title="Eigen concept", live=False)
    client.force_login(professional)
    data = fields_of(client.get(edit(path)))
    step = {"phase": str(phase.pk), "title": "Gesprekken", "status": "planned"}

    for lesson, accepted in ((hidden, False), (draft, True)):
        changed = data | row("steps", data, **step, lessons=str(lesson.number))
        response = client.post(edit(path), changed)
        assert (response.status_code == 302) is accepted
        assert "Geheim" not in response.content.decode()


def test_a_step_offers_the_files_of_its_own_practice(
    client, professional, practice, other_practice
):
    path = DevelopmentPathPageFactory(parent=practice)
    DownloadFactory(title="Eigen werkblad", collection=practice_collection(practice))
    DownloadFactory(title="Vreemd werkblad", collection=practice_collection(other_practice))
    client.force_login(professional)

    html = client.get(edit(path)).content.decode()

    assert "Eigen werkblad" in html
    assert "Vreemd werkblad" not in html


def test_a_path_of_60_steps_opens_and_saves(editor, practice, phase, django_assert_max_num_queries):
    path = DevelopmentPathPageFactory(
        parent=practice,
        steps=Rows([
            PathStep(phase=phase, title=f"Stap {number}", locale=practice.locale)
            for number in range(60)
        ]),
    )  # fmt: skip

    with django_assert_max_num_queries(60 * 7 + 80):
        data = fields_of(editor.get(edit(path)))
    data["steps-59-title"] = "De laatste stap"
    assert editor.post(edit(path), data | {"action-publish": "1"}).status_code == 302

    assert path.steps.count() == 60
    assert PathStep.objects.filter(title="De laatste stap").exists()


def test_a_practice_with_many_rows_opens_with_few_queries(
    editor, practice, django_assert_max_num_queries
):
    elements = [TermFactory(name=f"Element {n}", kind=TermKind.ELEMENT) for n in range(12)]
    practice.team = [
        TeamRole(ring=Ring.CORE, role=f"Rol {n}", locale=practice.locale) for n in range(14)
    ]
    practice.elements = [
        PracticeElement(element=element, locale=practice.locale) for element in elements
    ]
    practice.save_revision().publish()

    with django_assert_max_num_queries(102):
        assert editor.get(edit(practice)).status_code == 200


def test_no_file_is_lost_from_a_step_by_opening_and_saving(editor, practice, phase):
    step = PathStepFactory(page=DevelopmentPathPageFactory(parent=practice), phase=phase)
    elsewhere = DownloadFactory()
    step.downloads.add(elsewhere)
    step.save()

    send(editor, edit(step.page), "publish")

    assert Download.objects.get(path_steps__page=step.page) == elsewhere
