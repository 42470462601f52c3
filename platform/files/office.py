"""Documents that are zip files inside: Word, Excel, PowerPoint, OpenDocument."""

import re
import struct
import zipfile
import zlib
from io import BytesIO
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, ElementTree
from django.utils.translation import gettext as _

from files.kinds import CONTENT_TYPES, not_what_it_says, refused

# The content type of the part that makes a document what it is; an OpenDocument file has one type.
MAIN_PARTS = {
    "docx": f"{CONTENT_TYPES['docx']}.main+xml",
    "pptx": f"{CONTENT_TYPES['pptx']}.main+xml",
    "xlsx": f"{CONTENT_TYPES['xlsx']}.main+xml",
    "odt": CONTENT_TYPES["odt"],
}
TYPE_LIST = "[Content_Types].xml"
TYPE_NAME = "{http://schemas.openxmlformats.org/package/2006/content-types}"
# Where the names of the makers stand; the last in OpenDocument.
PROPERTIES = {"docProps/core.xml", "docProps/app.xml", "meta.xml"}

MOST_PARTS = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_LIST_OF_PARTS = 2 * 1024 * 1024
MOST_IN_ONE_PART = 1024 * 1024

PACKED_AS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# All that reading a broken or invented archive was seen to raise.
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException, struct.error),
    *(EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError),
)

# Both Office's format of before 2007 and a document that is locked with a password.
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
END_RECORD = b"PK\x05\x06"
END_RECORD_LENGTH = 22
ZIP64_LOCATOR = b"PK\x06\x07"
LONGEST_COMMENT = 65_535


def check(file: BinaryIO, extension: str) -> None:
    """Raises ValidationError unless this is a whole, safe document of this kind."""
    file.seek(0)
    start = file.read(8)
    if start == OLD_OFFICE:
        raise refused(
            "locked",
            _("This document has a password or is of an old kind. Save it as .%(extension)s."),
            extension=extension,
        )
    if not start.startswith(b"PK\x03\x04"):
        raise not_what_it_says(extension)
    _check_list_of_parts(file, extension)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_parts(archive.infolist(), extension)
            types = _types_in(archive, extension)
            if archive.testzip() is not None:
                raise not_what_it_says(extension)
    except DAMAGE as error:
        raise not_what_it_says(extension) from error
    if any("macro" in kind.lower() or "vba" in kind.lower() for kind in types):
        raise _with_macros()
    if MAIN_PARTS[extension] not in types:
        raise not_what_it_says(extension)


def _check_list_of_parts(file: BinaryIO, extension: str) -> None:
    """Look how long the list of parts is before anything reads it all into memory."""
    end = file.seek(0, 2)
    file.seek(max(0, end - LONGEST_COMMENT - END_RECORD_LENGTH - len(ZIP64_LOCATOR) - 16))
    tail = file.read()
    at = tail.rfind(END_RECORD)
    record = tail[at : at + END_RECORD_LENGTH]
    # No document of this size needs the extension of the format for large archives.
    if at < 0 or len(record) < END_RECORD_LENGTH or tail[:at][-20:].startswith(ZIP64_LOCATOR):
        raise not_what_it_says(extension)
    parts, length = struct.unpack("<HL", record[10:16])
    if parts > MOST_PARTS or length > MOST_LIST_OF_PARTS:
        raise _too_much_inside()


def _check_parts(parts: list[zipfile.ZipInfo], extension: str) -> None:
    names = [part.filename.lower() for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _too_much_inside()
    twice = len(set(names)) < len(names)  # Two programs could see two documents in it.
    odd = any(part.flag_bits & 1 or part.compress_type not in PACKED_AS for part in parts)
    if twice or odd:
        raise not_what_it_says(extension)
    if any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in names):
        raise _with_macros()


def _types_in(archive: zipfile.ZipFile, extension: str) -> set[str]:
    """The content types of the parts, or the one type of an OpenDocument file."""
    if extension == "odt":
        return {_read(archive, "mimetype").decode("ascii", "replace").strip()}
    root = ElementTree.fromstring(_read(archive, TYPE_LIST), forbid_dtd=True)
    if root.tag != f"{TYPE_NAME}Types":
        raise not_what_it_says(extension)
    return {element.get("ContentType", "") for element in root}


def _read(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        content = stream.read(MOST_IN_ONE_PART + 1)
    if len(content) > MOST_IN_ONE_PART:
        raise _too_much_inside()
    return content


def _with_macros():
    return refused(
        "macro", _("This document contains macros: small programs. Save it without them.")
    )


def _too_much_inside():
    return refused("zip_bomb", _("More is packed into this file than can be opened safely."))


# The element with who made the document, saved or printed it last, or leads; then what is in it.
PERSONS = re.compile(
    rb"(<((?:\w+:)?(?:creator|initial-creator|lastModifiedBy|printed-by|Manager))(?:\s[^>]*)?>)[^<]+(</\2\s*>)"
)


def without_persons(file: BinaryIO) -> bytes | None:
    """A checked document without the names of its makers, or None if it holds none."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        cleaned = {
            part: PERSONS.sub(rb"\1\3", _read(archive, part))
            for part in PROPERTIES.intersection(archive.namelist())
        }
        if all(archive.read(part) == content for part, content in cleaned.items()):
            return None
        output = BytesIO()
        with zipfile.ZipFile(output, "w") as copy:
            for part in archive.infolist():
                content = cleaned.get(part.filename)
                copy.writestr(part, archive.read(part) if content is None else content)
    return output.getvalue()
