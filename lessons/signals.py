"""A new practice gets a place for its lessons."""

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver

from lessons.models import LessonIndexPage
from practices.models import PracticePage
from practices.setup import let_professionals_work, practice_group


@receiver(post_save, sender=PracticePage)
def add_lesson_index(sender, instance, created, raw, **kwargs):
    if created and not raw and instance.locale.language_code == settings.LANGUAGE_CODE:
        index = LessonIndexPage(title="Lessen", slug="lessen", locale=instance.locale)
        instance.add_child(instance=index)
        let_professionals_work(practice_group(instance), index)
