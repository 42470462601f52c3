"""What people type, and what stands first."""

import time

import pytest

from accounts.roles import Role
from search.index import asking
from search.index.finding import Question, look
from search.index.snippets import _Found, _fragments
from tests.factories import LessonPageFactory, PracticePageFactory, TermFactory
from vocabulary.models import Synonym, TermKind

pytestmark = pytest.mark.django_db

# A question takes no longer than this, whatever is in it. Seconds, on a busy machine.
PATIENCE = 1.0


def ask(words: str, **rest):
    return look(Role(), "nl").find(Question(words=words, filters={"soort": ("les",)}, **rest))


@pytest.fixture
def lessons(practice):
    """The primary keys of lessons, by title."""

    def make(*titles, **fields):
        made = [LessonPageFactory(parent=practice, title=title, **fields) for title in titles]
        return [lesson.pk for lesson in made]

    return make


def keys(answer) -> list[int]:
    return [hit.pk for hit in answer.hits]


# Synonyms


@pytest.fixture
def coach(site_tree):
    term = TermFactory(name="Intern begeleider", kind=TermKind.PROFESSION, definition="")
    Synonym.objects.create(term=term, word="IB'er")
    Synonym.objects.create(term=term, word="kwaco", one_way=True)
    Synonym.objects.create(term=term, word="IB", capitals_only=True)
    return term


@pytest.mark.parametrize("words", ["ib'er", "IB'ER", "ib-er", "ib er", "ib’er", "IB", "kwaco"])
def test_another_word_for_it_finds_it(lessons, coach, words):
    [pk] = lessons("De intern begeleider helpt")
    lessons("Iets anders")

    answer = ask(words)

    assert keys(answer) == [pk]
    assert answer.also_searched == ["Intern begeleider"]
    assert "<mark>intern</mark> <mark>begeleider</mark>" not in str(answer.hits[0].snippet.html)


def test_an_abbreviation_is_searched_for_its_meaning_and_back(lessons, coach):
    [pk] = lessons("Praat met de IB op school")
    lessons("Ribbelen")

    assert keys(ask("intern begeleider")) == [pk]
    assert ask("ib").also_searched == []


def test_a_one_way_word_is_not_found_by_the_term(lessons, coach):
    lessons("De kwaco op school")

    assert keys(ask("intern begeleider")) == []


def test_precisely_is_without_other_words(lessons, coach):
    lessons("De intern begeleider helpt")

    answer = ask("ib'er", precisely=True)

    assert (answer.total, answer.also_searched) == (0, [])


# Slips


@pytest.mark.parametrize("typed", ["tandm", "tnadem", "tandrem", "tandam"])
def test_a_slip_finds_the_likely_word_and_says_so(lessons, typed):
    [pk] = lessons("Rijd op de tandem")

    answer = ask(f"de {typed}")

    assert keys(answer) == [pk]
    assert answer.did_you_mean == "de tandem"


@pytest.mark.parametrize("typed", ["tandem", "tan", "t4ndem", "olifant"])
def test_a_word_that_is_there_is_short_or_is_far_off_is_left_alone(lessons, typed):
    lessons("Rijd op de tandem", "Tandel")

    assert ask(typed).did_you_mean is None


# Compounds, names and phrases


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("De jeugdhulpaanbieder", "jeugdhulp"),
        ("Een vraag om ondersteuning", "ondersteuningsvraag"),
        ("Jeugdhulp op school", "jeugd hulp"),
        ("De jeugd-ggz komt", "jeugd ggz"),
        ("De jeugd-ggz komt", "jeugdggz"),
        ("Met het wijkteam", "wijk team"),
        ("Mét andere ogen", "met andere ogen"),
    ],
)
def test_written_together_and_apart_is_the_same(lessons, title, words):
    [pk] = lessons(title, situation="", action="", result="", lesson="", summary="")

    assert keys(ask(words)) == [pk]


def test_a_part_is_not_the_whole(lessons):
    """`jeugdhulp` is not every `hulp` where the word itself is known."""
    [pk] = lessons("Jeugdhulp")
    lessons("Eerste hulp bij verdriet")

    assert keys(ask("jeugdhulp")) == [pk]


def test_a_name_stays_whole(lessons):
    [city] = lessons("Twee scholen in Amsterdam")
    [village] = lessons("Een school in Nieuw-Amsterdam")

    assert keys(ask("amsterdam"))[:1] == [city]
    assert keys(ask("nieuw-amsterdam"))[:1] == [village]
    assert keys(ask("nieuw amsterdam"))[:1] == [village]


