"""Searching over all practices: what is found, how it is filtered, ordered and shown."""

import datetime

import pytest
from django.utils.translation import gettext as _
from wagtail.models import Locale

from lessons.models import Outcome, Strength
from practices.models import Ring, TeamRole
from search.kinds import Kind
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    InformationPageFactory,
    LessonPageFactory,
    NewsPageFactory,
    PathStepFactory,
    PracticePageFactory,
    TermFactory,
)
from visibility.audience import Audience
from vocabulary.models import Synonym, TermKind

SEARCH = "/zoeken/"


def results_of(client, query="", **parameters):
    response = client.get(SEARCH, {"q": query, **parameters} if query else parameters)
    assert response.status_code == 200
    return response.context["results"]


def titles(results) -> list[str]:
    return [line.title for line in results.lines]


def counts(results, name: str) -> dict[str, int]:
    facet = next(facet for facet in results.facets if facet.name == name)
    return {option.value: option.count for option in facet.options}


@pytest.fixture
def one_of_each(practice):
    """Something of every kind that holds the word `kraamvisite`."""
    sheet = DownloadFactory(title="Werkblad kraamvisite")
    LessonPageFactory(parent=practice, title="Ga mee op kraamvisite", downloads=[sheet])
    PracticePageFactory(title="Kraamvisite Twente")
    DevelopmentPathPageFactory(parent=practice, title="Pad met kraamvisite")
    NewsPageFactory(title="Nieuws over kraamvisite")
    InformationPageFactory(title="Waarom kraamvisite")
    TermFactory(name="Vroeg beginnen", definition="Al bij de kraamvisite.")


@pytest.mark.django_db
def test_every_kind_of_thing_is_found(client, one_of_each):
    results = results_of(client, "kraamvisite")

    assert counts(results, "soort") == {
        "les": 1,
        "praktijk": 1,
        "ontwikkelpad": 1,
        "download": 1,
        "nieuws": 1,
        "thema": 1,
        "pagina": 1,
    }
    assert results.count == 7


def test_lists_of_pages_are_no_results(client, lesson, one_of_each):
    found = titles(results_of(client))

    assert "Praktijken" not in found
    assert "Nieuws" not in found
    assert "Lerende Praktijken" not in found
    assert "Ontwikkelpad" not in found


def test_without_a_question_everything_stands_newest_first(client, practice):
    for day in (3, 1, 2):
        LessonPageFactory(
            parent=practice,
            title=f"Les van dag {day}",
            first_published_at=datetime.datetime(2024, 1, day, tzinfo=datetime.UTC),
        )

    results = results_of(client, soort="les")

    assert titles(results) == ["Les van dag 3", "Les van dag 2", "Les van dag 1"]
    assert [sort.url for sort in results.sorts if sort.current] == ["/zoeken/?soort=les"]


def test_one_of_the_words_is_enough_and_more_words_come_first(client, practice):
    LessonPageFactory(parent=practice, title="Fietsen", lesson="Fietsen naar het schoolplein")
    LessonPageFactory(parent=practice, title="Koffie op het schoolplein", lesson="Koffie helpt")

    found = titles(results_of(client, "koffie schoolplein"))

    assert found == ["Koffie op het schoolplein", "Fietsen"]


@pytest.mark.parametrize(
    "query", ["tafel één", "TAFEL", "(tafel)", "tafel*", '"tafel', "tafel AND"]
)
def test_capitals_marks_and_operators_do_not_matter(client, practice, query):
    LessonPageFactory(parent=practice, title="Werk aan één tafel")

    assert "Werk aan één tafel" in titles(results_of(client, query))


def test_a_word_with_an_accent_is_found_as_it_is_written(client, practice):
    LessonPageFactory(parent=practice, title="Alleen één")

    assert "Alleen één" in titles(results_of(client, "één"))


def test_a_practice_is_found_by_a_role_in_its_team(client, practice):
    practice.title = "Emmen"
    practice.team.add(TeamRole(ring=Ring.CORE, role="Gezinscoach"))
    practice.save_revision().publish()

    assert titles(results_of(client, "gezinscoach")) == ["Emmen"]


