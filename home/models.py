"""The first page, information pages and news."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, TranslatableMixin
from wagtail.search import index

from content.blocks import TEXT_FEATURES, StoryBlock
from content.models import ContentPage
from content.paging import page_of
from content.partial_dates import PartialDateField, display, first_day
from files.models import Picture
from lessons.models import LessonPage
from practices.models import PracticePage
from practices.profile import downloads_on, practice_of
from vocabulary.clean_text import CleanText
from vocabulary.models import Term, TermKind

NEWS_PER_PAGE = 20
# No page lies deeper; an address of a thousand parts is not worth a look.


class HomePage(ContentPage):
    """The question first, then the practices, then what they learned."""

    lead = models.TextField(_("lead"), max_length=300, blank=True)
    search_label = models.CharField(_("label of the search field"), max_length=80, blank=True)
    examples = models.CharField(
        _("examples of questions"),
        max_length=200,
        blank=True,
        help_text=_("Separated by commas. Each leads to a search."),
    )
    leading_lesson = models.ForeignKey(
        LessonPage,
        verbose_name=_("leading lesson"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    invitation_title = models.CharField(_("title of the invitation"), max_length=80, blank=True)
    invitation_text = models.TextField(_("invitation"), max_length=400, blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "practices.PracticeIndexPage",
        "home.InformationPage",
        "home.NewsIndexPage",
    ]

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("search_label"), FieldPanel("examples")], _("Search field")),
        FieldPanel("leading_lesson"),
        InlinePanel("questions", heading=_("How do I do that?"), label=_("Question"), max_num=4),
        MultiFieldPanel(
            [FieldPanel("invitation_title"), FieldPanel("invitation_text")], _("Invitation")
        ),
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def card_text(self) -> str:
        return self.search_description or self.summary or self.lead

    @property
    def example_questions(self) -> list[str]:
        return [example.strip() for example in self.examples.split(",") if example.strip()]

    def get_context(self, request, *args, **kwargs):
        from home.front import home_context

        context = super().get_context(request, *args, **kwargs)
        return context | home_context(self, request)


class HomeQuestion(CleanText, TranslatableMixin, Orderable, ClusterableModel):
    """A question that people come with, and the themes that answer it."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="questions")
    title = models.CharField(_("question"), max_length=60)
    themes = ParentalManyToManyField(
        Term,
        verbose_name=_("themes"),
        related_name="+",
        limit_choices_to={"kind": TermKind.THEME},
    )

    panels = [FieldPanel("title"), FieldPanel("themes")]

    class Meta(Orderable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        unique_together = [("translation_key", "locale")]

    def __str__(self) -> str:
        return self.title


class InformationPage(ContentPage):
    """A page that the project leader writes: about, privacy, how to take part."""

    body = StreamField(StoryBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["home.HomePage", "home.InformationPage"]
    subpage_types = ["home.InformationPage"]

    content_panels = [*ContentPage.content_panels, FieldPanel("body"), *ContentPage.source_panels]
    search_fields = [*ContentPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["sources"] = list(self.sources.all())
        context["downloads"] = downloads_on(self)
        return context


class NewsIndexPage(ContentPage):
    """News of all practices, by year."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("overview of news")
        verbose_name_plural = _("overviews of news")

    def get_context(self, request, *args, **kwargs):
        from home.front import visible_news

        context = super().get_context(request, *args, **kwargs)
        news = visible_news(request.user)
        years = sorted({date[:4] for date in news.values_list("date", flat=True)}, reverse=True)
        year = request.GET.get("jaar", "")
        chosen = year if year in years else ""
        return context | {
            "years": years,
            "year": chosen,
            "base_query": urlencode({"jaar": chosen}) if chosen else "",
            "unknown_filters": [year] if year and not chosen else [],
            "page_obj": page_of(news.filter(date__startswith=chosen), request, NEWS_PER_PAGE),
        }


class NewsPage(ContentPage):
    """Something that happened, with its date and source."""

    date = PartialDateField(_("date"), blank=False)
    body = RichTextField(_("text"), blank=True, features=TEXT_FEATURES)
    image = models.ForeignKey(
        Picture,
        verbose_name=_("picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    practice_page = models.ForeignKey(
        PracticePage,
        verbose_name=_("practice"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *ContentPage.content_panels,
        FieldPanel("date"),
        FieldPanel("practice_page"),
        FieldPanel("body"),
        FieldPanel("image"),
        *ContentPage.source_panels,
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def clean(self):
        self._plan_until_its_date()
        super().clean()

    def _plan_until_its_date(self) -> None:
        """News of a day to come is published on that day, also when nobody planned it."""
        try:
            day = first_day(self.date)
        except ValueError:
            return
        begin = timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
        planned = self.go_live_at  # type: ignore[has-type]
        if begin > timezone.now() and (planned is None or planned < begin):
            self.go_live_at = begin

    @property
    def date_label(self) -> str:
        return display(self.date)

    def find_practice_key(self, parent):
        return self.practice_page.translation_key if self.practice_page else None

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["practice"] = practice_of(self, request.user)
        context["sources"] = list(self.sources.all())
        context["downloads"] = downloads_on(self)
        return context
