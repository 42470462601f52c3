"""Whatever somebody sends: an answer, never an error of ours, and never another page's text.

The addresses come from the URL configuration and the page tree, so a new one is in this table by
itself.
"""

import re
from urllib.parse import quote

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from content.models import ContentPage
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    InformationPageFactory,
    LessonPageFactory,
    NewsPageFactory,
    PathStepFactory,
    PracticePageFactory,
    TermFactory,
    in_english,
    make_site,
)
from tests.made_once import made_once, making

pytestmark = pytest.mark.xdist_group("hostile input")

# Not for visitors: Wagtail's own admin has tests of its own.
NOT_PUBLIC = {"beheer/", "__debug__/"}

# Every parameter that some address knows, and some that none does.
PARAMETERS = [
    *("q", "page", "sort", "soort", "praktijk", "thema", "uitkomst", "school", "element", "jaar"),
    *("schoolsoort", "grootte", "omgeving", "wijkteam", "budget"),
    *("taal", "verschillen", "as", "rijen", "next", "letter", "id", "constructor", "__proto__"),
    *("les", "pad", "geleegd", "vol"),
]
VALUES = [
    "",
    "a" * 5000,
    "%00",
    "a%00b",
    "%",
    "%zz",
    "%c3%28",
    "%ff%fe",
    "%ed%a0%80",
    "%0d%0aSet-Cookie:%20a=b",
    *(quote(text) for text in ["'", '"', "''\"", "') OR 1=1 --", '"; DROP TABLE content; --']),
    *(
        quote(text)
        for text in ["*", "AND", "a OR", "NEAR(a b)", "title:a", "-a", "^a", "(((", "a\\"]
    ),
    *(quote(text) for text in ["👩‍👧", "شكر", "\u202etxt.exe", "\u200b\u200d", "e\u0301" * 300]),
    *(quote(text) for text in ["<script>alert(1)</script>", "{{ 7|add:7 }}", "../../etc/passwd"]),
    *(
        "0",
        "-1",
        "abc",
        "9999999999999999999",
        "1e309",
        "1.5",
        "NaN",
        quote("\u0661"),
        "+1",
        "0x10",
    ),
    *("//elders.example/", "https://elders.example/", "javascript:alert(1)"),
]
STRANGE_QUERIES = [
    "&&&",
    "===",
    ";;;",
    "?",
    "page[]=1&q[0]=a&q[a][b]=c&soort[]=les",
    "&".join(["soort=les&praktijk=orion"] * 500),
    "&".join(f"praktijk=p{number}" for number in range(300)),
    "q=a&q=b&q=&page=1&page=2&sort=x&sort=titel",
    "q=" + "a+" * 3000,
    "%3Dq=%3D&%00=%00",
]
STRANGE_PATHS = [
    b"/\x00", b"/a\x00b/", b"//", b"///", b"//elders.example/", b"/\\elders.example/", b"/..",
    b"/./",
    b"/" + b"a" * 5000 + b"/", b"/" + b"a/" * 2000, b"/praktijken/" + b"a" * 5000 + b"/",
    b"/\xff\xfe/", b"/\xed\xa0\x80/", b"/%2e%2e/", b"/[/", b"//[", b"//[::1]:x/", b"/;a=b/", b"/%/",
    b"/a\r\nSet-Cookie: a=b/", b"/<script>alert(1)</script>/", "/👩‍👧/".encode(), "/שלום/".encode(),
    "/\u202e/".encode(), b"/en/\x00/", b"/EN/\x00/", b"/en//elders.example/", b"/en", b"/ENN/",
    b"/'/", b'/"/', b"/praktijken/'--/", b"/praktijken/orion/downloads/x/", b"/*/", b"/A\xff/",
    b"/les/0/", b"/les/-1/", b"/les/9999999999999999999/", b"/les/" + b"9" * 400 + b"/",
    b"/documenten/9999999999999999999/x.pdf", b"/documenten/1/\x00.pdf", b"/documenten/1/../x",
    b"/media/images/\x00", b"/media/images/../../x", b"/media/" + b"a" * 5000,
]  # fmt: skip


