"""CPU time of a page, made anew for every request, in one process on one core."""

from dataclasses import dataclass

from benchmarks.timing import Times, middle_and_slow, yardstick

LESSON = "/praktijken/integrated-care-emmen/lessen/maak-de-stap-naar-hulp-klein-en-de-reactie-snel/"
WARM_UP = 10
ROUNDS = 60


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    # Milliseconds of CPU time that the median may take; None where there is no agreed limit.
    limit: float | None = None


PAGES = [
    Page("home", "/", 15),
    Page("practice", "/praktijken/integrated-care-emmen/", 15),
    Page("lesson", LESSON, 12),
    Page("path", "/praktijken/integrated-care-emmen/ontwikkelpad/de-bron/"),
    Page("lessons of a practice", "/praktijken/integrated-care-emmen/lessen/"),
    Page("theme", "/themas/rolverdeling-en-regie/"),
    Page("glossary", "/begrippen/"),
    Page("search", "/zoeken/?q=tandem"),
    Page("compare", "/vergelijken/?praktijk=orion&praktijk=integrated-care-emmen"),
    Page("lesson in English", f"/en{LESSON}"),
]


def measure() -> list[str]:
    from django.test import Client

    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    measure_stick = yardstick()
    rows = [
        "CPU time of an uncached page (median and 95th percentile of "
        f"{ROUNDS} requests); yardstick {measure_stick:.1f} ms",
        f"{'page':24}{'median ms':>12}{'p95 ms':>10}{'limit':>8}{'x yardstick':>13}",
    ]
    for page in PAGES:
        median, p95 = _time(client, page.path)
        limit = f"{page.limit:g}" if page.limit else ""
        late = "  over" if page.limit and median > page.limit else ""
        rows.append(
            f"{page.name:24}{median:12.1f}{p95:10.1f}{limit:>8}{median / measure_stick:13.2f}{late}"
        )
    return rows


def _time(client, path: str) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    times = Times()
    for _ in range(WARM_UP + ROUNDS):
        response = times.round(lambda: client.get(path))
        if response.status_code != 200:
            raise RuntimeError(f"{path} answers {response.status_code}")
    return middle_and_slow(times.processor[WARM_UP:])
