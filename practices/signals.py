"""A new practice gets what it needs at once."""

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver

from practices.models import PracticePage
from practices.setup import set_up_practice


@receiver(post_save, sender=PracticePage)
def set_up_new_practice(sender, instance, created, raw, **kwargs):
    # A translation shares the group and collection of the Dutch practice.
    if created and not raw and instance.locale.language_code == settings.LANGUAGE_CODE:
        set_up_practice(instance)
