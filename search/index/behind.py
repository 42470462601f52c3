"""What a copy that is behind the log may not tell of: everything that changed since.

It still says what a page said that was hidden a moment ago, or a word that was just taken out. The
hits are looked at again at the door, but a number, a name that is offered or the likely word is
not. So what changed is left out of all of these alike, until the copy has caught up.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from django.utils import timezone
from tantivy import Occur, Query

from search.index import writing
from search.index.copy import IndexNotReadyError, Note, Opened
from search.index.memory import Remembered
from search.index.schema import SCHEMA
from search.models import ChangeCounter

# For so many states of the log it is remembered what changed since.
REMEMBERED = 4


@dataclass(frozen=True)
class Changed:
    """What the copy does not know the present state of."""

    # Its documents in the copy, or None where there are none.
    query: Query | None = None
    # Tells it apart from what changed at another moment; None where the copy is up to date.
    key: Hashable = None

    def left_out_of(self, query: Query) -> Query:
        if self.query is None:
            return query
        return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, self.query)])


NOTHING = Changed()


def changed_since(opened: Opened, counter: ChangeCounter) -> Changed:
    """What changed since this copy was written; nothing, without a query, where it is up to date.

    Raises IndexNotReadyError where nobody can tell: the log does not reach back to the copy, or it
    is that of another database.
    """
    log = Note.of(counter)
    now = int(timezone.now().timestamp())
    # The index knows of a moment the second after it: in that second it has come or not.
    is_moment = opened.moment is not None and opened.moment - 1 <= now
    if opened.note == log and not is_moment:
        return NOTHING
    queries = [writing.until(now + 1)] if is_moment else []
    if keys := _keys_since(opened, log):
        queries.append(Query.term_set_query(SCHEMA, "key", list(keys)))
    query = Query.boolean_query([(Occur.Should, query) for query in queries]) if queries else None
    return Changed(query, key=(log, now if is_moment else None))


def _keys_since(opened: Opened, log: Note) -> tuple[str, ...]:
    if opened.note == log:
        return ()
    if not writing.can_follow(opened.note):
        raise IndexNotReadyError
    # Remembered for the state that was read before they are: at most there are newer ones among
    # them.
    key = (opened.folder, opened.note, log)
    known = _keys_known.get(key)
    return known if known is not None else _keys_known.put(key, _keys_in(opened))


def _keys_in(opened: Opened) -> tuple[str, ...]:
    """The keys of documents that the copy has, so that a large import leaves out no more."""
    keys = writing.keys_changed(opened.searcher, opened.note)
    return tuple(key for key in keys if opened.searcher.doc_freq("key", key))


_keys_known: Remembered[tuple[str, ...]] = Remembered(REMEMBERED)
