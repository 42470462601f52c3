"""The log of what may have changed in what can be found. The index is a copy that follows it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Subject(models.TextChoices):
    PAGE = "page", _("Page")
    DOWNLOAD = "download", _("Download")
    TERM = "term", _("Term")


class ChangeCounter(models.Model):
    """One row: how far the log is. Whoever adds to the log holds this row until the commit.

    So numbers appear in the order of the commits, in PostgreSQL too: a copy that has seen number 7
    never misses number 6.
    """

    # Another database, or this one emptied, has another identity: its numbers mean nothing here.
    identity = models.UUIDField(default=uuid.uuid4, editable=False)
    last = models.PositiveBigIntegerField(default=0)
    # The mark of the last change; and of the last change of a word, which what is kept in memory
    # of the vocabulary follows.
    mark = models.UUIDField(default=uuid.uuid4, editable=False)
    word_mark = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("state of the search log")
        verbose_name_plural = _("states of the search log")

    def __str__(self) -> str:
        return f"{self.last}"


class Change(models.Model):
    """Something that a copy of the index has to look at again."""

    number = models.PositiveBigIntegerField(unique=True)
    # Tells apart two changes with one number: after a rollback, or a restored backup.
    mark = models.UUIDField()
    subject = models.CharField(max_length=10, choices=Subject.choices)
    key = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("change for the search index")
        verbose_name_plural = _("changes for the search index")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.subject} {self.key}"
