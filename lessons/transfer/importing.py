"""Lessons from a file into the site: first a look at every row, then all of them at once.

A lesson ends as if an editor had made it: with a number, a revision, its lines in the log and in
both indexes, and with the signals that the rest of the platform listens to.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Revision
from wagtail.signals import page_published, published

from content.guarding import STAYS
from content.indexing import indexed_later, many_saved, noted_once
from content.models import PageSource, PageTerm
from content.statistics import refresh_statistics
from lessons.models import LessonPage
from lessons.transfer.checking import LessonRow
from lessons.transfer.columns import RowError, TransferError
from lessons.transfer.planning import Planner, State, Step, lessons_named
from lessons.transfer.reading import Source

REVISION_FIELDS = [
    *("latest_revision", "latest_revision_created_at"),
    *("live_revision", "has_unpublished_changes"),
]

Tell = Callable[[Step], None]


@dataclass
class Totals:
    """How many rows came to what."""

    counts: dict[State, int] = field(default_factory=lambda: dict.fromkeys(State, 0))

    def add(self, step: Step) -> None:
        self.counts[step.state] += 1

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    @property
    def errors(self) -> int:
        return self.counts[State.ERROR]


@dataclass(frozen=True)
class LessonImport:
    """One file with what somebody chose for it.

    `practice` is for rows that name none. `user` is who does it; None is who has the machine.
    """

    source: Source
    practice: str = ""
    publish: bool = False
    skip_errors: bool = False
    # Why what may show who a child is may be published. It is kept in the log of each such lesson.
    reason: str = ""
    user: Any = None
    looked: dict[int, dict[str, int]] = field(default_factory=dict)

    def check(self, tell: Tell) -> Totals:
        """Tell of each row what would become of it; changes nothing.

        Raises TransferError when the file cannot be read any further.
        """
        totals = Totals()
        for steps in self._planner().steps(self.source):
            for step in steps:
                totals.add(step)
                tell(step)
        return totals

    def apply(self, tell: Tell) -> Totals:
        """Bring in what is new or changed, and tell of each row what became of it.

        Raises TransferError, with nothing changed, at a row with an error that is not skipped.
        """
        totals = Totals()
        planner = self._planner()
        with transaction.atomic(), noted_once():
            for steps in planner.steps(self.source):
                with indexed_later():
                    done = [self._apply(step, planner) for step in steps]
                for step in done:
                    totals.add(step)
                    tell(step)
        refresh_statistics()
        many_saved.send(sender=LessonImport)
        return totals

    def _planner(self) -> Planner:
        return Planner(
            practice=self.practice,
            publish=self.publish,
            user=self.user,
            looked=self.looked,
        )

    def _apply(self, step: Step, planner: Planner) -> Step:
        if step.row is not None and step.state in (State.NEW, State.CHANGED):
            step = self._save(step, step.row, planner)
        if step.state == State.ERROR and not self.skip_errors:
            raise TransferError(
                _("Row %(number)s: %(reason)s") % {"number": step.number, "reason": step.reason}
            )
        return step

    def _save(self, step: Step, row: LessonRow, planner: Planner) -> Step:
        """The step when it is done, or as an error: what only shows when a page is saved."""
        try:
            doing = replace(self, publish=False) if step.stays_draft else self
            with transaction.atomic():
                if step.known is not None:
                    known = LessonPage.objects.get(pk=step.known.pk)
                    lesson = doing._change(known, row, planner)
                elif row.is_translation:
                    lesson = doing._translate(row, planner)
                else:
                    lesson = doing._add(row, planner)
                if step.kept_passages and not step.stays_draft:
                    data = {"kinds": step.kept_passages, "reason": self.reason}
                    log(instance=lesson, action=STAYS, user=self.user, data=data)
        except ValidationError as error:
            return replace(step, state=State.ERROR, reason=" ".join(error.messages))
        except RowError as error:
            return replace(step, state=State.ERROR, reason=str(error))
        return step

    def _add(self, row: LessonRow, planner: Planner) -> LessonPage:
        """A new lesson. It is saved as it will be: to publish a draft is the same work twice."""
        index = planner.places[row.practice].lesson_index()
        lesson = LessonPage(external_id=row.external_id, locale_id=index.locale_id)
        lesson.owner = self.user
        fill(lesson, row)
        lesson.live = self.publish
        if self.publish:
            lesson.first_published_at = lesson.last_published_at = timezone.now()
        index.add_child(instance=lesson)
        terms = terms_of(row, frozenset(), planner)
        PageTerm.objects.bulk_create(PageTerm(content_object=lesson, tag_id=pk) for pk in terms)
        revision = self._first_revision(lesson)
        if self.publish:
            page_published.send(sender=LessonPage, instance=lesson, revision=revision)
            published.send(sender=LessonPage, instance=lesson, revision=revision)
            log(instance=lesson, action="wagtail.publish", user=self.user, revision=revision)
        return lesson

    def _first_revision(self, lesson: LessonPage) -> Revision:
        """What `save_revision` and `publish` make, without saving the whole lesson for it again."""
        revision = Revision.objects.create(
            content_object=lesson,
            base_content_type=lesson.get_base_content_type(),
            user=self.user,
            content=lesson.serializable_data(),
            object_str=str(lesson),
        )
        lesson.latest_revision = revision
        lesson.latest_revision_created_at = revision.created_at
        lesson.live_revision = revision if self.publish else None
        lesson.has_unpublished_changes = not self.publish
        LessonPage.objects.filter(pk=lesson.pk).update(
            **{name: getattr(lesson, name) for name in REVISION_FIELDS}
        )
        return revision

    def _translate(self, row: LessonRow, planner: Planner) -> LessonPage:
        dutch = lessons_named([row.external_id]).first()
        if dutch is None:
            raise RowError(_("The Dutch lesson was not imported."))
        locale = Locale.objects.get(language_code=row.language)
        twin = dutch.copy_for_translation(locale, copy_parents=True).specific
        twin.external_id = dutch.external_id
        return self._change(twin, row, planner)

    def _change(self, lesson: LessonPage, row: LessonRow, planner: Planner) -> LessonPage:
        draft = lesson.get_latest_revision_as_object()
        fill(draft, row)
        if not row.is_translation:
            items = {item.tag_id: item for item in draft.page_terms.all()}
            terms = terms_of(row, frozenset(items), planner)
            draft.page_terms = [items.get(pk) or PageTerm(tag_id=pk) for pk in terms]
        revision = draft.save_revision(user=self.user, log_action=True)
        if self.publish:
            # Wagtail's own way: it ends a workflow, and brings aliases along.
            revision.publish(user=self.user, skip_permission_checks=True)
        return lesson


def fill(lesson: LessonPage, row: LessonRow) -> None:
    """Put on the lesson the texts, choices and sources of the row; the caller saves it."""
    for name, value in row.fields.items():
        setattr(lesson, name, value)
    if row.sources is not None:
        _fill_sources(lesson, row.sources)


def terms_of(row: LessonRow, before: frozenset[int], planner: Planner) -> list[int]:
    """The terms that a lesson gets; free tags that are no term yet are made."""
    new = {planner.vocabulary.new_tag(name).pk for name in row.new_tags}
    return sorted(planner.terms_after(row, before) | new)


def _fill_sources(lesson: LessonPage, titles: tuple[str, ...]) -> None:
    """A source that stays keeps its publisher, address and date."""
    before = {source.title: source for source in lesson.sources.all()}
    sources = [before.get(title) or _source(title) for title in titles]
    for place, source in enumerate(sources):
        source.sort_order = place
    lesson.sources = sources


def _source(title: str) -> PageSource:
    is_address = title.startswith(("https://", "http://")) and " " not in title
    return PageSource(title=title, url=title if is_address else "")
