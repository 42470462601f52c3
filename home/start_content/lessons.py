"""The forty lessons."""

from django.core.management.color import no_style
from django.db import connection
from django.utils.text import slugify

from content.models import PageDownload
from home.start_content.practices import lines_of, sources_of
from home.start_content.publishing import add_published, was_loaded
from home.start_content.texts import list_html, paragraphs, read, read_all
from home.start_content.vocabulary import Vocabulary
from lessons.models import LessonIndexPage, LessonNumber, LessonPage
from practices.models import DevelopmentPathPage, PracticePage
from vocabulary.tags import free_tags

LINES = ["external_id", "title", "summary", "lesson", "outcome", "strength", "date", "date_text"]
TEXTS = ["situation", "action", "result", "caution"]
TERMS = ["levels", "domains", "themes", "elements", "professions", "school_types"]


def read_lessons() -> list[dict]:
    """The lessons as written, in the order of their numbers."""
    lessons = [entry for file in read_all("lessons") for entry in file["lesson"]]
    return sorted(lessons, key=lambda entry: entry["external_id"])


def load_lesson(
    entry: dict, practice: PracticePage, words: Vocabulary, downloads: dict, *, published_at
) -> LessonPage | None:
    """The lesson when it is new; None when it is there already, or was deleted."""
    key = f"lesson:{entry['external_id']}"
    known = LessonPage.objects.filter(external_id=entry["external_id"], locale=practice.locale)
    if was_loaded(key) or known.exists():
        return None
    lesson = LessonPage(
        slug=slugify(entry["title"]),
        **lines_of(entry, LINES),
        **{name: paragraphs(entry.get(name, "")) for name in TEXTS},
        advice=list_html(entry["advice"], "ol"),
    )
    lesson.sources = sources_of(entry)
    lesson.downloads = [
        PageDownload(download=downloads[sheet["key"]], sort_order=place)
        for place, sheet in enumerate(read("downloads.toml")["download"])
        if sheet["key"] in downloads and entry["external_id"] in sheet["for_lessons"]
    ]
    _take_number(entry, lesson)
    phase = [entry["phase"]] if "phase" in entry else []
    lesson.terms.set(
        [
            *words.all(*(entry.get(name, []) for name in TERMS), phase),
            *free_tags(entry.get("tags", [])),
        ]
    )
    index = LessonIndexPage.objects.child_of(practice).get()
    return add_published(index, lesson, published_at=published_at, key=key)


def _take_number(entry: dict, lesson: LessonPage) -> None:
    """Lesson `start-09` is `/les/9/`, where no other lesson has that number."""
    number = int(entry["external_id"].removeprefix("start-"))
    LessonNumber.objects.get_or_create(
        pk=number, defaults={"translation_key": lesson.translation_key}
    )


def go_on_counting() -> None:
    """PostgreSQL does not notice numbers that were chosen; the next lesson comes after them."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [LessonNumber]):
            cursor.execute(statement)


def link_schools(entry: dict, lesson: LessonPage) -> None:
    """The schools of a lesson, once their paths are there."""
    slugs = entry.get("schools", [])
    if slugs:
        lesson.paths = list(
            DevelopmentPathPage.objects.of_practice(lesson.practice_key).filter(
                slug__in=slugs, locale=lesson.locale
            )
        )
        lesson.save_revision().publish()
