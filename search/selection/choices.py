"""What somebody collects while reading: an ordered list of choices that is also an address.

A choice names a page by what never changes or what people see in its address: a lesson by its
number, a practice by its slug, a path by the slugs of its practice and itself. It says nothing
about whether the page is there, or for whom (search/selection/found.py).
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse

# So many fit in a selection; and so many characters in the cookie and in an address.
MOST_CHOICES = 60
LONGEST_PARAMETERS = 3_500


class ChoiceKind(StrEnum):
    """The parameters of an address with a selection."""

    LESSON = "les"
    PRACTICE = "praktijk"
    PATH = "pad"


_SLUG = r"[-a-zA-Z0-9_]{1,255}"
_KEYS = {
    ChoiceKind.LESSON: re.compile(r"[1-9][0-9]{0,8}"),
    ChoiceKind.PRACTICE: re.compile(_SLUG),
    ChoiceKind.PATH: re.compile(f"{_SLUG}/{_SLUG}"),
}


@dataclass(frozen=True)
class Choice:
    kind: ChoiceKind
    key: str

    def __str__(self) -> str:
        """As it stands in an address: `les=12`."""
        return urlencode([(self.kind.value, self.key)], safe="/")

    @property
    def anchor(self) -> str:
        """Where a page has the button for it, or its line: `keuze-les-12`."""
        return f"keuze-{self.kind.value}-{self.key.replace('/', '-')}"


@dataclass(frozen=True)
class Selection:
    """Choices in the order in which they were collected. Each change gives a new selection."""

    choices: tuple[Choice, ...] = ()
    # Something in the text that was read names nothing, or did not fit.
    has_unreadable: bool = False
    has_too_many: bool = False

    def __contains__(self, choice: Choice) -> bool:
        return choice in self._known

    @cached_property
    def _known(self) -> frozenset[Choice]:
        return frozenset(self.choices)

    @property
    def is_empty(self) -> bool:
        return not self.choices

    def adding(self, choices: tuple[Choice, ...]) -> "Selection":
        """These at the end, those that are there already where they are; as far as they fit."""
        return _as_far_as_it_fits((*self.choices, *choices))

    def without(self, choice: Choice) -> "Selection":
        return Selection(tuple(kept for kept in self.choices if kept != choice))

    def moving(self, choice: Choice, before: Choice) -> "Selection":
        """With this choice in the place of another, which makes room for it."""
        if choice not in self or before not in self or choice == before:
            return self
        place = self.choices.index(before)
        rest = self.without(choice).choices
        return Selection((*rest[:place], choice, *rest[place:]))

    @property
    def parameters(self) -> str:
        """The selection as a text: for the cookie, and behind the `?` of an address."""
        pairs = [(choice.kind.value, choice.key) for choice in self.choices]
        return urlencode(pairs, safe="/")

    @property
    def address(self) -> str:
        """Where this selection can be seen by whoever has the address."""
        return self.address_of("selection")

    def address_of(self, view: str) -> str:
        return f"{reverse(view)}?{self.parameters}".rstrip("?")


def read_selection(text: str) -> Selection:
    """The selection in a cookie or an address, which anybody may have changed."""
    whole = text
    if len(text) > LONGEST_PARAMETERS:
        # Half a number would be another lesson.
        text = text[:LONGEST_PARAMETERS].rpartition("&")[0]
    pairs = parse_qsl(text, errors="replace")
    known = [(name, key.strip()) for name, key in pairs if name in _NAMES]
    choices = [choice for name, key in known if (choice := read_choice(name, key))]
    selection = _as_far_as_it_fits(tuple(choices))
    return replace(
        selection,
        has_unreadable=len(choices) < len(known),
        has_too_many=selection.has_too_many or len(text) < len(whole),
    )


def read_choice(name: str, key: str) -> Choice | None:
    if name not in _NAMES or not _KEYS[ChoiceKind(name)].fullmatch(key):
        return None
    return Choice(ChoiceKind(name), key)


def names_a_selection(text: str) -> bool:
    """Whether an address has choices in it, readable or not."""
    return any(name in _NAMES for name, _ in parse_qsl(text, errors="replace"))


_NAMES = frozenset(kind.value for kind in ChoiceKind)


def _as_far_as_it_fits(choices: tuple[Choice, ...]) -> Selection:
    once = tuple(dict.fromkeys(choices))
    kept: list[Choice] = []
    length = 0
    for choice in once[:MOST_CHOICES]:
        length += len(str(choice)) + 1
        if length > LONGEST_PARAMETERS:
            break
        kept.append(choice)
    return Selection(tuple(kept), has_too_many=len(kept) < len(once))
