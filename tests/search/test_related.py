"""What stands below a lesson to read after it: the most alike, and only what somebody may see."""

import pytest

from search.index import copy
from search.index.copy import IndexNotReadyError, index_copy
from tests.factories import LessonPageFactory, TermFactory, in_english
from visibility.audience import Audience
from vocabulary.models import TermKind

TEXTS = ("summary", "situation", "action", "result", "lesson")


def lesson_about(practice, title: str, text: str = "", **fields):
    """A lesson that says no more than this."""
    texts = dict.fromkeys(TEXTS, "") | {"situation": f"<p>{text}</p>"}
    return LessonPageFactory(parent=practice, title=title, **{**texts, **fields})


def related_to(client, lesson, prefix: str = "") -> list[str]:
    response = client.get(prefix + lesson.url)
    assert response.status_code == 200
    return [line.title for line in response.context["related"]]


@pytest.fixture
def elements(site_tree):
    names = ("Vaste gezichten", "Aan tafel")
    return [TermFactory(name=name, kind=TermKind.ELEMENT) for name in names]


BIKES = "Met de fiets door weer en wind naar de bakker en de slager."


def test_shared_terms_come_first_and_then_what_the_text_is_about(client, practice, elements):
    lesson = lesson_about(practice, "Fietsen", BIKES, terms=elements)
    lesson_about(practice, "Zegt hetzelfde", BIKES)
    lesson_about(practice, "Een woord gemeen", "Over heel iets anders.", terms=elements[:1])
    lesson_about(practice, "Twee woorden gemeen", "Over heel iets anders.", terms=elements)

    found = related_to(client, lesson)

    assert found == ["Twee woorden gemeen", "Een woord gemeen", "Zegt hetzelfde"]


def test_of_lessons_with_the_same_terms_the_text_decides(client, practice, elements):
    lesson = lesson_about(practice, "Fietsen", BIKES, terms=elements)
    lesson_about(practice, "Zegt hetzelfde", BIKES, terms=elements)
    lesson_about(practice, "Zegt iets anders", "Een boot vaart uit.", terms=elements)

    assert related_to(client, lesson) == ["Zegt hetzelfde", "Zegt iets anders"]


def test_a_lesson_without_terms_has_related_lessons_by_its_text(client, practice):
    lesson = lesson_about(practice, "Fietsen", BIKES)
    lesson_about(practice, "Ook met de fiets", BIKES)
    lesson_about(practice, "Varen", "Een boot vaart uit over zee.")

    assert related_to(client, lesson) == ["Ook met de fiets"]


def test_one_word_in_common_is_not_enough(client, practice):
    lesson = lesson_about(practice, "Fietsen", BIKES)
    lesson_about(practice, "Brood", "De bakker had het druk vandaag.")

    assert related_to(client, lesson) == []
    assert 'id="lees-ook"' not in client.get(lesson.url).content.decode()


def test_a_shared_profession_or_tag_says_too_little(client, practice):
    terms = [
        TermFactory(name="Leerkracht", kind=TermKind.PROFESSION),
        TermFactory(name="pilot", kind=TermKind.TAG),
    ]
    lesson = lesson_about(practice, "Fietsen", terms=terms)
    lesson_about(practice, "Varen", terms=terms)

    assert related_to(client, lesson) == []


def test_the_last_one_is_of_another_practice_where_the_nearest_are_not(
    client, practice, other_practice, elements
):
    lesson = lesson_about(practice, "Fietsen", terms=elements)
    for number in range(7):
        lesson_about(practice, f"Van ons {number}", terms=elements)
    lesson_about(other_practice, "Van ver", terms=elements[:1])

    found = related_to(client, lesson)

    assert len(found) == 3
    assert [title.startswith("Van ons") for title in found] == [True, True, False]


def test_a_lesson_of_another_practice_stays_where_it_belongs(
    client, practice, other_practice, elements
):
    lesson = lesson_about(practice, "Fietsen", terms=elements)
    lesson_about(other_practice, "Van ver", terms=elements)
    for number in range(3):
        lesson_about(practice, f"Van ons {number}", terms=elements[:1])

    assert related_to(client, lesson)[0] == "Van ver"


@pytest.mark.parametrize(
    ("person", "audiences"),
    [
        ("visitor", {"public"}),
        ("outer_ring", {"public", "outer_ring"}),
        ("other_professional", {"public", "outer_ring", "practices"}),
        ("leader", set(Audience.values)),
    ],
)
@pytest.mark.parametrize("with_terms", [True, False])
def test_a_lesson_for_others_is_not_among_them(
    client, practice, elements, request, monkeypatch, person, audiences, with_terms
):
    monkeypatch.setattr("search.related.related_lessons.__defaults__", (10,))
    terms = elements if with_terms else []
    lesson = lesson_about(practice, "Fietsen", BIKES, terms=terms)
    for audience in Audience.values:
        lesson_about(practice, audience, BIKES, terms=terms, audience=audience)
    lesson_about(practice, "draft", BIKES, terms=terms, live=False)
    user = request.getfixturevalue(person)
    if user.is_authenticated:
        client.force_login(user)

    assert set(related_to(client, lesson)) == audiences


