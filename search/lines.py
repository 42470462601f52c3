"""From hits to lines on a page: what is shown passes the door once more."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.languages import active_language
from content.models import ContentPage
from files.access import visible_downloads
from files.models import Download
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


# What a line says that only one type of page has. The rest of a page is long, and stays behind.
LESSON_FIELDS = ("number", "lesson", "outcome", "strength", "date", "external_id")
OWN_FIELDS = [
    *(f"lessonpage__{name}" for name in LESSON_FIELDS),
    *(f"practicepage__{name}" for name in ("title", "place", "ended_on")),
    *(f"developmentpathpage__{name}" for name in ("school", "place")),
    "newspage__date",
]


@dataclass(frozen=True)
class Line:
    """One result in the list, whatever its kind."""

    kind: Kind
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


def lines_of(hits: Iterable[Hit], labels: Labels, request) -> list[Line]:
    """What the list shows of these hits, in a few queries however many there are.

    A hit that this person may not see any more is left out, whatever the index said.
    """
    hits = list(hits)
    pages = _pages([hit.pk for hit in hits if hit.source == PAGE], request.user)
    downloads = _downloads([hit.pk for hit in hits if hit.source == DOWNLOAD], request.user)
    terms = _terms([hit.pk for hit in hits if hit.source == TERM])
    lines = []
    for hit in hits:
        if hit.source == PAGE and hit.pk in pages:
            line = _page_line(pages[hit.pk], labels, request)
        elif hit.source == DOWNLOAD and hit.pk in downloads:
            line = _download_line(downloads[hit.pk])
        elif hit.source == TERM and hit.pk in terms:
            line = _term_line(terms[hit.pk])
        else:
            continue
        anchor = f"#{hit.snippet.anchor}" if hit.snippet.anchor else ""
        lines.append(
            replace(
                line,
                address=line.address + anchor,
                snippet=hit.snippet.html,
                place=str(PLACES.get(hit.snippet.where, "")),
                score=hit.score,
            )
        )
    return lines


def _pages(pks: list[int], user) -> dict[int, ContentPage]:
    """Pages with what only their own type has, in one query."""
    if not pks:
        return {}
    types = {field.partition("__")[0] for field in OWN_FIELDS}
    pages = ContentPage.objects.filter(pk__in=pks).visible_to(user).select_related(*types)
    return {page.pk: page for page in pages.for_links("summary", "content_type", *OWN_FIELDS)}


def _downloads(pks: list[int], user) -> dict[int, Download]:
    return visible_downloads(user).in_bulk(pks) if pks else {}


def _terms(pks: list[int]) -> dict[int, Term]:
    return Term.objects.active().named().in_bulk(pks) if pks else {}


def _page_line(page: ContentPage, labels: Labels, request) -> Line:
    kind = kinds_of_pages()[page.content_type_id]
    line = Line(
        kind=kind,
        title=page.title,
        address=page.address(request),
        pk=page.pk,
        text=page.summary,
        lang=page.language_of_text,
    )
    practice = labels.practices.get(page.practice_key) if page.practice_key else None
    if practice is not None:
        line = replace(
            line,
            practice_title=practice_label(practice),
            practice_slug=practice.slug,
            practice_sign=practice.sign,
        )
    if kind == Kind.LESSON:
        lesson = page.lessonpage
        return replace(
            line,
            text=lesson.lesson or page.summary,
            outcome=lesson.outcome,
            outcome_label=lesson.get_outcome_display(),
            strength=lesson.strength,
            strength_label=lesson.get_strength_display(),
            choice=Choice(ChoiceKind.LESSON, str(lesson.number)),
            date_label=lesson.year,
            date=lesson.date,
            external_id=lesson.external_id,
        )
    if kind == Kind.PRACTICE:
        return replace(
            line,
            title=practice_label(page.practicepage),
            practice_title="",
            facts=_facts(page.practicepage.place),
            choice=Choice(ChoiceKind.PRACTICE, page.slug),
        )
    if kind == Kind.PATH:
        path = page.developmentpathpage
        choice = Choice(ChoiceKind.PATH, f"{practice.slug}/{page.slug}") if practice else None
        return replace(line, facts=_facts(path.school, path.place), choice=choice)
    if kind == Kind.NEWS:
        return replace(line, date_label=page.newspage.date_label, date=page.newspage.date)
    return line


def _download_line(download: Download) -> Line:
    return Line(
        kind=Kind.DOWNLOAD,
        title=download.title,
        address=download.url,
        pk=download.pk,
        text=download.description,
        lang="" if download.language == active_language() else download.language,
        facts=_facts(download.kind_label, download.size_label),
    )


def _term_line(term: Term) -> Line:
    return Line(
        kind=Kind.THEME,
        title=term.label,
        address=reverse("term_page", args=[term.slug]),
        pk=term.pk,
        text=term.explanation,
        lang=term.language_of_label,
    )


def _facts(*facts: str) -> tuple[str, ...]:
    return tuple(fact for fact in facts if fact)
