"""What a new practice needs, so that a fourth practice needs no developer."""

from itertools import chain, count

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from accounts.models import PracticeGroup
from practices.models import DevelopmentPathIndexPage, PracticePage

COLLECTION_PERMISSIONS = [
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
]


def set_up_practice(practice: PracticePage) -> None:
    """The overview of paths, the group of professionals and the collection for files."""
    # Live from the start: while the practice is a draft, its whole branch is closed.
    path_index = DevelopmentPathIndexPage(
        title="Ontwikkelpad", slug="ontwikkelpad", locale=practice.locale
    )
    practice.add_child(instance=path_index)
    let_professionals_work(practice_group(practice), path_index)
    practice_collection(practice)


def practice_group(practice: PracticePage) -> Group:
    """The group of this practice's professionals."""
    existing = PracticeGroup.objects.filter(practice_key=practice.translation_key).first()
    if existing is not None:
        return existing.group
    group = Group.objects.create(name=_group_name(practice))
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    PracticeGroup.objects.create(group=group, practice_key=practice.translation_key)
    return group


def practice_collection(practice: PracticePage) -> Collection:
    """The collection for the files of this practice: the one that its group may use.

    Never found by its name: a practice may be renamed, and two may have one name.
    """
    group = practice_group(practice)
    existing = Collection.objects.filter(group_permissions__group=group).first()
    if existing is not None:
        return existing
    collection = Collection.get_first_root_node().add_child(name=practice.title[:255])
    for app_label, codename in COLLECTION_PERMISSIONS:
        GroupCollectionPermission.objects.create(
            group=group, collection=collection, permission=_permission(app_label, codename)
        )
    return collection


def let_professionals_work(group: Group, page: Page) -> None:
    """Professionals write below this page; publishing needs a colleague's eye."""
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.get_or_create(
            group=group, page=page, permission=Permission.objects.get(codename=codename)
        )


def _group_name(practice: PracticePage) -> str:
    """`Professionals Orion`; where that is taken with the place, and then with a number."""
    name = f"Professionals {practice.title}"[:110]
    with_place = f"{name} ({practice.place[:30]})"
    numbered = (f"{with_place} {number}" for number in count(2))
    return next(
        candidate
        for candidate in chain([name, with_place], numbered)
        if not Group.objects.filter(name=candidate).exists()
    )


def _permission(app_label: str, codename: str) -> Permission:
    """Wagtail asks for the permissions of its own models, whichever model is used."""
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
