"""Saving many pages, and looking only afterwards at what Wagtail keeps about each of them.

Wagtail brings its two indexes (of words, and of what refers to what) up to date at every save of a
page and of each row on it. For a page with ten terms that is most of the work, and the index of
words in SQLite takes longer the more there is in it.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.db import models, transaction
from django.dispatch import Signal
from wagtail.models import ReferenceIndex
from wagtail.search.backends import database, get_search_backend
from wagtail.signal_handlers import disable_reference_index_auto_update

Waiting = dict[type[models.Model], set[int]]

_waiting: ContextVar[Waiting | None] = ContextVar("waiting", default=None)
_left: ContextVar[set | None] = ContextVar("left", default=None)

# Sent at the end of the outermost block with what others left for it, unless the block failed.
block_ended = Signal()
# Sent after the commit by whoever saved very many pages and has the time to see to what follows.
many_saved = Signal()


def left_for_the_end() -> set | None:
    """Where somebody else's work on saved pages waits for the end of the block; None outside."""
    return _left.get()


class IndexLater:
    """A search backend that leaves a page for later where `indexed_later` asks for it."""

    def add(self, obj: models.Model) -> None:
        waiting = _waiting.get()
        if waiting is None:
            super().add(obj)  # type: ignore[misc]
        else:
            waiting[type(obj)].add(obj.pk)


def SearchBackend(params):  # noqa: N802 - the name that Wagtail looks for
    """Wagtail's own backend for the database in use, with `IndexLater` before it."""
    backend = database.SearchBackend(params)
    backend.__class__ = _with_index_later(type(backend))  # type: ignore[arg-type]
    return backend


@cache
def _with_index_later(backend: type) -> type:
    return type(backend.__name__, (IndexLater, backend), {})


@contextmanager
def noted_once() -> Iterator[None]:
    """What others leave for the end waits until the end of the outermost of these blocks.

    Around all that one transaction saves, it stands just within it: what others write then may
    keep everybody else waiting until the commit.
    """
    if _left.get() is not None:
        yield
        return
    left: set = set()
    token = _left.set(left)
    try:
        yield
    finally:
        _left.reset(token)
    block_ended.send(sender=noted_once, left=left)


@contextmanager
def indexed_later() -> Iterator[None]:
    """Leaves both indexes alone within the block, and brings them up to date at its end.

    Each page that was saved is read once more for that, so a block holds some hundred pages.
    """
    waiting: Waiting = defaultdict(set)
    token = _waiting.set(waiting)
    with noted_once():
        try:
            with disable_reference_index_auto_update():
                yield
        finally:
            _waiting.reset(token)
        for model, pks in waiting.items():
            _index(model, pks)


def _index(model: type[models.Model], pks: set[int]) -> None:
    objects = list(model._default_manager.filter(pk__in=pks))
    get_search_backend().add_bulk(model, objects)
    if ReferenceIndex.is_indexed(model):
        with transaction.atomic():
            for each in objects:
                ReferenceIndex.create_or_update_for_object(each)
