"""Practices compared on a question."""

import datetime

import pytest
from django.utils.translation import gettext as _

from lessons.models import Outcome, Strength
from practices.models import Partner
from search.comparing.question import MOST_LESSONS, MOST_SEARCHES
from search.comparing.question_words import MOST_WORDS
from search.index import finding
from search.index.finding import IndexNotReadyError, Look
from search.query import MOST_CHARACTERS
from tests.factories import (
    DownloadFactory,
    LessonPageFactory,
    PracticePageFactory,
    Rows,
    TermFactory,
    UserFactory,
)
from visibility.audience import Audience
from vocabulary.models import TermKind

ADDRESS = "/vergelijken/vraag/"


def ask(client, words="fiets", address=ADDRESS, **parameters):
    response = client.get(address, {"q": words, **parameters})
    assert response.status_code == 200
    return response.context["comparison"]


def titles(comparison) -> list[str]:
    return [column.title for column in comparison.columns]


def lesson(parent, title="Fiets samen", **fields):
    return LessonPageFactory(parent=parent, title=title, **fields)


@pytest.fixture
def three(practice, other_practice):
    """Three practices, in the order of the tree."""
    return [practice, other_practice, PracticePageFactory(title="Emmen", place="Emmen")]


# Which practices


def test_those_that_have_something_to_say_stand_in_the_order_of_the_tree(client, three):
    lesson(three[0], lesson="Iets anders.")
    for number in range(3):
        lesson(three[2], title=f"Fiets fiets {number}", lesson="Fiets, fiets.")

    assert titles(ask(client)) == ["Orion", "Emmen"]


def test_the_practices_that_somebody_chose_stand_there_whatever_they_say(client, three):
    lesson(three[0])

    comparison = ask(client, praktijk=["emmen", "veens-welzijn"])

    assert titles(comparison) == ["Veens Welzijn", "Emmen"]
    assert [column.count.number for column in comparison.columns] == [0, 0]


@pytest.mark.parametrize("chosen", [[], ["orion"], ["veens-welzijn"]])
def test_one_practice_is_no_comparison_so_another_stands_beside_it(client, three, chosen):
    lesson(three[0])

    comparison = ask(client, praktijk=chosen)

    assert titles(comparison) == ["Orion", "Veens Welzijn"]
    assert len(comparison.notices) == len(chosen)


def test_at_most_four_have_a_column(client, three):
    for parent in (*three, *(PracticePageFactory(title=name) for name in ("Almere", "Twente"))):
        lesson(parent)

    by_itself = ask(client)
    chosen = ask(client, praktijk=["twente", "almere", "emmen", "veens-welzijn", "orion"])

    assert titles(by_itself) == ["Orion", "Veens Welzijn", "Emmen", "Almere"]
    assert titles(chosen) == ["Veens Welzijn", "Emmen", "Almere", "Twente"]
    assert len(chosen.notices) == 1
    assert {option.value: option.count for option in by_itself.options}["twente"] == 1


def test_an_ended_practice_comes_last_and_is_marked(client, three):
    three[0].ended_on = datetime.date(2024, 1, 1)
    three[0].save()
    for parent in three:
        lesson(parent)

    assert titles(ask(client))[-1] == _("%(practice)s (ended)") % {"practice": "Orion"}


def test_practices_of_one_name_are_told_apart(client, practice):
    other = PracticePageFactory(title="Orion", place="Assen", slug="orion-2")
    for parent in (practice, other):
        lesson(parent)

    assert titles(ask(client)) == ["Orion, Amsterdam", "Orion, Assen"]


def test_a_choice_that_is_not_available_is_left_out_without_a_name(client, three):
    PracticePageFactory(title="Geheime proef", audience=Audience.PRACTICES)
    lesson(three[0])

    def answer(slug):
        response = client.get(ADDRESS, {"q": "fiets", "praktijk": ["orion", slug, "emmen"]})
        return response.content.decode().replace(slug, "")

    assert answer("geheime-proef") == answer("atlantis-proef")
    assert "Geheime proef" not in answer("geheime-proef")


# What stands in a column


def test_a_column_has_the_best_lessons_with_what_they_learned_and_how_sure_that_is(client, three):
    for number in range(MOST_LESSONS + 2):
        lesson(three[0], title=f"Anders {number}", situation="<p>Fiets mee.</p>", lesson="Begin.")
    lesson(
        three[0],
        title="Fiets",
        lesson="Op de fiets zie je meer.",
        outcome=Outcome.PARTLY,
        strength=Strength.MEASURED,
    )
    DownloadFactory(title="Fiets")

    column = ask(client).columns[0]
    first = column.lessons[0]

    assert len(column.lessons) == MOST_LESSONS
    assert (column.count.number, column.results.number) == (MOST_LESSONS + 3,) * 2
    assert first.line.title == "Fiets"
    assert first.sentence == "Op de <mark>fiets</mark> zie je meer."
    assert first.snippet == ""
    assert "<mark>Fiets</mark> mee." in column.lessons[1].snippet
    html = client.get(ADDRESS, {"q": "fiets"}).content.decode()
    assert str(Outcome.PARTLY.label) in html
    assert str(Strength.MEASURED.label) in html


