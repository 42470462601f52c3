"""The values of the filters as people read and address them, and as the index knows them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from lessons.models import Outcome, Strength
from practices.models import DevelopmentPathPage, PracticePage
from practices.profile import practices_by_key
from search.index.finding import Look
from search.index.memory import Remembered
from search.index.schema import FACETS, value_of_school
from search.index.synonyms import TermName, sound_of
from search.index.texts import FACET_OF_KIND
from search.kinds import Kind

YEAR = re.compile(r"[12]\d{3}", re.ASCII)
# For so many circles of people, in each language, the labels are kept in memory.
REMEMBERED = 32


def _by_filter() -> dict[str, dict]:
    return {name: {} for name in FACETS}


@dataclass
class Labels:
    """For each filter the values that this person can choose, and what they are in the index."""

    # By name of the filter: the label of each value, in the order of the filter.
    of: dict[str, dict[str, str]] = field(default_factory=_by_filter)
    # The values of the index for each value of an address, and the other way round.
    keys: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=_by_filter)
    values: dict[str, dict[str, str]] = field(default_factory=_by_filter)
    practices: dict[object, PracticePage] = field(default_factory=dict)

    def add(self, name: str, value: str, label: str, key: str = "") -> None:
        key = key or value
        self.of[name].setdefault(value, label)
        self.keys[name][value] = (*self.keys[name].get(value, ()), key)
        self.values[name][key] = value

    def knows(self, name: str, value: str) -> bool:
        # Any year can be asked for; which there are, the results tell.
        return value in self.of[name] or (name == "jaar" and bool(YEAR.fullmatch(value)))

    def label(self, name: str, value: str) -> str:
        return self.of[name].get(value, value)

    def in_index(self, name: str, value: str) -> tuple[str, ...]:
        return self.keys[name].get(value, (value,))

    @cached_property
    def names_of_practices(self) -> dict[str, list[str]]:
        """The keys of the practices by how their names and places sound, in the index."""
        found: dict[str, list[str]] = defaultdict(list)
        for practice in self.practices.values():
            for name in {sound_of(practice.title), sound_of(practice.place)} - {""}:
                found[name].append(practice.translation_key.hex)
        return dict(found)


def labels_in(look: Look, user) -> Labels:
    """The labels for this person, who is the one of the look; kept in memory until one may change.

    What a person may see changes with the log, and at moments that the index knows: while something
    changes nothing is kept. That a practice has ended shows by the day.
    """
    opened = look.opened
    if not look.is_current:
        return labels_for(user, look.language, look.vocabulary.terms.values())
    key = (opened.note, opened.moment, look.role, look.language, timezone.localdate())
    return _labels_known.get(key) or _labels_known.put(
        key, labels_for(user, look.language, look.vocabulary.terms.values())
    )


def with_labels(look: Look, user) -> tuple[Look, Labels]:
    """The look that also knows the practices by name, and the labels that go with it."""
    labels = labels_in(look, user)
    return replace(look, practices=labels.names_of_practices), labels


_labels_known: Remembered[Labels] = Remembered(REMEMBERED)


def labels_for(user, language: str, terms: Iterable[TermName]) -> Labels:
    """In two queries: the practices and the paths that this person may see."""
    labels = Labels()
    for kind in Kind:
        labels.add("soort", kind.value, str(kind.label))
    labels.practices = practices_by_key(user)
    by_slug = {practice.slug: practice for practice in labels.practices.values()}
    for slug, label in practice_labels(by_slug.values()).items():
        labels.add("praktijk", slug, label, by_slug[slug].translation_key.hex)
    schools = DevelopmentPathPage.objects.visible_to(user).in_language(user)
    for slug, school, key in schools.order_by("school", "path").values_list(
        "slug", "school", "translation_key"
    ):
        labels.add("school", slug, school, value_of_school(key))
    for term in sorted(terms, key=lambda term: term.order):
        if term.kind in FACET_OF_KIND:
            labels.add(FACET_OF_KIND[term.kind], term.slug, term.label(language), str(term.pk))
    for outcome in Outcome:
        labels.add("uitkomst", outcome.value, str(outcome.label))
    for strength in reversed(Strength):
        labels.add("sterkte", strength.value, str(strength.label))
    for code, name in settings.LANGUAGES:
        labels.add("taal", code, str(name))
    return labels


def practice_labels(practices: Iterable[PracticePage]) -> dict[str, str]:
    """The practices by slug, in the order of the tree, ended ones last and marked as such."""
    in_order = sorted(practices, key=lambda practice: (practice.is_ended, practice.path))
    return {practice.slug: practice_label(practice, in_order) for practice in in_order}


class Practice(Protocol):
    """What the label of a practice is made of."""

    @property
    def title(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def is_ended(self) -> bool: ...


def practice_label(practice: Practice, others: Iterable[Practice] = ()) -> str:
    """The name; with the place where another has the same name, and marked when it has ended."""
    names = Counter(other.title for other in others)
    name = practice.title
    if names[name] > 1:
        name = f"{name}, {practice.place}"
    return _("%(practice)s (ended)") % {"practice": name} if practice.is_ended else name
