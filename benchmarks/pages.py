"""CPU time of a page, made anew for every request, in one process on one core."""

import statistics
import time
from dataclasses import dataclass

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


def yardstick() -> float:
    """Milliseconds of a fixed piece of Python: tells how fast this machine is today."""
    times = []
    for _ in range(5):
        begin = time.process_time()
        sum(len(str(number)) for number in range(200_000))
        times.append(time.process_time() - begin)
    return statistics.median(times) * 1000


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
    times = []
    for round_number in range(WARM_UP + ROUNDS):
        begin = time.process_time()
        response = client.get(path)
        elapsed = (time.process_time() - begin) * 1000
        if response.status_code != 200:
            raise RuntimeError(f"{path} answers {response.status_code}")
        if round_number >= WARM_UP:
            times.append(elapsed)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]
