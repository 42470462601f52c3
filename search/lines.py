"""From hits to lines on a page: what is shown passes the door once more."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site
from wagtail.models.sites import SiteRootPath

from content.addresses import path_of
from content.languages import active_language, code_of, in_frame
from content.models import ContentPage
from content.partial_dates import display
from files.access import visible_downloads
from files.models import Download
from lessons.models import Outcome, Strength
from practices.models import has_ended
from search.index.finding import Hit
from search.kinds import Kind, kinds_of_pages
from search.labels import Labels, practice_label
from search.selection.choices import Choice, ChoiceKind
from vocabulary.models import Term

PAGE, DOWNLOAD, TERM = "page", "download", "term"
# Where the words were found, if not in the running text.
PLACES = {
    "tag": _("Word at this page"),
    "document": _("In the file"),
    "step": _("At a step"),
    "team": _("In the team"),
    "partner": _("Organisation"),
    "synonym": _("Other word"),
}
_OUTCOMES, _STRENGTHS = dict(Outcome.choices), dict(Strength.choices)

# What each type of page says in a line beside what all pages share.
LESSON_FIELDS = ("number", "lesson", "outcome", "strength", "date", "external_id")
OWN_FIELDS = [
    *(f"lessonpage__{name}" for name in LESSON_FIELDS),
    *(f"practicepage__{name}" for name in ("place", "ended_on")),
    *(f"developmentpathpage__{name}" for name in ("school", "place")),
    "newspage__date",
]


class PageRow(NamedTuple):
    """A page as far as a line shows it: making the page itself takes longer than reading it."""

    pk: int
    title: str
    summary: str
    url_path: str
    locale_id: int
    content_type_id: int
    practice_key: uuid.UUID | None
    slug: str
    # These are None in a page of another type.
    number: int
    lesson: str
    outcome: str
    strength: str
    date: str
    external_id: str
    place: str
    ended_on: datetime.date | None
    school: str
    place_of_path: str
    date_of_news: str

    @property
    def is_ended(self) -> bool:
        return has_ended(self.ended_on)

    @property
    def language_of_text(self) -> str:
        """As of a ContentPage."""
        language = code_of(self.locale_id)
        return "" if language == active_language() else language

    def address(self, roots: list[SiteRootPath]) -> str:
        """As of a ContentPage."""
        path = path_of(self.url_path, roots) or ""
        return in_frame(path) if self.language_of_text else path


@dataclass(frozen=True)
class Line:
    """One result in the list, whatever its kind."""

    kind: Kind
    # The same in words; of a term what sort of word it is.
    kind_label: str
    title: str
    address: str
    pk: int
    text: str = ""
    # The text with the words of the question marked, and where it stands.
    snippet: str = ""
    place: str = ""
    lang: str = ""
    facts: tuple[str, ...] = ()
    practice_title: str = ""
    practice_slug: str = ""
    practice_sign: str = ""
    outcome: str = ""
    outcome_label: str = ""
    strength: str = ""
    strength_label: str = ""
    date_label: str = ""
    date: str = ""
    external_id: str = ""
    score: float = 0.0
    # What it is in a selection (search/selection/choices.py), where it can be kept.
    choice: Choice | None = None

    @property
    def is_lesson(self) -> bool:
        return self.kind == Kind.LESSON

    @property
    def says_all(self) -> bool:
        """Whether its text is what somebody looks for, and not a beginning: what a word means."""
        return self.kind == Kind.THEME


def lines_of(hits: Iterable[Hit], labels: Labels, request) -> list[Line]:
    """What the list shows of these hits, in a few queries however many there are.

    A hit that this person may not see any more is left out, whatever the index said.
    """
    hits = list(hits)
    pages = _pages([hit.pk for hit in hits if hit.source == PAGE], request.user)
    downloads = _downloads([hit.pk for hit in hits if hit.source == DOWNLOAD], request.user)
    terms = _terms([hit.pk for hit in hits if hit.source == TERM])
    roots, kinds = (Site.get_site_root_paths(), kinds_of_pages()) if pages else ([], {})
    lines = []
    for hit in hits:
        if hit.source == PAGE and hit.pk in pages:
            page = pages[hit.pk]
            says = _page_line(page, kinds[page.content_type_id], labels, roots)
        elif hit.source == DOWNLOAD and hit.pk in downloads:
            says = _download_line(downloads[hit.pk])
        elif hit.source == TERM and hit.pk in terms:
            says = _term_line(terms[hit.pk])
        else:
            continue
        if hit.snippet.anchor:
            says["address"] = f"{says['address']}#{hit.snippet.anchor}"
        says.setdefault("kind_label", str(says["kind"].label))
        place = str(PLACES.get(hit.snippet.where, ""))
        lines.append(Line(**says, snippet=hit.snippet.html, place=place, score=hit.score))
    return lines


def _pages(pks: list[int], user) -> dict[int, PageRow]:
    """What the lines say of these pages, whatever their types, in one query."""
    if not pks:
        return {}
    pages = ContentPage.objects.filter(pk__in=pks).visible_to(user)
    shared = PageRow._fields[: -len(OWN_FIELDS)]
    return {row[0]: PageRow(*row) for row in pages.values_list(*shared, *OWN_FIELDS)}


def _downloads(pks: list[int], user) -> dict[int, Download]:
    return visible_downloads(user).in_bulk(pks) if pks else {}


def _terms(pks: list[int]) -> dict[int, Term]:
    return Term.objects.active().named().in_bulk(pks) if pks else {}


def _page_line(
    page: PageRow, kind: Kind, labels: Labels, roots: list[SiteRootPath]
) -> dict[str, Any]:
    says: dict[str, Any] = {
        "kind": kind,
        "title": page.title,
        "address": page.address(roots),
        "pk": page.pk,
        "text": page.summary,
        "lang": page.language_of_text,
    }
    practice = labels.practices.get(page.practice_key)
    if practice is not None:
        says |= {
            "practice_title": practice_label(practice),
            "practice_slug": practice.slug,
            "practice_sign": practice.sign,
        }
    if kind == Kind.LESSON:
        says |= {
            "text": page.lesson or page.summary,
            "outcome": page.outcome,
            "outcome_label": str(_OUTCOMES.get(page.outcome, page.outcome)),
            "strength": page.strength,
            "strength_label": str(_STRENGTHS.get(page.strength, page.strength)),
            "choice": Choice(ChoiceKind.LESSON, str(page.number)),
            "date_label": page.date[:4],
            "date": page.date,
            "external_id": page.external_id,
        }
    elif kind == Kind.PRACTICE:
        says |= {
            "title": practice_label(page),
            "practice_title": "",
            "facts": _facts(page.place),
            "choice": Choice(ChoiceKind.PRACTICE, page.slug),
        }
    elif kind == Kind.PATH:
        says["facts"] = _facts(page.school, page.place_of_path)
        if practice is not None:
            says["choice"] = Choice(ChoiceKind.PATH, f"{practice.slug}/{page.slug}")
    elif kind == Kind.NEWS:
        says |= {"date_label": display(page.date_of_news), "date": page.date_of_news}
    return says


def _download_line(download: Download) -> dict[str, Any]:
    return {
        "kind": Kind.DOWNLOAD,
        "title": download.title,
        "address": download.url,
        "pk": download.pk,
        "text": download.description,
        "lang": "" if download.language == active_language() else download.language,
        "facts": _facts(download.kind_label, download.size_label),
    }


def _term_line(term: Term) -> dict[str, Any]:
    return {
        "kind": Kind.THEME,
        "kind_label": term.get_kind_display(),
        "title": term.label,
        "address": reverse("term_page", args=[term.slug]),
        "pk": term.pk,
        "text": term.explanation,
        "lang": term.language_of_label,
    }


def _facts(*facts: str) -> tuple[str, ...]:
    return tuple(fact for fact in facts if fact)
