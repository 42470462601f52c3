"""A new practice gets a place for its lessons; who leaves a practice is no longer named there."""

from django.conf import settings
from django.db.models.signals import m2m_changed, post_save, pre_delete
from django.dispatch import receiver

from accounts.models import PracticeGroup, User
from lessons.models import LessonIndexPage
from lessons.sharing.byline import forget_name_of
from practices.models import PracticePage
from practices.setup import let_professionals_work, practice_group


@receiver(post_save, sender=PracticePage)
def add_lesson_index(sender, instance, created, raw, **kwargs):
    if created and not raw and instance.locale.language_code == settings.LANGUAGE_CODE:
        index = LessonIndexPage(title="Lessen", slug="lessen", locale=instance.locale)
        instance.add_child(instance=index)
        let_professionals_work(practice_group(instance), index)


@receiver(pre_delete, sender=User)
def forget_the_name_of_a_deleted_account(sender, instance, **kwargs):
    forget_name_of(instance)


@receiver(post_save, sender=User)
def forget_the_name_of_a_closed_account(sender, instance, created, raw, **kwargs):
    if not (created or raw or instance.is_active):
        forget_name_of(instance)


@receiver(m2m_changed, sender=User.groups.through)
def forget_the_name_of_who_leaves_a_practice(sender, instance, action, reverse, pk_set, **kwargs):
    if action == "pre_clear":
        gone = instance.user_set if reverse else instance.groups
        pk_set = set(gone.values_list("pk", flat=True))
    elif action != "post_remove":
        return
    people = User.objects.filter(pk__in=pk_set) if reverse else [instance]
    left = PracticeGroup.objects.filter(group__in=[instance.pk] if reverse else pk_set)
    if keys := list(left.values_list("practice_key", flat=True)):
        for person in people:
            forget_name_of(person, keys)
