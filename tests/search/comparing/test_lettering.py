"""Words in a drawing: how wide they are, and where their lines break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.comparing.lettering import characters, fits, shortened, width_of, wrapped

FAMILY = "👩\u200d👧"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Aan de slag", 200, ["Aan de slag"]),
        ("Reflecteren en bijstellen", 110, ["Reflecteren", "en bijstellen"]),
        ("Een veel te lange naam voor hier", 60, ["Een", "veel…"]),
        ("Verantwoordelijkheid", 80, ["Verantw-", "oordelij…"]),
        ("verantwoordelijk\u00adheid", 150, ["verantwoordelijk-", "heid"]),
        ("", 100, []),
    ],
)
def test_lines_break_between_words_and_else_with_a_hyphen(text, width, lines):
    assert wrapped(text, 16, width) == lines


@pytest.mark.parametrize(
    ("text", "together"),
    [("e\u0301te", ["e\u0301", "t", "e"]), (FAMILY + "a", [FAMILY, "a"]), ("🇳🇱x", ["🇳🇱", "x"])],
)
def test_a_character_is_never_cut(text, together):
    assert list(characters(text)) == together


def test_text_that_is_broken_or_cut_does_not_fit():
    assert fits("begin 2023", 15, 100)
    assert not fits("begin van het schooljaar 2023, precieze datum niet bekend", 15, 100)
    assert not fits("Verantwoordelijkheid", 15, 80)


@given(st.text(max_size=150), st.floats(60, 400), st.integers(1, 3))
def test_no_line_is_wider_than_its_room(text, width, most_lines):
    lines = wrapped(text, 16, width, most_lines)

    assert len(lines) <= most_lines
    assert all(width_of(line, 16) <= width for line in lines)
    assert width_of(shortened(text, 16, width), 16) <= width
