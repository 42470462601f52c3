"""“Would it work with us?”: one's own situation beside every practice."""

import datetime
import re

import pytest
from django.utils.translation import gettext as _

from practices.models import PracticeKind
from search.comparing.situation import Verdict, verdict_on
from search.index import finding
from search.index.copy import IndexNotReadyError
from tests.factories import LessonPageFactory, PracticePageFactory, TermFactory, in_english
from tests.search.people import PEOPLE, READERS, in_state, people
from visibility.audience import Audience
from vocabulary.models import Synonym, TermKind

__all__ = ["people"]

ADDRESS = "/vergelijken/situatie/"
MOST_QUERIES = 15
STATES = [
    *((audience, "live") for audience in READERS),
    (Audience.PUBLIC, "draft"),
    (Audience.PUBLIC, "expired"),
]


@pytest.fixture
def primary(site_tree):
    return TermFactory(name="Basisonderwijs", kind=TermKind.SCHOOL_TYPE, sort_order=1)


@pytest.fixture
def secondary(site_tree):
    return TermFactory(name="Voortgezet onderwijs", kind=TermKind.SCHOOL_TYPE, sort_order=2)


@pytest.fixture
def team_term(site_tree):
    term = TermFactory(name="Wijkteam of gebiedsteam", slug="wijkteam", kind=TermKind.DOMAIN)
    named(term, "wijkteam")
    return term


def named(term, word, **fields):
    Synonym.objects.create(term=term, word=word, **fields)
    term.save()


def check(client, address=ADDRESS, **answers):
    response = client.get(address, answers)
    assert response.status_code == 200
    return response.context["check"]


def rows(checked):
    return {row.title: row for group in checked.groups for row in group.rows}


def point(checked, practice="Orion", name="wijkteam"):
    return next(each for each in rows(checked)[practice].points if each.question.name == name)


# The rules


@pytest.mark.parametrize(
    ("answer", "known", "verdict"),
    [
        ("small", {"small"}, Verdict.SAME),
        ("small", {"small", "large"}, Verdict.SAME),
        ("small", {"large"}, Verdict.DIFFERENT),
        ("small", {"medium", "large"}, Verdict.DIFFERENT),
        ("small", set(), Verdict.UNKNOWN),
        ("", {"small"}, Verdict.UNKNOWN),
        ("", {"small", "large"}, Verdict.UNKNOWN),
        ("", set(), Verdict.UNKNOWN),
    ],
)
def test_unknown_on_either_side_is_never_the_same(answer, known, verdict):
    assert verdict_on(answer, known) == verdict


@pytest.mark.parametrize(
    ("name", "fact", "same", "different"),
    [
        ("grootte", {"school_sizes": ["small", "large"]}, "large", "medium"),
        ("omgeving", {"surroundings": ["village"]}, "village", "city"),
        ("wijkteam", {"team_at_school": ["when_needed"]}, "when_needed", "at_school"),
        ("budget", {"budget_holders": ["municipality"]}, "municipality", "together"),
    ],
)
def test_each_fact_of_a_practice_is_laid_beside_the_answer(
    client, other_practice, name, fact, same, different
):
    practice = PracticePageFactory(title="Orion", **fact)

    known = [label for value in next(iter(fact.values())) for label in [labels_of(practice)[value]]]
    for answer, verdict in [(same, Verdict.SAME), (different, Verdict.DIFFERENT)]:
        checked = check(client, **{name: answer})
        assert point(checked, "Orion", name).verdict == verdict
        assert [each.label for each in point(checked, "Orion", name).known] == known
        assert point(checked, "Veens Welzijn", name).verdict == Verdict.UNKNOWN
        assert point(checked, "Veens Welzijn", name).known == ()


def labels_of(practice):
    fields = ("school_sizes", "surroundings", "team_at_school", "budget_holders")
    return {
        answer.value: str(answer.label)
        for name in fields
        for answer in practice._meta.get_field(name).answers
    }


def test_the_kind_of_school_is_that_of_the_words_of_the_practice(
    client, other_practice, primary, secondary
):
    PracticePageFactory(title="Orion", terms=[primary])

    checked = check(client, schoolsoort=primary.slug)
    assert point(checked, "Orion", "schoolsoort").verdict == Verdict.SAME
    assert point(checked, "Veens Welzijn", "schoolsoort").verdict == Verdict.UNKNOWN
    checked = check(client, schoolsoort=secondary.slug)
    assert point(checked, "Orion", "schoolsoort").verdict == Verdict.DIFFERENT


