"""Prints what is not the same in an index that followed the database and in one made anew.

    python -m tests.search.processes.comparing

And the last word of the title of each lesson that is live, as the database has it.
"""

import json
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import django

STORED = ("key", "item", "kind", "title", "parts")


def main() -> None:
    django.setup()
    from lessons.models import LessonPage
    from search.index.copy import IndexCopy, index_copy

    folder = Path(tempfile.mkdtemp())
    try:
        followed, _ = index_copy().up_to_date()
        anew = IndexCopy(folder)
        anew.rebuild()
        before, after = contents(followed), contents(anew.up_to_date()[0])
    finally:
        shutil.rmtree(folder)
    titles = LessonPage.objects.filter(live=True).values_list("title", flat=True)
    compared = {
        "lost": sorted(map(str, (after - before).elements())),
        "too many": sorted(map(str, (before - after).elements())),
        "words": [title.split()[-1] for title in titles],
    }
    print(json.dumps(compared))


def contents(opened) -> Counter[tuple]:
    """Every document of an index: what it stores, and under which terms it is found."""
    import tantivy

    from search.index.schema import FACETS, NOTE

    searcher = opened.searcher
    everything = searcher.search(tantivy.Query.all_query(), searcher.num_docs + 1)
    found = []
    for _, address in everything.hits:
        document = searcher.doc(address)
        if str(document.get_first("key")) != NOTE:
            found.append(tuple(str(document.get_first(name)) for name in STORED))
    names = {name: {"terms": {"field": name, "size": 65_000}} for name in FACETS}
    counted = searcher.aggregate(tantivy.Query.all_query(), names)
    for name in FACETS:
        found += [(name, b["key"], b["doc_count"]) for b in counted[name]["buckets"]]
    return Counter(found)


if __name__ == "__main__":
    main()
