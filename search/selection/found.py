"""The pages behind the choices, as far as a person may see them. What is hidden is not there."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from content.models import ContentPage
from lessons.listing import visible_lessons
from practices.models import DevelopmentPathPage, PracticePage
from search.selection.choices import Choice, ChoiceKind, Selection
from search.selection.cookie import selection_in

# What tells for whom a page is (ContentPage.real_audience).
AUDIENCE_FIELDS = ["audience", "branch_audience"]


@dataclass(frozen=True)
class FoundSelection:
    """A selection with its pages, in its order; a choice without a page has none to show."""

    selection: Selection
    pages: dict[Choice, ContentPage]

    @property
    def shown(self) -> Selection:
        """Only the choices that this person may see."""
        return Selection(tuple(self.pages))

    @property
    def lacks_some(self) -> bool:
        return self.selection.has_unreadable or len(self.pages) < len(self.selection.choices)


def find(selection: Selection, user) -> FoundSelection:
    """In at most three queries, however many choices there are."""
    found = {
        **dict(_lessons(_keys(selection, ChoiceKind.LESSON), user)),
        **dict(
            _practices_and_paths(
                _keys(selection, ChoiceKind.PRACTICE), _keys(selection, ChoiceKind.PATH), user
            )
        ),
    }
    pages = {choice: found[choice] for choice in selection.choices if choice in found}
    return FoundSelection(selection, pages)


class OwnSelection:
    """The selection of a visitor; a page with two menus and many buttons reads it once."""

    def __init__(self, request: HttpRequest):
        self.request = request

    @cached_property
    def selection(self) -> Selection:
        return selection_in(self.request)

    @cached_property
    def found(self) -> FoundSelection:
        return find(self.selection, self.request.user)


def own(request: HttpRequest) -> OwnSelection:
    if not hasattr(request, "own_selection"):
        request.own_selection = OwnSelection(request)  # type: ignore[attr-defined]
    return request.own_selection  # type: ignore[attr-defined]


def number_chosen(request: HttpRequest) -> int:
    """How many the page of the selection shows. Who collected nothing costs no query."""
    return 0 if own(request).selection.is_empty else len(own(request).found.pages)


def _keys(selection: Selection, kind: ChoiceKind) -> list[str]:
    return [choice.key for choice in selection.choices if choice.kind == kind]


Pairs = Iterator[tuple[Choice, ContentPage]]


def _lessons(numbers: list[str], user) -> Pairs:
    if not numbers:
        return
    lessons = visible_lessons(user).filter(number__in=[int(number) for number in numbers])
    for lesson in lessons.for_links("number", *AUDIENCE_FIELDS):
        yield Choice(ChoiceKind.LESSON, str(lesson.number)), lesson


def _practices_and_paths(slugs: list[str], paths: list[str], user) -> Pairs:
    of_paths = {path.partition("/")[0] for path in paths}
    if not (slugs or paths):
        return
    practices = {
        practice.practice_key: practice
        for practice in PracticePage.objects.visible_to(user)
        .in_language(user)
        .filter(slug__in={*slugs, *of_paths})
        .for_links(*AUDIENCE_FIELDS)
    }
    for practice in practices.values():
        yield Choice(ChoiceKind.PRACTICE, practice.slug), practice
    if not paths:
        return
    schools = (
        DevelopmentPathPage.objects.of_practice(*practices)
        .visible_to(user)
        .in_language(user)
        .filter(slug__in={path.partition("/")[2] for path in paths})
        .for_links(*AUDIENCE_FIELDS)
    )
    for school in schools:
        key = f"{practices[school.practice_key].slug}/{school.slug}"
        yield Choice(ChoiceKind.PATH, key), school
