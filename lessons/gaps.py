"""What there is no lesson about yet: an invitation to share one, never a score."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from content.languages import in_frame
from practices.models import PracticePage
from practices.profile import practices_by_key
from vocabulary.models import Term, TermKind

# So many are named; the others stand in the table that the page leads to.
MOST_NAMED = 4
# The rows of /vergelijken/matrix/ in which a word stands, by its kind.
ROWS = {
    TermKind.ELEMENT: "element",
    TermKind.THEME: "thema",
    TermKind.PHASE: "fase",
    TermKind.DOMAIN: "domein",
}


@dataclass(frozen=True)
class Gaps:
    """The words of one kind that a practice has no lesson about."""

    kind: TermKind
    terms: list[Term]
    # The table with this practice alone, where all of them stand.
    url: str

    @property
    def named(self) -> list[Term]:
        return self.terms[:MOST_NAMED]

    @property
    def are_all_named(self) -> bool:
        return len(self.terms) <= MOST_NAMED


def gaps_of(practice: PracticePage, counts: dict[int, int]) -> list[Gaps]:
    """The working elements and themes without a lesson, given how many lessons each term has."""
    if not practice.is_at_work:
        return []
    terms = Term.objects.of_kind(TermKind.ELEMENT, TermKind.THEME).active().named()
    without = [term for term in terms if not counts.get(term.pk)]
    found = [
        Gaps(
            kind,
            [term for term in without if term.kind == kind],
            f"{matrix_address(kind)}&praktijk={practice.slug}#gaps",
        )
        for kind in (TermKind.ELEMENT, TermKind.THEME)
    ]
    return [gaps for gaps in found if gaps.terms]


def practices_without(keys: Collection[UUID | None], user) -> list[PracticePage]:
    """The practices at work that are not among those with these keys."""
    practices = [
        practice
        for key, practice in practices_by_key(user).items()
        if key not in keys and practice.is_at_work
    ]
    return sorted(practices, key=lambda practice: practice.path)


def matrix_address(kind: str) -> str:
    """The words of this kind beside the practices; empty where they are no rows of that table."""
    rows = ROWS.get(TermKind(kind))
    return in_frame(f"/vergelijken/matrix/?rijen={rows}") if rows else ""
