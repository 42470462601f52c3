"""A new practice gets a place for its lessons; a printed number outlives its lesson."""

from django.conf import settings
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from content.redirects import remember_gone_address
from lessons.models import LessonIndexPage, LessonPage
from practices.models import PracticePage
from practices.setup import let_professionals_work, practice_group


@receiver(post_save, sender=PracticePage)
def add_lesson_index(sender, instance, created, raw, **kwargs):
    if created and not raw and instance.locale.language_code == settings.LANGUAGE_CODE:
        index = LessonIndexPage(title="Lessen", slug="lessen", locale=instance.locale)
        instance.add_child(instance=index)
        let_professionals_work(practice_group(instance), index)


@receiver(pre_delete, sender=LessonPage)
def keep_the_number_of_a_deleted_lesson(sender, instance, **kwargs):
    if instance.language_code == settings.LANGUAGE_CODE:
        remember_gone_address(instance, instance.fixed_path)
