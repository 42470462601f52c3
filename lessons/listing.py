"""Lessons in lists, and what stands around one lesson."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q

from content.models import ContentPage
from lessons.models import LessonIndexPage, LessonPage, LessonQuerySet
from practices.models import DevelopmentPathPage, PathStep, PracticePage
from practices.profile import practice_of, practices_by_key, with_alternatives
from files.models import Download
from vocabulary.models import TermKind

LESSONS_PER_PAGE = 20
RELATED_LESSONS = 3
# Words that make two lessons alike; a shared profession or level says little.
RELATING_KINDS = [TermKind.ELEMENT, TermKind.THEME]


@dataclass(frozen=True)
class LessonLine:
    """A lesson with its practice, as every list shows it (templates/components/lesson_line.html)."""

    page: LessonPage
    practice: PracticePage | None

    @property
    def address(self) -> str:
        return self.page.address()

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
    def practice_sign(self) -> str:
        return self.practice.sign if self.practice else ""

    @property
    def practice_lang(self) -> str:
        return self.practice.language_of_text if self.practice else ""


def visible_lessons(user) -> LessonQuerySet:
    """The lessons that this person may read, each once, in the visitor's language or in Dutch."""
    return (
        LessonPage.objects.visible_to(user).in_language(user).select_related("locale")
    )


def lesson_lines(lessons, user) -> list[LessonLine]:
    """Lessons with their practices, in two queries however many there are."""
    found = list(lessons)
    practices = practices_by_key(user, {lesson.practice_key for lesson in found}) if found else {}
    return [LessonLine(lesson, practices.get(lesson.practice_key)) for lesson in found]


def lesson_counts(user) -> dict[uuid.UUID, int]:
    """How many lessons of each practice this person may read: equal to what the list shows."""
    counted = (
        visible_lessons(user).order_by().values("practice_key").annotate(number=Count("pk"))
    )
    return {row["practice_key"]: row["number"] for row in counted}


def index_context(page: LessonIndexPage, request) -> dict[str, Any]:
    """The lessons of a practice, a page at a time, of one school if the address says so."""
    lessons = visible_lessons(request.user).of_practice(page.practice_key)
    school = request.GET.get("school", "")
    paths = DevelopmentPathPage.objects.of_practice(page.practice_key).visible_to(request.user)
    path = paths.in_language(request.user).filter(slug=school).first() if school else None
    if path is not None:
        lessons = lessons.filter(paths__translation_key=path.translation_key).distinct()
    paginator = Paginator(lessons.newest_first(), LESSONS_PER_PAGE)
    page_of_lessons = paginator.get_page(request.GET.get("page"))
    return {
        "practice": practice_of(page, request.user),
        "school": path,
        "page_obj": page_of_lessons,
        "lines": lesson_lines(page_of_lessons.object_list, request.user),
    }


def lesson_context(lesson: LessonPage, request) -> dict[str, Any]:
    user = request.user
    return {
        "practice": practice_of(lesson, user),
        "themes": lesson.terms_of_kind(TermKind.THEME, TermKind.ELEMENT, TermKind.TAG),
        "levels": lesson.terms_of_kind(TermKind.LEVEL),
        "phase": next(iter(lesson.terms_of_kind(TermKind.PHASE)), None),
        "sources_of_page": list(lesson.sources.all()),
        "downloads": with_alternatives(
            Download.objects.filter(page_downloads__page=lesson).distinct()
        ),
        "steps": steps_of(lesson, user),
        "schools": schools_of(lesson, user),
        "related": lesson_lines(related_lessons(lesson, user), user),
    }


def steps_of(lesson: LessonPage, user) -> list[PathStep]:
    """The steps of the lesson's own practice at which it was learned, with their paths."""
    paths = (
        DevelopmentPathPage.objects.of_practice(lesson.practice_key)
        .visible_to(user)
        .in_language(user)
    )
    return list(
        PathStep.objects.filter(
            page__in=paths, lessons__translation_key=lesson.translation_key
        )
        .select_related("phase", "page__locale")
        .prefetch_related("phase__translations")
    )


def schools_of(lesson: LessonPage, user) -> list[DevelopmentPathPage]:
    keys = [path.translation_key for path in lesson.paths.all()]
    if not keys:
        return []
    paths = DevelopmentPathPage.objects.filter(translation_key__in=keys)
    return list(
        paths.visible_to(user).in_language(user).select_related("locale").order_by("path")
    )


def related_lessons(lesson: LessonPage, user, most: int = RELATED_LESSONS) -> list[LessonPage]:
    """Lessons with the most shared elements and themes, at least one of another practice."""
    terms = [term.pk for term in lesson.terms_of_kind(*RELATING_KINDS)]
    if not terms:
        return []
    alike = (
        visible_lessons(user)
        .exclude(translation_key=lesson.translation_key)
        .annotate(shared=Count("page_terms", filter=Q(page_terms__tag__in=terms)))
        .filter(shared__gt=0)
        .order_by("-shared", "-first_published_at", "-pk")
    )
    nearest = list(alike[:most])
    if nearest and all(found.practice_key == lesson.practice_key for found in nearest):
        elsewhere = alike.exclude(practice_key=lesson.practice_key).first()
        if elsewhere is not None:
            nearest[-1] = elsewhere
    return nearest


def theme_counts(user) -> dict[int, int]:
    """How many readable lessons carry each term, by the term's primary key: one query."""
    counted = (
        visible_lessons(user)
        .order_by()
        .values("page_terms__tag")
        .annotate(number=Count("pk", distinct=True))
    )
    return {row["page_terms__tag"]: row["number"] for row in counted}


def newest_lessons(user, most: int) -> list[ContentPage]:
    return list(visible_lessons(user).newest_first()[:most])