def test_a_theme_is_found_by_its_synonym(client, practice):
    theme = TermFactory(name="Samenwerken met ouders")
    Synonym.objects.create(term=theme, word="Educatief partnerschap")
    TermFactory(name="Aanspreekpunt", kind=TermKind.TAG, definition="Partnerschap")

    results = results_of(client, "partnerschap")

    assert titles(results) == ["Samenwerken met ouders"]
    assert results.lines[0].address == f"/themas/{theme.slug}/"


@pytest.mark.parametrize("query", ["autisme", "autistisch spectrum", "ASS", "prikkels"])
def test_a_word_of_the_glossary_is_found_with_its_meaning(client, practice, query):
    word = TermFactory(
        name="Autisme", kind=TermKind.CONCEPT, definition="Prikkels komen anders binnen."
    )
    Synonym.objects.create(term=word, word="Autistisch spectrum")
    Synonym.objects.create(term=word, word="ASS", capitals_only=True)

    line, *others = results_of(client, query).lines

    assert (line.title, line.kind, line.kind_label) == ("Autisme", Kind.THEME, "Algemeen begrip")
    assert line.text == "Prikkels komen anders binnen."
    assert line.text in client.get(SEARCH, {"q": query}).content.decode()
    assert not others


@pytest.mark.parametrize(
    "word",
    [
        {"kind": TermKind.CONCEPT, "definition": ""},
        {"kind": TermKind.CONCEPT, "active": False},
        {"kind": TermKind.TAG},
    ],
)
def test_a_word_that_is_not_in_the_glossary_is_no_result(client, practice, word):
    TermFactory(name="Autisme", **word)

    assert results_of(client, "autisme").count == 0
    assert "Autisme" not in client.get("/begrippen/").content.decode()


def test_a_retired_theme_is_no_result(client, practice):
    TermFactory(name="Oud woord", active=False)

    assert results_of(client, "oud").count == 0


def test_news_of_a_day_to_come_is_not_found(client, site_tree):
    NewsPageFactory(title="Bericht van morgen", date="2999-01-01")

    assert results_of(client, "bericht").count == 0


# Downloads


def test_a_download_is_found_only_when_a_page_offers_it(client, practice):
    DownloadFactory(title="Los werkblad")
    offered = DownloadFactory(title="Werkblad bij een les")
    LessonPageFactory(parent=practice, title="Een les", downloads=[offered])

    results = results_of(client, "werkblad")

    assert titles(results) == ["Werkblad bij een les"]
    assert results.lines[0].address == offered.url
    assert counts(results, "praktijk") == {"orion": 1}


def test_a_download_at_a_step_is_found(client, practice):
    path = DevelopmentPathPageFactory(parent=practice)
    step = PathStepFactory(page=path)
    step.downloads.add(DownloadFactory(title="Agenda"))
    step.save()

    assert titles(results_of(client, "agenda")) == ["Agenda"]


def test_another_form_of_a_sheet_is_no_result_of_its_own(client, practice):
    sheet = DownloadFactory(title="Gesprekskaart")
    word = DownloadFactory(title="Gesprekskaart in Word", alternative_to=sheet)
    LessonPageFactory(parent=practice, downloads=[sheet, word])

    assert titles(results_of(client, "gesprekskaart")) == ["Gesprekskaart"]


# Filters


@pytest.fixture
def lessons(practice, other_practice):
    """Four lessons with different words and outcomes in two practices."""
    parents, plan = TermFactory(name="Ouders"), TermFactory(name="Plan")
    for title, parent, outcome, terms in [
        ("Eerste", practice, Outcome.WORKED, [parents]),
        ("Tweede", practice, Outcome.NOT, [parents, plan]),
        ("Derde", other_practice, Outcome.WORKED, [plan]),
        ("Vierde", other_practice, Outcome.PARTLY, []),
    ]:
        LessonPageFactory(parent=parent, title=title, outcome=outcome, terms=terms)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"praktijk": "orion"}, {"Eerste", "Tweede"}),
        ({"praktijk": ["orion", "veens-welzijn"]}, {"Eerste", "Tweede", "Derde", "Vierde"}),
        ({"thema": "ouders"}, {"Eerste", "Tweede"}),
        ({"thema": ["ouders", "plan"]}, {"Eerste", "Tweede", "Derde"}),
        ({"uitkomst": "worked"}, {"Eerste", "Derde"}),
        ({"uitkomst": ["worked", "partly"], "praktijk": "veens-welzijn"}, {"Derde", "Vierde"}),
        ({"thema": "plan", "uitkomst": "not"}, {"Tweede"}),
        ({"thema": "plan", "uitkomst": "partly"}, set()),
    ],
)
def test_filters_are_or_inside_one_and_and_between(client, lessons, filters, expected):
    assert set(titles(results_of(client, soort="les", **filters))) == expected


