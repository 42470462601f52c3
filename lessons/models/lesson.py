"""Lessons: what somebody learned by doing, told so that a colleague can use it."""

import html
import math
import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content import partial_dates
from content.blocks import TEXT_FEATURES, PictureBlock, QuoteBlock, VideoBlock
from content.drafts import change_drafts
from content.models import ContentPage
from content.partial_dates import PartialDateField
from content.querysets import ContentQuerySet
from lessons.forms import LONGEST_LESSON, LessonForm, title_from
from lessons.models.author import LessonAuthor
from lessons.models.choices import STRENGTH_HINTS, Byline, Outcome, Strength
from lessons.models.number import LessonNumber
from practices.models import DevelopmentPathPage, PracticePage
from vocabulary.models import TermKind

# Words that a reader takes in each minute, and from how many minutes on it helps to say so.
WORDS_PER_MINUTE = 200
LONG_READ_MINUTES = 5


class LessonQuerySet(ContentQuerySet):
    def newest_first(self):
        """By the day of publication; what came out together, by when it was learned."""
        return self.order_by("-first_published_at", "-date", "-pk")

    def strongest_first(self):
        order = models.Case(
            *(
                models.When(strength=strength, then=models.Value(place))
                for place, strength in enumerate(Strength.values)
            ),
            output_field=models.IntegerField(),
        )
        return self.order_by(order.desc(), "-pk")


LessonManager = PageManager.from_queryset(LessonQuerySet)


