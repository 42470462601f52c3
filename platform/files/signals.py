"""What follows when a file is kept: its words will be read."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from files import reading
from files.models import Download


@receiver(post_save, sender=Download)
def read_new_file(instance, raw, **kwargs):
    if not raw:  # A fixture brings the words along, or they are read with the next file.
        reading.expect(instance)
