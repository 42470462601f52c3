"""What the pages of a practice show, all of it through `visible_to`."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from content.models import ContentPage, PageDownload
from files.models import Download
from practices.models import (
    DevelopmentPathIndexPage,
    DevelopmentPathPage,
    ElementState,
    PathStep,
    PracticeElement,
    PracticePage,
    Ring,
    TeamRole,
)
from practices.paths import PhaseOnPath, current_step, lay_out
from vocabulary.models import Term, TermKind


@dataclass(frozen=True)
class NumberedRole:
    """A role with its number in the drawing of the rings."""

    number: int
    role: TeamRole


@dataclass(frozen=True)
class ElementRow:
    """A working element as this practice uses it; without a row of its own: not known yet."""

    element: Term
    state: ElementState
    sentence: str
    date: str


@dataclass(frozen=True)
class StepLink:
    """A lesson at a step. One of another practice is what this step was inspired by."""

    page: ContentPage
    inspired_by: bool


@dataclass(frozen=True)
class LaidOutPath:
    path: DevelopmentPathPage
    phases: list[PhaseOnPath]


def practice_of(page: ContentPage, user) -> PracticePage | None:
    """The practice that a page belongs to, in the page's own language if it is there."""
    if isinstance(page, PracticePage):
        return page
    if page.practice_key is None:
        return None
    return practices_by_key(user, [page.practice_key]).get(page.practice_key)


def practices_by_key(user, practice_keys=None) -> dict[Any, PracticePage]:
    """The practices that this person may see, by key, in the visitor's language: one query."""
    practices = PracticePage.objects.visible_to(user).in_language(user).select_related("locale")
    if practice_keys is not None:
        practices = practices.of_practice(*practice_keys)
    return {practice.practice_key: practice for practice in practices}


def phases() -> list[Term]:
    """The shared list of phases, in order."""
    return list(Term.objects.of_kind(TermKind.PHASE).active().named())


def paths_of(page: ContentPage, user) -> list[DevelopmentPathPage]:
    """The paths of the practice that this page belongs to, in the order of the tree."""
    return list(
        DevelopmentPathPage.objects.of_practice(page.practice_key)
        .visible_to(user)
        .in_language(user)
        .select_related("locale")
        .order_by("path")
    )


def lay_out_paths(paths: list[DevelopmentPathPage]) -> list[LaidOutPath]:
    """Each path over the shared phases, in two queries however many paths there are."""
    steps_of: dict[int, list[PathStep]] = {}
    for step in PathStep.objects.filter(page__in=paths).order_by("sort_order"):
        steps_of.setdefault(step.page_id, []).append(step)
    terms = phases() if paths else []
    return [LaidOutPath(path, lay_out(terms, steps_of.get(path.pk, []))) for path in paths]


def team_of(practice: PracticePage) -> dict[str, list[NumberedRole]]:
    """The roles by ring, numbered through in the order of the drawing."""
    order = list(Ring.values)
    roles = sorted(practice.team.all(), key=lambda role: order.index(role.ring))
    team: dict[str, list[NumberedRole]] = {ring: [] for ring in order}
    for number, role in enumerate(roles, start=1):
        team[role.ring].append(NumberedRole(number, role))
    return team


def elements_of(practice: PracticePage) -> list[ElementRow]:
    """Every working element on the list, the known ones first."""
    known = {row.element_id: row for row in practice.elements.all()}
    terms = Term.objects.of_kind(TermKind.ELEMENT).named()
    rows = [
        _element_row(term, known.get(term.pk)) for term in terms if term.active or term.pk in known
    ]
    return sorted(rows, key=lambda row: list(ElementState).index(row.state))


def _element_row(term: Term, row: PracticeElement | None) -> ElementRow:
    if row is None:
        return ElementRow(term, ElementState.UNKNOWN, "", "")
    return ElementRow(term, ElementState(row.state), row.sentence, row.date)


def downloads_of(page: ContentPage, user) -> list[Download]:
    """The files on this page and on every page of the practice that this person may see."""
    pages = (
        ContentPage.objects.of_practice(page.practice_key)
        if page.practice_key
        else ContentPage.objects.filter(pk=page.pk)
    ).visible_to(user)
    on_pages = PageDownload.objects.filter(page__in=pages).values("download")
    on_steps = PathStep.downloads.through.objects.filter(pathstep__page__in=pages)
    return with_alternatives(
        Download.objects.filter(Q(pk__in=on_pages) | Q(pk__in=on_steps.values("download")))
    )


def with_alternatives(downloads) -> list[Download]:
    """Downloads by title; one that is another form of another stands with that one."""
    return list(
        downloads.filter(alternative_to__isnull=True)
        .prefetch_related("alternatives")
        .order_by("title")
    )


def profile_context(practice: PracticePage, request) -> dict[str, Any]:
    paths = paths_of(practice, request.user)
    return {
        "practice": practice,
        "team": team_of(practice),
        "elements": elements_of(practice),
        "paths": lay_out_paths(paths),
        "downloads": with_alternatives(
            Download.objects.filter(page_downloads__page=practice).distinct()
        ),
        "school_types": practice.terms_of_kind(TermKind.SCHOOL_TYPE),
        "domains": practice.terms_of_kind(TermKind.DOMAIN),
    }


def paths_context(page: DevelopmentPathIndexPage, request) -> dict[str, Any]:
    return {
        "practice": practice_of(page, request.user),
        "paths": lay_out_paths(paths_of(page, request.user)),
    }


def path_context(page: DevelopmentPathPage, request) -> dict[str, Any]:
    """The path with the lessons and files of each step that this person may see."""
    steps = list(page.steps.prefetch_related("lessons", "downloads__alternatives", "roles"))
    laid_out = lay_out(phases(), steps)
    return {
        "practice": practice_of(page, request.user),
        "siblings": paths_of(page, request.user),
        "phases": laid_out,
        "current_step": current_step(laid_out),
        "links": links_of(page, steps, request.user),
    }


def links_of(
    page: DevelopmentPathPage, steps: list[PathStep], user
) -> dict[uuid.UUID, list[StepLink]]:
    """The lessons of each step, by the step's key: what this person may see, in one language.

    A draft, a withdrawn lesson or one for another circle is simply not there.
    """
    keys = {lesson.translation_key for step in steps for lesson in step.lessons.all()}
    visible = {
        found.translation_key: found
        for found in ContentPage.objects.filter(translation_key__in=keys)
        .visible_to(user)
        .in_language(user)
        .specific()
    }
    return {
        step.translation_key: [
            StepLink(found, inspired_by=found.practice_key != page.practice_key)
            for lesson in step.lessons.all()
            if (found := visible.get(lesson.translation_key)) is not None
        ]
        for step in steps
    }
