"""What follows when a file is kept or removed."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from files import reading
from files.models import Download, EarlierVersion


@receiver(post_save, sender=Download)
def read_new_file(instance, raw, **kwargs):
    if not raw:  # A fixture brings the words along, or they are read with the next file.
        reading.expect(instance)


@receiver(post_delete, sender=EarlierVersion)
def remove_the_earlier_file(instance, **kwargs):
    transaction.on_commit(partial(instance.file.storage.delete, instance.file.name))
