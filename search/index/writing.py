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
KEYS: dict[str, Callable[[int], str]] = {
    Subject.TERM: term_key,
    Subject.PAGE: page_key,
    Subject.DOWNLOAD: download_key,
}
ENTRIES: dict[Subject, Callable] = {
    Subject.TERM: term_entries,
    Subject.PAGE: page_entries,
    Subject.DOWNLOAD: download_entries,
}


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
    changed = _logged(since, until)
    for subject, key in _over(searcher):
        changed[subject].add(key)
    changed[Subject.PAGE] |= _pages_with(changed[Subject.TERM])
    _add_what_follows(changed, searcher)
    vocabulary = words()
    for subject, entries in ENTRIES.items():
        _replace(writer, vocabulary, subject, changed[subject], entries)


def keys_changed(searcher: tantivy.Searcher, since) -> list[str]:
    """The keys in the index of what changed since this note; moments that came are not in it.

    A page whose words got another name stays as it was: who may see it did not change with that.
    """
    changed = _logged(since)
    _add_what_follows(changed, searcher)
    return [KEYS[subject](key) for subject, keys in changed.items() for key in sorted(keys)]


def _logged(since, until=None) -> dict[str, set[int]]:
    """What the log says between these notes, or since the first."""
    rows = Change.objects.filter(number__gt=since.number)
    if until is not None:
        rows = rows.filter(number__lte=until.number)
    changed: dict[str, set[int]] = defaultdict(set)
    for subject, key in rows.values_list("subject", "key"):
        changed[subject].add(key)
    return changed


def _add_what_follows(changed: dict[str, set[int]], searcher: tantivy.Searcher) -> None:
    """A page in other languages says what it says, and its files are for whom it is for."""
    changed[Subject.PAGE] |= _twins_of(changed[Subject.PAGE], searcher)
    changed[Subject.DOWNLOAD] |= _offered_by(changed[Subject.PAGE])


def _replace(
    writer, vocabulary: dict[int, Word], subject: Subject, keys: set[int], entries: Callable
) -> None:
    for chunk in _chunks(sorted(keys), FILES_AT_ONCE):
        for key in chunk:
            writer.delete_documents_by_term("key", KEYS[subject](key))
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


def until(second: int) -> tantivy.Query:
    """What begins or ends before this second, or at it."""
    return tantivy.Query.range_query(
        SCHEMA, "moment", tantivy.FieldType.Unsigned, lower_bound=0, upper_bound=second
    )


def _over(searcher: tantivy.Searcher) -> list[tuple[str, int]]:
    """What began or ended since it was written."""
    query = until(int(timezone.now().timestamp()))
    most = searcher.num_docs + 1
    keys = {str(searcher.doc(a).get_first("key")) for _, a in searcher.search(query, most).hits}
    found = [key.split(":") for key in keys]
    return [(subject, int(pk)) for subject, pk in found]
