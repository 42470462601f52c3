"""Writing a lesson in the admin: a draft may be anything, what others read is complete."""

import pytest

from lessons.models import LessonPage, Outcome
from tests.admin.forms import add, decide, edit, errors_in, fields_of, lessons_of, rich, send
from tests.factories import DevelopmentPathPageFactory, LessonPageFactory, TermFactory
from vocabulary.models import TermKind

pytestmark = pytest.mark.once

COMPLETE = {
    "title": "Begin met één school",
    "situation": rich("Niemand kende elkaar."),
    "lesson": "Begin klein.",
    "outcome": "partly",
}


@pytest.fixture
def new_lesson(practice):
    return add(LessonPage, lessons_of(practice))


def only_lesson() -> LessonPage:
    return LessonPage.objects.get()


def test_a_complete_lesson_is_published(client, leader, new_lesson):
    client.force_login(leader)

    response = send(client, new_lesson, "publish", **COMPLETE)

    assert response.status_code == 302
    lesson = only_lesson()
    assert lesson.live
    assert (lesson.slug, lesson.outcome) == ("begin-met-een-school", Outcome.PARTLY)
    assert lesson.situation == '<p data-block-key="a">Niemand kende elkaar.</p>'


@pytest.mark.parametrize("action", ["publish", "submit"])
@pytest.mark.parametrize(
    ("field", "empty"), [("situation", rich("")), ("lesson", ""), ("outcome", "")]
)
def test_what_a_colleague_needs_is_asked_for_when_a_lesson_is_handed_in(
    client, leader, new_lesson, action, field, empty
):
    client.force_login(leader)

    response = send(client, new_lesson, action, **COMPLETE | {field: empty})

    assert field in errors_in(response)
    assert not LessonPage.objects.exists()


def test_a_draft_may_lack_everything_but_a_title(client, professional, new_lesson):
    client.force_login(professional)

    response = send(client, new_lesson, title="Nog bezig")

    assert response.status_code == 302
    assert not only_lesson().live


def test_a_draft_of_a_live_lesson_may_be_incomplete_and_changes_nothing(client, leader, lesson):
    client.force_login(leader)

    response = send(client, edit(lesson), lesson="", outcome="", situation=rich(""))

    assert response.status_code == 302
    lesson.refresh_from_db()
    assert lesson.lesson.startswith("Begin klein")
    assert lesson.get_latest_revision_as_object().lesson == ""


def test_an_incomplete_draft_is_not_published_from_a_list(client, leader, practice):
    lesson = LessonPageFactory(parent=practice, live=False, outcome="")
    client.force_login(leader)

    response = client.post(f"/beheer/bulk/wagtailcore/page/publish/?id={lesson.pk}", follow=True)

    assert lesson.title in str(next(iter(response.context["messages"])))
    lesson.refresh_from_db()
    assert not lesson.live


def test_a_title_is_made_from_the_lesson(client, leader, new_lesson):
    client.force_login(leader)
    sentence = "Begin klein, met twee mensen die elke week op dezelfde dag op school zijn."

    send(client, new_lesson, "publish", **COMPLETE | {"title": "", "lesson": sentence})

    assert only_lesson().title == sentence
    assert only_lesson().slug.startswith("begin-klein-met-twee-mensen")


def test_without_title_and_lesson_not_even_a_draft_is_kept(client, leader, new_lesson):
    client.force_login(leader)

    assert "title" in errors_in(send(client, new_lesson, title="", lesson=""))


def test_a_long_lesson_gives_a_title_that_ends_between_words(client, leader, new_lesson):
    client.force_login(leader)

    send(client, new_lesson, "publish", **COMPLETE | {"title": "", "lesson": "woorden " * 37})

    assert only_lesson().title.endswith("woorden…")
    assert len(only_lesson().title) <= 255


@pytest.mark.parametrize(("length", "accepted"), [(300, True), (301, False)])
def test_a_lesson_sentence_has_at_most_300_characters(client, leader, new_lesson, length, accepted):
    client.force_login(leader)

    response = send(client, new_lesson, "publish", **COMPLETE | {"lesson": "é" * length})

    assert (response.status_code == 302) is accepted
    assert accepted or "lesson" in errors_in(response)


def test_no_input_hides_the_address_of_the_form(client, leader, lesson):
    # The script that saves while somebody types asks the form for its `action`.
    client.force_login(leader)

    assert fields_of(client.get(edit(lesson))).keys().isdisjoint({"action", "method", "elements"})


def test_a_text_of_20000_characters_is_accepted(client, leader, new_lesson):
    client.force_login(leader)

    send(client, new_lesson, "publish", **COMPLETE | {"action_taken": rich("woord " * 3400)})

    assert len(only_lesson().action) > 20_000


