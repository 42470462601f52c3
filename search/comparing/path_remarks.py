"""What can truly be said of paths side by side: where they agree, and where they differ."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from content.templatetags.content_tags import lower_first
from practices.profile import in_words
from search.comparing.lanes import Lane
from vocabulary.models import Term

# The schools of a longer row are not named in one sentence.
MOST_NAMED = 4


@dataclass(frozen=True)
class Name:
    text: str
    lang: str = ""


@dataclass(frozen=True)
class Remark:
    """`Only known at De Bron: Nulmeting, Eindmeting`."""

    about: str
    names: tuple[Name, ...]
    school: Name | None = None


def title_of(lanes: Sequence[Lane], terms: Sequence[Term]) -> str:
    """`Four paths, seven phases`."""
    paths = {
        2: _("Two paths"),
        3: _("Three paths"),
        4: _("Four paths"),
        5: _("Five paths"),
        6: _("Six paths"),
        7: _("Seven paths"),
        8: _("Eight paths"),
    }
    phases = {
        1: _("one phase"),
        2: _("two phases"),
        3: _("three phases"),
        4: _("four phases"),
        5: _("five phases"),
        6: _("six phases"),
        7: _("seven phases"),
        8: _("eight phases"),
        9: _("nine phases"),
        10: _("ten phases"),
        11: _("eleven phases"),
        12: _("twelve phases"),
    }
    of_phases = phases.get(len(terms), _("%(number)s phases") % {"number": len(terms)})
    return _("%(paths)s, %(phases)s") % {"paths": paths[len(lanes)], "phases": of_phases}


def introduction(lanes: Sequence[Lane]) -> str:
    """How the schools began and where their ways part, only as far as dates say so."""
    began: dict[Term | None, list[str]] = defaultdict(list)
    for lane in lanes:
        began[lane.first_known_phase].append(lane.name)
    if None in began:
        text = _("Every school goes its own way over the same phases.")
        parting = _parting(lanes, _("At %(school)s, “%(phase)s” came before “%(other)s”."))
        return f"{text} {parting}".strip()
    beginnings = {_in_line(phase): names for phase, names in began.items() if phase}
    if len(beginnings) == 1:
        text = _("Everybody begins with “%(phase)s”.") % {"phase": "".join(beginnings)}
        parting = _parting(
            lanes, _("Then the ways part: at %(school)s, “%(phase)s” came before “%(other)s”.")
        )
        return f"{text} {parting}".strip()
    if len(lanes) > MOST_NAMED:
        return _("Not everybody begins at the same place.")
    each = (
        _("%(schools)s with “%(phase)s”") % {"schools": in_words(names), "phase": phase}
        for phase, names in beginnings.items()
    )
    return _("Not everybody begins at the same place: %(beginnings)s.") % {
        "beginnings": ", ".join(each)
    }


def _parting(lanes: Sequence[Lane], sentence: str) -> str:
    """Where a school went another way than others, in this sentence; or nothing."""
    orders = [_inversions(lane) for lane in lanes]
    if all(order == orders[0] for order in orders):
        return ""
    lane, order = next((lane, order) for lane, order in zip(lanes, orders, strict=True) if order)
    phase, other = order[0]
    names = {"school": lane.name, "phase": _in_line(phase), "other": _in_line(other)}
    return sentence % names


def remarks(lanes: Sequence[Lane], terms: Sequence[Term]) -> list[Remark]:
    known = [{phase.term.pk for phase in lane.phases if phase.is_known} for lane in lanes]
    by_all = set.intersection(*known) if known else set()
    by_none = {term.pk for term in terms} - set().union(*known)
    found = [
        Remark(_("Known at everybody"), _names(terms, by_all)),
        Remark(_("Known at nobody"), _names(terms, by_none)),
    ]
    for number, lane in enumerate(lanes):
        name = Name(lane.name, lane.lang)
        others = set().union(*known[:number], *known[number + 1 :])
        own = known[number] - others
        missing = {term.pk for term in terms} - known[number] - by_none
        found += [
            Remark(_("Another order at"), _orders(lane), name),
            Remark(_("Only known at"), _names(terms, own), name),
            Remark(_("Not known at"), _names(terms, missing), name),
        ]
    return [remark for remark in found if remark.names]


def _names(terms: Iterable[Term], pks: set[int]) -> tuple[Name, ...]:
    return tuple(Name(term.label, term.language_of_label) for term in terms if term.pk in pks)


def _orders(lane: Lane) -> tuple[Name, ...]:
    return tuple(
        Name(_("%(phase)s before %(other)s") % {"phase": phase.label, "other": other.label})
        for phase, other in _inversions(lane)
    )


def _inversions(lane: Lane) -> list[tuple[Term, Term]]:
    """The phases that surely came before one that stands before them in the list."""
    return [(phase.term, phase.came_before) for phase in lane.phases if phase.came_before]


def _in_line(term: Term) -> str:
    return lower_first(term.label)
