"""Addresses of lessons outside the tree: the fixed number, the pages of words, the feed."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from content.languages import in_frame
from lessons.listing import lesson_lines, theme_counts, visible_lessons
from lessons.models import LessonNumber, LessonPage
from vocabulary.models import Term, TermKind
from vocabulary.text import fold

FEED_ENTRIES = 50
THEME_LESSONS = 200


def lesson_by_number(request, number: int):
    """The printed address of a lesson: `/les/9/` leads to wherever lesson 9 stands now."""
    key = get_object_or_404(LessonNumber, pk=number).translation_key
    lessons = LessonPage.objects.filter(translation_key=key)
    if not lessons.exists():
        return TemplateResponse(request, "410.html", status=410)
    lesson = lessons.visible_to(request.user).in_language(request.user).first()
    if lesson is None:
        raise Http404
    return HttpResponseRedirect(lesson.address(request))


def term_page(request, slug: str):
    """The page of one word: what it means, and what the practices learned about it."""
    term = get_object_or_404(Term.objects.named(), slug=slug)
    lessons = visible_lessons(request.user).about(term).newest_first()
    lines = lesson_lines(lessons[:THEME_LESSONS], request.user)
    if not lines and term.kind in (TermKind.TAG, TermKind.CONCEPT):
        # 404, also for a tag that only drafts carry: its page would tell that they exist.
        raise Http404
    return TemplateResponse(
        request,
        "lessons/term_page.html",
        {
            "term": term,
            "lines": lines,
            "more": max(count - THEME_LESSONS, 0),
            "meta": meta_of_address(
                request, f"/themas/{term.slug}/", term.label, term.explanation
            ),
            "practice_count": len({line.page.practice_key for line in lines}),
            "crumbs": [
                {"label": _("Home"), "url": in_frame("/")},
                {"label": _("Themes"), "url": in_frame("/themas/")},
                {"label": term.label, "url": ""},
            ],
        },
    )


def term_index(request):
    """All themes and working elements, each with the number of lessons that its page shows."""
    counts = theme_counts(request.user)
    terms = Term.objects.of_kind(TermKind.THEME, TermKind.ELEMENT).active().named()
    rows = [{"term": term, "count": counts.get(term.pk, 0)} for term in terms]
    return TemplateResponse(
        request,
        "lessons/term_index.html",
        {
            "themes": [row for row in rows if row["term"].kind == TermKind.THEME],
            "elements": [row for row in rows if row["term"].kind == TermKind.ELEMENT],
            "crumbs": [
                {"label": _("Home"), "url": in_frame("/")},
                {"label": _("Themes"), "url": ""},
            ],
        },
    )


def glossary(request):
    """Every word with a meaning, in alphabetical order of the reader's language."""
    counts = theme_counts(request.user)
    terms = Term.objects.exclude(definition="").exclude(kind=TermKind.TAG).active()
    entries = [
        {"term": term, "count": counts.get(term.pk, 0), "letter": fold(term.label)[:1].upper()}
        for term in terms.named().prefetch_related("synonyms")
    ]
    entries.sort(key=lambda entry: fold(entry["term"].label))
    return TemplateResponse(
        request,
        "lessons/glossary.html",
        {
            "entries": entries,
            "letters": sorted({entry["letter"] for entry in entries}),
            "crumbs": [
                {"label": _("Home"), "url": in_frame("/")},
                {"label": _("Glossary"), "url": ""},
            ],
        },
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
        lessons = visible_lessons(visitor).newest_first()[:FEED_ENTRIES]
        return lesson_lines(lessons, visitor)

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
        return item.practice_title or self.author_name