def test_what_the_reader_does_not_know_is_not_compared(client, practice):
    checked = check(client, wijkteam="at_school", grootte="", budget="")

    assert [each.question.name for each in rows(checked)["Orion"].points] == ["wijkteam"]
    assert "leerlingen" not in table_of(client, wijkteam="at_school", grootte="")


def table_of(client, **answers):
    html = client.get(ADDRESS, answers).content.decode()
    return html.partition("<table")[2].partition("</table>")[0]


def test_without_an_answer_there_are_only_the_questions(client, practice):
    for answers, number in [({}, 0), ({"wijkteam": ""}, 1), ({"wijkteam": "onzin"}, 1)]:
        response = client.get(ADDRESS, answers)

        assert len(response.context["check"].notices) == number
        assert response.context["check"].groups == []
        assert "<table" not in response.content.decode()
        assert response.content.decode().count("<select") == 5


# The order says nothing


def test_practices_keep_their_order_however_much_is_the_same(client, site_tree):
    ended = datetime.date(2024, 1, 1)
    PracticePageFactory(title="Voorbij", team_at_school=["at_school"], ended_on=ended)
    PracticePageFactory(title="Elders", kind=PracticeKind.ELSEWHERE, team_at_school=["at_school"])
    for title, known in [("Anders", ["not"]), ("Onbekend", []), ("Hetzelfde", ["at_school"])]:
        PracticePageFactory(title=title, team_at_school=known)

    groups = check(client, wijkteam="at_school").groups

    assert [[row.title for row in group.rows] for group in groups] == [
        ["Anders", "Onbekend", "Hetzelfde"],
        ["Elders"],
        [_("%(practice)s (ended)") % {"practice": "Voorbij"}],
    ]


# The lessons about it


def test_a_number_of_lessons_is_what_its_link_gives(
    client, practice, other_practice, primary, team_term
):
    conditions = TermFactory(name="Randvoorwaarden", kind=TermKind.ELEMENT)
    named(conditions, "financiering", one_way=True)
    LessonPageFactory(parent=practice, title="Eén", terms=[primary, team_term])
    LessonPageFactory(parent=practice, title="Twee", terms=[team_term, conditions])
    LessonPageFactory(parent=practice, title="Drie", lesson="In een dorp kent iedereen elkaar.")
    LessonPageFactory(parent=other_practice, title="Vier", terms=[primary, team_term])

    checked = check(
        client, schoolsoort=primary.slug, omgeving="city", wijkteam="not", budget="school"
    )

    for name in ("schoolsoort", "wijkteam", "budget"):
        assert not point(checked, "Orion", name).found[0].subject.is_words, name
    numbers = {"schoolsoort": 1, "omgeving": 1, "wijkteam": 2, "budget": 1}
    for name, number in numbers.items():
        (lessons,) = point(checked, "Orion", name).found
        results = client.get(lessons.url).context["results"]
        assert (lessons.count, results.count) == (number, number), name
        assert {line.practice_slug for line in results.lines} == {"orion"}, name
    assert point(checked, "Veens Welzijn", "wijkteam").found[0].count == 1
    assert point(checked, "Veens Welzijn", "omgeving").found == []


def test_a_term_of_the_vocabulary_comes_before_words_in_a_text(client, practice):
    LessonPageFactory(parent=practice, title="In woorden", lesson="In een dorp, niet in een stad.")
    (by_words,) = point(check(client, omgeving="city"), name="omgeving").found
    assert by_words.subject.is_words

    theme = TermFactory(name="Waar de school staat", kind=TermKind.THEME)
    named(theme, "platteland")
    LessonPageFactory(parent=practice, title="Met het woord", terms=[theme])

    (by_term,) = point(check(client, omgeving="city"), name="omgeving").found
    assert by_term.url == f"/zoeken/?soort=les&thema={theme.slug}&praktijk=orion"
    assert [line.title for line in client.get(by_term.url).context["results"].lines] == [
        "Met het woord"
    ]


def test_a_free_tag_does_not_take_the_place_of_the_words(client, practice):
    tag = TermFactory(name="Dorp", kind=TermKind.TAG)
    LessonPageFactory(parent=practice, title="Eén", terms=[tag])
    LessonPageFactory(parent=practice, title="Twee", lesson="Zo doe je dat in een dorp.")

    (lessons,) = point(check(client, omgeving="city"), name="omgeving").found

    assert lessons.subject.is_words
    assert lessons.count == client.get(lessons.url).context["results"].count == 2


