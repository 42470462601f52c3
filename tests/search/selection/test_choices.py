"""A selection as a text: what can be read of a cookie or an address, and what not."""

import pytest

from search.selection.choices import (
    LONGEST_PARAMETERS,
    MOST_CHOICES,
    Choice,
    ChoiceKind,
    Selection,
    read_choice,
    read_selection,
)

pytestmark = pytest.mark.once
ORION = Choice(ChoiceKind.PRACTICE, "orion")


def lesson(number: int) -> Choice:
    return Choice(ChoiceKind.LESSON, str(number))


def of(*numbers: int) -> Selection:
    return Selection(tuple(lesson(number) for number in numbers))


def test_the_order_of_the_choices_is_kept_in_the_text():
    text = "les=12&praktijk=orion&les=7&pad=integrated-care-emmen/de-bron"

    assert read_selection(text).parameters == text


def test_a_choice_is_there_once_where_it_was_first():
    assert read_selection("les=1&les=2&les=1") == of(1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "les=",
        "les=0",
        "les=-1",
        "les=012",
        "les=1.5",
        "les=%D9%A1",  # a digit of another script
        "les=9999999999999999999",
        "les=1%00",
        "les=%00",
        "les=%ff%fe",
        "les=%",
        "les=<script>",
        "praktijk=../../etc/passwd",
        "praktijk=ori on",
        "praktijk=" + "a" * 256,
        "pad=orion",
        "pad=orion/de/bron",
        "pad=/de-bron",
        "praktijk=orion;les=1",
    ],
)
def test_what_cannot_be_read_is_left_out_and_said_to_be(text):
    read = read_selection(f"les=3&{text}&les=4")

    assert read.choices == of(3, 4).choices
    # An empty value is what a form without a choice sends.
    assert read.has_unreadable is (text != "les=")


@pytest.mark.parametrize("text", ["", "&&&", "===", "?", "q=1", "les", "id=1&thema=x", "LES=1"])
def test_a_text_without_choices_is_an_empty_selection(text):
    assert read_selection(text) == Selection()


def test_no_more_choices_fit_than_a_person_needs():
    read = read_selection("&".join(f"les={number}" for number in range(1, 500)))

    assert read.choices == of(*range(1, MOST_CHOICES + 1)).choices
    assert read.has_too_many


def test_a_text_that_is_too_long_never_becomes_another_choice():
    # Cut in the middle of a number, 1234 would be 12.
    for length in range(8):
        text = "x=" + "a" * (LONGEST_PARAMETERS - 10 + length) + "&les=1234"

        read = read_selection(text)

        assert read.choices in ((), of(1234).choices)
        assert read.has_too_many is not bool(read.choices)


def test_long_names_fill_the_room_before_the_number_does():
    slugs = [f"{letter}{'x' * 250}" for letter in "abcdefghijklmnopqrst"]
    selection = Selection().adding(tuple(Choice(ChoiceKind.PRACTICE, slug) for slug in slugs))

    assert selection.has_too_many
    assert len(selection.parameters) <= LONGEST_PARAMETERS
    # What fits comes back as it was.
    assert read_selection(selection.parameters).choices == selection.choices


def test_adding_keeps_what_is_there_where_it_is():
    assert of(1, 2).adding(of(3, 1).choices) == of(1, 2, 3)


@pytest.mark.parametrize(
    ("choice", "before", "after"),
    [
        (3, 2, of(1, 3, 2)),
        (3, 1, of(3, 1, 2)),
        (2, 1, of(2, 1, 3)),
        (1, 1, of(1, 2, 3)),
        (9, 1, of(1, 2, 3)),
        (1, 9, of(1, 2, 3)),
    ],
)
def test_a_choice_moves_before_another(choice, before, after):
    assert of(1, 2, 3).moving(lesson(choice), before=lesson(before)) == after


def test_a_choice_names_a_place_in_a_page():
    path = Choice(ChoiceKind.PATH, "orion/de-bron")

    assert (lesson(12).anchor, path.anchor) == ("keuze-les-12", "keuze-pad-orion-de-bron")
    assert read_choice("praktijk", "orion") == ORION
    assert read_choice("thema", "orion") is None
