"""What the rows of a file refer to, looked up once for a whole file: words and practices."""

import uuid
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from content.languages import source_locale
from lessons.models import LessonIndexPage
from lessons.transfer.columns import TERM_KINDS, RowError
from practices.models import PracticePage
from vocabulary.models import Synonym, Term, TermTranslation, key_of
from vocabulary.tags import free_tags

COLUMN_OF_KIND: dict[str, str] = {kind: column for column, kind in TERM_KINDS.items()}


@dataclass(frozen=True)
class KnownTerm:
    pk: int
    name: str
    kind: str
    active: bool


class Vocabulary:
    """The terms by name, address, synonym, and name in another language."""

    def __init__(self) -> None:
        rows = Term.objects.values_list("pk", "name", "kind", "active", "key", "slug")
        self._terms: dict[int, KnownTerm] = {}
        self._by_name: dict[str, int] = {}
        by_slug: dict[str, int] = {}
        for pk, name, kind, active, key, slug in rows.iterator():
            self._terms[pk] = KnownTerm(pk, name, kind, active)
            self._by_name[key] = pk
            by_slug[slug] = pk
        synonyms = Synonym.objects.filter(one_way=False).values_list("key", "term")
        self._synonyms: dict[str, int] = dict(synonyms.order_by("-pk"))
        translations = TermTranslation.objects.values_list("name", "term")
        names = {key_of(name): pk for name, pk in translations}
        self._otherwise = names | self._synonyms | by_slug

    def __getitem__(self, pk: int) -> KnownTerm:
        return self._terms[pk]

    def chosen(self, column: str, word: str) -> KnownTerm:
        """The term of this kind that the word means. Raises RowError when there is none."""
        kind = TERM_KINDS[column]
        key = key_of(word)
        # A word can be the name of one term and a synonym of another.
        for found in (self._by_name.get(key), self._otherwise.get(word), self._otherwise.get(key)):
            if found is not None and self._terms[found].kind == kind:
                return self._terms[found]
        raise RowError(
            _("%(column)s: the vocabulary has no “%(word)s” of this kind.")
            % {"column": column, "word": word}
        )

    def tag(self, word: str) -> KnownTerm | None:
        """The term that a free tag stands for already."""
        key = key_of(word)
        found = self._by_name.get(key, self._synonyms.get(key))
        return None if found is None else self._terms[found]

    def new_tag(self, word: str) -> KnownTerm:
        """The term of a free tag, made when it is not there yet."""
        known = self.tag(word)
        if known is None:
            (term,) = free_tags([word])
            known = KnownTerm(term.pk, term.name, term.kind, term.active)
            self._terms[term.pk] = known
            self._by_name[term.key] = term.pk
        return known


@dataclass(frozen=True)
class Place:
    """Where the lessons of a practice come, and what may be done there."""

    slug: str
    practice_key: uuid.UUID
    index: LessonIndexPage | None
    is_ended: bool
    may_add: bool
    may_change: bool
    may_publish: bool

    def lesson_index(self) -> LessonIndexPage:
        if self.index is None:
            raise RowError(
                _("practice: “%(slug)s” has no page for its lessons.") % {"slug": self.slug}
            )
        return self.index


class Places:
    """The practices by their addresses."""

    def __init__(self, user=None) -> None:
        self._user = user

    def __getitem__(self, slug: str) -> Place:
        try:
            return self._by_slug[slug]
        except KeyError:
            raise RowError(
                _("practice: there is no practice “%(slug)s”.") % {"slug": slug}
            ) from None

    def slug_of(self, practice_key: uuid.UUID | None) -> str:
        """Of the practice with this key; empty where there is none."""
        return self._slugs.get(practice_key, "")

    @cached_property
    def _slugs(self) -> dict[uuid.UUID | None, str]:
        return {place.practice_key: place.slug for place in self._by_slug.values()}

    @cached_property
    def _by_slug(self) -> dict[str, Place]:
        practices = PracticePage.objects.outside_trash().filter(locale=source_locale())
        return {practice.slug: self._place_of(practice) for practice in practices}

    def _place_of(self, practice: PracticePage) -> Place:
        index = LessonIndexPage.objects.child_of(practice).first()
        return Place(
            slug=practice.slug,
            practice_key=practice.translation_key,
            index=index,
            is_ended=practice.is_ended,
            may_add=self._may("can_add_subpage", index),
            may_change=self._may("can_edit", index),
            may_publish=self._may("can_publish_subpage", index),
        )

    def _may(self, what: str, index: LessonIndexPage | None) -> bool:
        """Whether the person who imports may do this; without a person, who has the machine may."""
        if self._user is None or index is None:
            return True
        return getattr(index.permissions_for_user(self._user), what)()
