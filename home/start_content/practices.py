"""Practices with their profiles, and the paths of their schools."""

from content.models import ContentPage, PageDownload, PageSource
from files.models import Download
from home.start_content.publishing import add_published, child_with_slug
from home.start_content.texts import line, paragraphs, read, read_all
from home.start_content.vocabulary import Vocabulary
from lessons.models import LessonPage
from practices.models import (
    DevelopmentPathIndexPage,
    DevelopmentPathPage,
    Partner,
    PathStep,
    PracticeElement,
    PracticeIndexPage,
    PracticeKind,
    PracticePage,
    TeamRole,
)

LINES = [
    "title", "slug", "kind", "sign", "place", "region", "summary", "starting_point", "start",
    "start_text", "since", "education", "education_note", "commissioner", "commissioner_note",
    "connector", "hard", "status_text", "status_note", "contact_role", "contact_text", "unknown",
]  # fmt: skip
PATH_LINES = [
    "title",
    "slug",
    "school",
    "place",
    "note",
    "start",
    "start_text",
    "status_text",
    "summary",
]
STEP_LINES = ["title", "status", "start", "end", "period_text"]
KINDS_IN_ORDER = list(PracticeKind.values)


def read_practices() -> list[dict]:
    """The practices as written, the learning practices first."""
    order = ["orion", "veens-welzijn", "integrated-care-emmen"]
    return sorted(
        read_all("practices"),
        key=lambda entry: (
            KINDS_IN_ORDER.index(entry["kind"]),
            order.index(entry["slug"]) if entry["slug"] in order else len(order),
            entry["title"],
        ),
    )


def lines_of(entry: dict, names: list[str]) -> dict[str, str]:
    """The plain one-line fields that an entry gives."""
    return {name: line(entry[name]) for name in names if name in entry}


def sources_of(entry: dict) -> list[PageSource]:
    return [
        PageSource(sort_order=place, **source)
        for place, source in enumerate(entry.get("sources", []))
    ]


def load_practice(
    entry: dict, parent: PracticeIndexPage, words: Vocabulary, downloads: dict, *, published_at
) -> PracticePage:
    existing = child_with_slug(parent, entry["slug"])
    if existing is not None:
        return existing
    practice = PracticePage(
        **lines_of(entry, LINES),
        vision=paragraphs(entry.get("vision", "")),
        current_phase=words.get(entry.get("current_phase")),
    )
    practice.team = [
        TeamRole(
            sort_order=place,
            domain=words.get(row.get("domain")),
            profession=words.get(row.get("profession")),
            **lines_of(row, ["ring", "role", "note"]),
        )
        for place, row in enumerate(entry.get("team", []))
    ]
    practice.partners = [
        Partner(
            sort_order=place,
            domain=words.get(row.get("domain")),
            **lines_of(row, ["name", "role"]),
        )
        for place, row in enumerate(entry.get("partners", []))
    ]
    practice.elements = [
        PracticeElement(
            sort_order=place,
            element=words[row["element"]],
            **lines_of(row, ["state", "sentence", "date"]),
        )
        for place, row in enumerate(entry.get("elements", []))
    ]
    practice.sources = sources_of(entry)
    practice.downloads = [
        PageDownload(download=downloads[sheet["key"]], sort_order=place)
        for place, sheet in enumerate(read("downloads.toml")["download"])
        if entry["slug"] in [sheet["practice"], *sheet["for_practices"]]
    ]
    practice.terms.set(
        words.all(
            *(
                entry.get(name, [])
                for name in ("domains", "school_types", "target_groups", "levels", "themes")
            )
        )
    )
    return add_published(parent, practice, published_at=published_at)


def load_paths(
    entry: dict, practice: PracticePage, words: Vocabulary, downloads: dict, *, published_at
) -> None:
    """The paths of a practice; the lessons that their steps link to are there already."""
    index = DevelopmentPathIndexPage.objects.child_of(practice).get()
    for path in entry.get("paths", []):
        if child_with_slug(index, path["slug"]) is None:
            _load_path(path, index, words, downloads, published_at)


def _load_path(entry: dict, index, words: Vocabulary, downloads: dict, published_at) -> None:
    page = DevelopmentPathPage(
        **lines_of(entry, PATH_LINES), school_type=words.get(entry.get("school_type"))
    )
    page.sources = sources_of(entry)
    page.steps = [
        _step(row, place, words, downloads) for place, row in enumerate(entry.get("steps", []))
    ]
    add_published(index, page, published_at=published_at)


def _step(entry: dict, place: int, words: Vocabulary, downloads: dict[str, Download]) -> PathStep:
    step = PathStep(
        sort_order=place,
        phase=words[entry["phase"]],
        text=paragraphs(entry.get("text", "")),
        result=paragraphs(entry.get("result", "")),
        **lines_of(entry, STEP_LINES),
    )
    lessons = LessonPage.objects.filter(external_id__in=entry.get("lessons", []))
    step.roles = words.all(entry.get("roles", []))
    step.lessons = list(ContentPage.objects.filter(pk__in=lessons))
    step.downloads = [downloads[key] for key in entry.get("downloads", [])]
    return step
