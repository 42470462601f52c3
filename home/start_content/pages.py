"""The home page, the information pages and the news."""

import uuid

from django.utils.html import escape
from wagtail.models import Locale, Page, Site

from content.languages import source_locale
from home.models import HomePage, HomeQuestion, InformationPage, NewsIndexPage, NewsPage
from home.start_content.practices import lines_of, sources_of
from home.start_content.publishing import add_published, loaded_page, was_loaded
from home.start_content.texts import line, list_html, paragraphs, read
from home.start_content.vocabulary import Vocabulary
from lessons.models import LessonPage
from practices.models import PracticeIndexPage, PracticePage

HOME_LINES = ["title", "lead", "search_label", "invitation_title", "invitation_text"]


def ensure_locales() -> None:
    for code in ("nl", "en"):
        Locale.all_objects.get_or_create(language_code=code)


def load_home(words: Vocabulary, *, published_at) -> HomePage:
    """The home page at the root of the site, in the place of Wagtail's welcome page."""
    existing = HomePage.objects.filter(locale=source_locale()).first()
    if existing is not None:
        return existing
    entry = read("pages.toml")["home"]
    root = Page.get_first_root_node()
    for welcome in root.get_children().filter(content_type__model="page"):
        welcome.delete()
    root.refresh_from_db()
    home = HomePage(
        slug="home", examples=", ".join(entry["examples"]), **lines_of(entry, HOME_LINES)
    )
    home.questions = [_question(row, place, words) for place, row in enumerate(entry["questions"])]
    add_published(root, home, published_at=published_at, key="home")
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": "Lerende Praktijken"},
    )
    return home


def _question(entry: dict, place: int, words: Vocabulary) -> HomeQuestion:
    question = HomeQuestion(title=entry["title"], sort_order=place)
    question.themes = words.all(entry["themes"])
    return question


def put_first(home: HomePage, new_lessons: dict[str, LessonPage]) -> None:
    """The lesson that leads on the home page, when it has just been made."""
    lesson = new_lessons.get(read("pages.toml")["home"]["leading_lesson"])
    if lesson is not None and home.leading_lesson is None and not home.has_unpublished_changes:
        home.leading_lesson = lesson
        home.save_revision().publish()


def load_practice_index(home: HomePage, *, published_at) -> PracticeIndexPage:
    return PracticeIndexPage.objects.child_of(home).first() or add_published(
        home,
        PracticeIndexPage(
            title="Praktijken",
            slug="praktijken",
            summary="Drie Lerende Praktijken en voorbeelden van elders: wie werken er samen, "
            "waar en hoe?",
        ),
        published_at=published_at,
        key="practices",
    )


def load_information_pages(home: HomePage, *, published_at) -> None:
    for entry in read("pages.toml")["page"]:
        key = f"page:{entry['slug']}"
        if was_loaded(key):
            continue
        page = InformationPage(
            **lines_of(entry, ["slug", "title", "summary"]), body=body_blocks(entry["body"])
        )
        page.sources = sources_of(entry)
        add_published(home, page, published_at=published_at, key=key)


def body_blocks(blocks: list[dict], ids: list[str] | None = None) -> list[dict]:
    """The blocks of a text as a StreamField keeps them; with given ids for a translation."""
    return [
        {"id": block_id, **_block(block)}
        for block, block_id in zip(blocks, ids or [str(uuid.uuid4()) for _ in blocks], strict=True)
    ]


def _block(block: dict) -> dict:
    if "heading" in block:
        value = {"text": block["heading"], "anchor": block.get("anchor", "")}
        return {"type": "heading", "value": value}
    html = list_html(block["list"]) if "list" in block else paragraphs(block["text"])
    return {"type": "text", "value": html}


def load_news_index(home: HomePage, *, published_at) -> NewsIndexPage:
    return NewsIndexPage.objects.child_of(home).first() or add_published(
        home,
        NewsIndexPage(
            title="Nieuws", slug="nieuws", summary="Wat er gebeurde in en rond de praktijken."
        ),
        published_at=published_at,
        key="news",
    )


def load_news(index: NewsIndexPage, practices: dict[str, PracticePage], *, published_at) -> int:
    """The news that is not there yet; returns how much."""
    new = 0
    for entry in sorted(read("news.toml")["news"], key=lambda entry: entry["date"]):
        key = f"news:{entry['slug']}"
        if was_loaded(key):
            continue
        page = NewsPage(
            **lines_of(entry, ["slug", "title", "summary", "date"]),
            body=paragraphs(entry["body"]) + links_html(entry, practices),
            practice_page=practices.get(entry.get("practice", "")),
        )
        page.sources = sources_of(entry)
        add_published(index, page, published_at=published_at, key=key)
        new += 1
    return new


def links_html(entry: dict, practices: dict[str, PracticePage]) -> str:
    """Links to practices and lessons, by page so that they survive a move."""
    rows = []
    for link in entry.get("links", []):
        target = practices.get(link["page"]) or loaded_page(f"lesson:{link['page']}")
        if target is not None:
            text = escape(line(link["text"]))
            rows.append(f'<li><a linktype="page" id="{target.pk}">{text}</a></li>')
    return f"<ul>{''.join(rows)}</ul>" if rows else ""
