"""What a file says about one lesson: the names of its columns, in the order in which we write them.

The names are the same in every format and every language of the site.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vocabulary.models import TermKind

# The rich text of a lesson, and its plain text.
RICH_TEXTS = ["situation", "action", "result", "advice"]
PLAIN_TEXTS = ["summary", "lesson"]
CHOICES = ["outcome", "strength", "audience"]
TERM_KINDS = {
    "themes": TermKind.THEME,
    "elements": TermKind.ELEMENT,
    "domains": TermKind.DOMAIN,
    "professions": TermKind.PROFESSION,
    "level": TermKind.LEVEL,
    "phase": TermKind.PHASE,
    "tags": TermKind.TAG,
}
COLUMNS = [
    *("external_id", "title", "practice", "summary", "situation", "action", "result", "lesson"),
    *("advice", "outcome", "strength", "themes", "elements", "domains", "professions", "level"),
    *("phase", "tags", "date", "language", "audience", "source"),
]
NEEDED = ["external_id", "title"]
TEXTS = [*PLAIN_TEXTS, *RICH_TEXTS]
# What a translation has of its own; all else follows from the Dutch lesson.
TRANSLATED = ["title", *TEXTS]

# 10,000 lessons, with the translations of a good part of them.
MOST_ROWS = 15_000
LONGEST_ROW = 1024 * 1024


class FileFormat(models.TextChoices):
    JSONL = "jsonl", _("JSON Lines")
    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel")


class TransferError(ValueError):
    """A file that cannot be read or written at all; the message is for who works with it."""


class RowError(ValueError):
    """One row that cannot be used; the message is for who made the file."""
