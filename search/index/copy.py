"""This machine's copy of the index: opened, kept in step with the log, made anew when it is lost.

The folder holds generations of the index and a file `current` that names the one in use. Whoever
brings a copy up to date, or puts another generation in its place, holds a lock on a file in the
folder, which the system gives back when a process dies. What was not committed then is simply done
again, because the index itself says how far it is.
"""

import contextlib
import fcntl
import json
import logging
import os
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import tantivy
from django.conf import settings
from django.db import connections
from django.utils import timezone

from content.models import ContentPage
from search import changes
from search.index import writing
from search.index.schema import NOTE, SCHEMA, VERSION, open_index
from search.models import ChangeCounter

logger = logging.getLogger(__name__)

# How long a request waits for another process that brings the copy up to date. After that it
# answers from the copy as it is: what somebody may not see any more is kept back at the door.
LONGEST_WAIT = 10.0
_PAUSE = 0.02
# A site of so many pages makes a lost index while the visitor waits (a second or two); a larger one
# beside the requests.
PAGES_WHILE_WAITING = 2_000
# So many changes are applied while a visitor waits; more of them beside the requests.
CHANGES_WHILE_WAITING = 2_000
# What only stands below a page that somebody came for is not worth a long wait.
LONGEST_WAIT_HURRIED = 0.1
CHANGES_WHILE_HURRIED = 200
BULK_MEMORY = 128_000_000


class IndexNotReadyError(Exception):
    """There is no index yet; it is being made."""


@dataclass(frozen=True)
class Note:
    """How far a copy is: the number and mark of the last change in it, in which database."""

    identity: str
    number: int
    mark: str

    @classmethod
    def of(cls, counter: ChangeCounter) -> "Note":
        return cls(str(counter.identity), counter.last, str(counter.mark))


@dataclass(frozen=True)
class Opened:
    """An opened generation as it was at one commit."""

    folder: Path
    index: tantivy.Index
    searcher: tantivy.Searcher
    note: Note
    # The next second at which something in it begins or ends, or None.
    moment: int | None

    @property
    def is_over(self) -> bool:
        return self.moment is not None and self.moment <= timezone.now().timestamp()

    def is_at(self, note: Note) -> bool:
        return self.note == note and not self.is_over


