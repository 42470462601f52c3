"""How well the search ranks: macro nDCG@10 on a set of texts, questions and judgements.

    python -m benchmarks.retrieval FOLDER

FOLDER holds corpus.jsonl (id, set, title, text), queries*.jsonl (id, set, text) and qrels.tsv.
The texts are imported as lessons of a site that is thrown away, and the questions asked of
`/api/v1/search/`: what is measured is what somebody gets.
"""

import json
import math
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks import site

DEPTH = 10
PRACTICE = "orion"
LONGEST_TITLE = 100


def main(folder: str) -> None:
    with site.set_up() as place:
        site.show(measure(Path(folder), place))


def measure(folder: Path, place: Path) -> Iterator[str]:
    judged = _judgements(folder / "qrels.tsv")
    begin = time.perf_counter()
    number = _import(folder / "corpus.jsonl", place / "lessons.jsonl")
    yield f"{number} texts imported as lessons in {time.perf_counter() - begin:.1f} s"
    for path in sorted(folder.glob("queries*.jsonl")):
        queries = [json.loads(line) for line in path.open()]
        begin = time.perf_counter()
        gains: dict[str, list[float]] = defaultdict(list)
        for query in queries:
            gains[query["set"]].append(_ndcg(_find(query["text"]), judged[query["id"]]))
        means = {name: sum(values) / len(values) for name, values in gains.items()}
        macro = sum(means.values()) / len(means)
        each = " ".join(f"{name} {mean:.3f}" for name, mean in sorted(means.items()))
        took = (time.perf_counter() - begin) / len(queries) * 1000
        yield f"{path.stem:24} nDCG@{DEPTH} {macro:.3f}   {each}   {took:.1f} ms a question"


def _import(corpus: Path, file: Path) -> int:
    """Bring the texts in as an editor's file would; returns how many there are."""
    from django.core.management import call_command

    texts = [json.loads(line) for line in corpus.open()]
    with file.open("w") as lessons:
        for text in texts:
            title = text["title"] or text["text"]
            row = {
                "external_id": text["id"],
                "title": title[:LONGEST_TITLE].strip(),
                "situation": text["text"],
            }
            lessons.write(json.dumps(row, ensure_ascii=False) + "\n")
    with open("/dev/null", "w") as nowhere:
        call_command("import_lessons", file, practice=PRACTICE, publish=True, stdout=nowhere)
    return len(texts)


def _find(words: str) -> list[str]:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    parameters = {"q": words, "page_size": DEPTH, "soort": "les"}
    response = client.get("/api/v1/search/", parameters)
    assert response.status_code == 200, response.content
    return [result["external_id"] for result in response.json()["results"]]


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for line in path.read_text().splitlines()[1:]:
        query, document, gain = line.split("\t")
        judged[query][document] = int(gain)
    return judged


def _ndcg(found: list[str], gains: dict[str, int]) -> float:
    gained = sum(gains.get(key, 0) / math.log2(place + 2) for place, key in enumerate(found))
    best = sorted(gains.values(), reverse=True)[:DEPTH]
    return gained / sum(gain / math.log2(place + 2) for place, gain in enumerate(best))


if __name__ == "__main__":
    main(sys.argv[1])