@pytest.mark.parametrize(("title", "slug"), [("🎉🎉", "les-1"), ("課程", "les-1"), ("Één", "een")])
def test_every_title_gets_an_address(client, leader, new_lesson, title, slug):
    client.force_login(leader)

    send(client, new_lesson, "publish", **COMPLETE | {"title": title})

    assert only_lesson().slug == slug


def test_a_second_title_in_emoji_gets_the_next_number(practice):
    LessonPageFactory(parent=practice, title="🎉")

    assert LessonPageFactory(parent=practice, title="🎈").slug == "les-2"
    assert LessonPageFactory(parent=practice, title="🎈", live=False).slug == "les-3"


def test_two_lessons_with_one_title_get_different_addresses(client, leader, new_lesson):
    client.force_login(leader)

    send(client, new_lesson, "publish", **COMPLETE)
    send(client, new_lesson, "publish", **COMPLETE)

    slugs = LessonPage.objects.values_list("slug", flat=True)
    assert sorted(slugs) == ["begin-met-een-school", "begin-met-een-school-2"]


@pytest.mark.parametrize("field", ["title", "lesson", "date_text"])
@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x85"])
def test_invisible_control_characters_are_refused_at_the_field(
    client, leader, new_lesson, field, character
):
    client.force_login(leader)

    response = send(client, new_lesson, "publish", **COMPLETE | {field: f"Begin{character}klein"})

    assert field in errors_in(response)
    assert not LessonPage.objects.exists()


def test_text_is_kept_in_composed_form(client, leader, new_lesson):
    client.force_login(leader)
    decomposed = "E\u0301e\u0301n school"

    send(client, new_lesson, "publish", **COMPLETE | {"title": decomposed, "lesson": decomposed})

    assert (only_lesson().title, only_lesson().lesson) == ("Één school", "Één school")
    assert only_lesson().slug == "een-school"


def test_researched_needs_a_source(client, leader, new_lesson):
    client.force_login(leader)

    response = send(client, new_lesson, "publish", **COMPLETE | {"strength": "researched"})

    assert "strength" in errors_in(response)


def test_researched_with_a_source_is_published(client, leader, new_lesson):
    client.force_login(leader)
    source = {
        "sources-TOTAL_FORMS": "1",
        "sources-0-title": "Evaluatie",
        "sources-0-ORDER": "1",
        "sources-0-DELETE": "",
    }

    send(client, new_lesson, "publish", **COMPLETE | source | {"strength": "researched"})

    assert only_lesson().sources.get().title == "Evaluatie"


def test_researched_may_not_lose_its_only_source(client, leader, practice):
    lesson = LessonPageFactory(parent=practice, strength="researched", sources=["Evaluatie"])
    client.force_login(leader)

    response = send(client, edit(lesson), "publish", **{"sources-0-DELETE": "1"})

    assert "strength" in errors_in(response)


def test_a_lesson_belongs_to_schools_of_its_own_practice(
    client, leader, new_lesson, practice, other_practice
):
    own = DevelopmentPathPageFactory(parent=practice)
    other = DevelopmentPathPageFactory(parent=other_practice)
    client.force_login(leader)

    response = send(client, new_lesson, "publish", **COMPLETE | {"paths": [str(other.pk)]})
    assert "paths" in errors_in(response)

    send(client, new_lesson, "publish", **COMPLETE | {"paths": [str(own.pk)]})
    assert only_lesson().paths.get() == own


def test_themes_are_chosen_and_tags_are_typed(client, professional, new_lesson):
    theme = TermFactory(name="Ouders")
    client.force_login(professional)

    send(client, new_lesson, **COMPLETE | {"theme": [str(theme.pk)], "tag": "Oúders, buurt; Buurt"})

    terms = LessonPage.objects.get().get_latest_revision_as_object().terms.all()
    assert {(term.name, term.kind) for term in terms} == {
        ("Ouders", TermKind.THEME),
        ("buurt", TermKind.TAG),
    }


@pytest.mark.parametrize("tags", ["a", "!!!", "x" * 61, ",".join(f"woord{n}" for n in range(11))])
def test_a_tag_that_helps_nobody_is_refused_with_a_reason(client, professional, new_lesson, tags):
    client.force_login(professional)

    assert "tag" in errors_in(send(client, new_lesson, **COMPLETE | {"tag": tags}))


def test_a_professional_hands_in_and_does_not_publish(client, professional, new_lesson):
    client.force_login(professional)

    send(client, new_lesson, "publish", **COMPLETE)

    assert not only_lesson().live


def test_a_professional_hands_in_and_a_leader_approves(client, professional, leader, new_lesson):
    client.force_login(professional)
    send(client, new_lesson, "submit", **COMPLETE)
    lesson = only_lesson()
    assert not lesson.live
    assert lesson.current_workflow_state.workflow.name == "Een collega leest mee"

    client.force_login(leader)
    decide(client, lesson, "approve")

    lesson.refresh_from_db()
    assert lesson.live
