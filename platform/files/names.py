"""Names of files: what a reader gets, and what stands on the disk."""

import re
import unicodedata
from pathlib import PurePosixPath

from django.utils.text import slugify

# Long enough for any title, short enough for every file system and header.
LONGEST_NAME = 200
LONGEST_STORED_STEM = 60


def normalised(name: str) -> str:
    """The name without folders, control or invisible characters, at most LONGEST_NAME long.

    Letters with accents are one character (NFC), and the extension always stays.
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(char if char.isprintable() else " " for char in name)
    name = " ".join(shown.split()).lstrip(". ").rstrip(". ")
    stem, extension = split(name)
    if not extension:
        return name[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(extension) - 1].rstrip()}.{extension}"


def split(name: str) -> tuple[str, str]:
    """`("Plan v2", "pdf")` of `Plan v2.PDF`."""
    path = PurePosixPath(name)
    return path.stem, path.suffix[1:].lower()


def stored(name: str) -> str:
    """The name on the disk: plain letters, so that every file system takes it."""
    stem, extension = split(name)
    return f"{slugify(stem)[:LONGEST_STORED_STEM] or 'file'}.{slugify(extension)}"


def readable(name: str) -> str:
    """The words in a name without its ending: `verslag van Noor` for `verslag_van-Noor.pdf`."""
    return re.sub(r"[_\-+.]+", " ", split(name)[0])
