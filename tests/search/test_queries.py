"""What people type, and what stands first."""

import time

import pytest

from accounts.roles import Role
from lessons.models import LessonPage
from search.index import asking, ranking
from search.index.finding import Question, look
from search.index.snippets import _Found, _fragments
from tests.factories import LessonPageFactory, PracticePageFactory, TermFactory
from visibility.audience import Audience
from vocabulary.models import Synonym, TermKind

pytestmark = pytest.mark.django_db

# A question takes no longer than this, whatever is in it. Seconds, on a busy machine.
PATIENCE = 1.0
NOTHING = {"situation": "", "action": "", "result": "", "lesson": "", "summary": ""}


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


@pytest.mark.parametrize("words", ["IB'ers", "intern begeleiders", "kwaco's"])
def test_the_plural_of_a_name_is_that_name(lessons, coach, words):
    [pk] = lessons("De intern begeleider helpt")

    assert keys(ask(words)) == [pk]


def test_a_name_before_a_small_word_is_no_plural(lessons, site_tree):
    Synonym.objects.create(term=TermFactory(name="Nameting"), word="monitor")
    lessons("De nameting begint")

    assert ask("monitor en").also_searched == ["Nameting"]
    assert look(Role(), "nl").vocabulary.synonyms.of("monitor en") == []


def test_an_abbreviation_is_no_form_of_another_word(lessons, site_tree):
    term = TermFactory(name="Zorgteam", kind=TermKind.CONCEPT, definition="")
    Synonym.objects.create(term=term, word="ZAT", capitals_only=True)
    [pk] = lessons("Het zorgteam komt")
    [named] = lessons("Het ZAT komt")
    [other] = lessons("Wie er aan tafel zat")

    found = ask("ZAT")

    assert set(keys(found)) == {pk, named}
    assert not any("<mark>zat" in hit.snippet.html for hit in found.hits)
    assert other in keys(ask("zat"))


@pytest.mark.parametrize("word", ["JGZ-arts", "MBO4", "Atlas"])
def test_what_is_no_abbreviation_is_found_as_it_is_written(lessons, site_tree, word):
    Synonym.objects.create(term=TermFactory(name="Elders"), word=word, capitals_only=True)
    [pk] = lessons(f"Over {word} en meer")

    assert keys(ask(word)) == [pk]


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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("echtschijding", "echtscheiding"),
        ("privasie", "privacie"),
        ("wachtlijtsen", "wachtlijsten"),
        ("vertrauwen", "vertrouwen"),
        ("aktief", "actief"),
    ],
)
def test_what_is_written_by_ear_or_in_another_form_is_understood(lessons, typed, meant):
    [pk] = lessons("Echtscheiding, privacie, vertrouwen, actief en een wachtlijst")

    answer = ask(typed)

    assert keys(answer) == [pk]
    assert answer.did_you_mean == meant


@pytest.mark.parametrize("typed", ["arme", "uitkomt"])
def test_a_dutch_word_is_no_slip_of_another(lessons, typed):
    lessons("Een warme uitkomst")

    assert ask(typed).did_you_mean is None


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
    [pk] = lessons(title, **NOTHING)

    assert keys(ask(words)) == [pk]


def test_a_part_of_a_part_is_not_what_was_meant(lessons):
    lessons("De tandarts stond achter", **NOTHING)
    [pk] = lessons("Een achterstand", **NOTHING)

    assert keys(ask("leerachterstand")) == [pk]


def test_half_of_an_unknown_compound_is_asked_for_unless_it_is_everywhere(lessons):
    [pk] = lessons("Samen met een ouder", **NOTHING)
    lessons(*(f"Werk aan {number}" for number in range(9)), **NOTHING)

    assert keys(ask("ouderavond")) == [pk]
    assert keys(ask("werkdruk")) == []


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("De taart", "appeltaart"),
        ("De wazmerk", "wazmerk"),
        ("De wazmerken", "wazmerk"),
        ("De wazmerk", "waz merk"),
    ],
)
def test_what_only_others_see_is_as_missing_as_what_is_nowhere(lessons, title, words):
    """Half of a compound as well, and two words of which one is made."""
    lessons("De fiets")
    [pk] = lessons(title)
    seen = ask(f"fiets {words}").missing
    LessonPage.objects.get(pk=pk).unpublish()
    nowhere = ask(f"fiets {words}")
    lessons(title, audience=Audience.PRACTICE)

    hidden = ask(f"fiets {words}")

    assert seen == []
    assert hidden.missing == nowhere.missing == words.split()
    assert hidden.did_you_mean == nowhere.did_you_mean


def test_how_much_others_see_changes_no_answer(lessons):
    """Neither which half of a compound is common, nor which slip is likely, nor what is rare."""
    lessons(*(f"Een taart {number}" for number in range(6)), **NOTHING)
    lessons("De wazmerp", **NOTHING)
    words = " ".join(f"woord{letter}" for letter in "abcdefghijklmnop")
    questions = ["appeltaart", "wazmerq", f"{words} taart"]
    before = [(ask(each).total, ask(each).did_you_mean) for each in questions]

    lessons(*(f"De wazmerk {number}" for number in range(12)), audience=Audience.PRACTICE)
    lessons(words, audience=Audience.PRACTICE)

    assert [(ask(each).total, ask(each).did_you_mean) for each in questions] == before


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


def test_a_lesson_comes_before_a_practice_that_says_the_same(client, practice):
    """And a word of the glossary comes after them, unless it is what was asked."""
    words = "ouders betrekken bij kraamvisite"
    other = PracticePageFactory(title="Elders", summary=words, vision="")
    lesson = LessonPageFactory(parent=practice, title="Hier", **NOTHING | {"summary": words})
    term = TermFactory(name="Kraam", kind=TermKind.CONCEPT, definition=words)

    def asked(query: str) -> list[str]:
        results = client.get("/zoeken/", {"q": query}).context["results"]
        return [line.title for line in results.lines]

    assert asked("kraamvisite") == [lesson.title, other.title, term.name]
    assert asked("kraam")[0] == term.name


def test_every_page_of_the_list_goes_on_where_the_last_one_ended(site_tree, practice, monkeypatch):
    """Also where more goes down in the order than was looked at."""
    monkeypatch.setattr(ranking, "SPARE", 1)
    for number in range(6):
        PracticePageFactory(title=f"Kraamvisite {number}")
        LessonPageFactory(parent=practice, title=f"Over kraamvisite en meer {number}", **NOTHING)
    whole = look(Role(), "nl").find(Question(words="kraamvisite", limit=100)).hits

    pages = [
        look(Role(), "nl").find(Question(words="kraamvisite", offset=offset, limit=4)).hits
        for offset in (0, 4, 8)
    ]

    assert [hit.pk for page in pages for hit in page] == [hit.pk for hit in whole]
    assert len(whole) == 12


def test_a_word_of_the_title_counts_for_more(lessons):
    [pk] = lessons("Ouders overtuigen", **NOTHING)
    lessons("Anders", **NOTHING | {"lesson": "Overtuigen van ouders, en ouders overtuigen."})

    assert keys(ask("ouders overtuigen"))[0] == pk


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
