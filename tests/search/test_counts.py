"""A number beside a choice is what the choice gives, for this person, in every combination."""

import random

import pytest

from lessons.models import Outcome
from search.query import FACET_NAMES
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    NewsPageFactory,
    PracticePageFactory,
    TermFactory,
)
from visibility.audience import Audience

COMBINATIONS = 40


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


@pytest.mark.parametrize("person", ["visitor", "other_professional", "leader"])
def test_every_count_is_what_the_click_gives(client, full_site, request, person):
    user = request.getfixturevalue(person)
    if user.is_authenticated:
        client.force_login(user)

    def count(query):
        return client.get("/zoeken/", query).context["results"].count

    known: dict[str, int] = {}
    for query in questions(client.get("/zoeken/").context["results"]):
        results = client.get("/zoeken/", query).context["results"]
        for facet in results.facets:
            for option in facet.options:
                alone = query | {facet.name: [option.value]}
                key = repr(sorted((name, sorted(value)) for name, value in alone.items()))
                known[key] = known[key] if key in known else count(alone)
                assert option.count == known[key], (query, facet.name, option)
        for choice in results.choices:
            assert choice.count == client.get(choice.url).context["results"].count
    assert set(FACET_NAMES) == {facet.name for facet in results.facets}
