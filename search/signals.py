"""Keeps the index of the database in step with what is published."""

from django.dispatch import receiver
from wagtail.search import index
from wagtail.signals import page_published

from content.models import ContentPage


@receiver(page_published)
def index_with_rows(sender, instance, **kwargs):
    """Wagtail reads a page for its index before the rows of that page (team, steps) are saved."""
    if issubclass(sender, ContentPage):
        index.insert_or_update_object(instance)