@pytest.mark.parametrize("quotes", ['""', "“”", "„”", "«»"])
def test_a_phrase_is_found_as_it_is_written(lessons, quotes):
    [pk] = lessons("Samen beginnen met ouders")
    lessons("Beginnen, en dan samen verder")
    first, last = quotes

    assert keys(ask(f"{first}samen beginnen{last}")) == [pk]
    assert keys(ask(f"{first}samen begin{last}")) == []


def test_a_practice_that_is_named_comes_first(client, lessons):
    practice = PracticePageFactory(title="Tandem Twente", place="Almelo")
    lessons(*(f"Tandem in Twente {number}" for number in range(5)))

    results = client.get("/zoeken/?q=tandem twente").context["results"]

    assert results.lines[0].pk == practice.pk


# Snippets


def test_a_snippet_marks_whole_words_and_nothing_else_is_html(lessons):
    lessons(
        "Titel", situation="<p>Een &lt;script&gt; van de <b>jeugdhulpverleners</b> &amp; co.</p>"
    )

    html = str(ask("jeugdhulp").hits[0].snippet.html)

    assert "<mark>jeugdhulpverleners</mark>" in html
    assert "&lt;script&gt;" in html
    assert "&amp; co" in html
    assert html.replace("<mark>", "").replace("</mark>", "").count("<") == 0


def test_a_snippet_has_at_most_two_fragments_of_a_long_text(lessons):
    filler = "Hier staat iets heel anders. " * 40
    text = f"<p>{filler} Een olifant. {filler} Een giraffe. {filler} Een olifant. {filler}</p>"
    lessons("Titel", situation=text)

    html = str(ask("olifant giraffe").hits[0].snippet.html)

    assert "<mark>olifant</mark>" in html
    assert "<mark>giraffe</mark>" in html
    assert len(html) < 450


# Whatever is typed


@pytest.mark.parametrize(
    "words",
    [
        "a" * 5000,
        "a " * 2500,
        '"',
        '"" "" "',
        "de het een",
        "wat is dat",
        "\x00\x01",
        "🙂🙂 👩‍👧",
        "مرحبا בית",
        "\u202e\u200b",
        "title:klein AND (NOT *) ^2 ~1 [a TO b] {c}",
        "-klein +groot *",
        "\\",
        "/.*/",
        "NOTE note key:note",
        "x́" * 900,
        "-" * 5000,
        "a-" * 2500,
        "'" * 300,
        "klein " * 800,
        " ".join(f"olifantt{chr(97 + n % 26)}" for n in range(300)),
    ],
)
def test_whatever_is_typed_gives_an_answer_in_time(lesson, words):
    begin = time.process_time()

    answer = ask(words)

    assert answer.total >= 0
    assert time.process_time() - begin < PATIENCE


def test_a_question_without_words_of_meaning_looks_for_the_words_themselves(lessons):
    [pk] = lessons("Wie zijn wij en wat is dat")

    assert pk in keys(ask("wat is dat"))


def test_of_very_many_words_the_rarest_count(lessons, monkeypatch):
    often = lessons("Samen een", "Samen twee", "Samen drie")
    (seldom,) = lessons("Kraamvisite")
    assert {hit.pk for hit in ask("samen zwniets kraamvisite").hits} == {*often, seldom}

    monkeypatch.setattr(asking, "MOST_WITH_MEANING", 1)

    # What nothing holds says nothing.
    assert [hit.pk for hit in ask("samen zwniets kraamvisite samen").hits] == [seldom]


def test_of_very_many_slips_the_first_are_mended(lessons, monkeypatch):
    lessons("Kraamvisite", "Wandelclub")
    words = "krammvisite wandellclub"
    assert ask(words).did_you_mean == "kraamvisite wandelclub"

    monkeypatch.setattr(asking, "MOST_SLIPS", 1)

    assert ask(words).did_you_mean == "kraamvisite wandellclub"


def test_a_snippet_is_the_same_in_every_process():
    """The words of a stretch are a set, which each process has in another order."""
    words = [_Found(place, place + 1, frozenset([str(place)])) for place in range(10)]
    weights = {str(place): 0.1 for place in range(10)}

    assert _fragments(0, words, weights, length=100)[0].weight == 1.0
