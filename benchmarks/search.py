"""Speed of the search over many lessons: `python -m benchmarks.search 50000`.

Makes a site of its own in a folder that is thrown away, and prints the time of the index, of the
engine, and of the pages, by the processor and by the clock.
"""

import random
import sys
import time
from itertools import pairwise

from benchmarks import site
from benchmarks.timing import HEADER, Times, timed, yardstick

# Limits of the 95th percentile, in milliseconds; of the index in seconds.
ENGINE, PAGE, SUGGESTIONS = 10, 60, 15
INDEX = 60
QUERIES = 200
# So many of them are asked of pages.
PAGES = 60
FILTERS = "soort=les&uitkomst=worked&sterkte=measured"
# With more lessons Wagtail's own search of a database takes too long to wait for.
MOST_FOR_PLAIN_SEARCH = 10_000


def main(number: int) -> None:
    with site.set_up():
        site.show(measure(number))


def measure(number: int):
    from accounts.roles import Role
    from benchmarks.many_lessons import Words, fill_site
    from content.statistics import refresh_statistics
    from search.index.copy import index_copy
    from search.index.finding import look

    begin = time.perf_counter()
    fill_site(number)
    refresh_statistics()
    yield f"{number} pages of lessons written in {time.perf_counter() - begin:.0f} s"
    times = Times()
    documents = times.round(lambda: index_copy().rebuild(lambda count: None))
    yield (
        f"index of {documents} documents in {times.clock[0] / 1000:.1f} s by the clock, "
        f"{times.processor[0] / 1000:.1f} s of CPU (limit {INDEX} s)"
    )
    size = sum(path.stat().st_size for path in index_copy().folder.rglob("*") if path.is_file())
    yield f"index on the disk: {size / 1e6:.0f} MB; yardstick {yardstick():.1f} ms"
    chance, words = random.Random(5), Words()
    queries = [words.question(chance) for _ in range(QUERIES)]
    yield HEADER
    yield from _times_of_engine(words, chance)
    yield from _times_of_related_lessons(look(Role(), "nl"), chance)
    yield from _pages(queries[:PAGES], hostile(words))
    beginnings = [query[: chance.randrange(3, 8)] for query in queries]
    yield _times_of("/api/v1/suggest/", beginnings).line("/api/v1/suggest/", SUGGESTIONS)
    yield _times_of("/api/v1/suggest/", hostile(words) * 2).line(
        "/api/v1/suggest/, hostile", SUGGESTIONS
    )
    if number <= MOST_FOR_PLAIN_SEARCH:
        # Other questions: what was counted for a question is remembered.
        yield from _beside_plain_search([words.question(chance) for _ in range(PAGES)])


def _times_of_engine(words, chance: random.Random):
    """All filters and ten snippets: as the page has them, and with every value counted."""
    from accounts.roles import Role
    from search.facets import MOST_COUNTED
    from search.index.finding import ALL_VALUES, Question, look

    visitor, leader = Role(), Role(sees_all=True)
    for role, name, most_values, limit in (
        # From its first questions a process learns the words of the site.
        (visitor, "a visitor, first of a process", MOST_COUNTED, None),
        (visitor, "a visitor", MOST_COUNTED, ENGINE),
        (leader, "the project leader", MOST_COUNTED, ENGINE),
        (visitor, "a visitor, every value", ALL_VALUES, None),
    ):
        looking = look(role, "nl")
        looking.find(Question(words="samenwerken"))
        # New ones each time: what was counted for a question is remembered.
        questions = [
            Question(words.question(chance), limit=10, most_values=most_values)
            for _ in range(QUERIES)
        ]
        yield timed(looking.find, questions).line(f"engine: {name}", limit)


def _pages(queries: list[str], hostile_ones: list[str]):
    # The page is asked for first: what it counted for a question is remembered for the next.
    for path in ("/zoeken/", "/api/v1/search/"):
        yield _times_of(path, queries).line(f"{path}?q=", PAGE)
        yield _times_of(f"{path}?{FILTERS}", queries).line(f"{path}?q= and three filters", PAGE)
        yield _times_of(path, hostile_ones * 2).line(f"{path}?q=, hostile", PAGE)
    for address in ("/zoeken/", "/zoeken/?page=500", "/zoeken/?alle=school"):
        yield _times_of(address, [""] * 20).line(address, PAGE)


