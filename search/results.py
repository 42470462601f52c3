"""The answer to a question: what the search page shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.languages import active_language
from content.models import ContentPage
from content.paging import AskedPage, page_of
from files.models import Download
from search.catalogue import Catalogue, Entry, catalogue_for, practice_label
from search.engine import DOWNLOAD, PAGE, matching
from search.facets import Facet, chosen_entries, facets_of
from search.kinds import Kind
from search.query import SearchQuery, Sort, refusals
from vocabulary.models import Term, TermKind
from vocabulary.text import fold

RESULTS_PER_PAGE = 20
# Themes to go on with where nothing was found.
MOST_THEMES = 6


@dataclass(frozen=True)
class Line:
    """One result in the list, whatever its kind."""

    kind: Kind
    title: str
    address: str
    text: str = ""
    lang: str = ""
    facts: tuple[str, ...] = ()
    practice_title: str = ""
    practice_sign: str = ""
    outcome: str = ""
    outcome_label: str = ""
    strength: str = ""
    strength_label: str = ""
    date_label: str = ""

    @property
    def is_lesson(self) -> bool:
        return self.kind == Kind.LESSON


@dataclass(frozen=True)
class Choice:
    """A chosen filter, with the address of the same question without it."""

    label: str
    url: str
    # What the question would give without it.
    count: int


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Results:
    query: SearchQuery
    lines: list[Line]
    page: AskedPage
    facets: list[Facet]
    choices: list[Choice]
    without_filters: Choice
    sorts: list[Link]
    themes: list[Link]

    @property
    def notices(self) -> list[str]:
        moved = _("There is no such page. This is page %(number)s.") % {"number": self.page.number}
        return [*self.query.notices, *([moved] if self.page.is_another else [])]

    @property
    def ways_out(self) -> list[Choice]:
        """What to leave out where nothing was found; never something that gives nothing either."""
        ways = [*self.choices, *([self.without_filters] if len(self.choices) > 1 else [])]
        return [way for way in ways if way.count]

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def count_label(self) -> str:
        """`7 lessons` where only lessons were asked for, else `12 results`."""
        if self.query.filters.get("soort") == (Kind.LESSON.value,):
            text = ngettext("%(number)s lesson", "%(number)s lessons", self.count)
        else:
            text = ngettext("%(number)s result", "%(number)s results", self.count)
        return text % {"number": self.count}


def find(query: SearchQuery, request) -> Results:
    """What this person may see of what the question asks for."""
    catalogue = catalogue_for(request.user)
    query = _with_known_values(query, catalogue)
    entries = _matching_entries(query, catalogue)
    chosen = _in_order(chosen_entries(entries, query.filters), query.sort)
    page = page_of(chosen, request, RESULTS_PER_PAGE)
    return Results(
        query=query,
        lines=_lines(page.object_list, catalogue, request),
        page=page,
        facets=facets_of(entries, query, catalogue.labels),
        choices=_choices(query, entries, catalogue),
        without_filters=Choice(
            _("Clear filters"), query.with_filters({}).address, count=len(entries)
        ),
        sorts=[
            Link(str(sort.label), query.sorted_by(sort).address, sort == query.sort)
            for sort in query.sorts
        ],
        themes=[] if chosen else _themes(catalogue),
    )


def _with_known_values(query: SearchQuery, catalogue: Catalogue) -> SearchQuery:
    """The question without values that do not exist, or not for this person: no difference."""
    labels = catalogue.labels
    unknown = [(name, value) for name, value in query.chosen if value not in labels[name]]
    known = {
        name: tuple(value for value in values if value in labels[name])
        for name, values in query.filters.items()
    }
    return query.with_filters(known).noting(*refusals(unknown))


def _matching_entries(query: SearchQuery, catalogue: Catalogue) -> list[Entry]:
    """The entries that hold the words, best first; without words all of them."""
    if not query.words:
        return catalogue.entries
    entries = {entry.key: entry for entry in catalogue.entries}
    # The engine knows nothing of who asks: what is not in the catalogue is not for this person.
    return [entries[key] for key in matching(query.words) if key in entries]


def _in_order(entries: list[Entry], sort: Sort) -> list[Entry]:
    """Every order ends in one that never changes, so that no page repeats what another showed."""
    if sort == Sort.RELEVANCE:
        return entries
    newest = sorted(entries, key=lambda entry: (entry.published, entry.key), reverse=True)
    if sort == Sort.TITLE:
        return sorted(newest, key=lambda entry: fold(entry.title))
    if sort == Sort.STRENGTH:
        return sorted(newest, key=lambda entry: -entry.strength)
    return newest


def _choices(query: SearchQuery, entries: list[Entry], catalogue: Catalogue) -> list[Choice]:
    choices = []
    for name, value in query.chosen:
        without = query.without(name, value)
        count = len(chosen_entries(entries, without.filters))
        choices.append(Choice(catalogue.labels[name][value], without.address, count))
    return choices


def _themes(catalogue: Catalogue) -> list[Link]:
    """The themes that most of what can be found is about."""
    terms = {term.slug: term for term in catalogue.terms.values() if term.kind == TermKind.THEME}
    facets = facets_of(catalogue.entries, SearchQuery(), catalogue.labels)
    options = next(facet.options for facet in facets if facet.name == "thema")
    return [
        Link(option.label, _term_address(terms[option.value])) for option in options[:MOST_THEMES]
    ]


# Lines


def _lines(entries: Iterable[Entry], catalogue: Catalogue, request) -> list[Line]:
    """What the list shows of these entries, in a few queries however many there are."""
    keys = [entry.key for entry in entries]
    pages = _pages([pk for source, pk in keys if source == PAGE])
    downloads = Download.objects.in_bulk([pk for source, pk in keys if source == DOWNLOAD])
    lines = []
    for entry in entries:
        source, pk = entry.key
        if source == PAGE:
            lines.append(_page_line(entry, pages[pk], catalogue, request))
        elif source == DOWNLOAD:
            lines.append(_download_line(downloads[pk]))
        else:
            lines.append(_term_line(catalogue.terms[pk]))
    return lines


def _pages(pks: list[int]) -> dict[int, ContentPage]:
    """Pages with what only their own type has, in one query."""
    types = ["lessonpage", "practicepage", "developmentpathpage", "newspage"]
    pages = ContentPage.objects.filter(pk__in=pks).select_related("locale", *types)
    return {page.pk: page for page in pages}


def _page_line(entry: Entry, page: ContentPage, catalogue: Catalogue, request) -> Line:
    line = Line(
        kind=entry.kind,
        title=page.title,
        address=page.address(request),
        text=page.summary,
        lang=page.language_of_text,
    )
    practice = catalogue.practices.get(page.practice_key) if page.practice_key else None
    if practice is not None:
        line = replace(line, practice_title=practice_label(practice), practice_sign=practice.sign)
    if entry.kind == Kind.LESSON:
        lesson = page.lessonpage
        return replace(
            line,
            text=lesson.lesson or page.summary,
            outcome=lesson.outcome,
            outcome_label=lesson.get_outcome_display(),
            strength=lesson.strength,
            strength_label=lesson.get_strength_display(),
            date_label=lesson.year,
        )
    if entry.kind == Kind.PRACTICE:
        return replace(
            line,
            title=practice_label(page.practicepage),
            practice_title="",
            facts=_facts(page.practicepage.place),
        )
    if entry.kind == Kind.PATH:
        path = page.developmentpathpage
        return replace(line, facts=_facts(path.school, path.place))
    if entry.kind == Kind.NEWS:
        return replace(line, date_label=page.newspage.date_label)
    return line


def _download_line(download: Download) -> Line:
    return Line(
        kind=Kind.DOWNLOAD,
        title=download.title,
        address=download.url,
        text=download.description,
        lang="" if download.language == active_language() else download.language,
        facts=_facts(download.kind_label, download.size_label),
    )


def _term_line(term: Term) -> Line:
    return Line(
        kind=Kind.THEME,
        title=term.label,
        address=_term_address(term),
        text=term.explanation,
        lang=term.language_of_label,
    )


def _term_address(term: Term) -> str:
    return reverse("term_page", args=[term.slug])


def _facts(*facts: str) -> tuple[str, ...]:
    return tuple(fact for fact in facts if fact)
