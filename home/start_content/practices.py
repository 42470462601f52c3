"""Practices with their profiles, and the paths of their schools."""

from content.models import PageDownload, PageSource
from files.models import Download
from home.start_content.publishing import add_published, loaded_page, was_loaded
from home.start_content.texts import line, paragraphs, read, read_all
from home.start_content.vocabulary import Vocabulary
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
from practices.situation import SITUATION

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
) -> PracticePage | None:
    """The practice, new or as it is now; None when somebody deleted it."""
    key = f"practice:{entry['slug']}"
    if was_loaded(key):
        return loaded_page(key)
    practice = PracticePage(
        **lines_of(entry, LINES),
        **{name: entry[name] for name in SITUATION if name in entry},
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
        if sheet["key"] in downloads
        and entry["slug"] in [sheet["practice"], *sheet["for_practices"]]
    ]
    practice.terms.set(
        words.all(
            *(
                entry.get(name, [])
                for name in ("domains", "school_types", "target_groups", "levels", "themes")
            )
        )
    )
    return add_published(parent, practice, published_at=published_at, key=key)


def load_paths(
    entry: dict, practice: PracticePage, words: Vocabulary, downloads: dict, *, published_at
) -> None:
    """The paths of a practice; the lessons that their steps link to are there already."""
    index = DevelopmentPathIndexPage.objects.child_of(practice).get()
    for path in entry.get("paths", []):
        key = path_key(entry, path)
        if not was_loaded(key):
            page = _new_path(path, words, downloads)
            add_published(index, page, published_at=published_at, key=key)


def path_key(practice: dict, path: dict) -> str:
    return f"path:{practice['slug']}/{path['slug']}"


def _new_path(entry: dict, words: Vocabulary, downloads: dict) -> DevelopmentPathPage:
    page = DevelopmentPathPage(
        **lines_of(entry, PATH_LINES), school_type=words.get(entry.get("school_type"))
    )
    page.sources = sources_of(entry)
    page.steps = [
        _step(row, place, words, downloads) for place, row in enumerate(entry.get("steps", []))
    ]
    return page


def _step(entry: dict, place: int, words: Vocabulary, downloads: dict[str, Download]) -> PathStep:
    step = PathStep(
        sort_order=place,
        phase=words[entry["phase"]],
        text=paragraphs(entry.get("text", "")),
        result=paragraphs(entry.get("result", "")),
        **lines_of(entry, STEP_LINES),
    )
    lessons = [loaded_page(f"lesson:{number}") for number in entry.get("lessons", [])]
    step.roles = words.all(entry.get("roles", []))
    step.lessons = [lesson.contentpage_ptr for lesson in lessons if lesson is not None]
    step.downloads = [downloads[key] for key in entry.get("downloads", []) if key in downloads]
    return step