def test_terms_of_two_filters_are_two_links(client, practice, team_term):
    theme = TermFactory(name="Naast het wijkteam", kind=TermKind.THEME)
    named(theme, "wijk-team")
    LessonPageFactory(parent=practice, terms=[theme, team_term])

    found = point(check(client, wijkteam="not")).found

    assert sorted(lessons.url for lessons in found) == [
        "/zoeken/?soort=les&domein=wijkteam&praktijk=orion",
        f"/zoeken/?soort=les&thema={theme.slug}&praktijk=orion",
    ]


@pytest.mark.parametrize(
    ("known", "is_said"), [(["not"], True), (["at_school"], True), ([], False)]
)
def test_a_known_fact_without_a_lesson_says_so_and_invites_to_share_one(
    client, team_term, known, is_said
):
    PracticePageFactory(title="Orion", team_at_school=known)

    html = client.get(ADDRESS, {"wijkteam": "at_school"}).content.decode()
    main = html.partition("<main")[2].partition("</main>")[0]

    assert (_("no lesson yet about") in main) is is_said
    assert (f'href="/lessen/delen/">{_("Share a lesson")}' in main) is is_said


def test_while_there_is_no_index_the_facts_are_there_without_numbers(client, practice, monkeypatch):
    def not_ready(*arguments, **options):
        raise IndexNotReadyError

    monkeypatch.setattr(finding, "look", not_ready)

    checked = check(client, wijkteam="at_school")

    assert point(checked).verdict == Verdict.UNKNOWN
    assert point(checked).found == []
    assert len(checked.notices) == 1


# Who may see what


@pytest.mark.parametrize(("audience", "state"), STATES)
def test_a_lesson_counts_for_those_who_may_see_it(people, practice, team_term, audience, state):
    LessonPageFactory(parent=practice, title="Open", terms=[team_term])
    LessonPageFactory(
        parent=practice, title="Besloten", audience=audience, terms=[team_term], **in_state(state)
    )

    for person, browser in people.items():
        sees = state == "live" and person in READERS[audience]
        (lessons,) = point(check(browser, wijkteam="at_school")).found
        assert lessons.count == (2 if sees else 1), person
        assert browser.get(lessons.url).context["results"].count == lessons.count, person


@pytest.mark.parametrize(("audience", "state"), STATES)
def test_a_practice_stands_there_for_those_who_may_see_it(
    people, practice, other_practice, audience, state
):
    LessonPageFactory(parent=practice, lesson="In het dorp.")
    for name, value in {"audience": audience, **in_state(state)}.items():
        setattr(practice, name, value)
    practice.save()

    for person, browser in people.items():
        sees = state == "live" and person in READERS[audience]
        response = browser.get(ADDRESS, {"omgeving": "village"})
        assert ("Orion" in rows(response.context["check"])) is sees, person
        assert ("Orion" in response.content.decode()) is sees, person
        assert "Veens Welzijn" in rows(response.context["check"]), person


def test_all_five_roles_are_asked(people):
    assert list(people) == PEOPLE
    assert len(PEOPLE) == 5


# Addresses


@pytest.mark.parametrize(
    ("query", "given", "notice"),
    [
        ("grootte=small", {"grootte": "small"}, ""),
        ("grootte=small&grootte=small", {"grootte": "small"}, ""),
        ("grootte=+small+&budget=", {"grootte": "small"}, ""),
        ("grootte=small&grootte=large", {"grootte": "small"}, "Grootte van de school"),
        ("grootte=onzin", {}, "grootte: onzin"),
        ("grootte=onzin&grootte=large", {"grootte": "large"}, "grootte: onzin"),
        ("grootte=SMALL&wijkteam=not", {"wijkteam": "not"}, "grootte: SMALL"),
        ("schoolsoort=basisonderwijs", {"schoolsoort": "basisonderwijs"}, ""),
        ("schoolsoort=geheim&omgeving=%3Cb%3E", {}, "schoolsoort: geheim, omgeving: &lt;b&gt;"),
        ("budget=" + "x" * 5000, {}, "budget: " + "x" * 40 + "…"),
        ("budget=a%00b", {}, "budget: a b"),
        ("onzin=1&praktijk=orion", {}, ""),
    ],
)
def test_an_answer_that_cannot_be_used_is_left_out_and_named(
    client, practice, primary, query, given, notice
):
    response = client.get(f"{ADDRESS}?{query}")
    situation = response.context["check"].situation

    assert response.status_code == 200
    assert {question.name: question.given for question in situation.answered} == given
    assert bool(situation.notices) is bool(notice)
    assert notice in response.content.decode()


