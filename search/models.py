"""The log of what may have changed in what can be found, and what people asked, without the people.

The index is a copy that follows the changes.
"""

import datetime
import uuid

from django.db import models
from django.db.models import Sum
from django.utils import timezone
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


class AskedQuestionQuerySet(models.QuerySet):
    def of_last(self, days: int):
        """Asked today or on one of the days before it, so many days together."""
        return self.filter(day__gt=timezone.localdate() - datetime.timedelta(days=days))

    def by_question(self):
        """One dict for each question, its days added up."""
        return self.values("question").annotate(
            times=Sum("asked"),
            times_without_results=Sum("without_results"),
            times_opened=Sum("opened"),
            visits=Sum("sessions"),
        )


class AskedQuestion(models.Model):
    """How often something was asked on a day. Nothing here says, or can tell, by whom."""

    day = models.DateField(_("day"))
    # Folded, so that one question in two spellings is one row (search/question_log.py).
    question = models.CharField(_("question"), max_length=100)
    asked = models.PositiveIntegerField(_("times asked"), default=0)
    without_results = models.PositiveIntegerField(_("times without results"), default=0)
    opened = models.PositiveIntegerField(_("results opened"), default=0)
    sessions = models.PositiveIntegerField(_("sessions"), default=0)

    objects = AskedQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("asked question")
        verbose_name_plural = _("asked questions")
        ordering = ["-day", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "question"], name="search_one_row_per_question_and_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.question}"
