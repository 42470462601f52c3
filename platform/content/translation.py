"""Facts are shared by all languages of a page; only text is translated."""

from django.db import transaction
from wagtail_localize.fields import copy_synchronised_fields

from content.models import ContentPage


def bring_facts_to_translations(source: ContentPage) -> None:
    """Copy the synchronised fields of a published Dutch page to its translations.

    The live translation changes at once, because a narrower audience must not wait for a
    translator. A waiting draft gets the same facts, so that publishing it later changes none back.
    """
    source = source.specific
    for translation in source.get_translations().specific():
        with transaction.atomic():
            draft = translation.get_latest_revision_as_object()
            if translation.live and translation.has_unpublished_changes:
                copy_synchronised_fields(source, translation)
                translation.save()
                copy_synchronised_fields(source, draft)
                draft.save_revision()
            else:
                copy_synchronised_fields(source, draft)
                revision = draft.save_revision()
                if translation.live:
                    revision.publish()
