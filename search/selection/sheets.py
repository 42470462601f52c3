"""What a hand-out says: each chosen lesson in full, practices and paths in short.

Everything comes from pages that passed the door for whoever asks. A picture on such a page is for
whoever may see the page (files/access.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from content.languages import in_frame
from content.meta import whole_address
from content.models import ContentPage, PageSource
from content.partial_dates import display
from content.templatetags.content_tags import has_text, shape
from lessons.models import LessonPage
from practices.models import DevelopmentPathPage, PracticePage
from practices.paths import PhaseOnPath
from practices.profile import lay_out_paths, phases, practices_by_key
from search.labels import practice_label
from search.selection.choices import Choice
from search.selection.extras import Extra, Extras
from search.selection.found import FoundSelection
from search.selection.printing import PageFile
from search.selection.texts import PageLinks, steady
from visibility.audience import ONLY_FOR

# So many choices make one hand-out: more takes longer than anybody waits.
MOST_SHEETS = 40
RICH_TEXTS = ("situation", "action", "result", "advice", "caution")

AnyPage = TypeVar("AnyPage", bound=ContentPage)


@dataclass(frozen=True)
class Passage:
    """A part of a lesson below its own heading."""

    title: str
    text: SafeString
    name: str = ""


@dataclass(frozen=True)
class Fact:
    """Something in few words, behind its drawing or its label."""

    text: str
    drawing: str = ""
    label: str = ""
    # The language of the text, where it is not that of the hand-out.
    lang: str = ""


@dataclass(frozen=True)
class Sheet:
    """One choice on paper."""

    name: str
    kind: str
    title: str
    address: str
    summary: str
    lang: str
    facts: list[Fact]
    practice: str = ""
    practice_lang: str = ""
    sign: str = ""
    only_for: str = ""
    passages: list[Passage] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    sources: list[PageSource] = field(default_factory=list)
    phases: list[PhaseOnPath] = field(default_factory=list)


@dataclass(frozen=True)
class Sheets:
    """The sheets in the order of the selection, with the pictures on them."""

    sheets: list[Sheet]
    files: dict[str, PageFile]
    left_out: int


def sheets_of(found: FoundSelection, request: HttpRequest) -> Sheets:
    """In a number of queries that does not depend on how many there are."""
    chosen = dict(list(found.pages.items())[:MOST_SHEETS])
    lessons = _whole(LessonPage, chosen, request, "sources")
    practices = _whole(PracticePage, chosen, request, "current_phase__translations")
    paths = _whole(DevelopmentPathPage, chosen, request)
    names = practices_by_key(request.user)
    extras = Extras(lessons.values())
    links = PageLinks(
        (getattr(lesson, name) for lesson in lessons.values() for name in RICH_TEXTS), request
    )
    laid_out = lay_out_paths(list(paths.values()), phases() if paths else [])
    phases_of = {one.path.pk: one.phases for one in laid_out}

    def sheet(choice: Choice, pk: int) -> Sheet:
        if lesson := lessons.get(pk):
            return _lesson(choice, lesson, names.get(lesson.practice_key), extras, links, request)
        if practice := practices.get(pk):
            return _practice(choice, practice, request)
        path = paths[pk]
        return _path(choice, path, names.get(path.practice_key), phases_of[pk], request)

    return Sheets(
        sheets=[
            sheet(choice, page.pk)
            for choice, page in chosen.items()
            if page.pk in lessons or page.pk in practices or page.pk in paths
        ],
        files=extras.files,
        left_out=len(found.pages) - len(chosen),
    )


def _whole(
    model: type[AnyPage], chosen: dict[Choice, ContentPage], request: HttpRequest, *along: str
) -> dict[int, AnyPage]:
    """The chosen pages of this type with all that they say."""
    keys = [page.pk for page in chosen.values() if isinstance(page, model)]
    if not keys:
        return {}
    pages = model.objects.filter(pk__in=keys).visible_to(request.user)
    return {page.pk: page for page in pages.prefetch_related(*along)}


def _about(choice: Choice, page: ContentPage) -> dict:
    """What every sheet says of its page."""
    return {
        "name": choice.anchor,
        "title": steady(page.title),
        "summary": page.summary,
        "lang": page.language_of_text,
        "only_for": str(ONLY_FOR.get(page.real_audience, "")),
    }


def _of_practice(practice: PracticePage | None) -> dict:
    """The practice that a lesson or path belongs to."""
    if practice is None:
        return {}
    return {
        "practice": steady(practice_label(practice)),
        "practice_lang": practice.language_of_text,
        "sign": f"sign-{practice.sign}",
    }


def _lesson(
    choice: Choice,
    lesson: LessonPage,
    practice: PracticePage | None,
    extras: Extras,
    links: PageLinks,
    request: HttpRequest,
) -> Sheet:
    lang = lesson.language_of_text
    facts = [
        Fact(lesson.get_outcome_display(), drawing=shape(lesson.outcome)),
        Fact(lesson.get_strength_display(), drawing=f"strength-{lesson.strength}"),
        *([Fact(lesson.date_label, lang=lang)] if lesson.date_label else []),
    ]
    return Sheet(
        kind=lesson.short_title,
        address=whole_address(in_frame(lesson.fixed_path)),
        facts=facts,
        passages=list(_passages(lesson, links)),
        extras=extras.of(lesson),
        sources=list(lesson.sources.all()),
        **_of_practice(practice),
        **_about(choice, lesson),
    )


def _passages(lesson: LessonPage, links: PageLinks) -> Iterator[Passage]:
    """In the order of the page of the lesson; without what was not filled in."""
    learned = format_html("<p>{}</p>", lesson.lesson)
    for name, title in (
        ("situation", _("What was the reason?")),
        ("action", _("What did they do?")),
        ("result", _("What happened?")),
        ("lesson", _("This is what they learned")),
        ("advice", _("How to begin")),
        ("caution", _("Mind this")),
    ):
        text = getattr(lesson, name)
        if has_text(text):
            printed = learned if name == "lesson" else links.printed(text)
            yield Passage(title, printed, name)


def _practice(choice: Choice, practice: PracticePage, request: HttpRequest) -> Sheet:
    lang, phase = practice.language_of_text, practice.current_phase
    in_region = practice.region if practice.region != practice.place else ""
    told = {
        _("Place"): ", ".join(part for part in (practice.place, in_region) if part),
        _("Start"): practice.start_text or display(practice.start) or practice.since,
        _("Education"): practice.education,
        _("Who connects?"): practice.connector,
        _("Where does the practice stand?"): practice.status_text,
    }
    facts = [Fact(text, label=label, lang=lang) for label, text in told.items() if text]
    if phase is not None:
        facts.append(Fact(phase.label, label=_("Phase now"), lang=phase.language_of_label))
    return Sheet(
        kind=_("Practice"),
        sign=f"sign-{practice.sign}",
        address=whole_address(practice.address(request)),
        facts=facts,
        **_about(choice, practice) | {"title": steady(practice_label(practice))},
    )


def _path(
    choice: Choice,
    path: DevelopmentPathPage,
    practice: PracticePage | None,
    on_path: list[PhaseOnPath],
    request: HttpRequest,
) -> Sheet:
    lang = path.language_of_text
    told = {
        _("School"): ", ".join(part for part in (path.school, path.place) if part),
        _("Start"): path.start_text or display(path.start),
        _("Where it stands"): path.status_text,
    }
    return Sheet(
        kind=_("Development path"),
        address=whole_address(path.address(request)),
        facts=[Fact(text, label=label, lang=lang) for label, text in told.items() if text],
        phases=on_path,
        **_of_practice(practice),
        **_about(choice, path),
    )
