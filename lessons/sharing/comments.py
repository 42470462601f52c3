"""What whoever reads along wrote at a question, and the answers to it: Wagtail's own comments."""

from dataclasses import dataclass

from wagtail.models import Comment, CommentReply

from lessons.models import LessonPage
from lessons.sharing.forms import QUESTIONS
from reviewing.comments import tell_the_other_party
from vocabulary.clean_text import CONTROL_CHARACTER

LONGEST_REPLY = 2_000


@dataclass(frozen=True)
class OpenComment:
    """A comment that nobody has ticked off yet."""

    comment: Comment

    @property
    def question(self) -> str:
        """The question that it is about, or empty: about the rest of the lesson."""
        field = self.comment.contentpath.partition(".")[0]
        return field if field in QUESTIONS else ""

    @property
    def reply_name(self) -> str:
        return f"reply-{self.comment.pk}"


def open_comments(lesson: LessonPage) -> list[OpenComment]:
    if not lesson.pk:
        return []
    comments = Comment.objects.filter(page=lesson.pk, resolved_at=None)
    found = comments.select_related("user").prefetch_related("replies__user").order_by("pk")
    return [OpenComment(comment) for comment in found]


def keep_replies(lesson: LessonPage, data, user) -> None:
    """Keep the answers in what was sent, and tell who waits for one; sent twice is one."""
    answered = False
    for each in open_comments(lesson):
        text = CONTROL_CHARACTER.sub("", data.get(each.reply_name, "")).strip()[:LONGEST_REPLY]
        if (
            not text
            or CommentReply.objects.filter(comment=each.comment, user=user, text=text).exists()
        ):
            continue
        reply = CommentReply.objects.create(comment=each.comment, user=user, text=text)
        reply.log_create(page_revision=lesson.latest_revision, user=user)
        answered = True
    if answered:
        tell_the_other_party(lesson, by=user)
