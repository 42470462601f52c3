"""Lessons in lists, and what stands around one lesson."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.http import urlencode
from django.utils.translation import gettext

from content.languages import in_frame
from content.meta import whole_address
from content.models import ContentPage
from content.paging import page_of
from lessons.models import LessonIndexPage, LessonPage, LessonQuerySet
from practices.models import DevelopmentPathPage, PathStep, PracticePage
from practices.profile import downloads_on, paths_of, practice_of, practices_by_key
from vocabulary.models import Term, TermKind

LESSONS_PER_PAGE = 20
RELATED_LESSONS = 3
# Words that make two lessons alike; a shared profession or level says little.
RELATING_KINDS = [TermKind.ELEMENT, TermKind.THEME]


@dataclass(frozen=True)
class LessonLine:
    """A lesson with its practice: what templates/components/lesson_line.html shows."""

    page: LessonPage
    practice: PracticePage | None

    @property
    def address(self) -> str:
        return self.page.address()

    @property
    def number(self) -> int | None:
        return self.page.number

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def lesson(self) -> str:
        return self.page.lesson

    @property
    def summary(self) -> str:
        return self.page.summary

    @property
    def first_step(self) -> str:
        return self.page.first_step

    @property
    def outcome(self) -> str:
        return self.page.outcome

    @property
    def outcome_label(self) -> str:
        return self.page.get_outcome_display()

    @property
    def strength(self) -> str:
        return self.page.strength

    @property
    def strength_label(self) -> str:
        return self.page.get_strength_display()

    @property
    def date_label(self) -> str:
        return self.page.year

    @property
    def lang(self) -> str:
        return self.page.language_of_text

    @property
    def practice_title(self) -> str:
        return self.practice.title if self.practice else ""

    @property
    def maker(self) -> str:
        """Under whose name it is read: as the lesson says, and never otherwise."""
        return ", ".join(map(str, self.page.named_authors)) or self.practice_title

    @property
    def practice_sign(self) -> str:
        return self.practice.sign if self.practice else ""

    @property
    def practice_lang(self) -> str:
        return self.practice.language_of_text if self.practice else ""


def visible_lessons(user) -> LessonQuerySet:
    """The lessons that this person may read, each once, in the visitor's language or in Dutch."""
    return LessonPage.objects.visible_to(user).in_language(user)


# What a line in a list shows of a lesson.
LINE_FIELDS = ["number", "lesson", "outcome", "strength", "date"]


def lesson_lines(lessons, user) -> list[LessonLine]:
    """Lessons with their practices, in two queries however many there are."""
    found = list(lessons)
    practices = practices_by_key(user, {lesson.practice_key for lesson in found}) if found else {}
    return [LessonLine(lesson, practices.get(lesson.practice_key)) for lesson in found]


def lessons_of(practice: PracticePage, user) -> LessonQuerySet:
    return visible_lessons(user).of_practice(practice.practice_key)


def lesson_counts(user) -> dict[uuid.UUID, int]:
    """How many lessons of each practice this person may read: equal to what the list shows."""
    counted = visible_lessons(user).order_by().values("practice_key").annotate(number=Count("pk"))
    return {row["practice_key"]: row["number"] for row in counted}


def index_context(page: LessonIndexPage, request) -> dict[str, Any]:
    """The lessons of a practice, a page at a time; of one school or element if the address asks."""
    user = request.user
    lessons = visible_lessons(user).of_practice(page.practice_key)
    asked_school, asked_element = request.GET.get("school", ""), request.GET.get("element", "")
    school = next((path for path in paths_of(page, user) if path.slug == asked_school), None)
    element = _element(asked_element) if asked_element else None
    if school is not None:
        lessons = lessons.filter(paths__translation_key=school.translation_key).distinct()
    if element is not None:
        lessons = lessons.about(element)
    page_of_lessons = page_of(
        lessons.newest_first().for_links(*LINE_FIELDS), request, LESSONS_PER_PAGE
    )
    known = {"school": school, "element": element}
    chosen = {name: found.slug for name, found in known.items() if found}
    address = page.address(request)
    return {
        "practice": practice_of(page, user),
        "school": school,
        "element": element,
        "without_school": _with_query(address, {"element": chosen.get("element")}),
        "without_element": _with_query(address, {"school": chosen.get("school")}),
        "ways": [{"label": gettext("All lessons of this practice"), "url": address}]
        if chosen
        else [],
        "page_obj": page_of_lessons,
        "base_query": urlencode(chosen),
        "lines": lesson_lines(page_of_lessons.object_list, user),
        "unknown_filters": [
            request.GET[name]
            for name, found in known.items()
            if request.GET.get(name) and not found
        ],
    }


def _with_query(address: str, parameters: dict[str, str | None]) -> str:
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"{address}?{query}" if query else address


def _element(slug: str) -> Term | None:
    # Compared here: PostgreSQL refuses to look up what somebody can write in an address.
    elements = Term.objects.of_kind(TermKind.ELEMENT).named()
    return next((term for term in elements if term.slug == slug), None)


