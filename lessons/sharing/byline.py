"""A lesson goes on under the practice's name: at once, everywhere, and for good."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from lessons.models import Byline, LessonPage

LOG_ACTION = "lessons.practice_name"


@transaction.atomic
def publish_as_practice(lesson: LessonPage, user=None) -> None:
    """Take the names of the authors away from readers, in every language.

    From every revision as well, so that none that is published later brings them back.
    """
    versions = LessonPage.objects.filter(translation_key=lesson.translation_key)
    for revision in _revisions_of(versions):
        if revision.content.get("byline") == Byline.AUTHORS:
            revision.content["byline"] = Byline.PRACTICE
            revision.save(update_fields=["content"])
    named = versions.filter(byline=Byline.AUTHORS)
    # Feed readers look at the lesson anew.
    named.filter(live=True).update(last_published_at=timezone.now())
    if named.update(byline=Byline.PRACTICE):
        log(instance=lesson, action=LOG_ACTION, user=user)


def _revisions_of(versions) -> Iterable[Revision]:
    keys = [str(pk) for pk in versions.values_list("pk", flat=True)]
    page_type = ContentType.objects.get_for_model(Page)
    return Revision.objects.filter(base_content_type=page_type, object_id__in=keys).order_by("pk")


def forget_name_of(user, practice_keys: Iterable | None = None) -> None:
    """What somebody who leaves wrote goes on under the name of the practice."""
    lessons = LessonPage.objects.filter(
        Q(owner=user) | Q(pk__in=LessonPage.objects.filter(authors__user=user).values("pk"))
    )
    if practice_keys is not None:
        lessons = lessons.filter(practice_key__in=list(practice_keys))
    for lesson in lessons:
        publish_as_practice(lesson)
