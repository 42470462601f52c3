"""Time and memory of an import of many lessons: `python -m benchmarks.importing 10000`.

Makes a file and a site of its own, which are thrown away, and imports as an editor would, with
everything public at once. Two of five lessons are there in English too (a row of their own).
"""

import json
import random
import resource
import sys
from pathlib import Path

from benchmarks import site
from benchmarks.timing import Times, yardstick

MINUTES = 10
IN_ENGLISH_TOO = 0.4
PRACTICES = ("orion", "veens-welzijn", "integrated-care-emmen")
TERMS_OF_A_LESSON = {"themes": 2, "elements": 1, "domains": 1, "professions": 1, "level": 1}


def main(number: int) -> None:
    with site.set_up() as folder:
        site.show(measure(number, folder))


def measure(number: int, folder: Path):
    from django.core.management import call_command

    file = folder / "lessons.jsonl"
    rows = write_file(number, file)
    before, times = _megabytes(), Times()
    with (folder / "said.txt").open("w") as said:
        times.round(lambda: call_command("import_lessons", file, publish=True, stdout=said))
    yield (
        f"{number} lessons ({rows} rows) imported in {times.clock[0] / 1000:.0f} s by the clock, "
        f"{times.processor[0] / 1000:.0f} s of CPU (limit {MINUTES} minutes); "
        f"yardstick {yardstick():.1f} ms"
    )
    yield f"most memory {_megabytes():.0f} MB, before it {before:.0f} MB"
    yield (folder / "said.txt").read_text().splitlines()[-1]


def write_file(number: int, file: Path) -> int:
    """Returns how many rows it has."""
    from benchmarks.many_lessons import TEXTS, WORDS_IN_A_TEXT, Words
    from lessons.models import Outcome, Strength
    from vocabulary.models import Term

    chance, words = random.Random(7), Words()
    kinds = {"themes": "theme", "elements": "element", "domains": "domain"}
    kinds |= {"professions": "profession", "level": "level"}
    names = {
        column: list(Term.objects.filter(kind=kind, active=True).values_list("name", flat=True))
        for column, kind in kinds.items()
    }
    rows = 0
    with file.open("w") as lines:
        for place in range(number):
            texts = {name: words.some(chance, WORDS_IN_A_TEXT) for name in TEXTS}
            lesson = {
                "external_id": f"bench-{place}",
                "practice": chance.choice(PRACTICES),
                "title": words.some(chance, 6).capitalize(),
                "summary": words.some(chance, 12),
                "lesson": words.some(chance, 20)[:300],
                **texts,
            }
            facts = {
                "outcome": chance.choice(Outcome.values),
                "strength": chance.choice(Strength.values),
                "date": str(chance.randrange(2015, 2026)),
                "tags": [f"woord {chance.randrange(number // 25 + 1)}"],
                "source": ["Handreiking samenwerken"],
                **{
                    column: chance.sample(names[column], most)
                    for column, most in TERMS_OF_A_LESSON.items()
                },
            }
            lines.write(f"{json.dumps(lesson | facts)}\n")
            rows += 1
            if chance.random() < IN_ENGLISH_TOO:
                lines.write(f"{json.dumps(lesson | {'language': 'en'})}\n")
                rows += 1
    return rows


def _megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
