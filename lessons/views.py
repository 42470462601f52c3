"""Addresses of lessons outside the tree: the fixed number, the pages of words, the feed."""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.crumbs import crumbs_to
from content.languages import in_frame
from content.meta import meta_of_address
from content.paging import page_of
from lessons.gaps import matrix_address, practices_without
from lessons.listing import (
    LESSONS_PER_PAGE,
    LINE_FIELDS,
    lesson_lines,
    theme_counts,
    visible_lessons,
)
from lessons.models import LessonNumber, LessonPage
from visibility.wagtail_hooks import guard_page
from vocabulary.models import Term, TermKind
from vocabulary.text import fold

FEED_ENTRIES = 50


def lesson_by_number(request, number: int):
    """The printed address of a lesson: `/les/9/` leads to wherever lesson 9 stands now.

    The number of a public lesson that was deleted gives a 410 (content/redirects.py).
    """
    key = get_object_or_404(LessonNumber, pk=number).translation_key
    lessons = LessonPage.objects.filter(translation_key=key)
    lesson = lessons.visible_to(request.user).in_language(request.user).first()
    if lesson is not None:
        return HttpResponseRedirect(lesson.address(request))
    source = get_object_or_404(lessons, locale__language_code=settings.LANGUAGE_CODE)
    return guard_page(source, request, [], {})


def term_page(request, slug: str):
    """The page of one word: what it means, and what the practices learned about it."""
    term = get_object_or_404(Term.objects.named().prefetch_related("synonyms"), slug=slug)
    lessons = visible_lessons(request.user).about(term)
    page_of_lessons = page_of(
        lessons.newest_first().for_links(*LINE_FIELDS), request, LESSONS_PER_PAGE
    )
    count = page_of_lessons.paginator.count
    keys = set(lessons.order_by().values_list("practice_key", flat=True))
    ways = [
        {"label": _("Look at this beside all practices"), "url": matrix_address(term.kind)},
        {"label": _("All themes"), "url": in_frame("/themas/")},
        {"label": _("All lessons"), "url": in_frame("/zoeken/?soort=les")},
    ]
    if not count and term.kind == TermKind.TAG:
        # 404, also for a tag that only drafts carry: its page would tell that they exist.
        raise Http404
    return TemplateResponse(
        request,
        "lessons/term_page.html",
        {
            "term": term,
            "language": term.language_of_label,
            "synonyms": synonyms_of(term),
            "page_obj": page_of_lessons,
            "lines": lesson_lines(page_of_lessons.object_list, request.user),
            "lesson_count": count,
            "practice_count": len(keys),
            "practices_without": practices_without(keys, request.user) if term.active else [],
            "matrix_url": matrix_address(term.kind),
            "action": {
                "label": _("Share a lesson"),
                "url": in_frame(f"/lessen/delen/?thema={slug}"),
            },
            "ways": [way for way in ways if way["url"]],
            "meta": meta_of_address(request, f"/themas/{slug}/", term.label, term.explanation),
            "crumbs": crumbs_to(
                term.label, (gettext("Themes"), "/themas/"), lang=term.language_of_label
            ),
        },
    )


def term_index(request):
    """All themes and working elements, each with the number of lessons that its page shows."""
    counts = theme_counts(request.user)
    terms = Term.objects.of_kind(TermKind.THEME, TermKind.ELEMENT).active().named()
    rows = [WordWithCount(term, counts.get(term.pk, 0)) for term in terms]
    return TemplateResponse(
        request,
        "lessons/term_index.html",
        {
            "themes": [row for row in rows if row.term.kind == TermKind.THEME],
            "elements": [row for row in rows if row.term.kind == TermKind.ELEMENT],
            "meta": meta_of_address(request, "/themas/", gettext("Themes")),
            "crumbs": crumbs_to(gettext("Themes")),
        },
    )


def glossary(request):
    """Every word with a meaning, in alphabetical order of the reader's language."""
    counts = theme_counts(request.user)
    words = sorted(
        (
            WordWithCount(term, counts.get(term.pk, 0))
            for term in Term.objects.in_glossary().named().prefetch_related("synonyms")
        ),
        key=lambda word: word.key,
    )
    return TemplateResponse(
        request,
        "lessons/glossary.html",
        {
            "letters": [
                (letter, list(group))
                for letter, group in groupby(words, lambda word: word.key[:1].upper())
            ],
            "meta": meta_of_address(request, "/begrippen/", gettext("Glossary")),
            "crumbs": crumbs_to(gettext("Glossary")),
        },
    )


@dataclass(frozen=True)
class WordWithCount:
    """A term with the number of lessons that its page shows."""

    term: Term
    count: int

    @cached_property
    def key(self) -> str:
        """What the alphabet puts it under."""
        return fold(self.term.label)

    @property
    def synonyms(self) -> str:
        return synonyms_of(self.term)


def synonyms_of(term: Term) -> str:
    """Other words for a term, in the language of its name."""
    language = term.label_language
    return ", ".join(
        synonym.word
        for synonym in term.synonyms.all()
        if synonym.language == language and not synonym.one_way
    )


class LessonFeed(Feed):
    """The newest public lessons, for a feed reader or another site."""

    feed_type = Atom1Feed
    title = _("Learning practices: new lessons")
    subtitle = _("What works in collaborating around children")
    author_name = "Lerende Praktijken"

    def link(self):
        return in_frame("/")

    def feed_url(self):
        return in_frame("/feeds/lessen.atom")

    def items(self):
        # Always what an anonymous visitor may see, whoever asks: feeds are stored and shared.
        visitor = AnonymousUser()
        lessons = visible_lessons(visitor).newest_first().prefetch_related("authors")
        return lesson_lines(lessons[:FEED_ENTRIES], visitor)

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.lesson

    def item_link(self, item):
        return item.address

    def item_guid(self, item):
        # Stays the same when the lesson is renamed or moved.
        return f"urn:uuid:{item.page.translation_key}"

    def item_pubdate(self, item):
        return item.page.first_published_at

    def item_updateddate(self, item):
        return item.page.last_published_at

    def item_author_name(self, item):
        return item.maker or self.author_name
