"""Facts are shared by all languages of a page; only text is translated.

What is a fact follows from the kind of field, as wagtail-localize sees it (dates, choices, words,
files, links), and holds for the rows of a page too: the steps of a path, the roles in a team.
"""

from collections.abc import Callable, Iterable
from functools import cache, partial

from django.conf import settings
from django.db import models, transaction
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, get_translatable_fields

# A page may have an address of its own in each language: rename_translations sees to the others.
OWN_IN_EACH_LANGUAGE = {"slug"}
# When a page ends is a fact as well; wagtail-localize leaves it alone.
PAGE_FACTS = {"expire_at"}


def bring_facts_to_translations(source: Page) -> None:
    """Bring the facts of a published Dutch page to its translations.

    The live translation changes at once, because a narrower audience must not wait for a
    translator. A waiting draft gets the same facts, so that its editor sees what will be shown.
    """
    for translation in _translations_of(source):
        _change(translation, partial(take_facts_from, source))


def rename_translations(source: Page, old_slug: str) -> None:
    """A translation with the address of the Dutch page keeps it so; its own address stays."""
    for translation in _translations_of(source):
        if translation.slug == old_slug:
            _change(translation, partial(_set_slug, source.slug))


def move_translations(source: Page) -> None:
    """Bring the translations below the translation of the page that the Dutch one is below now."""
    parent = source.get_parent().specific
    for translation in _translations_of(source):
        new_parent = parent.get_translation_or_none(translation.locale)
        if new_parent is None:
            # A draft, so the translation is closed until somebody translates what is above it.
            new_parent = parent.copy_for_translation(translation.locale, copy_parents=True)
        if translation.get_parent() != new_parent:
            translation.move(new_parent, pos="last-child")


def take_facts_from_source(page: Page) -> None:
    """Before a translation is saved: what its live Dutch page says holds, whatever it held itself.

    An older revision of the translation, or wagtail-localize with an older copy of the Dutch page,
    would else make a page public again that was narrowed since.
    """
    source = (
        type(page)
        ._base_manager.filter(
            translation_key=page.translation_key,
            locale__language_code=settings.LANGUAGE_CODE,
            live=True,
        )
        .first()
    )
    if source is not None:
        take_facts_from(source, page)


def take_facts_from(source: models.Model, target: models.Model) -> None:
    """Copy the facts of a page, or of a row of one, to the same in another language."""
    for field in _fact_fields(type(source)):
        if isinstance(field, ParentalManyToManyField):
            setattr(target, field.name, list(getattr(source, field.name).all()))
        else:
            setattr(target, field.attname, getattr(source, field.attname))
    for field in _text_fields(type(source)):
        # What is withdrawn, a name for one, is withdrawn in every language.
        if getattr(source, field.attname) == "":
            setattr(target, field.attname, "")
    if isinstance(source, ClusterableModel):
        for relation in get_all_child_relations(type(source)):
            _take_rows(source, target, relation)


def _take_rows(source: ClusterableModel, target: ClusterableModel, relation) -> None:
    name = relation.get_accessor_name()
    if issubclass(relation.related_model, TranslatableMixin):
        twins = {row.translation_key: row for row in getattr(target, name).all()}
        rows = [
            _twin_of(row, twins.get(row.translation_key), target)
            for row in getattr(source, name).all()
        ]
        setattr(target, name, rows)
    elif name in _synchronised_names(type(source)) and _differs(source, target, relation):  # type: ignore[arg-type]
        source.copy_child_relation(relation, target)


def _twin_of(row, twin, target):
    """The row in the other language: its own text with the facts of this one, or a copy."""
    if twin is None:
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        twin = type(row)(**values | {row._meta.pk.attname: None})
        twin.locale = target.locale
    take_facts_from(row, twin)
    twin.sort_order = row.sort_order
    return twin


def _differs(source, target, relation) -> bool:
    """Whether rows without text (words, sources, files) are not the same: else they stay as is."""
    name = relation.get_accessor_name()
    skipped = {relation.related_model._meta.pk, relation.field}
    fields = [
        field for field in relation.related_model._meta.concrete_fields if field not in skipped
    ]

    def values(page):
        rows = getattr(page, name).all()
        return [tuple(getattr(row, field.attname) for field in fields) for row in rows]

    return values(source) != values(target)


@cache
def _fact_fields(model: type[models.Model]) -> list[models.Field]:
    names = _synchronised_names(model) - OWN_IN_EACH_LANGUAGE
    if issubclass(model, Page):
        names |= PAGE_FACTS
    return [
        *(field for field in model._meta.concrete_fields if field.name in names),
        *(f for f in model._meta.many_to_many if isinstance(f, ParentalManyToManyField)),
    ]


@cache
def _text_fields(model: type[models.Model]) -> list[models.Field]:
    translated = {field.field_name for field in get_translatable_fields(model)}
    return [
        field
        for field in model._meta.concrete_fields
        if field.name in translated - _synchronised_names(model)
        and isinstance(field, models.CharField | models.TextField)
    ]


@cache
def _synchronised_names(model: type[models.Model]) -> frozenset[str]:
    return frozenset(
        field.field_name
        for field in get_translatable_fields(model)
        if isinstance(field, SynchronizedField)
    )


def _set_slug(slug: str, page: Page) -> None:
    page.slug = slug


def _translations_of(source: Page) -> Iterable[Page]:
    # An alias is a copy that Wagtail itself keeps as it is.
    return source.get_translations().filter(alias_of__isnull=True).specific()


def _change(page: Page, change: Callable[[Page], None]) -> None:
    """Change the live page and, where one waits, its draft; both keep what else they hold."""
    with transaction.atomic():
        draft = page.get_latest_revision_as_object()
        if page.live and page.has_unpublished_changes:
            change(page)
            page.save()
            if _is_changed_by(change, draft):
                draft.save_revision()
        elif _is_changed_by(change, draft):
            revision = draft.save_revision()
            if page.live:
                revision.publish()


def _is_changed_by(change: Callable[[Page], None], page: Page) -> bool:
    before = page.serializable_data()
    change(page)
    return page.serializable_data() != before