def test_a_count_leaves_out_the_own_filter_only(client, lessons):
    results = results_of(client, soort="les", praktijk="orion", uitkomst="worked")

    assert counts(results, "praktijk") == {"orion": 1, "veens-welzijn": 1}
    assert counts(results, "uitkomst") == {"worked": 1, "not": 1}
    assert counts(results, "thema") == {"ouders": 1}


def test_a_choice_that_gives_nothing_is_hidden_unless_it_is_chosen(client, lessons):
    results = results_of(client, soort="les", thema="ouders", uitkomst="partly")

    assert counts(results, "uitkomst") == {"worked": 1, "not": 1, "partly": 0}


def test_each_chosen_filter_can_be_taken_away(client, lessons):
    results = results_of(client, "eerste", soort="les", praktijk=["orion", "veens-welzijn"])

    assert [choice.url for choice in results.choices] == [
        "/zoeken/?q=eerste&praktijk=orion&praktijk=veens-welzijn",
        "/zoeken/?q=eerste&soort=les&praktijk=veens-welzijn",
        "/zoeken/?q=eerste&soort=les&praktijk=orion",
    ]
    assert results.without_filters.url == "/zoeken/?q=eerste"


def test_of_very_many_values_the_most_frequent_show_and_the_others_have_an_address(
    client, practice, monkeypatch
):
    monkeypatch.setattr("search.facets.MOST_SHOWN", 2)
    terms = [TermFactory(name=f"Thema {letter}") for letter in "abcd"]
    for number in range(1, 5):
        LessonPageFactory(parent=practice, title=f"Les {number}", terms=terms[:number])

    def shown(address: str) -> tuple[list[str], bool]:
        facets = client.get(address).context["results"].facets
        facet = next(facet for facet in facets if facet.name == "thema")
        values = [option.value for part in facet.parts for option in part]
        return values, facet.has_others

    letters = {letter: f"thema-{letter}" for letter in "abcd"}
    assert shown("/zoeken/?soort=les") == ([letters["a"], letters["b"]], True)
    assert shown("/zoeken/?soort=les&thema=thema-d")[0] == [letters["d"], letters["a"]]
    assert shown("/zoeken/?soort=les&alle=thema") == (list(letters.values()), False)
    of_api = client.get("/api/v1/search/?soort=les").json()["facets"]["thema"]
    assert [option["value"] for option in of_api] == list(letters.values())


def test_an_ended_practice_is_marked_and_comes_last(client, practice, site_tree):
    PracticePageFactory(title="Almere", ended_on=datetime.date(2023, 7, 1))
    PracticePageFactory(title="Zwolle")

    results = results_of(client)
    facet = next(facet for facet in results.facets if facet.name == "praktijk")

    ended = _("%(practice)s (ended)") % {"practice": "Almere"}
    assert [option.label for option in facet.options] == ["Orion", "Zwolle", ended]
    assert ended in titles(results)


def test_practices_of_one_name_are_told_apart_by_place(client, site_tree):
    PracticePageFactory(title="Samen", place="Assen")
    PracticePageFactory(title="Samen", place="Tiel", slug="samen-tiel")

    facet = next(facet for facet in results_of(client).facets if facet.name == "praktijk")

    assert [option.label for option in facet.options] == ["Samen, Assen", "Samen, Tiel"]


