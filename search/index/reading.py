"""The last commit of an index, as only this process has it.

The engine reads its files as memory and believes what it reads: a file that is written over gives
wrong answers, and one that is cut short ends the process. So a process searches in a copy that it
checked against the checksums in it, and whose files nobody else can find any more.
"""

import json
import os
import shutil
import struct
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import tantivy

from search.index.schema import open_index

META = "meta.json"
# A file ends with its checksum as JSON, the length of that, and this number.
_ENDING = struct.Struct("<II")
_MAGIC = 1337
_LONGEST_FOOTER = 10_000
_READ_AT_ONCE = 1 << 20
_PREFIX = "reading-"
# Nobody takes so long to open a copy: who made it died before that.
_SECONDS_TO_OPEN = 300


class DamagedError(ValueError):
    """A file of the index is not as it was written."""


def open_copy(folder: Path) -> tuple[tantivy.Searcher, bytes]:
    """The index in this folder at its last commit, and what names that commit.

    Raises DamagedError, or OSError or ValueError where it cannot be read at all.
    """
    meta = (folder / META).read_bytes()
    copy = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder.parent))
    try:
        for name in _names(folder, meta):
            shutil.copyfile(folder / name, copy / name)
            if not _is_whole(copy / name):
                raise DamagedError(f"{name} is not as it was written")
        (copy / META).write_bytes(meta)
        # It has every file open now, and keeps them when their names are gone.
        return open_index(str(copy)).searcher(), meta
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def commit_in(folder: Path) -> bytes:
    """What names the last commit in this folder; nothing where there is none."""
    try:
        return (folder / META).read_bytes()
    except OSError:
        return b""


def remove_what_others_left(folder: Path) -> None:
    """The copies of processes that died while they made them."""
    for copy in folder.glob(f"{_PREFIX}*"):
        if copy.stat().st_mtime < time.time() - _SECONDS_TO_OPEN:
            shutil.rmtree(copy, ignore_errors=True)


def _names(folder: Path, meta: bytes) -> Iterator[str]:
    """The files of each segment of this commit."""
    names = os.listdir(folder)
    for key, deleted in _segments(meta):
        for name in names:
            if name.startswith(f"{key}.") and (name == deleted or not name.endswith(".del")):
                yield name


def _segments(meta: bytes) -> list[tuple[str, str]]:
    """How the files of each segment begin, and the one that says what was deleted from it."""
    found = []
    try:
        for segment in json.loads(meta)["segments"]:
            key, deletes = segment["segment_id"].replace("-", ""), segment["deletes"]
            found.append((key, f"{key}.{deletes['opstamp']}.del" if deletes else ""))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise DamagedError(f"{META} is not as it was written") from error
    return found


def _is_whole(path: Path) -> bool:
    """Whether a file ends with the checksum of what stands before it."""
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        if size < _ENDING.size:
            return False
        file.seek(size - _ENDING.size)
        length, magic = _ENDING.unpack(file.read(_ENDING.size))
        end = size - _ENDING.size - length
        if magic != _MAGIC or length > _LONGEST_FOOTER or end < 0:
            return False
        file.seek(end)
        try:
            written = json.loads(file.read(length))["crc"]
        except (ValueError, LookupError, TypeError):
            return False
        file.seek(0)
        checksum = 0
        while end > 0:
            piece = file.read(min(end, _READ_AT_ONCE))
            checksum = zlib.crc32(piece, checksum)
            end -= len(piece)
    return checksum == written