def test_what_was_closed_a_moment_ago_is_not_shown_from_an_older_index(
    client, practice, elements, monkeypatch
):
    lesson = lesson_about(practice, "Fietsen", BIKES, terms=elements)
    closed = [lesson_about(practice, f"Dicht {n}", BIKES, terms=elements) for n in range(3)]
    for number in range(3):
        lesson_about(practice, f"Open {number}", terms=elements)
    assert all(title.startswith("Dicht") for title in related_to(client, lesson))
    monkeypatch.setattr("search.index.copy.LONGEST_WAIT_HURRIED", 0.01)

    # Another process has the index for itself, so this one looks at what was there.
    with type(index_copy())(index_copy().folder)._locked("lock"):
        for page in closed:
            page.unpublish()
        found = related_to(client, lesson)

    assert sorted(found) == ["Open 0", "Open 1", "Open 2"]


def test_neither_the_lesson_itself_nor_its_translation_is_among_them(client, practice, elements):
    lesson = lesson_about(practice, "Fietsen", BIKES, terms=elements)
    english = in_english(lesson, title="Cycling")
    lesson_about(practice, "Ook met de fiets", BIKES, terms=elements)

    for address in (lesson, english):
        assert related_to(client, address) == ["Ook met de fiets"]


def test_they_are_in_the_language_of_the_reader_where_they_can_be(client, practice, elements):
    lesson = lesson_about(practice, "Fietsen", BIKES, terms=elements)
    in_english(lesson, title="Cycling", situation="<p>Bread by bicycle, come rain or wind.</p>")
    twice = lesson_about(practice, "Ook op de fiets", BIKES, terms=elements)
    in_english(twice, title="By bicycle too")
    lesson_about(practice, "Alleen Nederlands", BIKES)

    assert related_to(client, lesson) == ["Ook op de fiets", "Alleen Nederlands"]
    assert related_to(client, lesson, "/en") == ["By bicycle too", "Alleen Nederlands"]


def test_what_a_hidden_translation_says_makes_nothing_alike(client, practice):
    lesson = lesson_about(practice, "Fietsen", BIKES, audience=Audience.PRACTICES)
    english = in_english(lesson, title="Cycling", situation="<p>Nothing.</p>")
    type(english).objects.filter(pk=english.pk).update(audience=Audience.PUBLIC)
    lesson_about(practice, "Ook met de fiets", BIKES)

    assert related_to(client, english) == []


def test_while_there_is_no_index_shared_terms_are_enough(
    client, practice, other_practice, elements, monkeypatch
):
    def not_ready(*arguments, **options):
        raise IndexNotReadyError

    lesson = lesson_about(practice, "Fietsen", BIKES, terms=elements)
    for number in range(3):
        lesson_about(practice, f"Van ons {number}", terms=elements)
    lesson_about(other_practice, "Van ver", terms=elements[:1])
    lesson_about(practice, "Zegt hetzelfde", BIKES)
    monkeypatch.setattr("search.related.safely", not_ready)

    found = related_to(client, lesson)

    assert len(found) == 3
    assert found[-1] == "Van ver"
    assert related_to(client, lesson_about(practice, "Zonder woorden", BIKES)) == []


class PanicException(BaseException):
    pass


def test_a_lesson_is_shown_when_the_engine_panics(client, practice, elements, monkeypatch):
    def panic(*arguments):
        raise PanicException

    lesson = lesson_about(practice, "Fietsen", terms=elements)
    lesson_about(practice, "Ook met de fiets", terms=elements)
    monkeypatch.setattr("search.index.finding.Look.lessons_like", panic)

    assert related_to(client, lesson) == ["Ook met de fiets"]


def test_a_lesson_is_shown_when_the_index_cannot_be_read(client, practice, elements):
    lesson = lesson_about(practice, "Fietsen", terms=elements)
    lesson_about(practice, "Ook met de fiets", terms=elements)
    folder = index_copy().folder
    moved = folder.rename(folder.with_name("elsewhere")) if folder.exists() else None
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("No folder.")
    # What another test had open knows its lessons, which may have the numbers of these.
    copy._copies.clear()

    try:
        assert related_to(client, lesson) == ["Ook met de fiets"]
    finally:
        folder.unlink()
        if moved:
            moved.rename(folder)
        # It remembers for a while that it failed; the next test begins anew.
        copy._copies.clear()


def test_the_number_of_queries_does_not_depend_on_how_many_are_alike(
    client, practice, elements, django_assert_max_num_queries
):
    lesson = lesson_about(practice, "Fietsen", BIKES, terms=elements)
    for number in range(12):
        lesson_about(practice, f"Ook {number}", BIKES, terms=elements)
    client.get(lesson.url)

    with django_assert_max_num_queries(20):
        client.get(lesson.url)
