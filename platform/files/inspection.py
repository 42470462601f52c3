"""What a file really is, read from its content. What the name says must agree with it."""

from collections.abc import Iterable
from typing import BinaryIO

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from files import names, office, signatures
from files.kinds import DANGEROUS, MACROS, not_what_it_says, refused, same_kind

HEAD = 1024
# What no document that may be shared here begins with: a browser that guesses would run it.
SCRIPT_MARKS = (b"<script", b"<html", b"<!doctype html", b"<svg", b"<iframe", b"<?php")


def inspect(
    file: BinaryIO, name: str, extensions: Iterable[str] = (), most_bytes: int | None = None
) -> str:
    """The extension of a file that may be shared, in lower case.

    Raises ValidationError, with a reason in plain language, for every other file. The name is
    taken as it is: normalise it first (`names.normalised`).
    """
    extension = check_name(name, list(extensions or settings.WAGTAILDOCS_EXTENSIONS))
    check_size(file, most_bytes or settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    check_no_script(file)
    if extension in office.MAIN_PARTS:
        office.check(file, extension)
    elif signatures.kind_of(file) != same_kind(extension):
        raise not_what_it_says(extension)
    file.seek(0)
    return extension


def check_name(name: str, extensions: list[str]) -> str:
    """The extension, if files of that kind can be shared and the name speaks of one kind only."""
    stem, extension = names.split(name)
    if extension in MACROS:
        raise refused(
            "macro",
            _("A document with macros (.%(extension)s) cannot be shared. Save it without them."),
            extension=extension,
        )
    if extension not in extensions:
        raise refused(
            "kind",
            _("A file of the kind “.%(extension)s” cannot be shared. Possible: %(kinds)s."),
            extension=extension,
            kinds=", ".join(extensions),
        )
    for inner in stem.lower().split(".")[1:]:
        if inner.strip() in {*DANGEROUS, *MACROS, *extensions}:
            raise refused(
                "double_extension",
                _("The name speaks of two kinds, .%(inner)s and .%(extension)s. Rename the file."),
                inner=inner,
                extension=extension,
            )
    return extension


def check_size(file: BinaryIO, most_bytes: int) -> None:
    size = file.seek(0, 2)
    if not size:
        raise refused("empty", _("This file is empty."))
    if size > most_bytes:
        raise refused(
            "too_big", _("This file is too big. At most %(most)s."), most=filesizeformat(most_bytes)
        )


def check_no_script(file: BinaryIO) -> None:
    file.seek(0)
    # Without NUL bytes a page in UTF-16 reads like any other.
    head = file.read(HEAD).replace(b"\0", b"").lower()
    if any(mark in head for mark in SCRIPT_MARKS):
        raise refused("script", _("This file begins as a web page or a script. That can do harm."))
