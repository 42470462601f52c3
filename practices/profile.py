"""What the pages of a practice show, all of it through `visible_to`."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q
from django.utils.translation import gettext

from content.models import ContentPage, PageDownload
from content.partial_dates import first_day
from files.models import Download
from practices.contact import contact_of
from practices.models import (
    DevelopmentPathIndexPage,
    DevelopmentPathPage,
    ElementState,
    PathStep,
    PracticeElement,
    PracticePage,
    Ring,
    StepStatus,
    TeamRole,
)
from practices.paths import PhaseOnPath, current_step, lay_out, period_of
from practices.rings import rings_of
from practices.situation import situation_of
from vocabulary.models import Term, TermKind

# The shapes that a path uses, in the order of a path.
LEGEND = [StepStatus.DONE, StepStatus.ACTIVE, StepStatus.PLANNED, StepStatus.UNKNOWN]


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
    practice: PracticePage | None = None


@dataclass(frozen=True)
class StepOnPage:
    """A step with what stands beside it; its status where that differs from the phase's."""

    step: PathStep
    period: str
    says_status: bool
    is_current: bool
    links: list[StepLink]


@dataclass(frozen=True)
class PhaseOnPage:
    """A phase of the path with its steps as the page shows them."""

    on_path: PhaseOnPath
    steps: list[StepOnPage]


@dataclass(frozen=True)
class TeamRing:
    """One ring of the team, under its name."""

    title: str
    roles: list["NumberedRole"]


@dataclass(frozen=True)
class LaidOutPath:
    path: DevelopmentPathPage
    phases: list[PhaseOnPath]


# What the layout of a path asks of a step.
STEP_FIELDS = ["page_id", "phase_id", "status", "start", "end", "sort_order"]

# What stands wherever a practice is named.
NAME_FIELDS = ["kind", "sign", "place", "ended_on"]


def practice_of(page: ContentPage, user) -> PracticePage | None:
    """The practice that a page belongs to, in the page's own language if it is there."""
    if isinstance(page, PracticePage):
        return page
    if page.practice_key is None:
        return None
    return practices_by_key(user, [page.practice_key]).get(page.practice_key)


def practices_by_key(user, practice_keys=None) -> dict[Any, PracticePage]:
    """The practices that this person may see, by key, in the visitor's language: one query."""
    practices = PracticePage.objects.visible_to(user).in_language(user).for_links(*NAME_FIELDS)
    if practice_keys is not None:
        practices = practices.of_practice(*practice_keys)
    return {practice.practice_key: practice for practice in practices}


def phases() -> list[Term]:
    """The shared list of phases, in order."""
    return list(Term.objects.of_kind(TermKind.PHASE).active().named())


def phases_and_elements() -> tuple[list[Term], list[Term]]:
    """The shared list of phases, and all working elements, retired ones too, in one query."""
    terms = list(Term.objects.of_kind(TermKind.PHASE, TermKind.ELEMENT).named())
    return (
        [term for term in terms if term.kind == TermKind.PHASE and term.active],
        [term for term in terms if term.kind == TermKind.ELEMENT],
    )


def paths_of(page: ContentPage, user) -> list[DevelopmentPathPage]:
    """The paths of the practice that this page belongs to, in the order of the tree."""
    return list(
        DevelopmentPathPage.objects.of_practice(page.practice_key)
        .visible_to(user)
        .in_language(user)
        .for_links("school", "place", "note", "start")
        .order_by("path")
    )


def lay_out_paths(paths: list[DevelopmentPathPage], terms: list[Term]) -> list[LaidOutPath]:
    """Each path over these phases, in one query however many paths there are."""
    if not paths:
        return []
    steps_of: dict[int, list[Any]] = {}
    steps = PathStep.objects.filter(page__in=[path.pk for path in paths])
    # Rows instead of steps: a practice has many, and the drawing asks little of each.
    for step in steps.order_by("sort_order").values_list(*STEP_FIELDS, named=True):
        steps_of.setdefault(step.page_id, []).append(step)
    return [LaidOutPath(path, lay_out(terms, steps_of.get(path.pk, []))) for path in paths]


def team_of(practice: PracticePage) -> dict[str, list[NumberedRole]]:
    """The roles by ring, numbered through in the order of the drawing."""
    order = list(Ring.values)
    roles = sorted(practice.team.all(), key=lambda role: order.index(role.ring))
    team: dict[str, list[NumberedRole]] = {ring: [] for ring in order}
    for number, role in enumerate(roles, start=1):
        team[role.ring].append(NumberedRole(number, role))
    return team


def elements_of(practice: PracticePage, terms: list[Term]) -> list[ElementRow]:
    """Every working element on the list, the known ones first."""
    known = {row.element_id: row for row in practice.elements.all()}
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


def downloads_on(page: ContentPage) -> list[Download]:
    """The files that hang on this page itself."""
    return with_alternatives(Download.objects.filter(page_downloads__page=page).distinct())


def with_alternatives(downloads) -> list[Download]:
    """Downloads by title; one that is another form of another stands with that one."""
    return list(
        downloads.online()
        .filter(alternative_to__isnull=True)
        .prefetch_related(Prefetch("alternatives", Download.objects.online()))
        .order_by("title")
    )


@dataclass(frozen=True)
class Fact:
    """One fact with its label; a value that is missing is said to be missing."""

    label: str
    value: str
    note: str = ""


