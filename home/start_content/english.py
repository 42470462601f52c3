"""The English of the start content, entered as translations that the editor knows.

Each Dutch text and its English twin are cut into the same segments (paragraphs, list items, lines),
and paired one to one. The pairs become wagtail-localize's own translations, so that the project
leader goes on with them in the admin.
"""

from collections import defaultdict
from typing import Any

from django.db import transaction
from modelcluster.models import ClusterableModel
from wagtail.models import Locale
from wagtail_localize.models import (
    String,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from content.models import ContentPage
from home.models import HomePage, NewsIndexPage
from home.start_content.lessons import read_lessons
from home.start_content.pages import HOME_LINES, body_blocks, links_html
from home.start_content.practices import path_key, read_practices
from home.start_content.publishing import loaded_page, note, was_loaded
from home.start_content.texts import line, list_html, paragraphs, read
from lessons.models import LessonIndexPage
from practices.models import (
    DevelopmentPathIndexPage,
    PracticeIndexPage,
)

RICH_TEXTS = {"vision", "situation", "action", "result", "caution", "text", "body"}
# The overviews are made by code, so their English stands here.
OVERVIEWS = {
    PracticeIndexPage: {
        "title": "Practices",
        "summary": "Three learning practices and examples from elsewhere: who work together, "
        "where and how?",
    },
    DevelopmentPathIndexPage: {"title": "Development path"},
    LessonIndexPage: {"title": "Lessons"},
    NewsIndexPage: {"title": "News", "summary": "What happened in and around the practices."},
}


class UnequalTextsError(ValueError):
    """A Dutch and an English text that are not cut into the same number of segments."""


def load_english() -> int:
    """Translate what has an English text and no translation yet; returns how many pages."""
    translated = [
        *_home_and_overviews(),
        *_practices(),
        *_lessons(),
        *_information_pages(),
        *_news(),
    ]
    return sum(translated)


def _home_and_overviews():
    home = HomePage.objects.get(locale__language_code="nl")
    entry = read("pages.toml")["home"]
    english = entry["en"] | {"examples": ", ".join(entry["en"]["examples"])}
    questions = [{"title": row["en"]["title"]} for row in entry["questions"]]
    yield _translate(home, _fields(english, [*HOME_LINES, "examples"]), {"questions": questions})
    for model in (PracticeIndexPage, NewsIndexPage):
        for page in model.objects.filter(locale=home.locale):
            yield _translate(page, OVERVIEWS[model])


def _practices():
    for entry in read_practices():
        practice = loaded_page(f"practice:{entry['slug']}")
        if "en" not in entry or practice is None:
            continue
        children = {
            name: [_fields(row.get("en", {})) for row in entry.get(name, [])]
            for name in ("team", "partners", "elements")
        }
        yield _translate(practice, _fields(entry["en"]), children)
        for model in (DevelopmentPathIndexPage, LessonIndexPage):
            yield _translate(model.objects.child_of(practice).get(), OVERVIEWS[model])
        for path in entry.get("paths", []):
            page = loaded_page(path_key(entry, path))
            if page is not None and "en" in path:
                steps = [_fields(step.get("en", {})) for step in path.get("steps", [])]
                yield _translate(page, _fields(path["en"]), {"steps": steps})


def _lessons():
    for entry in read_lessons():
        lesson = loaded_page(f"lesson:{entry['external_id']}")
        if lesson is not None and "en" in entry:
            advice = list_html(entry["en"].get("advice", []), "ol")
            yield _translate(lesson, _fields(entry["en"]) | {"advice": advice})


def _information_pages():
    for entry in read("pages.toml")["page"]:
        page = loaded_page(f"page:{entry['slug']}")
        if "en" in entry and _needs_english(page):
            ids = [block.id for block in page.body]
            blocks = body_blocks(entry["en"]["body"], ids)
            body = page.body.stream_block.to_python(blocks)
            yield _translate(page, _fields(entry["en"], ["title", "summary"]) | {"body": body})


def _news():
    practices = {
        entry["slug"]: practice
        for entry in read_practices()
        if (practice := loaded_page(f"practice:{entry['slug']}"))
    }
    for entry in read("news.toml")["news"]:
        page = loaded_page(f"news:{entry['slug']}")
        if "en" in entry and _needs_english(page):
            body = paragraphs(entry["en"]["body"]) + links_html(entry["en"], practices)
            yield _translate(page, _fields(entry["en"], ["title", "summary"]) | {"body": body})


def _fields(entry: dict, names: list[str] | None = None) -> dict[str, str]:
    """The texts of an English entry, in the form that the page keeps them."""
    texts = {name: value for name, value in entry.items() if isinstance(value, str)}
    return {
        name: paragraphs(value) if name in RICH_TEXTS else line(value)
        for name, value in texts.items()
        if names is None or name in names
    }


def _needs_english(page: ContentPage | None) -> bool:
    """Whether nobody translated this page, ever, and nobody edited it since it was loaded."""
    return (
        page is not None
        and not page.get_translations().exists()
        and not was_loaded(f"english:{page.translation_key}")
        and not page.revisions.exclude(user=None).exists()
    )


@transaction.atomic
def _translate(
    page: ContentPage, fields: dict[str, Any], children: dict[str, list[dict]] | None = None
) -> bool:
    """Publish the English of a page; False when it is there already."""
    if not _needs_english(page):
        return False
    english = Locale.objects.get(language_code="en")
    source, _ = TranslationSource.update_or_create_from_instance(page)
    Translation.objects.get_or_create(source=source, target_locale=english)
    twin = _english_twin(type(page).objects.get(pk=page.pk), fields, children or {})
    for path, dutch, translated in _pairs(page, twin):
        StringTranslation.objects.update_or_create(
            locale=english,
            context=TranslationContext.objects.get(object=source.object, path=path),
            translation_of=String.objects.get(
                locale=page.locale, data_hash=String._get_data_hash(dutch)
            ),
            defaults={"data": translated},
        )
    translated_page, _ = source.create_or_update_translation(
        english, publish=True, copy_parent_pages=True, fallback=True
    )
    note(translated_page, f"english:{page.translation_key}")
    return True


def _english_twin(page: ContentPage, fields: dict, children: dict[str, list[dict]]) -> ContentPage:
    """The page as it would be in English: kept in memory, never saved."""
    for name, value in fields.items():
        setattr(page, name, value)
    for relation, rows in children.items():
        objects: list[ClusterableModel] = list(getattr(page, relation).all())
        for child, row in zip(objects, rows, strict=True):
            for name, value in row.items():
                setattr(child, name, value)
        setattr(page, relation, objects)
    return page


def _pairs(dutch: ContentPage, english: ContentPage):
    """Each translatable string of the Dutch page, with its English twin."""
    dutch_texts, english_texts = _strings(dutch), _strings(english)
    for path, texts in dutch_texts.items():
        twins = english_texts.get(path, [])
        if len(texts) != len(twins):
            raise UnequalTextsError(
                f"{dutch.slug}: {path} has {len(texts)} parts in Dutch and {len(twins)} in English."
            )
        for text, twin in zip(texts, twins, strict=True):
            yield path, text, twin


def _strings(page: ContentPage) -> dict[str, list[str]]:
    strings = defaultdict(list)
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            strings[segment.path].append(segment.string.data)
    return strings
