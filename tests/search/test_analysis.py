"""What a word is found by: stems, accents, hyphens, compounds, names and abbreviations."""

import pytest

from search.index.analysis import DUTCH, ENGLISH, every_term_of, terms_of
from search.index.compounds import known_parts, parts_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("school", "scholen"),
        ("samenwerken", "samenwerkt"),
        ("coach", "Coach"),
        ("één", "eén"),
        ("Mét", "met"),
        ("ĳsbaan", "ijsbaan"),
        ("ib'er", "IB'er"),
        ("ib-er", "ib’er"),
        ("iber", "IB'er"),
        ("auto's", "auto"),
        ("jeugd-ggz", "jeugdggz"),
        ("zorg-arrangement", "zorgarrangement"),
    ],
)
def test_two_ways_to_write_a_word_give_one_term(one, other):
    assert terms_of(one, DUTCH).whole[:1] == terms_of(other, DUTCH).whole[:1]


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("jeugdhulpaanbieder", "jeugdhulp"),
        ("jeugdhulpaanbieder", "hulp"),
        ("ondersteuningsvraag", "ondersteuning"),
        ("ondersteuningsvraag", "vraag"),
        ("gezinscoach", "gezin"),
        ("rolverdeling", "rol"),
        ("ouderbetrokkenheid", "ouder"),
        ("onderwijs-zorgarrangement", "zorg"),
        ("jeugd-ggz", "ggz"),
        ("ziekenhuisschool", "school"),
    ],
)
def test_a_compound_is_found_by_its_parts(word, part):
    assert terms_of(part, DUTCH).whole[0] in terms_of(word, DUTCH).parts


@pytest.mark.parametrize("word", ["amsterdam", "tandem", "begeleider", "x" * 500, "12345678", "q'"])
def test_what_is_no_compound_stays_whole(word):
    assert terms_of(word, DUTCH).parts == ()


def test_a_name_is_only_beside_its_halves():
    terms = terms_of("Nieuw-Amsterdam", DUTCH)

    assert terms.whole == ("nieuwamsterdam",)
    assert terms.parts == ()
    assert "amsterdam" in terms.aside


@pytest.mark.parametrize("word", ["de", "Wat", "hoe", "voor", "één", "EEN"])
def test_words_without_meaning_are_not_looked_for(word):
    assert not [term for term in terms_of(word, DUTCH).whole if term.islower()]


def test_an_abbreviation_in_capitals_has_a_term_of_its_own():
    assert "SO" in terms_of("SO", DUTCH).whole
    assert "SO" not in terms_of("so", DUTCH).whole


def test_english_has_its_own_stems():
    assert terms_of("schools", ENGLISH).whole == terms_of("school", ENGLISH).whole
    assert terms_of("the", ENGLISH).whole == ()


def test_a_marked_word_is_known_by_every_form():
    assert {"jeugdhulp", "jeugd", "hulp"} <= every_term_of("Jeugdhulp", DUTCH)


def test_the_list_of_parts_is_what_it_says():
    parts = known_parts()

    assert 20_000 < len(parts) < 60_000
    assert all(part.isalpha() and part.isascii() and part.islower() for part in parts)
    assert parts_of("") == ()