def lesson_context(lesson: LessonPage, request) -> dict[str, Any]:
    user = request.user
    school_keys = set(lesson.paths.values_list("translation_key", flat=True))
    paths = paths_around(lesson, school_keys, user)
    steps = steps_of(lesson, paths)
    with_step = {step.page_id for step in steps}
    return {
        "practice": practice_of(lesson, user),
        "authors": lesson.named_authors,
        "words": lesson.terms_of_kind(TermKind.THEME, TermKind.ELEMENT, TermKind.TAG),
        "levels": lesson.terms_of_kind(TermKind.LEVEL),
        "phases": lesson.terms_of_kind(TermKind.PHASE),
        "sources": list(lesson.sources.all()),
        "downloads": downloads_on(lesson),
        "steps": steps,
        "other_schools": [
            path
            for path in paths
            if path.translation_key in school_keys and path.pk not in with_step
        ],
        "fixed_address": whole_address(in_frame(lesson.fixed_path)),
    }


def paths_around(
    lesson: LessonPage, school_keys: set[uuid.UUID], user
) -> list[DevelopmentPathPage]:
    """The paths of the lesson's practice, and of the schools that it names: one query."""
    paths = DevelopmentPathPage.objects.filter(
        Q(practice_key=lesson.practice_key) | Q(translation_key__in=school_keys)
    )
    return list(paths.visible_to(user).in_language(user).for_links("school").order_by("path"))


def steps_of(lesson: LessonPage, paths: list[DevelopmentPathPage]) -> list[PathStep]:
    """Where on the paths of its own practice it was learned: each phase of a school once."""
    own = {path.pk: path for path in paths if path.practice_key == lesson.practice_key}
    steps = (
        PathStep.objects.filter(page__in=own, lessons__translation_key=lesson.translation_key)
        .select_related("phase")
        .defer("text", "result")
    )
    places: dict[tuple[int, int], PathStep] = {}
    for step in sorted(steps, key=lambda step: (own[step.page_id].path, step.sort_order or 0)):
        step.page = own[step.page_id]
        places.setdefault((step.page_id, step.phase_id), step)
    return list(places.values())


def lessons_sharing_terms(lesson: LessonPage, user, most: int) -> list[LessonPage]:
    """The lessons that share most elements and themes with this one; one elsewhere comes last.

    What a site gives without its index (search/related.py).
    """
    terms = [term.pk for term in lesson.terms_of_kind(*RELATING_KINDS)]
    if not terms:
        return []
    # The keys first: grouping whole lessons, with all their text, is slow.
    alike = (
        visible_lessons(user)
        .exclude(translation_key=lesson.translation_key)
        .filter(page_terms__tag__in=terms)
        .values("pk")
        .annotate(shared=Count("page_terms"))
        .order_by("-shared", "-first_published_at", "-pk")
        .values_list("pk", flat=True)
    )
    elsewhere = alike.exclude(practice_key=lesson.practice_key)
    nearest = list(dict.fromkeys([*alike[:most], *elsewhere[:1]]))
    lessons = LessonPage.objects.for_links(*LINE_FIELDS).in_bulk(nearest)
    return [lessons[pk] for pk in nearest]


def with_another_practice(
    lessons: list[LessonPage], practice_key: uuid.UUID | None, most: int
) -> list[LessonPage]:
    """The first of these lessons; the last of them is of another practice where all are of one."""
    chosen = lessons[:most]
    elsewhere = [lesson for lesson in lessons if lesson.practice_key != practice_key]
    if elsewhere and elsewhere[0] not in chosen:
        chosen[-1] = elsewhere[0]
    return chosen


def theme_counts(user, practice: PracticePage | None = None) -> dict[int, int]:
    """How many readable lessons carry each term, by the term's primary key: one query."""
    lessons = lessons_of(practice, user) if practice else visible_lessons(user)
    counted = lessons.order_by().values("page_terms__tag").annotate(number=Count("pk"))
    return {row["page_terms__tag"]: row["number"] for row in counted}


# How many lessons with each outcome, by practice.
OutcomeCounts = dict[uuid.UUID | None, dict[str, int]]


def outcome_counts(user, kind: TermKind) -> dict[int, OutcomeCounts]:
    """Of each term of this kind, by its primary key, the lessons that may be read: one query."""
    lessons = visible_lessons(user).order_by().filter(page_terms__tag__kind=kind)
    counted = lessons.values_list("page_terms__tag", "practice_key", "outcome")
    counts: dict[int, OutcomeCounts] = {}
    for term, practice_key, outcome, number in counted.annotate(number=Count("pk")):
        counts.setdefault(term, {}).setdefault(practice_key, {})[outcome] = number
    return counts


def newest_lessons(user, most: int) -> list[ContentPage]:
    return list(visible_lessons(user).newest_first()[:most])
