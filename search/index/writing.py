"""Writing documents: everything, or what changed since a note in the log."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import tantivy
from django.utils import timezone

from content.models import ContentPage, PageDownload, PageTerm
from files.models import Download
from practices.models import PathStep
from search.index.documents import (
    CHUNK,
    Entry,
    document_of,
    download_entries,
    download_key,
    page_entries,
    page_key,
    term_entries,
    term_key,
)
from search.index.schema import SCHEMA
from search.index.texts import Word, words
from search.kinds import kinds_of_pages
from search.models import Change, Subject

# Of files the whole text is read: a few at once.
FILES_AT_ONCE = 50


def write_everything(writer: tantivy.IndexWriter, progress: Callable | None = None) -> int:
    """Every document of the database, in chunks. Returns how many."""
    vocabulary = words()
    number = 0
    pages = ContentPage.objects.filter(live=True, content_type__in=kinds_of_pages())
    for pks in _chunks(pages.order_by("pk").values_list("pk", flat=True)):
        number += _add(writer, page_entries(pks), vocabulary)
        if progress:
            progress(number)
    downloads = Download.objects.order_by("pk").values_list("pk", flat=True)
    for pks in _chunks(downloads, FILES_AT_ONCE):
        number += _add(writer, download_entries(pks), vocabulary)
    number += _add(writer, term_entries(None), vocabulary)
    if progress:
        progress(number)
    return number


def _add(writer: tantivy.IndexWriter, entries: Iterable[Entry], vocabulary: dict[int, Word]) -> int:
    number = 0
    for entry in entries:
        writer.add_document(document_of(entry, vocabulary))
        number += 1
    return number


def _chunks(keys: Iterable[int], size: int = CHUNK) -> Iterator[list[int]]:
    """Lists of keys; all keys are read at once, so that no cursor stays open for a minute."""
    rest = iter(list(keys))
    while chunk := list(islice(rest, size)):
        yield chunk


# Following the log


def can_follow(note) -> bool:
    """Whether the log still has everything since this note, in this database."""
    from search import changes

    counter = changes.counter()
    if str(counter.identity) != note.identity or counter.last < note.number:
        return False
    if counter.last == note.number:
        return str(counter.mark) == note.mark
    if note.number == 0:
        return Change.objects.filter(number=1).exists()
    return Change.objects.filter(number=note.number, mark=note.mark).exists()


def number_of_changes(note) -> int:
    return Change.objects.filter(number__gt=note.number).count()


def apply_changes(writer: tantivy.IndexWriter, searcher: tantivy.Searcher, since, until) -> None:
    """Write anew what changed between these notes, and what time changed."""
    changed: dict[str, set[int]] = defaultdict(set)
    rows = Change.objects.filter(number__gt=since.number, number__lte=until.number)
    for subject, key in rows.values_list("subject", "key"):
        changed[subject].add(key)
    for subject, key in _over(searcher):
        changed[subject].add(key)
    terms, pages, downloads = (
        changed[subject] for subject in (Subject.TERM, Subject.PAGE, Subject.DOWNLOAD)
    )
    pages |= _pages_with(terms)
    pages |= _twins_of(pages, searcher)
    downloads |= _offered_by(pages)
    vocabulary = words()
    _replace(writer, vocabulary, term_key, terms, term_entries)
    _replace(writer, vocabulary, page_key, pages, page_entries)
    _replace(writer, vocabulary, download_key, downloads, download_entries)


def _replace(
    writer, vocabulary: dict[int, Word], key_of: Callable, keys: set[int], entries
) -> None:
    for chunk in _chunks(sorted(keys), FILES_AT_ONCE):
        for key in chunk:
            writer.delete_documents_by_term("key", key_of(key))
        _add(writer, entries(chunk), vocabulary)


def _pages_with(terms: set[int]) -> set[int]:
    """Their words are words of the pages that carry them."""
    return set(PageTerm.objects.filter(tag__in=terms).values_list("content_object", flat=True))


def _twins_of(pages: set[int], searcher: tantivy.Searcher) -> set[int]:
    """The same in other languages, also of a page that is gone from the database."""
    found: set[int] = set()
    for chunk in _chunks(sorted(pages)):
        items = set(
            ContentPage.objects.filter(pk__in=chunk).values_list("translation_key", flat=True)
        )
        query = tantivy.Query.term_set_query(SCHEMA, "key", [page_key(pk) for pk in chunk])
        for _, address in searcher.search(query, len(chunk) + 1).hits:
            item = searcher.doc(address).get_first("item")
            if item:
                items.add(str(item))
        twins = ContentPage.objects.filter(translation_key__in=items)
        found.update(twins.values_list("pk", flat=True))
    return found


def _offered_by(pages: set[int]) -> set[int]:
    """The files on these pages: who may have a file follows from the pages that offer it."""
    found: set[int] = set()
    for chunk in _chunks(sorted(pages)):
        on_pages = PageDownload.objects.filter(page__in=chunk)
        on_steps = PathStep.downloads.through.objects.filter(pathstep__page__in=chunk)
        found.update(on_pages.values_list("download", flat=True))
        found.update(on_steps.values_list("download", flat=True))
    return found


# What time changes


def next_moment(searcher: tantivy.Searcher) -> int | None:
    query = tantivy.Query.exists_query("moment")
    hits = searcher.search(
        query, 1, count=False, order_by_field="moment", order=tantivy.Order.Asc
    ).hits
    return int(hits[0][0]) if hits else None


def _over(searcher: tantivy.Searcher) -> list[tuple[str, int]]:
    """What began or ended since it was written."""
    now = int(timezone.now().timestamp())
    query = tantivy.Query.range_query(
        SCHEMA, "moment", tantivy.FieldType.Unsigned, lower_bound=0, upper_bound=now
    )
    most = searcher.num_docs + 1
    keys = {str(searcher.doc(a).get_first("key")) for _, a in searcher.search(query, most).hits}
    found = [key.split(":") for key in keys]
    return [(subject, int(pk)) for subject, pk in found]
