"""Everything that a new installation begins with, in the order in which one thing needs another."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from home.start_content.accounts import StartAccount, ensure_start_accounts
from home.start_content.downloads import load_downloads
from home.start_content.english import load_english
from home.start_content.lessons import go_on_counting, link_schools, load_lesson, read_lessons
from home.start_content.pages import (
    ensure_locales,
    load_home,
    load_information_pages,
    load_news,
    load_news_index,
    load_practice_index,
    put_first,
)
from home.start_content.practices import load_paths, load_practice, read_practices
from home.start_content.promotions import load_promotions
from home.start_content.vocabulary import Vocabulary, load_vocabulary
from lessons.models import LessonPage
from reviewing.setup import ensure_review_workflow
from visibility.setup import ensure_role_groups


def load(*, empty: bool, tell: Callable[[str], None]) -> list[StartAccount]:
    """Add what is missing, and tell how far it is; returns the accounts that are new.

    Each part is a transaction of its own: a load that is broken off goes on where it was.
    """
    now = timezone.now()
    with transaction.atomic():
        ensure_locales()
        tell(f"Vocabulary: {load_vocabulary()} new terms")
        words = Vocabulary()
        home = load_home(words, published_at=now)
        practice_index = load_practice_index(home, published_at=now)
        news_index = load_news_index(home, published_at=now)
        load_information_pages(home, published_at=now)
        ensure_role_groups()
        ensure_review_workflow()
    tell("Home and information pages")
    if not empty:
        _load_content(home, practice_index, news_index, words, now, tell)
    tell(f"English: {load_english()} new pages")
    with transaction.atomic():
        return ensure_start_accounts(administrator_only=empty)


def _load_content(home, practice_index, news_index, words, now, tell) -> None:
    with transaction.atomic():
        downloads = load_downloads()
    tell(f"Downloads: {len(downloads)}")
    entries = read_practices()
    with transaction.atomic():
        loaded = {
            entry["slug"]: load_practice(entry, practice_index, words, downloads, published_at=now)
            for entry in entries
        }
    practices = {slug: practice for slug, practice in loaded.items() if practice is not None}
    tell(f"Practices: {len(practices)}")
    with transaction.atomic():
        lessons = _load_lessons_and_paths(practices, entries, words, downloads, now)
        put_first(home, lessons)
    tell(f"Lessons: {len(lessons)} new, with the development paths")
    with transaction.atomic():
        tell(f"News: {load_news(news_index, practices, published_at=now)} new items")
    with transaction.atomic():
        tell(f"Recommended results: {load_promotions()} new")


def _load_lessons_and_paths(practices, entries, words, downloads, now) -> dict[str, LessonPage]:
    """The new lessons by their numbers. Paths link to lessons, and lessons to paths."""
    lessons: dict[str, LessonPage] = {}
    read = read_lessons()
    for entry in read:
        practice = practices.get(entry["practice"])
        lesson = practice and load_lesson(entry, practice, words, downloads, published_at=now)
        if lesson:
            lessons[entry["external_id"]] = lesson
    go_on_counting()
    for entry in entries:
        if entry["slug"] in practices:
            load_paths(entry, practices[entry["slug"]], words, downloads, published_at=now)
    for entry in read:
        if entry["external_id"] in lessons:
            link_schools(entry, lessons[entry["external_id"]])
    return lessons
