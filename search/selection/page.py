"""A selection as its page shows it: in the order of the choices, with the ways to take it along."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext as _

from content.meta import whole_address
from practices.profile import practices_by_key
from search.comparing.chosen import FEWEST, MOST, ComparisonQuery
from search.formats import file_links
from search.index.finding import Hit
from search.index.snippets import NO_SNIPPET
from search.labels import Labels
from search.lines import PAGE, Line, lines_of
from search.results import Link
from search.selection.choices import MOST_CHOICES, Choice, ChoiceKind, Selection
from search.selection.found import FoundSelection, own
from visibility.audience import ONLY_FOR


@dataclass(frozen=True)
class ChosenLine:
    """One choice in the list. The neighbours are what it can change places with."""

    choice: Choice
    line: Line
    # For whom it is, where that is not everybody.
    only_for: str = ""
    before: Choice | None = None
    after: Choice | None = None


@dataclass(frozen=True)
class SelectionPage:
    found: FoundSelection
    lines: list[ChosenLine]
    # The visitor's own, or one that somebody else put in an address.
    is_own: bool
    # Which choices of somebody else's selection the visitor does not have yet.
    to_take: Selection = field(default_factory=Selection)
    # The visitor's own was just emptied; this is what was in it.
    was_emptied: bool = False
    # Where the practices stand side by side; empty where there are too few for that.
    compare_address: str = ""
    # More practices than fit.
    compares_the_first: bool = False
    notices: tuple[str, ...] = ()

    @property
    def shown(self) -> Selection:
        return self.found.shown

    @property
    def whole_address(self) -> str:
        """The link to share. Whoever opens it sees of it what they may see."""
        return whole_address(self.shown.address)

    @property
    def tables(self) -> list[Link]:
        return file_links("selection_export", self.shown.parameters, _("Table (%(format)s)"))

    @property
    def handout_address(self) -> str:
        return self.shown.address_of("selection_handout")

    @property
    def is_narrow(self) -> bool:
        """Whether somebody else may see less of it."""
        return any(line.only_for for line in self.lines)


def selection_page(
    found: FoundSelection,
    request: HttpRequest,
    *,
    is_own: bool,
    was_emptied: bool = False,
    is_full: bool = False,
) -> SelectionPage:
    practices = practices_by_key(request.user) if found.pages else {}
    lines = lines_of(hits_of(found), Labels(practices=practices), request)
    # Of what is not there for this person, nothing goes along.
    kept = own(request).selection
    new = Selection(tuple(choice for choice in found.pages if choice not in kept))
    slugs = _practices_to_compare(found, practices)
    return SelectionPage(
        found=found,
        lines=_with_neighbours(found, {line.pk: line for line in lines}),
        is_own=is_own,
        to_take=Selection() if is_own else new,
        was_emptied=was_emptied,
        compare_address=(
            ComparisonQuery(tuple(slugs[:MOST])).address if len(slugs) >= FEWEST else ""
        ),
        compares_the_first=len(slugs) > MOST,
        notices=tuple(_notices(found, is_full)),
    )


def hits_of(found: FoundSelection) -> list[Hit]:
    """The chosen pages as if a search had found them, for what makes lines and rows of those."""
    return [Hit(PAGE, page.pk, 0.0, NO_SNIPPET) for page in found.pages.values()]


def _with_neighbours(found: FoundSelection, lines: dict[int, Line]) -> list[ChosenLine]:
    choices = [choice for choice, page in found.pages.items() if page.pk in lines]
    return [
        ChosenLine(
            choice=choice,
            line=lines[found.pages[choice].pk],
            only_for=str(ONLY_FOR.get(found.pages[choice].real_audience, "")),
            before=choices[place - 1] if place else None,
            after=choices[place + 1] if place + 1 < len(choices) else None,
        )
        for place, choice in enumerate(choices)
    ]


def _practices_to_compare(found: FoundSelection, practices) -> list[str]:
    """The chosen practices; with fewer than two, those of the chosen lessons and paths too."""
    chosen = [page.slug for choice, page in found.pages.items() if _is_practice(choice)]
    if len(chosen) >= FEWEST:
        return chosen
    keys = [page.practice_key for page in found.pages.values()]
    return list(
        dict.fromkeys([*chosen, *(practices[key].slug for key in keys if key in practices)])
    )


def _is_practice(choice: Choice) -> bool:
    return choice.kind == ChoiceKind.PRACTICE


def _notices(found: FoundSelection, is_full: bool) -> Iterator[str]:
    if is_full:
        yield _("Your selection is full: it holds at most %(most)s choices.") % {
            "most": MOST_CHOICES
        }
    if found.lacks_some:
        # Not which one: a name would tell that it exists.
        yield _("A choice of this selection is not available.")
    if found.selection.has_too_many:
        yield _("A selection holds at most %(most)s choices. These are the first.") % {
            "most": len(found.selection.choices)
        }
