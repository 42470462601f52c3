"""Run every benchmark and print the tables: `python -m benchmarks [FOLDER]`.

FOLDER is a retrieval set (see retrieval.py); without one, quality is not measured.
"""

import subprocess
import sys

from benchmarks import site

NUMBERS_OF_LESSONS = (1_000, 10_000, 50_000)
LESSONS_IN_MATRIX = 10_000


def main(*retrieval_sets: str) -> None:
    with site.set_up():
        from benchmarks import pages, weight

        for benchmark in (pages, weight):
            site.show([*benchmark.measure(), ""])
    # Each in a process of its own, because each makes another site.
    for number in NUMBERS_OF_LESSONS:
        run("benchmarks.search", str(number))
    run("benchmarks.matrix", str(LESSONS_IN_MATRIX))
    for path in retrieval_sets:
        run("benchmarks.retrieval", path)


def run(module: str, argument: str) -> None:
    subprocess.run([sys.executable, "-m", module, argument], check=True)
    print(flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
