"""What an import would do with each row of a file. Nothing is changed here."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from content.guarding import kinds_of, passages_in_texts
from content.languages import code_of, locale_id_of, source_locale
from lessons.models import LessonPage
from lessons.transfer.checking import LessonRow, lesson_row
from lessons.transfer.columns import RowError
from lessons.transfer.known import COLUMN_OF_KIND, Place, Places, Vocabulary
from lessons.transfer.reading import Row, Source
from lessons.transfer.said import Said, said_in_database, said_in_drafts
from privacy.guard import Kind
from privacy.known import known_names

# Rows that are looked up, saved and indexed together.
ROWS_AT_ONCE = 100


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"


@dataclass(frozen=True)
class Step:
    """One row, what becomes of it, and the lesson in the site that it is about, if any."""

    number: int
    state: State
    row: LessonRow | None = None
    known: "KnownLesson | None" = None
    reason: str = ""
    # How many passages of each kind may show who a child is.
    kept_passages: dict[str, int] = field(default_factory=dict)

    @property
    def stays_draft(self) -> bool:
        """A citizen service number never goes online; a person has to look at it."""
        return Kind.BSN.value in self.kept_passages

    @property
    def external_id(self) -> str:
        return self.row.external_id if self.row else ""

    @property
    def title(self) -> str:
        return self.row.title if self.row else ""


@dataclass(frozen=True)
class KnownLesson:
    """A lesson that is in the site already; `live` and `draft` are what it says there."""

    pk: int
    translation_key: uuid.UUID
    practice_key: uuid.UUID | None
    live: Said | None
    draft: Said

    @property
    def terms(self) -> frozenset[int]:
        return self.draft.terms | (self.live.terms if self.live else frozenset())


class Planner:
    """Goes through one file. `user` is who imports, or None for who has the machine.

    `looked` holds the kinds of passages by row, for who goes through the file again: looking takes
    time.
    """

    def __init__(
        self,
        *,
        practice: str,
        publish: bool,
        user: Any,
        looked: dict[int, dict[str, int]],
    ) -> None:
        self.vocabulary = Vocabulary()
        self.places = Places(user)
        self._practice = practice
        self._publish = publish
        self._looked = looked
        self._names = known_names()
        # The rows that were fine, by number elsewhere and language.
        self._seen: dict[tuple[str, str], int] = {}

    def steps(self, source: Source) -> Iterator[list[Step]]:
        """All rows of the file in their order, some at a time."""
        rows = source.rows()
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            yield list(self._plan(batch))

    def terms_after(self, row: LessonRow, before: frozenset[int]) -> frozenset[int]:
        """The terms of a lesson with those of the row; kinds that the file lacks stay as is."""
        kept = {pk for pk in before if self._column_of(pk) not in row.terms}
        return frozenset(kept).union(*row.terms.values())

    def _plan(self, batch: list[Row]) -> Iterator[Step]:
        checked: list[tuple[int, LessonRow | RowError]] = []
        for raw in batch:
            try:
                checked.append((raw.number, lesson_row(raw, self.vocabulary, self._practice)))
            except RowError as error:
                checked.append((raw.number, error))
        known = _known_lessons([row for _number, row in checked if isinstance(row, LessonRow)])
        for number, row in checked:
            if isinstance(row, RowError):
                yield Step(number, State.ERROR, reason=str(row))
                continue
            try:
                step = self._step(number, row, known)
                self._seen[row.external_id, row.language] = number
            except RowError as error:
                step = Step(number, State.ERROR, row, reason=str(error))
            yield step

    def _step(self, number: int, row: LessonRow, known: "KnownLessons") -> Step:
        first = self._seen.get((row.external_id, row.language))
        if first is not None:
            raise RowError(
                _("external_id: rows %(first)s and %(second)s have the same “%(id)s”.")
                % {"first": first, "second": number, "id": row.external_id}
            )
        place = self.places[row.practice]
        dutch = known.dutch.get(row.external_id)
        lesson = known.of(row)
        self._check_practice(row, dutch, place)
        self._check_rights(place, is_new=lesson is None)
        if row.is_translation:
            self._check_translation(row, dutch)
        elif lesson is None and not row.has_text:
            raise RowError(_("Fill in one text at least, for example “lesson”."))
        self._refuse_retired_terms(row, lesson)
        step = Step(number, self._state(row, lesson), row, lesson)
        if self._publish and step.state != State.SAME:
            if number not in self._looked:
                self._looked[number] = self._passages_in(row)
            step = replace(step, kept_passages=self._looked[number])
            if step.stays_draft and lesson and self._says(row, lesson.draft):
                return replace(step, state=State.SAME)
        return step

    def _passages_in(self, row: LessonRow) -> dict[str, int]:
        """What in this row may show who a child is; only its kinds.

        One row stops no import of thousands: each is told, and logged when it goes online.
        """
        return kinds_of(passages_in_texts(row.texts, self._names))

    def _state(self, row: LessonRow, lesson: KnownLesson | None) -> State:
        if lesson is None:
            return State.NEW
        # What is exported and comes back as it was leaves the draft of an editor alone.
        if lesson.live and self._says(row, lesson.live):
            return State.SAME
        if not self._publish and self._says(row, lesson.draft):
            return State.SAME
        return State.CHANGED

    def _says(self, row: LessonRow, said: Said) -> bool:
        return (
            all(said.fields[name] == value for name, value in row.fields.items())
            and not row.new_tags
            and self.terms_after(row, said.terms) == said.terms
            and row.sources in (None, said.sources)
        )

    def _check_practice(self, row: LessonRow, dutch: KnownLesson | None, place: Place) -> None:
        if dutch is not None and dutch.practice_key != place.practice_key:
            raise RowError(
                _("practice: this lesson belongs to “%(slug)s”. Move it in the admin first.")
                % {"slug": self.places.slug_of(dutch.practice_key)}
            )

    def _check_rights(self, place: Place, *, is_new: bool) -> None:
        place.lesson_index()
        if is_new and place.is_ended:
            raise RowError(
                _("practice: “%(slug)s” has ended and gets no new lessons.") % {"slug": place.slug}
            )
        if not (place.may_add if is_new else place.may_change):
            raise RowError(
                _("practice: you may not change lessons of “%(slug)s”.") % {"slug": place.slug}
            )
        if self._publish and not place.may_publish:
            raise RowError(
                _("practice: you may not publish lessons of “%(slug)s”.") % {"slug": place.slug}
            )

    def _check_translation(self, row: LessonRow, dutch: KnownLesson | None) -> None:
        if locale_id_of(row.language) is None:
            raise RowError(
                _("language: this site has no pages in “%(language)s”.")
                % {"language": row.language}
            )
        if dutch is None and (row.external_id, source_locale().language_code) not in self._seen:
            raise RowError(
                _("language: there is no Dutch lesson “%(id)s”. Put it in a row before this one.")
                % {"id": row.external_id}
            )

    def _refuse_retired_terms(self, row: LessonRow, lesson: KnownLesson | None) -> None:
        there = lesson.terms if lesson else frozenset()
        for pk in sorted(frozenset().union(*row.terms.values()) - there):
            term = self.vocabulary[pk]
            if not term.active:
                raise RowError(
                    _("“%(term)s” is no longer in use. Choose another term.") % {"term": term.name}
                )

    def _column_of(self, pk: int) -> str:
        return COLUMN_OF_KIND.get(self.vocabulary[pk].kind, "")


@dataclass(frozen=True)
class KnownLessons:
    """The lessons of some rows: in Dutch by number elsewhere, others by key and language."""

    dutch: dict[str, KnownLesson]
    others: dict[tuple[uuid.UUID, str], KnownLesson]

    def of(self, row: LessonRow) -> KnownLesson | None:
        dutch = self.dutch.get(row.external_id)
        if not row.is_translation or dutch is None:
            return None if row.is_translation else dutch
        return self.others.get((dutch.translation_key, row.language))


def lessons_named(external_ids: Iterable[str]):
    """The Dutch lessons with these numbers; without one, the key of a lesson is its number."""
    ids = set(external_ids)
    own = Q(external_id__in=ids)
    by_key = Q(external_id="", translation_key__in=[key for key in map(_as_key, ids) if key])
    return LessonPage.objects.outside_trash().filter(own | by_key, locale=source_locale())


def name_of(external_id: str, translation_key: uuid.UUID) -> str:
    """What stands for a lesson in a file."""
    return external_id or str(translation_key)


def _as_key(external_id: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(external_id)
    except ValueError:
        return None


def _known_lessons(rows: list[LessonRow]) -> KnownLessons:
    dutch = _known(lessons_named(row.external_id for row in rows))
    keys = [lesson.translation_key for lesson, _values in dutch]
    others = []
    if any(row.is_translation for row in rows):
        pages = LessonPage.objects.outside_trash().filter(translation_key__in=keys, alias_of=None)
        others = _known(pages.exclude(locale=source_locale()))
    return KnownLessons(
        dutch={
            name_of(values["external_id"], lesson.translation_key): lesson
            for lesson, values in dutch
        },
        others={
            (lesson.translation_key, code_of(values["locale"])): lesson for lesson, values in others
        },
    )


def _known(lessons) -> list[tuple[KnownLesson, dict[str, Any]]]:
    """These lessons with what they say, and with their values: some queries however many."""
    found = list(
        lessons.values(
            *("pk", "external_id", "translation_key", "practice_key", "locale"),
            *("live", "has_unpublished_changes", "latest_revision"),
        )
    )
    stored = said_in_database(values["pk"] for values in found)
    drafts = said_in_drafts(
        {
            values["pk"]: values["latest_revision"]
            for values in found
            if values["latest_revision"]
            and (values["has_unpublished_changes"] or not values["live"])
        }
    )
    return [
        (
            KnownLesson(
                pk=values["pk"],
                translation_key=values["translation_key"],
                practice_key=values["practice_key"],
                live=stored[values["pk"]] if values["live"] else None,
                draft=drafts.get(values["pk"], stored[values["pk"]]),
            ),
            values,
        )
        for values in found
    ]
