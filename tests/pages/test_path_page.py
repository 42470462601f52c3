"""The development path of a school, and the paths side by side."""

from django.utils.translation import gettext as _

from practices.models import StepStatus
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    PathStepFactory,
)
from tests.pages.markup import markup


def test_the_path_lists_phases_and_steps_with_state_in_words(client, full_path, phases):
    text = client.get(full_path.url).content.decode()

    for shown in ("Samen kijken", "De coaches beginnen", "Zij beginnen op school."):
        assert shown in text
    assert str(StepStatus.DONE.label) in text
    assert str(StepStatus.ACTIVE.label) in text
    assert text.index("Verkennen") < text.index("Nulmeting") < text.index("Aan de slag")


def test_the_step_under_way_is_the_current_one(client, full_path):
    assert markup(client.get(full_path.url)).current.count("step") == 1


def test_a_phase_without_steps_invites_to_fill_it_in(client, full_path):
    page = client.get(full_path.url)

    assert _("Nothing about this has been written down yet.") in page.content.decode()
    assert "/meedoen/#delen" in markup(page).links


def test_a_lesson_at_a_step_leads_back_to_that_step(client, full_path, full_lesson):
    path = markup(client.get(full_path.url))
    lesson = markup(client.get(full_lesson.url))

    back = next(link for link in lesson.links if "#stap-" in link)
    assert full_lesson.url in path.links
    assert back.partition("#")[0] == full_path.url
    assert back.partition("#")[2] in path.ids


def test_a_lesson_of_another_practice_is_what_inspired_the_step(client, full_path, other_practice):
    theirs = LessonPageFactory(parent=other_practice, title="Van de buren")
    step = full_path.steps.first()
    step.lessons.add(theirs)
    step.save()

    page = client.get(full_path.url)

    links = [link for phase in page.context["phases"] for on in phase.steps for link in on.links]
    assert [link.inspired_by for link in links if link.page.pk == theirs.pk] == [True]
    assert "Veens Welzijn" in page.content.decode()


def test_a_draft_at_a_step_is_not_there(client, full_path, full_lesson):
    full_lesson.unpublish()

    assert full_lesson.title not in client.get(full_path.url).content.decode()


def test_files_at_a_step_can_be_had(client, full_path):
    step = full_path.steps.first()
    step.downloads.add(DownloadFactory(title="Gesprekskaart"))
    step.save()

    assert "Gesprekskaart" in client.get(full_path.url).content.decode()


def test_with_more_schools_one_can_choose(client, full_path, full_practice):
    assert 'role="group"' not in client.get(full_path.url).content.decode()

    other = DevelopmentPathPageFactory(parent=full_practice, title="De Bascule")
    page = markup(client.get(full_path.url))

    assert other.url in page.links
    assert full_path.get_parent().url in page.links


def test_the_overview_lays_the_schools_side_by_side(client, full_path, full_practice):
    DevelopmentPathPageFactory(parent=full_practice, title="De Bascule")

    page = client.get(full_path.get_parent().url)

    assert [laid.path.school for laid in page.context["paths"]] == ["De Bron", "De Bascule"]
    assert page.content.decode().count('class="stations"') == 2


def test_a_step_with_another_state_than_its_phase_says_so(client, full_path, phases):
    PathStepFactory(
        page=full_path, phase=phases[2], title="Later", start="2023", status=StepStatus.PLANNED
    )

    page = client.get(full_path.url)

    steps = [on for phase in page.context["phases"] for on in phase.steps]
    assert [on.step.title for on in steps if on.says_status] == ["Later"]