@pytest.fixture(scope="module")
def made_site(django_db_setup, django_db_blocker):
    """A page of every type, a translation and a word."""
    with made_once(django_db_blocker):
        with making(django_db_blocker):
            values = make_full_site()
        yield values


def make_full_site():
    make_site()
    practice = PracticePageFactory()
    PracticePageFactory(title="Veens Welzijn", place="Veenendaal")
    PathStepFactory(page=DevelopmentPathPageFactory(parent=practice))
    term = TermFactory(name="Ouders")
    lesson = LessonPageFactory(parent=practice, terms=[term], downloads=[DownloadFactory()])
    in_english(lesson, title="Start small")
    NewsPageFactory()
    InformationPageFactory(slug="over")
    return {"slug": term.slug, "number": lesson.number}


@pytest.fixture
def full_site(db, made_site):
    return made_site


def routes(patterns, prefix="", above=()):
    """Each route of the URL configuration that is not a regular expression of Wagtail's."""
    for pattern in patterns:
        route = str(pattern.pattern)
        if route in NOT_PUBLIC:
            continue
        if isinstance(pattern, URLResolver):
            converters = (*above, *pattern.pattern.converters)
            yield from routes(pattern.url_patterns, prefix + route, converters)
        elif isinstance(pattern, URLPattern) and not route.startswith("^"):
            yield f"/{prefix}{route}", (*above, *pattern.pattern.converters)


def addresses(site):
    """Every address of our own with values that exist, and every live page."""
    for route, converters in routes(get_resolver().url_patterns):
        address = route
        for name in converters:
            address = re.sub(rf"<[^<>]*{name}>", str(site.get(name, 1)), address)
        yield address
    for page in ContentPage.objects.live():
        yield page.url
    yield "/praktijken/orion/downloads/"


def assert_answered(response, request):
    assert response.status_code in {200, 301, 302, 304, 400, 403, 404, 405, 410, 416}, request
    location = response.get("Location", "")
    assert not location.startswith(("//", "/\\", "http")), f"{request} leads to {location}"
    if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
        assert b"<script>alert(1)" not in response.content, request
        assert b"7|add:7" in response.content or b"{{" not in response.content, request


def test_the_table_has_every_address(full_site):
    found = set(addresses(full_site))

    assert {"/zoeken/", "/themas/ouders/", "/les/1/", "/healthz", "/", "/nieuws/"} <= {
        re.sub(r"/les/\d+/", "/les/1/", address) for address in found
    }
    assert not [address for address in found if "<" in address]


def mixed_query(turn):
    """Each parameter with another value; over enough turns each value comes by."""
    values = [
        VALUES[(turn * len(PARAMETERS) + place) % len(VALUES)] for place in range(len(PARAMETERS))
    ]
    return "&".join(f"{name}={value}" for name, value in zip(PARAMETERS, values, strict=True))


