"""The log of what may have changed in what can be found, and what people asked, without the people.

The index is a copy that follows the changes. For some questions the project leader says what stands
on top.
"""

import datetime
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from content.models import ContentPage
from search.choosers import FoundPageChooser, PromotedPageFormSet
from search.query import clean, shorten
from search.question_key import LONGEST_QUESTION, POSSIBLY_PERSONAL, normalised
from vocabulary.clean_text import CleanText
from vocabulary.rows import RowsPanel

# More pages on top would hide what the search itself finds.
MOST_PROMOTED_PAGES = 3
MOST_SPELLINGS = 20


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
    # Folded, so that one question in two spellings is one row (search/question_key.py).
    question = models.CharField(_("question"), max_length=LONGEST_QUESTION)
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


class Promotion(CleanText, ClusterableModel):
    """A question for which the project leader says what stands on top, and perhaps why."""

    questions = models.TextField(
        _("question"),
        max_length=MOST_SPELLINGS * (LONGEST_QUESTION + 1),
        help_text=_(
            "As people type it. Give each other spelling a line of its own; capitals and accents "
            "make no difference."
        ),
    )
    reason = models.CharField(
        _("why"),
        max_length=200,
        blank=True,
        help_text=_("One sentence. It stands above the pages."),
    )
    language = models.CharField(
        _("language of the sentence"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )

    panels = [
        FieldPanel("questions"),
        RowsPanel(
            "pages",
            heading=_("On top"),
            label=_("Page"),
            min_num=1,
            max_num=MOST_PROMOTED_PAGES,
            formset=PromotedPageFormSet,
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("reason"), FieldPanel("language")])],
            heading=_("For whoever searches"),
        ),
    ]

    class Meta:
        verbose_name = _("recommended result")
        verbose_name_plural = _("recommended results")
        ordering = ["questions"]

    def __str__(self) -> str:
        return self.questions.partition("\n")[0]

    @property
    def titles(self) -> str:
        """The names of the pages on top, for whoever chooses them."""
        pages = [row.page for row in self.pages.all()]
        there = [page.title for page in pages if not page.is_in_trash]
        return ", ".join(there) or gettext("no page any more")

    @property
    def spellings(self) -> dict[str, str]:
        """Each question as it was typed, by what makes all its spellings one."""
        found: dict[str, str] = {}
        for line in self.questions.splitlines():
            if text := clean(line):
                found.setdefault(normalised(text), text)
        return found

    def clean(self):
        super().clean()
        spellings = self.spellings
        others = PromotedQuestion.objects.filter(key__in=spellings).exclude(promotion=self.pk)
        taken = set(others.values_list("key", flat=True))
        refused = [
            reason for key, text in spellings.items() if (reason := _why_not(key, text, taken))
        ]
        if len(spellings) > MOST_SPELLINGS:
            refused = [gettext("Give at most %(most)s spellings.") % {"most": MOST_SPELLINGS}]
        if refused:
            raise ValidationError({"questions": refused})

    @transaction.atomic
    def save(self, *args, **kwargs):
        spellings = self.spellings
        self.questions = "\n".join(spellings.values())
        super().save(*args, **kwargs)
        self.keys.exclude(key__in=spellings).delete()
        # Where somebody else was first with a question, it stays theirs.
        PromotedQuestion.objects.bulk_create(
            [PromotedQuestion(promotion=self, key=key) for key in spellings], ignore_conflicts=True
        )


def _why_not(key: str, text: str, taken: set[str]) -> str:
    """Why nothing can be put on top for this question, or an empty text."""
    quoted = {"question": shorten(text), "most": LONGEST_QUESTION}
    if not any(char.isalnum() for char in key):
        return gettext("“%(question)s” is no question.") % quoted
    if key == POSSIBLY_PERSONAL:
        return gettext("“%(question)s” may be about a person.") % quoted
    if len(text) > LONGEST_QUESTION:
        return gettext("“%(question)s” is longer than %(most)s characters.") % quoted
    if key in taken:
        return gettext("There is a recommended result for “%(question)s” already.") % quoted
    return ""


class PromotedQuestion(models.Model):
    """A spelling of a question, folded as search/question_key.py does, by which it is found."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=LONGEST_QUESTION, unique=True, editable=False)

    class Meta:
        verbose_name = _("question with a recommended result")
        verbose_name_plural = _("questions with a recommended result")

    def __str__(self) -> str:
        return self.key


class PromotedPage(Orderable):
    """A page on top. Who may not see it, or not now, finds it there no more than elsewhere."""

    promotion = ParentalKey(Promotion, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey(
        ContentPage, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("page", widget=FoundPageChooser)]

    class Meta(Orderable.Meta):
        verbose_name = _("page on top")
        verbose_name_plural = _("pages on top")

    def __str__(self) -> str:
        return str(self.page)
