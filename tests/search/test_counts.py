"""A number beside a choice is what the choice gives, for this person, in every combination."""

import random
from urllib.parse import urlencode

import pytest

from accounts.roles import role_of
from lessons.models import Outcome
from search.index.finding import Question, look
from search.query import FACET_NAMES, read_query
from search.results import find
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    NewsPageFactory,
    PracticePageFactory,
    TermFactory,
)
from visibility.audience import Audience
from vocabulary.models import TermKind

COMBINATIONS = 6


@pytest.fixture
def full_site(practice, other_practice):
    """A site with a bit of everything, always the same."""
    chance = random.Random(7)
    themes = [TermFactory(name=f"Thema {letter}") for letter in "abcd"]
    practices = [practice, other_practice, PracticePageFactory(title="Emmen")]
    sheets = [DownloadFactory(title=f"Werkblad {number}") for number in range(3)]
    for number in range(24):
        LessonPageFactory(
            parent=chance.choice(practices),
            title=f"Les {number} {chance.choice(['tandem', 'tafel'])}",
            outcome=chance.choice(Outcome.values),
            audience=chance.choice(Audience.values),
            terms=chance.sample(themes, chance.randrange(3)),
            downloads=chance.sample(sheets, chance.randrange(2)),
        )
    for parent in practices:
        DevelopmentPathPageFactory(parent=parent, title=f"Tandem {parent.title}")
        NewsPageFactory(title=f"Tafel {parent.title}", practice_page=parent)


def questions(results):
    """Random questions from the values that the filters offer."""
    chance = random.Random(11)
    offered = {facet.name: [option.value for option in facet.options] for facet in results.facets}
    for _number in range(COMBINATIONS):
        query = {
            name: chance.sample(values, chance.randrange(1, min(3, len(values)) + 1))
            for name, values in offered.items()
            if values and chance.random() < 0.4
        }
        yield query | chance.choice([{}, {"q": "tandem"}, {"q": "les tafel"}])


@pytest.fixture
def find_as(rf):
    """The answer to a question, without the page around it."""

    def find_for(user):
        def answer(address: str):
            request = rf.get(address)
            request.user = user
            return find(read_query(request.GET), request)

        return answer

    return find_for


@pytest.mark.parametrize("person", ["visitor", "other_professional", "leader"])
def test_every_count_is_what_the_click_gives(full_site, find_as, request, person):
    answer = find_as(request.getfixturevalue(person))

    def number(filters: dict) -> int:
        return answer("/zoeken/?" + urlencode(filters, doseq=True)).count

    for query in questions(answer("/zoeken/")):
        results = answer("/zoeken/?" + urlencode(query, doseq=True))
        assert {facet.name for facet in results.facets} == set(FACET_NAMES)
        for facet in results.facets:
            for option in facet.options:
                alone = query | {facet.name: [option.value]}
                assert option.count == number(alone), (query, facet.name, option)
        for choice in results.choices:
            assert choice.count == answer(choice.url).count, (query, choice)


def test_fewer_values_are_the_most_frequent_ones_counted_in_full(full_site, leader):
    looking = look(role_of(leader), "nl")
    whole = looking.find(Question(words="les")).counts

    for most_values in (1, 2, 3):
        counts = looking.find(Question(words="les", most_values=most_values)).counts
        for name, numbers in counts.items():
            most = sorted(whole[name].values(), reverse=True)[:most_values]
            assert sorted(numbers.values(), reverse=True) == most, name
            assert numbers.items() <= whole[name].items(), name


def test_the_kind_of_school_of_a_practice_a_path_and_a_lesson_is_one_filter(client, site_tree):
    kind = TermFactory(name="Basisonderwijs", kind=TermKind.SCHOOL_TYPE)
    practice = PracticePageFactory(title="Orion", terms=[kind])
    DevelopmentPathPageFactory(parent=practice, title="De Bron", school_type=kind)
    LessonPageFactory(parent=practice, title="Begin klein", terms=[kind])
    LessonPageFactory(parent=practice, title="Begin groot")

    facets = {facet.name: facet for facet in client.get("/zoeken/").context["results"].facets}
    (option,) = facets["schoolsoort"].options
    results = client.get("/zoeken/?schoolsoort=basisonderwijs").context["results"]

    assert (option.value, option.label, option.count) == ("basisonderwijs", "Basisonderwijs", 3)
    assert {line.title for line in results.lines} == {"Orion", "De Bron", "Begin klein"}