def test_a_filter_offers_no_practice_of_which_nothing_may_be_seen(client, practice):
    PracticePageFactory(title="Geheime proef", audience=Audience.PRACTICES)

    response = client.get(SEARCH)

    assert "geheime-proef" not in counts(response.context["results"], "praktijk")
    assert "Geheime proef" not in response.content.decode()


# Order and pages


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("titel", ["Appel", "éclair", "Zebra"]),
        ("sterkte", ["Zebra", "Appel", "éclair"]),
        ("nieuwste", ["éclair", "Zebra", "Appel"]),
        ("onzin", ["éclair", "Zebra", "Appel"]),
        ("relevantie", ["éclair", "Zebra", "Appel"]),
    ],
)
def test_results_can_be_ordered(client, practice, sort, expected):
    for day, (title, strength) in enumerate(
        [
            ("Appel", Strength.SEVERAL),
            ("Zebra", Strength.RESEARCHED),
            ("éclair", Strength.EXPECTED),
        ],
        start=1,
    ):
        LessonPageFactory(
            parent=practice,
            title=title,
            strength=strength,
            first_published_at=datetime.datetime(2024, 1, day, tzinfo=datetime.UTC),
        )

    assert titles(results_of(client, soort="les", sort=sort)) == expected


def test_the_best_match_is_an_order_only_with_words(client, lesson):
    def values(results):
        return [sort.label for sort in results.sorts]

    assert len(values(results_of(client, "klein"))) == len(values(results_of(client))) + 1


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr("search.results.RESULTS_PER_PAGE", 2)


def test_pages_repeat_nothing_and_lose_nothing(client, practice, small_pages):
    for number in range(5):
        LessonPageFactory(parent=practice, title=f"Les {number}", first_published_at=None)

    pages = [titles(results_of(client, soort="les", page=page)) for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({title for page in pages for title in page}) == 5


def test_a_page_that_is_not_there_gives_another_with_a_notice(client, practice, small_pages):
    for number in range(3):
        LessonPageFactory(parent=practice, title=f"Les {number}")

    for page in ["0", "-1", "abc", "1.5", "9999", "9" * 5000, "\x00"]:
        found = results_of(client, soort="les", page=page)
        assert found.page.number in (1, 2), page
        assert len(found.notices) == 1, page
    assert results_of(client, soort="les", page="2").notices == []


# The page itself


def test_the_page_says_what_was_asked_and_is_not_indexed(client, practice):
    LessonPageFactory(parent=practice, title="Begin <b>klein</b>")

    html = client.get(SEARCH, {"q": "klein <script>"}).content.decode()

    assert "<title>" in html
    assert "klein &lt;script&gt;" in html.partition("<title>")[2].partition("</title>")[0]
    assert "klein &lt;script&gt;" in html.partition("<h1")[2].partition("</h1>")[0]
    assert '<meta name="robots" content="noindex">' in html
    assert "Begin &lt;b&gt;klein&lt;/b&gt;" in html
    assert html.count("<h1") == 1


def test_the_number_of_results_is_announced(client, lesson):
    html = client.get(SEARCH, {"soort": "les"}).content.decode()

    assert 'id="results" tabindex="-1"><span role="status">1 les' in html


def test_the_filters_work_as_a_plain_form_that_keeps_the_question(client, lesson):
    html = client.get(SEARCH, {"q": "klein", "sort": "titel"}).content.decode()
    form = html.partition('<form class="filters"')[2].partition("</form>")[0]

    assert 'action="/zoeken/#results"' in form
    assert '<input type="hidden" name="q" value="klein">' in form
    assert '<input type="hidden" name="sort" value="titel">' in form
    assert '<button class="nl-button nl-button--secondary" type="submit">' in form


def test_nothing_found_says_what_was_asked_and_which_ways_are_open(client, lessons):
    response = client.get(
        SEARCH, {"soort": "les", "uitkomst": "partly", "thema": "plan", "praktijk": "veens-welzijn"}
    )
    results = response.context["results"]

    assert results.count == 0
    assert {choice.label for choice in results.ways_out} == {
        Outcome.PARTLY.label,
        "Plan",
        results.without_filters.label,
    }
    for choice in results.ways_out:
        assert client.get(choice.url).context["results"].count == choice.count > 0
    assert {theme.label for theme in results.themes} == {"Ouders", "Plan"}
    assert 'href="/">' in response.content.decode()


def test_no_way_out_leads_to_nothing_again(client, lessons):
    results = results_of(client, "bestaatniet", soort="les", praktijk="orion")

    assert results.count == 0
    assert results.ways_out == []


# Languages


def test_each_result_stands_there_once_in_the_readers_language(client, site_tree, practice):
    english = Locale.objects.get(language_code="en")
    lesson = LessonPageFactory(parent=practice, title="Begin klein")
    LessonPageFactory(parent=practice, title="Alleen Nederlands")
    translation = lesson.copy_for_translation(english, copy_parents=True)
    translation.title = "Begin small"
    translation.lesson = "Begin small"
    translation.save_revision().publish()

    dutch = client.get("/zoeken/", {"soort": "les"}).context["results"]
    english_results = client.get("/en/zoeken/", {"soort": "les"}).context["results"]

    assert set(titles(dutch)) == {"Begin klein", "Alleen Nederlands"}
    assert {(line.title, line.lang) for line in english_results.lines} == {
        ("Begin small", ""),
        ("Alleen Nederlands", "nl"),
    }
    assert all(line.address.startswith("/en/") for line in english_results.lines)


def test_addresses_stay_within_the_language(client, lesson):
    results = client.get("/en/zoeken/", {"q": "klein", "soort": "les"}).context["results"]

    assert results.without_filters.url == "/en/zoeken/?q=klein"


# Speed


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/zoeken/", "/en/zoeken/?q=klein+ouders&soort=les&thema=ouders"]
)
def test_the_number_of_queries_does_not_grow(
    client, practice, professional, django_assert_max_num_queries, address
):
    def fill(number):
        for place in range(number):
            theme = TermFactory(name=f"Ouders {place} {number}")
            sheet = DownloadFactory(title=f"Werkblad klein {place}")
            LessonPageFactory(parent=practice, terms=[theme], downloads=[sheet])
            PracticePageFactory(title=f"Klein {place} {number}")
            NewsPageFactory(title=f"Klein nieuws {place} {number}")

    TermFactory(name="Ouders")

    def number_of_queries():
        # The first time also reads what is kept in memory.
        client.get(address)
        with django_assert_max_num_queries(25) as queries:
            client.get(address)
        return len(queries)

    client.force_login(professional)
    # Every kind is there already: how many of a kind there are must not matter.
    fill(2)
    few = number_of_queries()
    fill(6)

    # A page without results of some kind needs a query less.
    assert number_of_queries() <= few


