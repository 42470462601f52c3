"""How long something takes: by the clock, and in the time that the processor worked on it.

The clock is what somebody waits. On a machine that does other things as well only the processor's
time can be compared; and how fast that is today tells the yardstick.
"""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Times:
    """Milliseconds of each round."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def round(self, work: Callable[[], Any]) -> Any:
        """What the work gives; the time it took is noted."""
        clock, processor = time.perf_counter(), time.process_time()
        result = work()
        self.processor.append((time.process_time() - processor) * 1000)
        self.clock.append((time.perf_counter() - clock) * 1000)
        return result

    def line(self, name: str, limit: float | None = None) -> str:
        """A row of the table; it is over its limit when the processor alone takes longer."""
        median, p95 = middle_and_slow(self.processor)
        clock_median, clock_p95 = middle_and_slow(self.clock)
        over = "  over" if limit and p95 > limit else ""
        return (
            f"{name:46}{median:9.1f}{p95:8.1f}{clock_median:9.1f}{clock_p95:8.1f}"
            f"{f'{limit:g}' if limit else '':>7}{over}"
        )


HEADER = f"{'milliseconds':46}{'CPU med':>9}{'p95':>8}{'clock med':>9}{'p95':>8}{'limit':>7}"


def timed(work: Callable[[Any], Any], rounds: Iterable[Any]) -> Times:
    """The times of this work on each of these."""
    times = Times()
    for each in rounds:
        times.round(lambda each=each: work(each))
    return times


def middle_and_slow(times: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def yardstick() -> float:
    """Milliseconds of a fixed piece of Python: tells how fast this machine is today."""
    times = Times()
    for _ in range(5):
        times.round(lambda: sum(len(str(number)) for number in range(200_000)))
    return statistics.median(times.processor)
