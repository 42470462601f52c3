"""Everything that an index holds, to lay two of them side by side."""

from collections import Counter

import tantivy

from search.index.copy import Opened
from search.index.schema import FACETS, NOTE, column_of

STORED = ("key", "item", "kind", "title", "parts")
# Fields of which every value of every document can be counted.
COUNTED = (*map(column_of, FACETS), "by_title", "newest", "strongest", "moment")
MOST_VALUES = 65_000


def contents(opened: Opened) -> Counter[tuple]:
    """Every document, with what it stores, and how often each value of a field is there."""
    searcher = opened.searcher
    everything = tantivy.Query.all_query()
    found: Counter[tuple] = Counter()
    for _, address in searcher.search(everything, searcher.num_docs + 1).hits:
        document = searcher.doc(address)
        if str(document.get_first("key")) != NOTE:
            found[tuple(str(document.get_first(name)) for name in STORED)] += 1
    terms = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in COUNTED}
    for name, counted in searcher.aggregate(everything, terms).items():
        for bucket in counted["buckets"]:
            found[name, str(bucket["key"])] += bucket["doc_count"]
    return found
