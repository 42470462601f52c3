"""What in a text may show who a child or a family is. It warns; it sends nothing anywhere."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy import identifiers, people
from vocabulary.text import fold

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?![\s\"”’)])[^.!?\n]*)*[.!?]*[\"”’)]*\s*")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Za-z]|\b(?:dr|drs|prof|mw|mevr|dhr|fam|bijv|bv|nr|st|geb|ca|o\.a|d\.w\.z|m\.b\.t))\.\s*$",
    re.IGNORECASE,
)


class Kind(models.TextChoices):
    BSN = "bsn", _("a citizen service number (BSN)")
    NUMBER = "number", _("a number of a person")
    BIRTH = "birth", _("a date of birth")
    TELEPHONE = "telephone", _("a telephone number")
    E_MAIL = "e-mail", _("an e-mail address")
    ADDRESS = "address", _("a home address")
    NAME = "name", _("the name of a child or parent")
    DESCRIPTION = "description", _("a description that fits one child")


# A longer passage is not told whole.
LONGEST_QUOTE = 120
# Nothing of this kind is ever published; of the others a writer may know better.
BLOCKING = frozenset({Kind.BSN})

ADVICE = {
    Kind.BSN: _("Take the number out. It is never needed here."),
    Kind.NUMBER: _("Take the number out. It is never needed here."),
    Kind.BIRTH: _("Leave the day out. An age such as “about ten years old” is enough."),
    Kind.TELEPHONE: _("Take the number out, or use that of an organisation."),
    Kind.E_MAIL: _("Take the address out, or use that of an organisation."),
    Kind.ADDRESS: _("Take the address out. The name of the neighbourhood is enough."),
    Kind.NAME: _("Leave the name out."),
    Kind.DESCRIPTION: _(
        "Together these facts show who it is. Leave out the age, the school or what is special."
    ),
}


@dataclass(frozen=True)
class KnownNames:
    """Names that tell nothing about a child: of colleagues, of places and of schools."""

    people: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    @classmethod
    def of(cls, people: Iterable[str] = (), places: Iterable[str] = ()) -> "KnownNames":
        return cls(
            frozenset(fold(name) for name in people if name.strip()),
            frozenset(fold(name) for name in places if name.strip()),
        )

    def has_place(self, name: str) -> bool:
        folded = fold(name)
        return folded in self.places or any(
            folded == place.removeprefix(article)
            for place in self.places
            for article in ("de ", "het ", "'t ")
        )

    def has_person(self, name: str) -> bool:
        folded = fold(name)
        return folded in self.people

    def has_first_name(self, name: str) -> bool:
        folded = fold(name)
        return any(person.split(" ")[0] == folded for person in self.people)


NOTHING_KNOWN = KnownNames()


@dataclass(frozen=True, order=True)
class Finding:
    """A passage, with what may be wrong with it."""

    start: int
    end: int
    kind: Kind = field(compare=False)
    passage: str = field(compare=False)

    @property
    def blocks(self) -> bool:
        return self.kind in BLOCKING

    @property
    def advice(self) -> str:
        return str(ADVICE[self.kind])

    @property
    def message(self) -> str:
        return _("“%(passage)s” may be %(kind)s. %(advice)s") % {
            "passage": self.passage[:LONGEST_QUOTE],
            "kind": self.kind.label,
            "advice": self.advice,
        }


_BY_PATTERN: list[tuple[Kind, Callable[[str], Iterator[identifiers.Span]]]] = [
    (Kind.BSN, identifiers.citizen_service_numbers),
    (Kind.NUMBER, identifiers.perhaps_service_numbers),
    (Kind.E_MAIL, identifiers.e_mail_addresses),
    (Kind.TELEPHONE, identifiers.telephone_numbers),
    (Kind.ADDRESS, identifiers.home_addresses),
    (Kind.BIRTH, identifiers.dates_of_birth),
]


def look_at(text: str, known: KnownNames = NOTHING_KNOWN) -> list[Finding]:
    """The passages of a plain text that may identify a child or a family, in order, none twice."""
    found = [
        Finding(start, end, kind, text[start:end])
        for kind, spans in _BY_PATTERN
        for start, end in spans(text)
    ]
    found += _names(text, known)
    found += _descriptions(text, known)
    return _without_overlap(found)


def _names(text: str, known: KnownNames) -> Iterator[Finding]:
    for person in people.named_people(text):
        name = text[person.start : person.end]
        if known.has_place(name) or known.has_person(name):
            continue
        # Where a word of the family stands beside it, it is not the colleague with that name.
        if not person.relation and known.has_first_name(name):
            continue
        yield Finding(person.start, person.end, Kind.NAME, name)


def _descriptions(text: str, known: KnownNames) -> Iterator[Finding]:
    for start, end in sentences(text):
        sentence = text[start:end].rstrip()
        if people.told_apart(sentence, known.places):
            yield Finding(start, start + len(sentence), Kind.DESCRIPTION, sentence)


def sentences(text: str) -> Iterator[identifiers.Span]:
    """Where each sentence of a text begins and ends."""
    start = 0
    for found in _SENTENCE.finditer(text):
        if _ABBREVIATION.search(found[0]) and found.end() < len(text):
            continue
        yield found.end() - len(text[start : found.end()].lstrip()), found.end()
        start = found.end()
    if text[start:].strip():
        yield start, len(text)


def _without_overlap(found: list[Finding]) -> list[Finding]:
    """A passage within another is told once: what blocks first, else the more precise one."""
    order = list(Kind)
    # In order and apart from each other, so that only the neighbours of a new one can overlap it.
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda each: (order.index(each.kind), each.start - each.end)):
        place = bisect_right(kept, finding.start, key=lambda each: each.start)
        neighbours = kept[max(place - 1, 0) : place + 1]
        if not any(e.start < finding.end and finding.start < e.end for e in neighbours):
            kept.insert(place, finding)
    return kept
