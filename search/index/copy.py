"""This machine's copy of the index: opened, kept in step with the log, made anew when it is lost.

The folder holds generations of the index and a file `current` that names the one in use. Whoever
brings a copy up to date, or puts another generation in its place, holds a lock on a file in the
folder, which the system gives back when a process dies. What was not committed then is simply done
again, because the index itself says how far it is.

The folder may be removed, cut short or written over at any time. A process searches in what it read
and checked itself (search/index/reading.py), and makes another generation where that cannot be
read. Where nothing can be written, on a full disk for example, it answers from what it has.
"""

import contextlib
import fcntl
import json
import logging
import math
import os
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import tantivy
from django.conf import settings
from django.db import connections
from django.utils import timezone

from content.models import ContentPage
from search import changes
from search.index import writing
from search.index.reading import commit_in, open_copy, remove_what_others_left
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
# The folder may be removed while a new generation is made in it: then once more.
ATTEMPTS = 3
# Where that did not help, so long every question is answered from what is open.
SECONDS_AFTER_FAILURE = 15.0
BULK_MEMORY, MEMORY = 128_000_000, 15_000_000


class IndexNotReadyError(Exception):
    """There is no index yet; it is being made."""


class EngineGaveUpError(RuntimeError):
    """The engine panicked, which is no Exception of itself."""


@dataclass(frozen=True)
class Note:
    """How far a copy is: the number and mark of the last change in it, in which database."""

    identity: str
    number: int
    mark: str

    @classmethod
    def of(cls, counter: ChangeCounter) -> "Note":
        return cls(str(counter.identity), counter.last, str(counter.mark))


# Another inode or time: `current` names another generation.
Pointer = tuple[int, int]