MIXED_QUERIES = [mixed_query(turn) for turn in range(len(VALUES) // len(PARAMETERS) + 1)]


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_query_string_breaks_an_address(client, full_site, language):
    queries = [*MIXED_QUERIES, *STRANGE_QUERIES[: 3 if language else None]]

    for address in sorted(set(addresses(full_site))):
        if language and address.startswith(language):
            continue
        for query in queries:
            response = client.get(language + address, QUERY_STRING=query)
            assert_answered(response, f"{language}{address}?{query[:80]}")


@pytest.mark.parametrize(
    "address",
    [
        *("/zoeken/", "/vergelijken/", "/vergelijken/paden/", "/vergelijken/situatie/"),
        *("/zoeken/", "/vergelijken/", "/vergelijken/matrix/", "/vergelijken/matrix/export.csv"),
        *("/praktijken/orion/lessen/", "/nieuws/", "/themas/ouders/"),
    ],
)
def test_no_value_breaks_a_list(client, full_site, address):
    for value in VALUES:
        query = "&".join(f"{name}={value}" for name in PARAMETERS)
        assert_answered(client.get(address, QUERY_STRING=query), f"{address}?...={value[:80]}")


@pytest.mark.parametrize(
    "address", ["/zoeken/", "/praktijken/orion/lessen/", "/nieuws/", "/themas/ouders/"]
)
def test_a_page_number_that_is_not_there_gives_a_page_that_is(client, full_site, address):
    for value in ("0", "-1", "abc", "9999999999999999999", "1.5", "%00", "", "1e9"):
        assert client.get(address, QUERY_STRING=f"page={value}").status_code == 200, value


def test_no_path_breaks_the_site(client, full_site):
    for path in STRANGE_PATHS:
        # A server hands on the bytes of a path as if they were Latin letters.
        response = client.get("/", PATH_INFO=path.decode("latin-1"))
        assert_answered(response, path[:80])


def test_no_value_in_a_path_breaks_an_address(client, full_site):
    strange = [
        "a" * 5000,
        "0",
        "9" * 400,
        "-1",
        "x\x00y",
        "'",
        '"',
        "*",
        "<b>",
        "👩‍👧",
        "é",
        "..",
        "%",
    ]

    for route, converters in routes(get_resolver().url_patterns):
        for value in strange if converters else []:
            address = re.sub(r"<[^<>]+>", lambda _: value, route)  # noqa: B023
            response = client.get("/", PATH_INFO=address.encode().decode("latin-1"))
            assert_answered(response, address[:80])


HEADERS = [
    {"x-forwarded-host": "elders.example"},
    {"x-forwarded-host": "elders.example", "x-forwarded-proto": "https", "x-forwarded-port": "1"},
    {"forwarded": "host=elders.example;proto=https"},
    {"x-original-url": "/beheer/", "x-rewrite-url": "/beheer/"},
    {"accept-language": "a" * 5000},
    {"accept-language": "en;q=\x00,*;q=nan"},
    {"cookie": "sessionid=a" + "b" * 4000 + "; csrftoken='; messages=x"},
    {"cookie": "selectie=les=1&les=%00&praktijk=<script>; selectie=" + "pad=a/b&" * 500},
    {"cookie": "sessionid=..%2f..; django_language=../x; =;;;"},
    {"accept": "application/json"},
    {"range": "bytes=0-1,5-9999999999999999999"},
    {"if-modified-since": "never", "if-none-match": '"*"'},
    {"referer": "javascript:alert(1)", "user-agent": "\x7f" * 300},
    {"x-http-method-override": "DELETE"},
    {"content-length": "-1"},
    {"x-requested-with": "XMLHttpRequest"},
    {"authorization": "Basic !!!"},
]


@pytest.mark.parametrize(
    "address", ["/", "/zoeken/?q=klein", "/account/inloggen/", "/feeds/lessen.atom", "/nergens/"]
)
def test_no_header_breaks_or_bends_a_page(client, site_tree, address):
    for headers in HEADERS:
        response = client.get(address, headers=headers)

        assert_answered(response, f"{address} {headers}"[:200])
        assert b"elders.example" not in response.content


def test_no_method_breaks_an_address(client, full_site):
    for address in sorted(set(addresses(full_site))):
        for method in ("post", "put", "patch", "delete", "options", "head", "trace"):
            assert_answered(getattr(client, method)(address), f"{method} {address}")


def test_no_form_breaks_on_what_is_sent(client, site_tree):
    for value in ("\x00", "a" * 5000, "'", "👩‍👧", "\u202e", "<script>alert(1)</script>"):
        form = {"login": value, "password": value, "next": value, value: value}
        assert_answered(client.post("/account/inloggen/", form), value)


def test_a_body_that_is_no_form_is_answered(client, site_tree):
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/xml", "\x00"):
        response = client.post("/account/inloggen/", data=b"\x00\xff{", content_type=kind)
        assert_answered(response, kind)