def test_all_results_of_a_practice_count_more_than_its_lessons(client, practice, other_practice):
    lesson(practice, downloads=[DownloadFactory(title="Fietskaart")])
    practice.partners = Rows([Partner(name="De fiets")])
    practice.save()

    column = ask(client).columns[0]

    assert (column.count.number, column.results.number) == (1, 3)
    assert client.get(column.results.url).context["results"].count == 3


def test_a_practice_without_a_lesson_is_asked_the_question(client, three):
    lesson(three[0])

    html = client.get(ADDRESS, {"q": "fiets"}).content.decode()
    empty = html.partition('<div class="result-group__empty">')[2].partition("</section>")[0]

    assert "Veens Welzijn" in empty
    assert 'href="/contact/veens-welzijn/"' in empty
    assert 'href="/lessen/delen/?praktijk=veens-welzijn"' in empty


# Words


@pytest.fixture
def words(three):
    """Words that all have, that one has, and that two of three have."""
    shared, own, two = (TermFactory(name=name) for name in ("Gedeeld", "Eigen", "Van twee"))
    tag = TermFactory(name="Los woord", kind=TermKind.TAG)
    lesson(three[0], terms=[shared, own, two])
    lesson(three[0], title="Fiets weer", terms=[shared])
    lesson(three[1], terms=[shared, two])
    lesson(three[2], terms=[shared, tag])
    # Not about the question.
    LessonPageFactory(parent=three[1], title="Iets anders", terms=[own, shared])


def test_words_are_shared_by_all_or_stand_with_the_only_one_that_has_them(client, words):
    comparison = ask(client)

    assert [word.label for word in comparison.shared_words] == ["Gedeeld"]
    assert [count.number for count in comparison.shared_words[0].counts] == [2, 1, 1]
    assert [[word.label for word in column.own_words] for column in comparison.columns] == [
        ["Eigen"], [], ["Los woord"],
    ]  # fmt: skip


def test_a_practice_without_a_lesson_takes_no_word_from_the_others(client, words):
    PracticePageFactory(title="Almere")

    comparison = ask(client, praktijk=["orion", "veens-welzijn", "almere"])

    assert [word.label for word in comparison.shared_words] == ["Gedeeld", "Van twee"]
    assert comparison.shared_words[0].counts[2].number == 0


def test_of_a_filter_with_a_choice_no_words_are_named(client, words):
    comparison = ask(client, thema="gedeeld")

    assert comparison.shared_words == []
    assert [choice.label for choice in comparison.choices] == ["Gedeeld"]


def test_so_many_words_are_named_and_no_more(client, practice, other_practice):
    themes = [TermFactory(name=f"Thema {letter}") for letter in "abcdefghijk"]
    for parent in (practice, other_practice):
        lesson(parent, terms=themes)

    assert len(ask(client).shared_words) == MOST_WORDS


# The question


def test_without_a_question_the_page_explains_and_has_a_box(client, three):
    response = client.get(ADDRESS, {"praktijk": "orion", "thema": "", "uitkomst": "worked"})
    html = response.content.decode()

    assert response.context["comparison"].columns == []
    assert 'role="search" action="/vergelijken/vraag/"' in html
    assert '<input type="hidden" name="praktijk" value="orion">' in html
    assert '<input type="hidden" name="uitkomst" value="worked">' in html


def test_filters_carry_over_and_can_be_taken_away(client, three):
    lesson(three[0], outcome=Outcome.WORKED)
    lesson(three[1], outcome=Outcome.NOT)

    comparison = ask(client, uitkomst="not", thema="onzin")

    assert [column.count.number for column in comparison.columns] == [0, 1]
    assert any("thema: onzin" in notice for notice in comparison.notices)
    assert [(choice.label, choice.url) for choice in comparison.choices] == [
        (Outcome.NOT.label, "/vergelijken/vraag/?q=fiets&praktijk=orion&praktijk=veens-welzijn")
    ]


@pytest.mark.parametrize(("kinds", "notices"), [(["download"], 1), (["les", "download"], 0)])
def test_only_lessons_are_compared_whatever_kind_was_chosen(client, three, kinds, notices):
    lesson(three[0])

    comparison = ask(client, soort=kinds)

    assert comparison.columns[0].count.number == 1
    assert len(comparison.notices) == notices


