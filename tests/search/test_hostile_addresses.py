"""Whatever stands in an address, the page answers, and says what it left out."""

from urllib.parse import quote, urlencode

import pytest

from search.query import MOST_CHARACTERS, MOST_VALUES
from tests.factories import LessonPageFactory

ADDRESSES = [
    *("/zoeken/", "/en/zoeken/", "/vergelijken/", "/en/vergelijken/"),
    *("/vergelijken/situatie/", "/en/vergelijken/situatie/"),
    *("/vergelijken/paden/", "/en/vergelijken/paden/"),
    *("/vergelijken/vraag/", "/en/vergelijken/vraag/"),
]

HOSTILE = [
    "q=",
    "q=%00",
    "q=a%00b&praktijk=%00",
    "q=%ff%fe",
    "q=%",
    "q=%zz&praktijk=%e0%a4%a",
    "q=%ed%a0%80",
    "&&&=&==&?&q",
    "q[]=a&q[0]=b",
    "q=de+het",
    "q=!!!",
    "q=%22",
    "q=%22open",
    "q=AND+OR+NOT",
    "q=NEAR(a+b)",
    "q=a*+-b+^c+%7Btitle%7D:d",
    "q=%25+_+%5C",
    "q='+OR+1=1;--",
    "q=a%26b|c!(d:*)<->e",
    "q=%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7",
    "q=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7",
    "q=%E2%80%AE%E2%80%8B%E2%81%A9",
    "q=%3Cscript%3Ealert(1)%3C/script%3E",
    "q=" + "a" * 5000,
    "q=" + "a+" * 2500,
    "q=" + "x%CC%81" * 1500,
    "q=eerste&q=tweede&q=",
    "page=0",
    "page=-1",
    "page=abc",
    "page=9999",
    "page=" + "9" * 5000,
    "page=1&page=2",
    "page=%00",
    "page=1e3",
    "page=nan",
    "sort=onzin",
    "sort=%00&sort=relevantie",
    "soort=onzin",
    "soort=les&soort=les&soort=LES",
    "praktijk=../../etc/passwd",
    "praktijk=" + "x" * 5000,
    "&".join(f"praktijk=p{number}" for number in range(200)),
    "&".join(f"thema={number}" for number in range(200)),
    "thema=%27%22%3E%3Cimg+src=x%3E",
    "uitkomst=worked&uitkomst=%00",
    "school=de-bron&jaar=2021&tag[]=x",
    "verschillen=1",
    "verschillen=%00&verschillen=ja",
    "praktijk=orion&praktijk=orion",
    "grootte=small&grootte=large&budget=%00&wijkteam=" + "x" * 5000,
    "&".join(f"omgeving=plaats{number}" for number in range(200)),
    "omgeving=city&schoolsoort=%27%22%3E%3Cimg+src=x%3E",
    "school=orion/../x&school=%00&school=" + "x/" * 2500,
    "&".join(f"school=orion/s{number}" for number in range(200)),
    "praktijk=orion&school=orion/de-bron&themas=alle&themas=%00",
    "q=klein&praktijk=orion&praktijk=%00&soort=download&thema=x",
    "praktijk=orion&praktijk=veens-welzijn&verschillen=1&page=-1",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_hostile_address_gives_a_page(client, lesson, other_practice, address):
    for query in HOSTILE:
        response = client.get(f"{address}?{query}")
        html = response.content.decode()

        assert response.status_code == 200, query
        assert "<script>alert" not in html, query
        assert "<img src" not in html, query
        assert "\x00" not in html, query


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_an_address_is_only_read(client, site_tree, address, method):
    assert getattr(client, method)(address).status_code == 405


def test_every_link_on_a_page_with_bad_filters_is_a_good_address(client, lesson):
    bad = quote('"><b>x', safe="")

    html = client.get(f"/zoeken/?q={bad}&soort=les&thema={bad}").content.decode()

    assert '"><b>x' not in html


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("soort=onzin", "soort: onzin"),
        ("praktijk=atlantis", "praktijk: atlantis"),
        ("thema=niets&thema=nergens", "thema: niets, thema: nergens"),
        ("uitkomst=werkte", "uitkomst: werkte"),
        ("school=de-bron", "school: de-bron"),
        ("thema=" + "x" * 500, "thema: " + "x" * 40 + "…"),
        ("thema=%3Cb%3E", "thema: &lt;b&gt;"),
    ],
)
def test_a_refused_filter_is_named(client, lesson, query, named):
    response = client.get(f"/zoeken/?{query}")

    assert named in response.content.decode()


def test_a_good_filter_still_holds_beside_a_bad_one(client, lesson, other_practice):
    LessonPageFactory(parent=other_practice, title="Van Veens")

    results = client.get("/zoeken/?soort=les&praktijk=veens-welzijn&thema=onzin").context["results"]

    assert [line.title for line in results.lines] == ["Van Veens"]


def test_a_hidden_practice_is_refused_in_the_same_words_as_an_unknown_one(
    client, lesson, other_practice
):
    other_practice.audience = "practices"
    other_practice.save()

    def answer(slug):
        html = client.get("/zoeken/", {"praktijk": slug}).content.decode()
        return html.replace(slug, "")

    assert answer("veens-welzijn") == answer("atlantis-niets")


def test_a_question_is_used_up_to_a_limit_that_is_named(client, lesson):
    response = client.get("/zoeken/", {"q": "klein " * 100})
    results = response.context["results"]

    assert len(results.query.words) <= MOST_CHARACTERS
    assert str(MOST_CHARACTERS) in results.notices[0]
    assert results.count


def test_so_many_choices_of_a_filter_are_used_and_the_limit_is_named(client, lesson):
    values = [f"p{number}" for number in range(MOST_VALUES)] + ["orion"]

    results = client.get("/zoeken/?" + urlencode({"praktijk": values}, doseq=True)).context[
        "results"
    ]

    assert any(str(MOST_VALUES) in notice for notice in results.notices)
    assert results.query.filters == {}