@dataclass(frozen=True)
class Opened:
    """A generation as it was at one commit: a copy that only this process has."""

    folder: Path
    pointer: Pointer
    commit: bytes
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
        # What was open before answers where nothing else can.
        self._opened: Opened | None = None
        self._failed_at = -math.inf
        self._building = threading.Lock()
        # The thread that works beside the requests, if any.
        self._worker: threading.Thread | None = None

    # Looking

    def up_to_date(self, *, hurried: bool = False) -> tuple[Opened, ChangeCounter]:
        """The copy with every change that is committed, after one look in the database.

        Hurried, a copy that has much to catch up with is given as it is, and catches up meanwhile.
        Raises IndexNotReadyError when there is none, and making one takes long or is not possible.
        """
        counter = changes.counter()
        opened = self._open_current()
        if opened is None or not opened.is_at(Note.of(counter)):
            opened = self._follow(hurried=hurried)
        return opened, counter

    def bring_up_to_date(self) -> None:
        """Every committed change, however many: for whoever has the time to wait for it."""
        with self._locked("lock"):
            pointer = self._look_at_pointer()
            opened = self._reload()
            if opened is not None and writing.can_follow(opened.note) and self._apply(opened):
                return
        self._make(instead_of=pointer)

    def exists(self) -> bool:
        """Whether there is a copy here, up to date or not."""
        return self._open_current() is not None

    def _open_current(self) -> Opened | None:
        """The generation that is in use: the one in memory unless another took its place."""
        pointer = self._look_at_pointer()
        if pointer is None:
            return None
        opened = self._opened
        return opened if opened is not None and opened.pointer == pointer else self._open(pointer)

    def _look_at_pointer(self) -> Pointer | None:
        try:
            found = os.stat(self.folder / "current")
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _open(self, pointer: Pointer) -> Opened | None:
        """The generation that is in use at its last commit, or None where it cannot be read."""
        try:
            folder = self.folder / (self.folder / "current").read_text().strip()
            searcher, commit = open_copy(folder)
            note, moment = read_note(searcher), writing.next_moment(searcher)
        except BaseException as error:
            self._unusable(error)
            return None
        self._opened = Opened(folder, pointer, commit, searcher, note, moment)
        return self._opened

    def _reload(self) -> Opened | None:
        """The same. The lock is ours, so nobody else writes to it now."""
        opened = self._open_current()
        if opened is None or commit_in(opened.folder) == opened.commit:
            return opened
        return self._open(opened.pointer)

    def _unusable(self, error: BaseException) -> None:
        if not is_engine_error(error):
            raise error
        logger.warning("The search index in %s cannot be used: %s", self.folder, error)

    # Following the log

    def _follow(self, *, hurried: bool = False) -> Opened:
        """The copy at the end of the log; the one that is open where that cannot be."""
        if time.monotonic() < self._failed_at + SECONDS_AFTER_FAILURE:
            with contextlib.suppress(IndexNotReadyError):
                return self._older()
        for _ in range(ATTEMPTS):
            try:
                if opened := self._try_to_follow(hurried=hurried):
                    return opened
            except BaseException as error:
                self._unusable(error)
        self._failed_at = time.monotonic()
        return self._older()

    def _try_to_follow(self, *, hurried: bool) -> Opened | None:
        """Bring the copy up to date; or make it anew, and return None to look again."""
        wait = LONGEST_WAIT_HURRIED if hurried else LONGEST_WAIT
        most = CHANGES_WHILE_HURRIED if hurried else CHANGES_WHILE_WAITING
        with self._locked("lock", wait) as locked:
            if not locked:
                return self._older()
            pointer = self._look_at_pointer()
            opened = self._reload()
            if opened is not None and opened.is_at(Note.of(changes.counter())):
                # Another process was first.
                return opened
            if opened is not None and writing.can_follow(opened.note):
                number = writing.number_of_changes(opened.note)
                if self._may_take_long(number, most):
                    self._beside_requests(self._follow)
                    return opened
                if applied := self._apply(opened):
                    return applied
        if self._may_take_long(ContentPage.objects.count(), PAGES_WHILE_WAITING):
            self._beside_requests(lambda: self._make(instead_of=pointer))
            return self._older()
        self._make(instead_of=pointer)
        return None

    def _may_take_long(self, number: int, most: int) -> bool:
        """Whether so much work is not for a visitor to wait for."""
        return number > most and threading.current_thread() is not self._worker

    def _older(self) -> Opened:
        """What is open, behind the log or not. Raises IndexNotReadyError where nothing is."""
        if self._opened is None:
            raise IndexNotReadyError
        return self._opened

    def _apply(self, opened: Opened) -> Opened | None:
        """Write what changed, or None where that fails. The lock is ours."""
        try:
            _write_changes(opened.folder, opened.searcher, opened.note)
        except BaseException as error:
            if not is_engine_error(error):
                raise
            logger.exception("The search index in %s could not be written", opened.folder)
            return None
        return self._reload()

    # Making it anew

    def rebuild(self, progress: Callable[[int], None] | None = None) -> int:
        """Make a new generation beside the one in use and put it in its place.

        `progress` is told how many documents there are. Returns their number.
        """
        with self._locked("build-lock"):
            return self._build(progress)

    def _make(self, instead_of: Pointer | None) -> None:
        """Make another generation than this one, unless another process just did."""
        with self._locked("build-lock"):
            if self._look_at_pointer() in (None, instead_of):
                self._build()

    def _build(self, progress: Callable[[int], None] | None = None) -> int:
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
        writer = open_index(str(folder)).writer(BULK_MEMORY, 1)
        number = writing.write_everything(writer, progress)
        write_note(writer, note)
        writer.commit()
        writer.wait_merging_threads()
        return number

    def _put_in_place(self, folder: Path) -> None:
        """Bring a new generation up to date and let `current` name it, in one step."""
        with self._locked("lock"):
            searcher = open_index(str(folder)).searcher()
            note = read_note(searcher)
            if note != Note.of(changes.counter()) and writing.can_follow(note):
                _write_changes(folder, searcher, note)
            beside = self.folder / f"current-{uuid.uuid4().hex}"
            beside.write_text(folder.name)
            beside.replace(self.folder / "current")
            # What others left, those that died among them.
            for other in self.folder.glob("generation-*"):
                if other.name != folder.name:
                    shutil.rmtree(other, ignore_errors=True)
            for other in self.folder.glob("current-*"):
                other.unlink(missing_ok=True)
            remove_what_others_left(self.folder)

    def _beside_requests(self, work: Callable) -> None:
        """Do this in a thread, one at a time in this process."""
        if not self._building.acquire(blocking=False):
            return

        def run() -> None:
            self._worker = threading.current_thread()
            try:
                work()
            except Exception:
                logger.exception("The search index could not be made")
            finally:
                self._worker = None
                self._building.release()
                connections.close_all()

        threading.Thread(target=run, name="search-index", daemon=True).start()

    @contextlib.contextmanager
    def _locked(self, name: str, seconds: float = math.inf) -> Iterator[bool]:
        """Hold a lock of the folder, shared by all processes and threads; or not, after a while."""
        deadline = time.monotonic() + seconds
        while True:
            with self._open_lock(name) as file:
                if _takes_lock(file) and self._is_there(name, file):
                    yield True
                    return
            if time.monotonic() > deadline:
                yield False
                return
            time.sleep(_PAUSE)

    def _open_lock(self, name: str) -> IO:
        try:
            return open(self.folder / name, "a")
        except FileNotFoundError:
            self.folder.mkdir(parents=True, exist_ok=True)
            return open(self.folder / name, "a")

    def _is_there(self, name: str, file: IO) -> bool:
        """Whether the lock is still in the folder: one that was removed keeps nobody out."""
        try:
            return os.path.samestat(os.stat(self.folder / name), os.fstat(file.fileno()))
        except FileNotFoundError:
            return False


def _takes_lock(file: IO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write_changes(folder: Path, searcher: tantivy.Searcher, since: Note) -> None:
    """What changed since this note, and the note of it in the same commit."""
    note = Note.of(changes.counter())
    writer = open_index(str(folder)).writer(MEMORY, 1)
    writing.apply_changes(writer, searcher, since, note)
    write_note(writer, note)
    writer.commit()
    writer.wait_merging_threads()


def read_note(searcher: tantivy.Searcher) -> Note:
    """What a generation says about itself at its last commit. Raises ValueError without a note."""
    found = searcher.search(tantivy.Query.term_query(SCHEMA, "key", NOTE), 1).hits
    if not found:
        raise ValueError("no note")
    return Note(**json.loads(str(searcher.doc(found[0][1]).get_first(NOTE))))


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
    known = EngineGaveUpError | ValueError | OSError | KeyError
    return isinstance(error, known) or is_panic(error)


def is_panic(error: BaseException) -> bool:
    return type(error).__name__ == "PanicException"


_copies: dict[tuple[int, Path], IndexCopy] = {}


def index_copy() -> IndexCopy:
    """The copy of this process. A worker that was forked opens its own."""
    folder = Path(settings.DATA_DIR) / "search-index" / f"v{VERSION}"
    key = (os.getpid(), folder)
    return _copies.get(key) or _copies.setdefault(key, IndexCopy(folder))
