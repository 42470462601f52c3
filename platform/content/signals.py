"""What follows when a page is published, moved or deleted."""

from django.conf import settings
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from content.branches import follow_from_parent, matters_below, pass_on
from content.deletion import refuse_to_delete_content, refuse_to_lose_content
from content.models import ContentPage
from content.redirects import remember_gone_addresses
from content.translation import (
    bring_facts_to_translations,
    move_translations,
    rename_translations,
)


@receiver(page_published)
def synchronise_facts(sender, instance, **kwargs):
    """A fact that changes in Dutch (audience, dates, words, files) changes in every language."""
    if _is_in_source_language(instance) and instance.live:
        bring_facts_to_translations(instance)


@receiver(page_slug_changed)
def follow_the_rename(sender, instance, instance_before, **kwargs):
    if _is_in_source_language(instance):
        rename_translations(instance, instance_before.slug)


@receiver(page_unpublished)
def unpublish_translations(sender, instance, **kwargs):
    """What is withdrawn in Dutch is withdrawn in every language."""
    if _is_in_source_language(instance):
        for translation in instance.get_translations().filter(live=True):
            translation.specific.unpublish()


@receiver(post_save)
def pass_on_to_the_branch(sender, instance, update_fields=None, raw=False, **kwargs):
    """What changes on a page holds at once for everything below it, however it was saved."""
    if issubclass(sender, Page) and not raw and matters_below(update_fields):
        pass_on(instance)


@receiver(post_page_move)
def follow_the_move(sender, instance, **kwargs):
    """A page that moves belongs to its new practice and branch, and so does all below it."""
    page = ContentPage.objects.get(pk=instance.pk).specific
    follow_from_parent(page)
    if _is_in_source_language(page):
        move_translations(page)


@receiver(pre_delete, sender=ContentPage)
def keep_what_has_content(sender, instance, **kwargs):
    refuse_to_delete_content(instance)
    refuse_to_lose_content(instance)


@receiver(pre_delete)
def keep_the_address_of_a_deleted_page(sender, instance, **kwargs):
    if issubclass(sender, ContentPage):
        remember_gone_addresses([instance])


def _is_in_source_language(page: Page) -> bool:
    return isinstance(page, ContentPage) and page.language_code == settings.LANGUAGE_CODE