def _times_of(address: str, queries: list[str]) -> Times:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.get(address)

    def ask(query: str) -> None:
        path, _, parameters = address.partition("?")
        asked = dict(each.split("=") for each in parameters.split("&") if each)
        response = client.get(path, asked | ({"q": query} if query else {}))
        # A NUL has its own answer.
        if response.status_code not in (200, 400):
            raise RuntimeError(f"{address} answers {response.status_code} to {query!r}")

    return timed(ask, queries)


def _times_of_related_lessons(looking, chance: random.Random):
    """What stands below a lesson: the engine alone, and with the lines that are shown."""
    from django.contrib.auth.models import AnonymousUser

    from lessons.models import LessonPage
    from search.related import LOOKED_AT, RELATED_LESSONS, original_of, related_lessons

    keys = list(LessonPage.objects.values_list("pk", flat=True))
    lessons = list(LessonPage.objects.filter(pk__in=chance.sample(keys, PAGES)))
    originals = [original_of(lesson) for lesson in lessons]
    engine = timed(lambda o: looking.lessons_like(o, LOOKED_AT * RELATED_LESSONS), originals)
    yield engine.line("engine: lessons like one", ENGINE)
    lines = timed(lambda lesson: related_lessons(lesson, AnonymousUser()), lessons)
    yield lines.line("lessons like one, as lines of a page")


def hostile(words) -> list[str]:
    """Questions that no reader asks."""
    often = words.most_used(400)
    slips = [f"{word[:3]}q{word[3:]}" for word in often]
    return [
        "AND OR NOT (jeugd* +hulp -school) title:zorg^5 ~2 [a TO z] {a} && || !",
        "%' OR 1=1; -- _ \\ ' \" ; DROP TABLE page",
        "a" * 5_000,
        "a " * 2_500,
        " ".join(often)[:5_000],
        " ".join(slips)[:5_000],
        "-".join(often)[:5_000],
        "".join(often)[:5_000],
        "jeugd\x00hulp",
        '"jeugdhulp school',
        '"' * 300,
        " ".join(f'"{word} {other}"' for word, other in pairwise(often)),
        f'"{" ".join(often[:40])}"',
        "de het een en van in is dat die te op aan met voor niet zijn er om ook als dan maar",
        "de",
        "\U0001f469\u200d\U0001f467 " * 60,
        "\u0645\u0631\u062d\u0628\u0627 " * 60,
        "x\u0301" * 1_500,
        " ".join(str(number) for number in range(200)),
        " ".join(f"{a}{b}" for a in "abcdefgh" for b in "abcdefgh"),
    ]


def _beside_plain_search(queries: list[str]):
    """Our page and a plain one, asked in turns so that both have the same machine."""
    from django.core.management import call_command
    from django.test import Client, override_settings

    call_command("update_index", verbosity=0)
    client = Client(headers={"host": "localhost"})
    ours, plain = Times(), Times()
    with override_settings(ROOT_URLCONF="benchmarks.plain_search"):
        for address in ("/zoeken/", "/plain/"):
            client.get(address)
        for query in queries:
            for address, times in (("/zoeken/", ours), ("/plain/", plain)):
                asked = {"q": query}
                response = times.round(lambda a=address, q=asked: client.get(a, q))
                if response.status_code != 200:
                    raise RuntimeError(f"{address} answers {response.status_code}")
    yield ours.line("/zoeken/, in turns with")
    yield plain.line("a plain view with Page.objects.live().search()")
    for name, one, other in (
        ("CPU", ours.processor, plain.processor),
        ("by the clock", ours.clock, plain.clock),
    ):
        yield f"in the same time {name} /zoeken/ answers {sum(other) / sum(one):.1f} times as many"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