def test_the_address_to_share_has_the_answers_and_nothing_else(client, practice):
    checked = check(client, grootte="small", budget="", omgeving="onzin", utm="x")

    assert checked.situation.address == f"{ADDRESS}?grootte=small"
    assert checked.whole_address.endswith(f"{ADDRESS}?grootte=small")


def test_the_answers_stay_in_the_form(client, practice):
    html = client.get(ADDRESS, {"grootte": "medium"}).content.decode()

    assert '<option value="medium" selected>' in html
    assert html.count(" selected>") == 1


def test_a_word_that_is_not_used_any_more_still_works_in_an_old_address(client, primary):
    primary.active = False
    primary.save()
    PracticePageFactory(title="Orion", terms=[primary])

    asked = client.get(ADDRESS, {"schoolsoort": "basisonderwijs"})

    assert point(asked.context["check"], name="schoolsoort").verdict == Verdict.SAME
    assert '<option value="basisonderwijs" selected>' in asked.content.decode()
    assert 'value="basisonderwijs"' not in client.get(ADDRESS).content.decode()


# The page


def test_it_is_a_real_table_and_the_same_as_a_list(client, practice, other_practice):
    html = client.get(ADDRESS, {"wijkteam": "not", "budget": "school"}).content.decode()
    table = html.partition("<table")[2].partition("</table>")[0]

    assert table.count("<caption") == 1
    assert table.count('<th scope="col"') == 3
    assert table.count('<th scope="row"') == 2
    assert html.count('<li class="row-list__item">') == 2
    assert html.count("<h1") == 1
    assert not re.search(r"\d+\s*%", table)


def test_the_practices_that_somebody_picks_are_compared(client, practice, other_practice):
    html = client.get(ADDRESS, {"wijkteam": "not"}).content.decode()

    form = html.partition('<form action="/vergelijken/">')[2].partition("</form>")[0]
    for slug in ("orion", "veens-welzijn"):
        assert f'type="checkbox" name="praktijk" value="{slug}"' in form


def test_it_works_in_english(client, primary):
    practice = PracticePageFactory(title="Orion", surroundings=["city"], terms=[primary])
    LessonPageFactory(parent=practice, terms=[primary])
    in_english(practice, title="Orion in English")

    checked = check(client, f"/en{ADDRESS}", schoolsoort=primary.slug, omgeving="city")

    english = rows(checked)["Orion in English"]
    assert [each.verdict for each in english.points] == [Verdict.SAME, Verdict.SAME]
    assert english.points[1].known[0].label == "In a city or town"
    assert english.points[0].known[0].lang == "nl"
    (lessons,) = english.points[0].found
    assert lessons.url == "/en/zoeken/?soort=les&schoolsoort=basisonderwijs&praktijk=orion"
    assert client.get(lessons.url).context["results"].count == 1


@pytest.mark.parametrize("address", ["/vergelijken/", "/praktijken/orion/"])
def test_the_way_to_it_carries_nothing(client, practice, address):
    assert f'href="{ADDRESS}"' in client.get(address).content.decode()


def test_thirty_practices_ask_no_more_than_three(
    client, practice, professional, primary, team_term, django_assert_max_num_queries
):
    def fill(start, end):
        for number in range(start, end):
            parent = PracticePageFactory(
                title=f"Praktijk {number}", team_at_school=["not"], terms=[primary]
            )
            LessonPageFactory(parent=parent, title=f"Les {number}", terms=[primary, team_term])

    answers = {
        **{"schoolsoort": "basisonderwijs", "grootte": "small", "omgeving": "city"},
        **{"wijkteam": "at_school", "budget": "school"},
    }
    client.force_login(professional)

    def number_of_queries(address):
        # The first time also reads what is kept in memory.
        client.get(address, answers)
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            checked = check(client, address, **answers)
        return len(queries), len(rows(checked))

    addresses = [ADDRESS, f"/en{ADDRESS}"]
    fill(0, 2)
    few = [number_of_queries(address)[0] for address in addresses]
    fill(2, 29)

    assert [number_of_queries(address) for address in addresses] == [(number, 30) for number in few]
