"""Everything that somebody may find, all of it through `visible_to`: what a search chooses from.

An entry holds only what is needed to filter, count and sort. One pass over the entries gives every
number beside a filter, so that number and list cannot differ.
"""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from content.models import ContentPage, PageDownload, PageTerm
from files.access import visible_downloads
from lessons.models import Outcome, Strength
from practices.models import PathStep, PracticePage
from practices.profile import practices_by_key
from search.engine import DOWNLOAD, PAGE, TERM, Key
from search.kinds import Kind, kinds_of_pages
from vocabulary.models import Term, TermKind

_STRENGTHS = {strength: place for place, strength in enumerate(Strength.values, start=1)}
_LONG_AGO = datetime.datetime.min.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found."""

    key: Key
    kind: Kind
    title: str
    published: datetime.datetime
    # The values of this entry for each filter.
    values: dict[str, frozenset[str]]
    # How sure a lesson is; zero for everything else.
    strength: int = 0


@dataclass(frozen=True)
class Catalogue:
    """The entries, and the names of the values that this person can filter them by."""

    entries: list[Entry]
    labels: dict[str, dict[str, str]]
    practices: dict[uuid.UUID, PracticePage]
    terms: dict[int, Term]


def catalogue_for(user) -> Catalogue:
    practices = practices_by_key(user)
    terms = list(Term.objects.of_kind(TermKind.THEME, TermKind.ELEMENT).named())
    themes = {term.pk: term.slug for term in terms if term.kind == TermKind.THEME}
    slugs = {key: practice.slug for key, practice in practices.items()}
    return Catalogue(
        entries=[
            *_pages(user, slugs, themes),
            *_downloads(user, slugs),
            *(_theme(term) for term in terms if term.active),
        ],
        labels={
            "soort": {kind.value: str(kind.label) for kind in Kind},
            "praktijk": practice_labels(practices.values()),
            "thema": {term.slug: term.label for term in terms if term.pk in themes},
            "uitkomst": {outcome.value: str(outcome.label) for outcome in Outcome},
        },
        practices=practices,
        terms={term.pk: term for term in terms},
    )


def found_pages(user):
    """The pages that are results, each once, in the visitor's language or in Dutch."""
    return (
        ContentPage.objects.visible_to(user)
        .in_language(user)
        .filter(content_type__in=kinds_of_pages())
        # News of a day to come is in no list before that day.
        .exclude(newspage__date__gt=timezone.localdate().isoformat())
    )


def found_downloads(user):
    """The files that are results. Another form of a sheet stands with that sheet."""
    return visible_downloads(user).filter(alternative_to__isnull=True)


def practices_of_downloads(user) -> dict[int, set[uuid.UUID]]:
    """The practices whose pages offer each file, as far as this person may see those pages."""
    pages = ContentPage.objects.visible_to(user)
    on_pages = PageDownload.objects.filter(page__in=pages)
    on_steps = PathStep.downloads.through.objects.filter(pathstep__page__in=pages)
    practices: dict[int, set[uuid.UUID]] = defaultdict(set)
    for pk, practice_key in [
        *on_pages.values_list("download", "page__practice_key"),
        *on_steps.values_list("download", "pathstep__page__practice_key"),
    ]:
        practices[pk].add(practice_key)
    return practices


def practice_labels(practices: Iterable[PracticePage]) -> dict[str, str]:
    """The practices by slug, in the order of the tree, ended ones last and marked as such."""
    in_order = sorted(practices, key=lambda practice: (practice.is_ended, practice.path))
    return {practice.slug: practice_label(practice, in_order) for practice in in_order}


def practice_label(practice: PracticePage, others: Iterable[PracticePage] = ()) -> str:
    """The name; with the place where another has the same name, and marked when it has ended."""
    names = Counter(other.title for other in others)
    name = practice.title
    if names[name] > 1:
        name = f"{name}, {practice.place}"
    return _("%(practice)s (ended)") % {"practice": name} if practice.is_ended else name


def _pages(user, slugs: dict[uuid.UUID, str], themes: dict[int, str]) -> Iterable[Entry]:
    kinds = kinds_of_pages()
    pages = found_pages(user)
    themes_of: dict[int, list[str]] = defaultdict(list)
    # Of all pages: only those below are shown, and asking who may see them twice takes long.
    on_pages = PageTerm.objects.filter(tag__in=themes)
    for pk, theme in on_pages.values_list("content_object", "tag"):
        themes_of[pk].append(themes[theme])
    for pk, content_type, practice_key, title, published, outcome, strength in pages.values_list(
        "pk",
        "content_type",
        "practice_key",
        "title",
        "first_published_at",
        "lessonpage__outcome",
        "lessonpage__strength",
    ):
        kind = kinds[content_type]
        yield Entry(
            key=(PAGE, pk),
            kind=kind,
            title=title,
            published=published or _LONG_AGO,
            values=_values(
                kind,
                practices=[slugs[practice_key]] if practice_key in slugs else [],
                themes=themes_of.get(pk, ()),
                outcome=outcome,
            ),
            strength=_STRENGTHS.get(strength, 0),
        )


def _downloads(user, slugs: dict[uuid.UUID, str]) -> Iterable[Entry]:
    practices_of = practices_of_downloads(user)
    for pk, title, created_at in found_downloads(user).values_list("pk", "title", "created_at"):
        practices = [slugs[key] for key in practices_of[pk] if key in slugs]
        yield Entry(
            key=(DOWNLOAD, pk),
            kind=Kind.DOWNLOAD,
            title=title,
            published=created_at,
            values=_values(Kind.DOWNLOAD, practices=practices),
        )


def _theme(term: Term) -> Entry:
    themes = [term.slug] if term.kind == TermKind.THEME else []
    return Entry(
        key=(TERM, term.pk),
        kind=Kind.THEME,
        title=term.label,
        published=_LONG_AGO,
        values=_values(Kind.THEME, themes=themes),
    )


def _values(
    kind: Kind,
    *,
    practices: Iterable[str] = (),
    themes: Iterable[str] = (),
    outcome: str | None = None,
) -> dict[str, frozenset[str]]:
    return {
        "soort": frozenset([kind.value]),
        "praktijk": frozenset(practices),
        "thema": frozenset(themes),
        "uitkomst": frozenset([outcome] if outcome else []),
    }