def test_a_word_that_nothing_holds_is_named_and_the_others_are_searched(client, lessons):
    results = results_of(client, "eerste xylofoonles")

    assert (bool(results.count), results.missing) == (True, ["xylofoonles"])
    assert "xylofoonles" in client.get("/zoeken/?q=eerste+xylofoonles").content.decode()
    assert not results_of(client, "eerste").missing


def test_from_exact_words_there_is_a_way_back(client, lessons):
    assert results_of(client, "eerste", precies="1").loosely.url == "/zoeken/?q=eerste"
    assert results_of(client, "eerste").loosely is None


@pytest.mark.parametrize("page", ["0", "-1", "-99", "x", ""])
def test_before_the_first_page_there_is_none(client, lessons, page, monkeypatch):
    monkeypatch.setattr("search.results.RESULTS_PER_PAGE", 1)

    assert client.get(f"/zoeken/?q=les&page={page}").context["results"].page.number == 1


def test_by_practice_it_says_what_stands_in_no_group(client, lessons, site_tree):
    NewsPageFactory(title="Eerste nieuws")

    results = results_of(client, "eerste", groep="praktijk")

    assert results.left_out == results.count - sum(group.count for group in results.groups) > 0
    assert results.in_one_list in client.get("/zoeken/?q=eerste&groep=praktijk").content.decode()


def test_where_nothing_is_found_no_empty_filters_stand(client, lessons):
    assert 'class="filters"' not in client.get("/zoeken/?q=asdkjhqwe").content.decode()
