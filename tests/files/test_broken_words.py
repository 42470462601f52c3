"""Words that a line end broke in two are whole again, and compounds keep their hyphen."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from files.reader.words import join_broken_words, readable

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("ontwik-\nkelingen", "ontwikkelingen"),
        ("de ontwik-\nkelingen op school", "de ontwikkelingen op school"),
        ("sa-\nmen-\nwerking", "samenwerking"),
        ("ontwik-  \n  kelingen", "ontwikkelingen"),
        ("ontwik\u2010\nkelingen", "ontwikkelingen"),
        ("ontwik\u00ad\nkelingen", "ontwikkelingen"),
        ("ont\u00adwik\u00adkelingen", "ontwikkelingen"),
        ("sociaal-emo-\ntioneel", "sociaal-emotioneel"),
        ("één-\nmalig", "éénmalig"),
        ("financi-\neel", "financieel"),
        # The diaeresis goes at the end of a line; search is blind to it.
        ("co-\nordinatie", "coordinatie"),
        ("ge-\nevalueerd", "geevalueerd"),
        ("cre-\neren", "creeren"),
        # Waiting for the second half.
        ("school-\nen thuissituatie", "school- en thuissituatie"),
        ("in-\nof uitstroom", "in- of uitstroom"),
        ("voor-\nén naschools", "voor- én naschools"),
        # Not waiting: words that only begin so.
        ("boe-\nenstal", "boeenstal"),
        # Written with a hyphen anyway.
        ("Noord-\nHolland", "Noord-Holland"),
        ("2023-\n2024", "2023-2024"),
        ("12-\njarige", "12-jarige"),
        ("e-\nmail", "e-mail"),
        ("GGD-\narts", "GGD-arts"),
        ("HAVO-\nVWO", "HAVO-VWO"),
        ("ggz-\ninstelling", "ggz-instelling"),
        ("mbo-\nscholen", "mbo-scholen"),
        ("sociaal-\nemotioneel", "sociaal-emotioneel"),
        ("auto-\nongeluk", "auto-ongeluk"),
        ("twee-\neenheid", "twee-eenheid"),
        ("familie-\neer", "familie-eer"),
        ("oud-\nleerling en oud-leerling", "oud-leerling en oud-leerling"),
        # No word is broken here.
        ("een streepje -\nen verder", "een streepje -\nen verder"),
        ("- eerste\n- tweede", "- eerste\n- tweede"),
        ("einde-\n\nnieuw", "einde-\n\nnieuw"),
        ("gewoon\neen regel", "gewoon\neen regel"),
        ("kant-en-klaar", "kant-en-klaar"),
        ("-\n", "-\n"),
        ("", ""),
    ],
)
def test_a_broken_word_is_joined_as_dutch_writes_it(broken, whole):
    assert join_broken_words(broken) == whole


# Pieces that meet each other often, so that every rule takes part.
PIECES = st.sampled_from(
    [*"aeioubcdGH1é ", "-", "-\n", "\u2010\n", "\u00ad", "\u00ad\n", "\n", "\r\n", "en", "mbo", "·"]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60)


def without_signs(text: str) -> str:
    return "".join(char for char in text if not char.isspace() and char not in "-\u2010\u00ad")


@given(TEXTS)
def test_nothing_but_hyphens_and_line_ends_is_ever_lost(text):
    assert without_signs(join_broken_words(text)) == without_signs(text)


@given(TEXTS)
def test_no_hyphen_or_letter_is_added(text):
    assert len(join_broken_words(text)) <= len(text)


@given(TEXTS)
def test_joining_again_changes_nothing(text):
    once = join_broken_words(text)

    assert join_broken_words(once) == once


@given(TEXTS)
@example("a\u00ad\n\u00ad a")
@example("a \u00ad a")
def test_what_is_readable_stays_as_it_is(text):
    once = readable(text)

    assert readable(once) == once


@given(st.text(st.characters()))
def test_every_text_can_be_stored(text):
    kept = readable(text)

    assert "\0" not in kept
    kept.encode()  # Half a character would fail.


def test_a_readable_text_has_plain_letters_and_few_empty_lines():
    text = "Hulp\u00a0bij \ufb01etsen\r\n\r\n \r\n\r\ne\u0301e\u0301n\ufeff\x07 \ue000"

    assert readable(text) == "Hulp bij fietsen\n\néén"


def test_a_long_row_of_signs_takes_no_time():
    text = "a" * 300_000 + "-\n" + "-" * 300_000 + " -\n" * 100_000 + "\u00ad" * 300_000

    assert join_broken_words(text)
