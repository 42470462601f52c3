"""The kinds of files, and why one is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What a browser is told, whatever the machine's own list of types says.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}
# Office documents that carry programs.
MACROS = {"docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppsm", "ppam"}
# Kinds that a server, a browser or a computer may run, wherever they stand in a name.
DANGEROUS = {
    *("asp", "aspx", "bat", "cgi", "cmd", "dll", "exe", "hta", "htm", "html", "jar", "js", "jse"),
    *("jsp", "lnk", "mjs", "msi", "phar", "php", "php3", "php5", "phtml", "ps1", "py", "rb", "scr"),
    *("sh", "shtml", "svg", "svgz", "swf", "vbe", "vbs", "wsf", "xht", "xhtml", "xml", "zip"),
}


def same_kind(extension: str) -> str:
    """The one name of kinds with several: `jpg` for `jpeg`; a table in text is text."""
    return {"jpeg": "jpg", "csv": "txt"}.get(extension, extension)


def content_type(extension: str) -> str:
    return CONTENT_TYPES.get(extension.lower(), "application/octet-stream")


def refused(code: str, reason: str, **words) -> ValidationError:
    return ValidationError(reason, code=code, params=words)


def not_what_it_says(extension: str) -> ValidationError:
    return refused(
        "other_content",
        _("The content is not that of a “.%(extension)s” file, or the file is damaged."),
        extension=extension,
    )
