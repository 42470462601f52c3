"""Speed of the search over many lessons: `python -m benchmarks.search 50000`.

Makes a site of its own in a folder that is thrown away, writes the rows of the lessons straight
into its tables, and prints the time of the index, of the engine, and of the pages.
"""

import random
import shutil
import statistics
import sys
import time
import uuid

from benchmarks import site

WORDS_IN_A_TEXT = 30
QUERIES = 200
# So many of them are asked of pages.
PAGES = 60
# With more lessons Wagtail's own search of a database takes too long to wait for.
MOST_FOR_PLAIN_SEARCH = 10_000
LESSONS_AT_ONCE = 1_000
NUMBER_OF_TERMS = {
    "theme": 2,
    "element": 1,
    "level": 1,
    "phase": 1,
    "domain": 1,
    "profession": 1,
}


def main(number: int) -> None:
    folder = site.set_up()
    try:
        for line in measure(number):
            print(line, flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(number: int):
    from accounts.roles import Role
    from content.statistics import refresh_statistics
    from search.index.copy import index_copy
    from search.index.finding import Question, look

    begin = time.perf_counter()
    add_lessons(number)
    refresh_statistics()
    yield f"{number} lessons written in {time.perf_counter() - begin:.0f} s"
    begin = time.perf_counter()
    documents = index_copy().rebuild(lambda count: None)
    yield f"index of {documents} documents in {time.perf_counter() - begin:.1f} s"
    size = sum(path.stat().st_size for path in index_copy().folder.rglob("*") if path.is_file())
    yield f"index on the disk: {size / 1e6:.0f} MB"
    chance = random.Random(5)
    queries = [" ".join(_question(chance)) for _ in range(QUERIES)]
    looking = look(Role(), "nl")
    looking.find(Question(words="samenwerken"))
    times = []
    for words in queries:
        start = time.perf_counter()
        looking.find(Question(words=words, limit=10))
        times.append((time.perf_counter() - start) * 1000)
    yield _line("engine: visibility, all facets, ten snippets", times)
    yield from _times_of_related_lessons(looking, chance)
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    for path in ("/zoeken/", "/api/v1/search/"):
        times = []
        for words in queries[:PAGES]:
            start = time.perf_counter()
            response = client.get(path, {"q": f"{words} "})
            times.append((time.perf_counter() - start) * 1000)
            assert response.status_code == 200
        yield _line(f"{path}?q=", times)
        if path == "/zoeken/":
            ours = sum(times)
    times = []
    for words in queries[:PAGES]:
        start = time.perf_counter()
        client.get("/api/v1/suggest/", {"q": words[: chance.randrange(3, 8)]})
        times.append((time.perf_counter() - start) * 1000)
    yield _line("/api/v1/suggest/?q=", times)
    if number <= MOST_FOR_PLAIN_SEARCH:
        times = _times_of_plain_search(queries[:PAGES])
        yield _line("a view with Page.objects.live().search()", times)
        yield f"/zoeken/ answers {sum(times) / ours:.1f} times as many questions in the same time"


def _times_of_related_lessons(looking, chance: random.Random):
    """What stands below a lesson: the engine alone, and with the lines that are shown."""
    from django.contrib.auth.models import AnonymousUser

    from lessons.models import LessonPage
    from search.related import LOOKED_AT, RELATED_LESSONS, original_of, related_lessons

    keys = list(LessonPage.objects.values_list("pk", flat=True))
    lessons = LessonPage.objects.filter(pk__in=chance.sample(keys, PAGES))
    engine, lines = [], []
    for lesson in lessons:
        original = original_of(lesson)
        start = time.perf_counter()
        looking.lessons_like(original, LOOKED_AT * RELATED_LESSONS)
        engine.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        related_lessons(lesson, AnonymousUser())
        lines.append((time.perf_counter() - start) * 1000)
    yield _line("engine: lessons like one", engine)
    yield _line("lessons like one, as lines of a page", lines)


def _times_of_plain_search(queries: list[str]) -> list[float]:
    """Milliseconds for each question, for a view that only lists the titles of twenty pages."""
    from django.core.management import call_command
    from django.http import HttpResponse
    from wagtail.models import Page

    call_command("update_index", verbosity=0)
    times = []
    for words in queries:
        start = time.perf_counter()
        found = Page.objects.live().search(words, operator="or")[:20]
        HttpResponse("\n".join(page.title for page in found))
        times.append((time.perf_counter() - start) * 1000)
    return times


def _line(name: str, times: list[float]) -> str:
    p95 = statistics.quantiles(times, n=20)[-1]
    return f"{name:46} median {statistics.median(times):6.1f} ms   p95 {p95:6.1f} ms"


def _vocabulary() -> list[str]:
    from search.index.compounds import known_parts

    return sorted(word for word in known_parts() if len(word) > 4)


def _question(chance: random.Random) -> list[str]:
    return _words(chance, chance.choice([1, 2, 2, 3, 4]))


_LIST: list[str] = []
_WEIGHTS: list[float] = []


def _words(chance: random.Random, number: int) -> list[str]:
    """Words as people use them: few of them very often."""
    if not _LIST:
        _LIST.extend(_vocabulary())
        random.Random(1).shuffle(_LIST)
        total = 0.0
        for place in range(len(_LIST)):
            total += 1 / (place + 20)
            _WEIGHTS.append(total)
    return chance.choices(_LIST, cum_weights=_WEIGHTS, k=number)


def _text(chance: random.Random) -> str:
    return f"<p>{' '.join(_words(chance, WORDS_IN_A_TEXT))}</p>"


def add_lessons(number: int) -> None:
    """Rows of live lessons under the first practice, with words of every kind."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection, transaction
    from django.utils import timezone
    from wagtail.models import Page

    from content.models import PageTerm
    from lessons.models import LessonIndexPage, LessonPage, Outcome, Strength
    from vocabulary.models import Term

    chance = random.Random(3)
    parents = list(LessonIndexPage.objects.filter(locale__language_code="nl"))
    terms: dict[str, list[int]] = {}
    for pk, kind in Term.objects.values_list("pk", "kind"):
        terms.setdefault(kind, []).append(pk)
    content_type = ContentType.objects.get_for_model(LessonPage)
    first = (Page.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    now = timezone.now()
    texts = ("situation", "action", "result", "advice")
    with transaction.atomic():
        for begin in range(0, number, LESSONS_AT_ONCE):
            lessons, words = [], []
            for place in range(begin, min(begin + LESSONS_AT_ONCE, number)):
                parent = parents[place % len(parents)]
                pk = first + place
                lesson = LessonPage(
                    pk=pk, page_ptr_id=pk, contentpage_ptr_id=pk,
                    title=" ".join(_words(chance, 6)).capitalize(),
                    slug=f"bench-{place}", url_path=f"{parent.url_path}bench-{place}/",
                    path=f"{parent.path}{_base36(place + 1296):>04}", depth=parent.depth + 1,
                    live=True, locale_id=parent.locale_id, content_type=content_type,
                    translation_key=uuid.uuid4(), first_published_at=now,
                    practice_key=parent.practice_key, branch_audience=parent.branch_audience,
                    number=1_000_000 + place, summary=" ".join(_words(chance, 12)),
                    lesson=" ".join(_words(chance, 20)),
                    outcome=chance.choice(Outcome.values), strength=chance.choice(Strength.values),
                    date=str(chance.randrange(2015, 2026)),
                    **{name: _text(chance) for name in texts},
                )  # fmt: skip
                lessons.append(lesson)
                for kind, least in NUMBER_OF_TERMS.items():
                    words += [
                        PageTerm(content_object_id=pk, tag_id=term)
                        for term in chance.sample(terms[kind], min(least, len(terms[kind])))
                    ]
            _insert_with_parents(lessons, connection)
            PageTerm.objects.bulk_create(words)


def _insert_with_parents(lessons: list, connection) -> None:
    """Rows in the tables of a page, its base and its type: Django has no bulk way for these."""
    from django.db.models.sql import InsertQuery

    model = type(lessons[0])
    chain = [*reversed(model._meta.get_parent_list()), model]
    chain.sort(key=lambda each: len(each._meta.get_parent_list()))
    for table in chain:
        if table._meta.abstract or table._meta.proxy:
            continue
        query = InsertQuery(table)
        fields = table._meta.local_concrete_fields
        for start in range(0, len(lessons), 100):
            query = InsertQuery(table)
            query.insert_values(fields, lessons[start : start + 100])
            query.get_compiler(connection=connection).execute_sql()


def _base36(number: int) -> str:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = digits[rest] + text
    return text


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