class IndexCopy:
    """The copy in one folder, as one process has it open."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._opened: Opened | None = None
        self._pointer: tuple[int, int] | None = None
        self._building = threading.Lock()

    # Looking

    def up_to_date(self, *, hurried: bool = False) -> tuple[Opened, ChangeCounter]:
        """The copy with every change that is committed, after one look in the database.

        Hurried, a copy that has much to catch up with is given as it is, and catches up meanwhile.
        Raises IndexNotReadyError when there is none and making one takes long.
        """
        counter = changes.counter()
        note = Note.of(counter)
        opened = self._open_current()
        if opened is None or not opened.is_at(note):
            opened = self._follow(note, hurried)
        return opened, counter

    def bring_up_to_date(self) -> None:
        """Every committed change, however many: for whoever has the time to wait for it."""
        with self._locked("lock", None):
            opened = self._reload()
            if opened is not None and writing.can_follow(opened.note):
                self._apply(opened)
                return
        self.rebuild()

    def exists(self) -> bool:
        """Whether there is a copy here, up to date or not."""
        return self._open_current() is not None

    def forget(self) -> None:
        """Give up a generation that turned out to be broken."""
        with contextlib.suppress(OSError):
            (self.folder / "current").unlink()
        self._opened = None

    def _open_current(self) -> Opened | None:
        """The generation that is in use: the one in memory unless another took its place."""
        pointer = self._look_at_pointer()
        if pointer is None:
            # Removed from under us: what is open still answers while a new one is made.
            return self._opened if self._building.locked() else None
        if self._opened is None or pointer != self._pointer:
            self._opened = self._open(self.folder / (self.folder / "current").read_text().strip())
            self._pointer = pointer
        return self._opened

    def _look_at_pointer(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.folder / "current")
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _open(self, folder: Path) -> Opened | None:
        """The generation in this folder, or None where it is lost or damaged."""
        try:
            if not (folder / "meta.json").exists():
                return None
            return read_note(folder, open_index(str(folder)))
        except BaseException as error:
            if not is_engine_error(error):
                raise
            logger.warning("The search index in %s is damaged: %s", folder, error)
            return None

    # Following the log

    def _follow(self, note: Note, hurried: bool) -> Opened:
        """Bring the copy to this note, or make it anew where that is not possible."""
        deadline = time.monotonic() + (LONGEST_WAIT_HURRIED if hurried else LONGEST_WAIT)
        with self._locked("lock", deadline) as locked:
            opened = self._reload()
            if opened is not None and opened.is_at(note):
                return opened
            if locked and opened is not None and writing.can_follow(opened.note):
                if not self._has_much_to_do(opened, hurried):
                    return self._apply(opened)
                self._beside_requests(self._catch_up)
                return opened
        if not locked and opened is not None:
            return opened
        return self._make_anew(opened)

    def _has_much_to_do(self, opened: Opened, hurried: bool) -> bool:
        most = CHANGES_WHILE_HURRIED if hurried else CHANGES_WHILE_WAITING
        return (
            threading.current_thread() is not _worker.get("thread")
            and writing.number_of_changes(opened.note) > most
        )

    def _catch_up(self) -> None:
        with self._locked("lock", time.monotonic() + LONGEST_WAIT) as locked:
            opened = self._reload()
            if locked and opened is not None and writing.can_follow(opened.note):
                self._apply(opened)

    def _apply(self, opened: Opened) -> Opened:
        """Write what changed, and the note of it in the same commit. The lock is ours."""
        note = Note.of(changes.counter())
        writer = opened.index.writer(15_000_000, 1)
        writing.apply_changes(writer, opened, note)
        write_note(writer, note)
        writer.commit()
        writer.wait_merging_threads()
        reloaded = self._reload()
        assert reloaded is not None  # noqa: S101
        return reloaded

    def _reload(self) -> Opened | None:
        """The current generation at its last commit."""
        opened = self._open_current()
        if opened is not None and self._opened is not None:
            try:
                opened.index.reload()
                self._opened = read_note(opened.folder, opened.index)
            except BaseException as error:
                if not is_engine_error(error):
                    raise
                self.forget()
        return self._opened if opened is not None else None

    # Making it anew

    def _make_anew(self, opened: Opened | None) -> Opened:
        """A new generation: at once for a small site, else beside the requests."""
        if ContentPage.objects.count() <= PAGES_WHILE_WAITING:
            self.rebuild()
            made = self._open_current()
            if made is not None:
                return made
        else:
            self._beside_requests(self.rebuild)
        if opened is None:
            raise IndexNotReadyError
        return opened

    def rebuild(self, progress: Callable[[int], None] | None = None) -> int:
        """Make a new generation beside the one in use and put it in its place.

        `progress` is told how many documents there are. Returns their number; 0 where another
        process made one meanwhile.
        """
        before = self._look_at_pointer()
        with self._locked("build-lock", None):
            if progress is None and self._look_at_pointer() not in (None, before):
                # Another process was first, and we only wanted one that is there.
                return 0
            folder = self.folder / f"generation-{uuid.uuid4().hex}"
            folder.mkdir(parents=True)
            try:
                number = self._fill(folder, progress)
                self._put_in_place(folder)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        return number

    def _fill(self, folder: Path, progress) -> int:
        note = Note.of(changes.counter())
        index = open_index(str(folder))
        writer = index.writer(BULK_MEMORY, 1)
        number = writing.write_everything(writer, progress)
        write_note(writer, note)
        writer.commit()
        writer.wait_merging_threads()
        return number

    def _put_in_place(self, folder: Path) -> None:
        """Bring a new generation up to date and let `current` name it, in one step."""
        with self._locked("lock", None):
            opened = read_note(folder, open_index(str(folder)))
            if opened.note != Note.of(changes.counter()) and writing.can_follow(opened.note):
                note = Note.of(changes.counter())
                writer = opened.index.writer(15_000_000, 1)
                writing.apply_changes(writer, opened, note)
                write_note(writer, note)
                writer.commit()
                writer.wait_merging_threads()
            beside = self.folder / f"current-{uuid.uuid4().hex}"
            beside.write_text(folder.name)
            beside.replace(self.folder / "current")
            for other in self.folder.glob("generation-*"):
                if other.name != folder.name:
                    shutil.rmtree(other, ignore_errors=True)

    def _beside_requests(self, work: Callable) -> None:
        """Do this in a thread, one at a time in this process."""
        if not self._building.acquire(blocking=False):
            return

        def run() -> None:
            _worker["thread"] = threading.current_thread()
            try:
                work()
            except Exception:
                logger.exception("The search index could not be made")
            finally:
                _worker.pop("thread", None)
                self._building.release()
                connections.close_all()

        threading.Thread(target=run, name="search-index", daemon=True).start()

    @contextlib.contextmanager
    def _locked(self, name: str, deadline: float | None) -> Iterator[bool]:
        """Hold a lock of the folder, shared by all processes and threads; or not, after a while."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / name, "a") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if deadline is not None and time.monotonic() > deadline:
                        yield False
                        return
                    time.sleep(_PAUSE)
            # The folder may have been removed, and this file with it, while we waited.
            yield True


# The thread that works beside the requests, if any.
_worker: dict[str, threading.Thread] = {}


def read_note(folder: Path, index: tantivy.Index) -> Opened:
    """What a generation says about itself at its last commit. Raises ValueError without a note."""
    searcher = index.searcher()
    found = searcher.search(tantivy.Query.term_query(SCHEMA, "key", NOTE), 1).hits
    if not found:
        raise ValueError("no note")
    written = searcher.doc(found[0][1]).get_first(NOTE)
    return Opened(
        folder, index, searcher, Note(**json.loads(str(written))), writing.next_moment(searcher)
    )


def write_note(writer: tantivy.IndexWriter, note: Note) -> None:
    """Let the commit say how far it is."""
    writer.delete_documents_by_term("key", NOTE)
    document = tantivy.Document()
    document.add_text("key", NOTE)
    document.add_text(
        NOTE, json.dumps({"identity": note.identity, "number": note.number, "mark": note.mark})
    )
    writer.add_document(document)


def is_engine_error(error: BaseException) -> bool:
    """Whether the engine stumbled over its files. A panic of it is no Exception."""
    return (
        isinstance(error, ValueError | OSError | KeyError)
        or type(error).__name__ == "PanicException"
    )


_copies: dict[tuple[int, Path], IndexCopy] = {}


def index_copy() -> IndexCopy:
    """The copy of this process. A worker that was forked opens its own."""
    folder = Path(settings.DATA_DIR) / "search-index" / f"v{VERSION}"
    key = (os.getpid(), folder)
    if key not in _copies:
        _copies[key] = IndexCopy(folder)
    return _copies[key]
