"""How well the search ranks: macro nDCG@10 on a set of texts, questions and judgements.

    python -m benchmarks.retrieval FOLDER

FOLDER holds corpus.jsonl (id, set, title, text), queries*.jsonl (id, set, text) and qrels.tsv.
The texts go into an index of their own in the very form that lessons have; nothing is stored.
"""

import json
import math
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

DEPTH = 10


def main(folder: str) -> None:
    import django

    django.setup()
    for line in measure(Path(folder)):
        print(line, flush=True)


def measure(folder: Path):
    from search.index.texts import Text  # noqa: F401 - fails early without Django

    corpus = [json.loads(line) for line in (folder / "corpus.jsonl").open()]
    judged = _judgements(folder / "qrels.tsv")
    with tempfile.TemporaryDirectory() as place:
        begin = time.perf_counter()
        asking, names = _index(corpus, place)
        yield f"{len(corpus)} texts indexed in {time.perf_counter() - begin:.1f} s"
        for path in sorted(folder.glob("queries*.jsonl")):
            queries = [json.loads(line) for line in path.open()]
            begin = time.perf_counter()
            gains: dict[str, list[float]] = defaultdict(list)
            for query in queries:
                found = _find(asking, names, query["text"])
                gains[query["set"]].append(_ndcg(found, judged[query["id"]]))
            means = {name: sum(values) / len(values) for name, values in gains.items()}
            macro = sum(means.values()) / len(means)
            each = " ".join(f"{name} {mean:.3f}" for name, mean in sorted(means.items()))
            took = (time.perf_counter() - begin) / len(queries) * 1000
            yield f"{path.stem:24} nDCG@{DEPTH} {macro:.3f}   {each}   {took:.2f} ms a question"


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for line in path.read_text().splitlines()[1:]:
        query, document, gain = line.split("\t")
        judged[query][document] = int(gain)
    return judged


def _index(corpus, place: str):
    from tantivy import Query

    from search.index.asking import Asking
    from search.index.documents import Entry, document_of
    from search.index.schema import open_index
    from search.index.synonyms import Synonyms

    index = open_index(place)
    writer = index.writer(128_000_000, 1)
    names = {}
    for number, text in enumerate(corpus, start=1):
        entry = Entry(
            key=f"page:{number}", kind="les", title=text["title"], language="nl", who=["public"]
        )
        entry.text.add(text["text"])
        names[f"page:{number}"] = text["id"]
        writer.add_document(document_of(entry, {}))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return Asking(index.searcher(), Synonyms([]), Query.all_query(), "nl"), names


def _find(asking, names, words: str) -> list[str]:
    asked = asking.ask(words)
    if asked.query is None:
        return []
    hits = asking.searcher.search(asked.query, DEPTH).hits
    return [names[asking.searcher.doc(address).get_first("key")] for _, address in hits]


def _ndcg(found: list[str], gains: dict[str, int]) -> float:
    gained = sum(gains.get(key, 0) / math.log2(place + 2) for place, key in enumerate(found))
    best = sorted(gains.values(), reverse=True)[:DEPTH]
    return gained / sum(gain / math.log2(place + 2) for place, gain in enumerate(best))


if __name__ == "__main__":
    main(sys.argv[1])
