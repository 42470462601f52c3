"""Comments at a field: who placed or answered one, the other party gets a mail."""

from django.core.cache import caches
from wagtail.models import Comment, CommentReply

from accounts.models import User
from accounts.roles import role_of
from reviewing import mails
from reviewing.rules import reviewers_of, turn_of, writers_of

# Whoever writes six comments in a row sends one mail: the editor saves after each.
QUIET_SECONDS = 10 * 60


def tell_the_other_party(page, by: User) -> None:
    """Tell whoever takes part that comments or answers of `by` were saved. Once for a save."""
    writers = writers_of(page)
    reviewers = _reviewers(page)
    others = writers | _writers_of_comments(page)
    if by.pk in writers and not _reads_along(by, reviewers):
        others |= reviewers
    others.discard(by.pk)
    people = [
        person
        for person in User.objects.filter(pk__in=others, is_active=True)
        if caches["limits"].add(_quiet(page, person, by), True, QUIET_SECONDS)
    ]
    for to_review in (True, False):
        mails.tell_about_comments(
            page,
            [person for person in people if role_of(person).sees_all is to_review],
            by,
            to_review=to_review,
        )


def _reviewers(page) -> set[int]:
    """Who looks at it; where nobody said so, everybody who may approve it."""
    turn = turn_of(page)
    if turn is None:
        return set()
    taken_by = getattr(getattr(turn, "waiting", None), "taken_by_id", None)
    return {taken_by} if taken_by else set(reviewers_of(turn).values_list("pk", flat=True))


def _writers_of_comments(page) -> set[int]:
    """Who takes part in what is not settled yet."""
    comments = Comment.objects.filter(page_id=page.pk, resolved_at=None)
    answers = CommentReply.objects.filter(comment__in=comments)
    return {*comments.values_list("user", flat=True), *answers.values_list("user", flat=True)}


def _reads_along(user: User, reviewers: set[int]) -> bool:
    return user.pk in reviewers or role_of(user).sees_all


def _quiet(page, person: User, by: User) -> str:
    return f"comments-{page.pk}-{person.pk}-{by.pk}"