class LessonPage(ContentPage):
    """One lesson, in the order in which a colleague reads it."""

    keeps_practice = True
    address_word = "les"
    # What a colleague cannot do without.
    needed_to_publish = ("situation", "lesson", "outcome")
    base_form_class = LessonForm
    term_kinds = [
        TermKind.THEME,
        TermKind.ELEMENT,
        TermKind.LEVEL,
        TermKind.PHASE,
        TermKind.DOMAIN,
        TermKind.PROFESSION,
        TermKind.SCHOOL_TYPE,
        TermKind.TAG,
    ]

    # Of LessonNumber, kept here so that a list needs no second query.
    number = models.PositiveIntegerField(_("number"), null=True, editable=False, db_index=True)
    external_id = models.CharField(
        _("own number elsewhere"),
        max_length=100,
        blank=True,
        help_text=_("Recognises the lesson when it is imported again."),
        validators=[RegexValidator(r"^[\w.:/-]*$")],
    )
    situation = RichTextField(_("What was the reason?"), blank=True, features=TEXT_FEATURES)
    action = RichTextField(_("What did you do?"), blank=True, features=TEXT_FEATURES)
    result = RichTextField(_("What happened?"), blank=True, features=TEXT_FEATURES)
    lesson = models.TextField(
        _("What did you learn?"),
        max_length=LONGEST_LESSON,
        blank=True,
        help_text=_("One or two sentences: this is what people read in a list."),
    )
    advice = RichTextField(_("How does somebody else begin?"), blank=True, features=TEXT_FEATURES)
    caution = RichTextField(_("Mind this"), blank=True, features=TEXT_FEATURES)
    extra = StreamField(
        [("picture", PictureBlock()), ("quote", QuoteBlock()), ("video", VideoBlock())],
        verbose_name=_("picture, quote or video"),
        blank=True,
    )
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=Outcome.choices, default=Outcome.UNKNOWN
    )
    strength = models.CharField(
        _("how sure"), max_length=20, choices=Strength.choices, default=Strength.EXPERIENCE
    )
    date = PartialDateField(_("when was this?"))
    date_text = models.CharField(
        _("when, in words"), max_length=120, blank=True, help_text=_("Shown instead of the date.")
    )
    byline = models.CharField(
        _("under whose name"), max_length=20, choices=Byline.choices, default=Byline.PRACTICE
    )
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    paths = ParentalManyToManyField(
        DevelopmentPathPage, verbose_name=_("schools"), blank=True, related_name="path_lessons"
    )

    objects = LessonManager()

    parent_page_types = ["lessons.LessonIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["number", "external_id"]
    # A name for machines: nothing to translate.
    override_translatable_fields = [
        *ContentPage.override_translatable_fields,
        SynchronizedField("external_id"),
    ]

    text_panels = [
        *ContentPage.content_panels,
        FieldPanel("situation"),
        FieldPanel("action"),
        FieldPanel("result"),
        FieldPanel("lesson"),
        FieldPanel("advice"),
        FieldPanel("caution"),
        FieldPanel("extra"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("outcome"), FieldPanel("strength")]),
                FieldRowPanel([FieldPanel("date"), FieldPanel("date_text")]),
            ],
            heading=_("Outcome, and how sure"),
        ),
        MultiFieldPanel(
            [FieldPanel("byline"), InlinePanel("authors", label=_("Author"))],
            heading=_("Who wrote this"),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(text_panels, heading=_("Lesson")),
            ObjectList(
                [*(FieldPanel(kind) for kind in term_kinds), FieldPanel("paths")],
                heading=_("Words and schools"),
            ),
            ObjectList(ContentPage.source_panels, heading=_("Sources and files")),
            ObjectList(
                [
                    *ContentPage.promote_panels,
                    FieldPanel("external_id"),
                    FieldPanel("review_on"),
                    *ContentPage.settings_panels,
                ],
                heading=_("Settings"),
            ),
        ]
    )
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("situation"),
        index.SearchField("action"),
        index.SearchField("result"),
        index.SearchField("lesson", boost=2),
        index.SearchField("advice"),
        index.SearchField("caution"),
        index.SearchField("extra"),
        index.FilterField("outcome"),
        index.FilterField("strength"),
        index.FilterField("number"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        indexes = [models.Index(fields=["external_id"], name="lessons_external_id")]

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """An ended practice gets no new lessons."""
        if not super().can_create_at(parent):
            return False
        practice = PracticePage.objects.ancestor_of(parent).first()
        return practice is None or not practice.is_ended

    def _fill_in(self) -> None:
        self.title = self.title or title_from(self.lesson)  # type: ignore[has-type]
        super()._fill_in()

    def clean(self):
        super().clean()
        if self.external_id and (
            LessonPage.objects.outside_trash()
            .filter(external_id=self.external_id)
            .exclude(translation_key=self.translation_key)
            .exists()
        ):
            raise ValidationError({"external_id": _("Another lesson has this number already.")})

    def save(self, *args, **kwargs):
        if self.number is None:
            self.number = LessonNumber.objects.get_or_create(translation_key=self.translation_key)[
                0
            ].pk
        super().save(*args, **kwargs)

    @property
    def named_authors(self) -> list[LessonAuthor]:
        """The authors as far as readers may know them."""
        return list(self.authors.all()) if self.byline == Byline.AUTHORS else []

    def writer_ids(self) -> set[int | None]:
        return super().writer_ids() | {author.user_id for author in self.authors.all()}

    @property
    def date_label(self) -> str:
        return self.date_text or partial_dates.display(self.date)

    @property
    def year(self) -> str:
        return self.date[:4]

    @property
    def card_text(self) -> str:
        return self.search_description or self.lesson or self.summary

    @property
    def short_title(self) -> str:
        return gettext("Lesson %(number)s") % {"number": self.number}

    @property
    def writing_path(self) -> str:
        """A Dutch lesson is written in four questions; a translation in the admin."""
        if self.language_code != settings.LANGUAGE_CODE:
            return super().writing_path
        return reverse("share_lesson_edit", args=[self.number])

    @property
    def fixed_path(self) -> str:
        """The address that never changes, as it is printed."""
        return f"/les/{self.number}/"

    @property
    def own_addresses(self) -> list[str]:
        # The number is that of all languages: it goes with the Dutch lesson.
        is_source = self.language_code == settings.LANGUAGE_CODE
        return [*super().own_addresses, *([self.fixed_path] if is_source else [])]

    def settle_after_return(self) -> list[str]:
        others = LessonPage.objects.outside_trash().exclude(translation_key=self.translation_key)
        if not self.external_id or not others.filter(external_id=self.external_id).exists():
            return super().settle_after_return()
        taken = self.external_id
        same = LessonPage.objects.filter(translation_key=self.translation_key)
        same.update(external_id="")
        change_drafts(same, external_id="")
        return [
            gettext("Another lesson has the number “%(number)s” of elsewhere by now.")
            % {"number": taken}
        ]

    @property
    def first_step(self) -> str:
        """The first thing to do, as plain text."""
        first = re.search(r"<(li|p)\b[^>]*>(.*?)</\1>", self.advice, re.DOTALL)
        return html.unescape(strip_tags(first[2])).strip() if first else ""

    @property
    def reading_minutes(self) -> int:
        """How long it takes to read a long lesson; 0 for all others."""
        texts = [self.situation, self.action, self.result, self.lesson, self.advice, self.caution]
        words = sum(len(strip_tags(text).split()) for text in texts)
        minutes = math.ceil(words / WORDS_PER_MINUTE)
        return minutes if minutes >= LONG_READ_MINUTES else 0

    @property
    def strength_hint(self) -> str:
        return str(STRENGTH_HINTS[Strength(self.strength)])

    def get_context(self, request, *args, **kwargs):
        from lessons.listing import lesson_context

        context = super().get_context(request, *args, **kwargs)
        return context | lesson_context(self, request)
