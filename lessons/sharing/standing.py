"""Where each lesson of somebody stands, and what to do next."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Comment, Page, Revision, WorkflowState

from accounts.roles import role_of
from content.languages import source_locale
from lessons.models import Byline, LessonPage
from practices.models import PracticePage
from visibility.rules import visible_q


class Standing(models.TextChoices):
    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Sent in")
    SENT_BACK = "sent-back", _("Sent back with a remark")
    PLANNED = "planned", _("Planned")
    LIVE = "live", _("Published")
    OFFLINE = "offline", _("Not online any more")


# The drawing beside the word (templates/components/sprite.html).
SHAPES = {
    Standing.DRAFT: "state-open",
    Standing.WAITING: "state-half",
    Standing.SENT_BACK: "state-cross",
    Standing.PLANNED: "state-half",
    Standing.LIVE: "state-done",
    Standing.OFFLINE: "state-skipped",
}
NEXT = {
    Standing.DRAFT: _("Only you, your colleagues and the project leader see this. Go on writing."),
    Standing.WAITING: _("The project leader reads it. You need not do anything now."),
    Standing.SENT_BACK: _("Read the remark, change what you want, and send it in again."),
    Standing.PLANNED: _("It goes online by itself. You need not do anything."),
    Standing.LIVE: _("Do you know more by now? Write a new version."),
    Standing.OFFLINE: _("Ask the project leader why, or send it in again."),
}
# The same while readers go on reading an older version.
NEXT_WHILE_LIVE = {
    Standing.DRAFT: _("The published lesson stays as it is until you send the new version in."),
    Standing.WAITING: _("The published lesson stays as it is until the project leader approves."),
    Standing.SENT_BACK: _("The published lesson stays as it is. Read the remark and go on."),
    Standing.PLANNED: _("The published lesson stays until the new version comes by itself."),
}


@dataclass(frozen=True)
class MyLesson:
    """A lesson with where it stands: for the list “My lessons”."""

    lesson: LessonPage
    practice: PracticePage | None
    # Who left the practice sees what became of a lesson, and writes no more.
    may_write: bool
    # Began it, and not only wrote along.
    is_owner: bool
    standing: Standing
    since: datetime.datetime | None = None
    # What the reviewer wrote when sending it back.
    remark: str = ""
    open_comments: int = 0

    @property
    def title(self) -> str:
        return self.lesson.draft_title or self.lesson.title

    @property
    def label(self) -> str:
        if self.lesson.live and self.standing not in (Standing.LIVE, Standing.OFFLINE):
            return str(LABELS_WHILE_LIVE[self.standing])
        return str(self.standing.label)

    @property
    def shape(self) -> str:
        return SHAPES[self.standing]

    @property
    def next_step(self) -> str:
        own = NEXT_WHILE_LIVE if self.lesson.live and self.standing in NEXT_WHILE_LIVE else NEXT
        return str(own[self.standing])

    @property
    def is_with_writer(self) -> bool:
        return self.standing not in (Standing.WAITING, Standing.PLANNED)

    @property
    def may_throw_away(self) -> bool:
        """A draft of one's own that no reader ever saw and that nobody looks at now."""
        return (
            self.is_owner
            and self.may_write
            and self.standing == Standing.DRAFT
            and not self.lesson.live
            and not self.lesson.first_published_at
        )

    @property
    def names_authors(self) -> bool:
        return self.lesson.live and self.lesson.byline == Byline.AUTHORS


LABELS_WHILE_LIVE = {
    Standing.DRAFT: _("Published; you are writing a new version"),
    Standing.WAITING: _("Published; the new version was sent in"),
    Standing.SENT_BACK: _("Published; the new version was sent back with a remark"),
    Standing.PLANNED: _("Published; the new version is planned"),
}


def lessons_of_writer(user) -> models.QuerySet[LessonPage]:
    """What somebody began, or wrote along with; the last changed first."""
    lessons = LessonPage.objects.outside_trash().filter(locale=source_locale())
    # Whoever was named as a colleague of another practice knows nothing of its drafts.
    along = lessons.filter(authors__user=user).filter(
        visible_q(role_of(user)) | Q(practice_key__in=role_of(user).practice_keys)
    )
    mine = Q(owner=user) | Q(pk__in=along.values("pk"))
    return lessons.filter(mine).order_by("-latest_revision_created_at", "-pk")


def with_standing(lessons: Iterable[LessonPage], user) -> list[MyLesson]:
    """In four queries, however many lessons."""
    found = list(lessons)
    role = role_of(user)
    keys = [str(lesson.pk) for lesson in found]
    page_type = ContentType.objects.get_for_model(Page)
    states = {
        state.object_id: state
        for state in WorkflowState.objects.active()
        .filter(base_content_type=page_type, object_id__in=keys)
        .select_related("current_task_state")
    }
    planned = {
        revision.object_id: revision.approved_go_live_at
        for revision in Revision.objects.filter(
            base_content_type=page_type, object_id__in=keys, approved_go_live_at__isnull=False
        ).only("object_id", "approved_go_live_at")
    }
    comments = dict(
        Comment.objects.filter(page__in=[lesson.pk for lesson in found], resolved_at=None)
        .values_list("page")
        .annotate(number=models.Count("pk"))
    )
    practices = {
        practice.practice_key: practice
        for practice in PracticePage.objects.filter(
            locale=source_locale(), practice_key__in={lesson.practice_key for lesson in found}
        )
    }
    return [
        MyLesson(
            lesson,
            practices.get(lesson.practice_key),
            role.sees_all or lesson.practice_key in role.practice_keys,
            lesson.owner_id == user.pk,
            *_stands(
                lesson,
                states.get(str(lesson.pk)),
                planned.get(str(lesson.pk)),
                comments.get(lesson.pk, 0),
            ),
        )
        for lesson in found
    ]


def _stands(lesson, state, planned, comments) -> tuple:
    """The standing, since when, what the reviewer wrote, and how many comments are open."""
    if state is not None and state.status == state.STATUS_NEEDS_CHANGES:
        task = state.current_task_state
        finished = task.finished_at if task else None
        remark = task.comment if task else ""
        return Standing.SENT_BACK, finished, remark, comments
    if state is not None:
        began = state.current_task_state.started_at if state.current_task_state else None
        return Standing.WAITING, began or state.created_at
    if planned is not None:
        return Standing.PLANNED, planned
    since = lesson.latest_revision_created_at
    if lesson.live and not lesson.has_unpublished_changes:
        return Standing.LIVE, lesson.last_published_at
    if not lesson.live and lesson.first_published_at and not lesson.has_unpublished_changes:
        return (Standing.OFFLINE,)
    return Standing.DRAFT, since, "", comments