def facts_of(
    practice: PracticePage, paths: list[DevelopmentPathPage], phase: Term | None
) -> list[Fact]:
    """The four facts under the title of a practice."""
    unknown = gettext("Not known")
    first = first_paths(paths)
    return [
        Fact(
            gettext("Schools at the start"),
            in_words([path.school for path in first]) or unknown,
            ", ".join(dict.fromkeys(path.place for path in first if path.place)),
        ),
        Fact(gettext("Education"), practice.education or unknown, practice.education_note),
        Fact(
            gettext("Commissioned by"), practice.commissioner or unknown, practice.commissioner_note
        ),
        Fact(
            gettext("Where does the practice stand?"),
            practice.status_text or (phase.label if phase else unknown),
            practice.status_note,
        ),
    ]


def first_paths(paths: list[DevelopmentPathPage]) -> list[DevelopmentPathPage]:
    """The paths of the schools that were there at the start, as far as that is known."""
    begins = [first_day(path.start) for path in paths if path.start]
    return [path for path in paths if path.start and first_day(path.start) == min(begins)]


def in_words(names: list[str]) -> str:
    """`A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def profile_context(practice: PracticePage, request) -> dict[str, Any]:
    paths = paths_of(practice, request.user)
    team = team_of(practice)
    phases, elements = phases_and_elements()
    laid_out = lay_out_paths(paths, phases)
    sections = sections_of(practice, request.user)
    phase = next((term for term in phases if term.pk == practice.current_phase_id), None)
    return {
        "practice": practice,
        "facts": facts_of(practice, paths, phase),
        "phase_now": phase,
        "team": [TeamRing(str(Ring(ring).label), roles) for ring, roles in team.items() if roles],
        "rings": rings_of({ring: len(roles) for ring, roles in team.items()}),
        "partners": list(practice.partners.all()),
        "elements": elements_of(practice, elements),
        "paths": laid_out,
        "path_index": sections.get("developmentpathindexpage") if len(laid_out) > 1 else None,
        "lesson_index": sections.get("lessonindexpage"),
        "contact": contact_of(practice),
        "downloads": downloads_of(practice, request.user),
        "school_types": practice.terms_of_kind(TermKind.SCHOOL_TYPE),
        "situation": situation_of(practice),
        "domains": practice.terms_of_kind(TermKind.DOMAIN),
        "target_groups": practice.terms_of_kind(TermKind.TARGET_GROUP),
        "levels": practice.terms_of_kind(TermKind.LEVEL),
        "themes": practice.terms_of_kind(TermKind.THEME),
        "sources": list(practice.sources.all()),
    }


def sections_of(page: ContentPage, user) -> dict[str, ContentPage]:
    """The overviews below the practice of this page, by the name of their model."""
    types = ContentType.objects.get_for_models(
        *(apps.get_model(name) for name in PracticePage.subpage_types)
    )
    names = {content_type.pk: model.__name__.lower() for model, content_type in types.items()}
    pages = (
        ContentPage.objects.of_practice(page.practice_key)
        .filter(content_type__in=names)
        .visible_to(user)
        .in_language(user)
        .for_links("content_type")
    )
    return {names[section.content_type_id]: section for section in pages}


def paths_context(page: DevelopmentPathIndexPage, request) -> dict[str, Any]:
    return {
        "practice": practice_of(page, request.user),
        "paths": lay_out_paths(paths_of(page, request.user), phases()),
        "legend": LEGEND,
    }


def path_context(page: DevelopmentPathPage, request) -> dict[str, Any]:
    """The path with the lessons and files of each step that this person may see."""
    user = request.user
    steps = list(
        page.steps.prefetch_related(
            Prefetch("lessons", ContentPage.objects.only("translation_key")),
            "downloads__alternatives",
            Prefetch("roles", Term.objects.named()),
        )
    )
    laid_out = lay_out(phases(), steps)
    current = current_step(laid_out)
    pages = lessons_of_steps(steps, user)
    keys = {found.practice_key for found in pages.values()} | {page.practice_key}
    practices = practices_by_key(user, keys)
    siblings = paths_of(page, user)
    return {
        "practice": practices.get(page.practice_key),
        "siblings": siblings,
        "path_index": sections_of(page, user).get("developmentpathindexpage")
        if len(siblings) > 1
        else None,
        "phases": [
            PhaseOnPage(
                phase,
                [
                    StepOnPage(
                        step=step,
                        period=period_of(step),
                        says_status=step.status != phase.status,
                        is_current=step is current,
                        links=links_of(page, step, pages, practices),
                    )
                    for step in phase.steps
                ],
            )
            for phase in laid_out
        ],
        "legend": LEGEND,
        "sources": list(page.sources.all()),
        "downloads": downloads_on(page),
    }


def lessons_of_steps(steps: list[PathStep], user) -> dict[uuid.UUID, ContentPage]:
    """The lessons of all these steps, by key: what this person may see, in one language.

    A draft, a withdrawn lesson or one for another circle is simply not there.
    """
    keys = {lesson.translation_key for step in steps for lesson in step.lessons.all()}
    pages = ContentPage.objects.filter(translation_key__in=keys).visible_to(user).in_language(user)
    return {page.translation_key: page for page in pages.specific()}


def links_of(
    page: DevelopmentPathPage,
    step: PathStep,
    pages: dict[uuid.UUID, ContentPage],
    practices: dict[Any, PracticePage],
) -> list[StepLink]:
    """The lessons of one step, out of those that this person may see."""
    found = [pages.get(lesson.translation_key) for lesson in step.lessons.all()]
    return [
        StepLink(
            lesson,
            inspired_by=lesson.practice_key != page.practice_key,
            practice=practices.get(lesson.practice_key),
        )
        for lesson in found
        if lesson is not None
    ]