def test_other_words_and_slips_are_told_as_on_the_search_page(client, three):
    lesson(three[0], title="Gebruik de wachttijd")

    comparison = ask(client, "wachtijd")
    precisely = ask(client, "wachtijd", precies="1")

    assert comparison.did_you_mean == "wachttijd"
    assert comparison.meant.url.startswith("/vergelijken/vraag/?q=wachttijd")
    assert "precies=1" in comparison.exactly.url
    assert titles(comparison) == ["Orion", "Veens Welzijn"]
    assert titles(precisely) == []


def test_where_nothing_is_found_there_are_ways_on(client, three):
    html = client.get(ADDRESS, {"q": "xyzzyx"}).content.decode()

    assert "xyzzyx" in html
    assert 'href="/zoeken/?q=xyzzyx"' in html
    assert 'href="/meedoen/#vraag"' in html
    assert "/vergelijken/vraag/export." not in html


def test_a_long_question_is_cut_and_the_limit_named(client, three):
    comparison = ask(client, "fiets " * 1000)

    assert len(comparison.query.words) <= MOST_CHARACTERS
    assert str(MOST_CHARACTERS) in comparison.notices[0]


def test_while_there_is_no_index_the_page_says_so(client, lesson_of_each, monkeypatch):
    def not_ready(*arguments, **options):
        raise IndexNotReadyError

    monkeypatch.setattr(finding, "look", not_ready)

    page = client.get(ADDRESS, {"q": "fiets"})
    file = client.get(f"{ADDRESS}export.csv", {"q": "fiets"})

    assert page.status_code == 200
    for response in (page, file):
        assert "Probeer het over een minuut nog eens." in response.content.decode()
    assert file.status_code == 503


@pytest.fixture
def lesson_of_each(three):
    for parent in three:
        lesson(parent)


# From and to other pages


@pytest.mark.parametrize("group", ["", "&groep=praktijk"])
def test_the_results_of_a_search_lead_here_with_their_filters(client, lesson_of_each, group):
    address = f"/zoeken/?q=fiets&uitkomst=worked&sort=titel{group}"

    results = client.get(address).context["results"]
    html = client.get(address).content.decode()

    assert results.question_address == "/vergelijken/vraag/?q=fiets&uitkomst=worked"
    assert 'href="/vergelijken/vraag/?q=fiets&amp;uitkomst=worked"' in html


@pytest.mark.parametrize("query", ["soort=les", "q=alleenhier", "q=xyzzyx"])
def test_a_search_without_words_or_with_one_practice_does_not_lead_here(
    client, lesson_of_each, practice, query
):
    lesson(practice, title="Alleenhier")

    assert client.get(f"/zoeken/?{query}").context["results"].question_address == ""


def test_in_english_every_address_stays_english(client, lesson_of_each):
    comparison = ask(client, "fiets", f"/en{ADDRESS}")

    assert comparison.address.startswith("/en/vergelijken/vraag/")
    assert comparison.columns[0].count.url.startswith("/en/zoeken/")
    assert comparison.columns[0].url == "/en/praktijken/orion/"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_nothing_found_gives_no_file_but_a_way_back(client, three, form):
    response = client.get(f"{ADDRESS}export.{form}", {"q": "xyzzyx"})

    assert response.status_code == 400
    assert 'href="/vergelijken/vraag/?q=xyzzyx"' in response.content.decode()


def test_a_file_names_the_practice_that_has_nothing(client, three):
    lesson(three[0])

    response = client.get(f"{ADDRESS}export.csv", {"q": "fiets"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert f"Veens Welzijn;{_('No lesson yet')};" in text


# What it costs


@pytest.mark.parametrize("language", ["", "/en"])
def test_more_lessons_take_no_more_queries_and_few_searches(
    client, three, django_assert_max_num_queries, monkeypatch, language
):
    client.force_login(UserFactory())
    searches = []
    real = Look.find
    monkeypatch.setattr(Look, "find", lambda self, asked: searches.append(1) or real(self, asked))

    def cost():
        client.get(f"{language}{ADDRESS}", {"q": "fiets"})
        searches.clear()
        with django_assert_max_num_queries(10) as queries:
            client.get(f"{language}{ADDRESS}", {"q": "fiets"})
        return len(queries), len(searches)

    for parent in three[:2]:
        lesson(parent)
    queries, _few = cost()
    for parent in (*three, PracticePageFactory(title="Almere")):
        for number in range(MOST_LESSONS):
            lesson(parent, title=f"Fiets {number}", terms=[TermFactory(name=f"Thema {number}")])

    assert cost() == (queries, MOST_SEARCHES)
