"""What is pointed out to whoever writes, rule by rule."""

import pytest

from plain_language.checks import LONGEST_SENTENCE, MOST_OF_A_KIND, Words, hints_in
from plain_language.hints import known_words
from tests.factories import TermFactory
from vocabulary.models import Synonym, TermKind

WORDS = Words(
    known=frozenset({"ib", "poh", "ggz"}),
    plain={"Borgen": "zorgen dat het blijft", "Voorliggend veld": "hulp dicht bij huis"},
)
LONG = "woord " * (LONGEST_SENTENCE + 1)


def messages(text: str, language: str = "nl") -> list[str]:
    return [hint.message for hint in hints_in("lesson", text, WORDS, language=language)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # Links
        ('<p><a href="/">klik hier</a></p>', "waar de link naartoe gaat"),
        ('<p><a href="/">Hier.</a></p>', "waar de link naartoe gaat"),
        ('<p>Lees <a href="/">lees meer »</a></p>', "waar de link naartoe gaat"),
        ('<p><a href="/"><b>hier</b></a></p>', "waar de link naartoe gaat"),
        ('<p><a href="/">https://www.nji.nl/x?y=1</a></p>', "een adres"),
        ('<p><a href="/">www.nji.nl</a></p>', "een adres"),
        ('<p><a href="/"> </a></p>', "geen tekst"),
        # Headings
        ("<h2>Een</h2><h4>Twee</h4>", "slaat een niveau over"),
        ("<h3>Een</h3>", "slaat een niveau over"),
        ("<h2> </h2>", "is leeg"),
        # Sentences
        (LONG, f"{LONGEST_SENTENCE + 1} woorden"),
        (f"<p>Kort.</p><p>{LONG}.</p>", "Knip"),
        # Words
        ("Zo kun je het borgen.", "zorgen dat het blijft"),
        ("BORGEN is lastig.", "zorgen dat het blijft"),
        ("Vraag het voorliggend veld.", "hulp dicht bij huis"),
        ("Bel de XYZ.", "Wat is “XYZ”"),
        ("De XYZ-medewerker en de ABC.", "Wat is “ABC”"),
    ],
)
def test_this_is_pointed_out(text, told):
    assert any(told in message for message in messages(text)), messages(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Vraag wat een kind nodig heeft.",
        '<p>Lees het <a href="/">werkblad voor het eerste gesprek</a>.</p>',
        '<p>Klik hier niet: <a href="/">de praktijk Orion</a>.</p>',
        "<h2>Een</h2><p>Tekst.</p><h3>Twee</h3><h2>Drie</h2>",
        "woord " * LONGEST_SENTENCE,
        "<ul><li>Een eerste punt dat niet lang is</li><li>En een tweede punt ook niet</li></ul>"
        * 5,
        "Geborgen voelen is belangrijk.",
        "Het borgend werk.",
        "De IB belt de POH-GGZ.",
        "De intern begeleider van de EU op TV.",
        "Bel de XYZ (extra zorg aan huis).",
        "Bel de extra zorg (XYZ). De XYZ komt langs.",
        "Hoofdstuk IV en XII.",
        "ALLES IN HOOFDLETTERS IS XYZ",
        "Een kind dat 5 < 6 weet, en 7 > 2.",
        "O.a. dhr. Bos van St. Anna bijv. om 9.30 uur.",
    ],
)
def test_this_is_not_pointed_out(text):
    assert messages(text) == []


def test_a_writer_is_told_a_few_of_a_kind_at_once():
    text = " ".join(f"{LONG.strip()}." for _ in range(MOST_OF_A_KIND + 2))

    assert len(messages(text)) == MOST_OF_A_KIND


def test_an_abbreviation_is_asked_for_once():
    assert len(messages("De XYZ belt. De XYZ komt.")) == 1


def test_dutch_words_are_not_looked_for_in_an_english_text():
    assert messages("The XYZ may borgen this.", language="en") == []
    assert len(messages('<p><a href="/">click here</a></p>', language="en")) == 1


def test_a_long_quote_is_shortened():
    [message] = messages(LONG * 10)

    assert len(message) < 200


@pytest.mark.parametrize(
    "text", ["<p><a>", "<<<>>>", "\x00", "a" * 100_000, "<p>" * 2000, "((((" * 500]
)
def test_whatever_is_typed_breaks_nothing(text):
    messages(text)


# With the vocabulary


@pytest.fixture
def vocabulary(db):
    term = TermFactory(
        name="Interprofessioneel samenwerken",
        kind=TermKind.CONCEPT,
        plain="samen met andere beroepen",
    )
    Synonym.objects.create(term=term, word="IPS")
    TermFactory(name="Oud jargon", kind=TermKind.CONCEPT, plain="nieuw", active=False)


def test_the_words_of_the_vocabulary_give_the_hints(vocabulary):
    text = "Interprofessioneel samenwerken lukte niet. IPS is lastig. Oud jargon. Bel de XYZ."

    hints = hints_in("situation", text, known_words())

    assert [(hint.field, hint.blocks) for hint in hints] == [("situation", False)] * 2
    assert "samen met andere beroepen" in hints[0].message
    assert "XYZ" in hints[1].message


def test_the_vocabulary_is_read_in_two_queries(vocabulary, django_assert_num_queries):
    with django_assert_num_queries(2):
        words = known_words()

    assert "ips" in words.known
