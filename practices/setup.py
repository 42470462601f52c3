"""What a new practice needs, so that a fourth practice needs no developer."""

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
    group = practice_group(practice)
    collection = practice_collection(practice)
    let_professionals_work(group, path_index)
    for app_label, codename in COLLECTION_PERMISSIONS:
        permission = _permission(app_label, codename)
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def practice_group(practice: PracticePage) -> Group:
    """The group of this practice's professionals."""
    existing = PracticeGroup.objects.filter(practice_key=practice.translation_key).first()
    if existing is not None:
        return existing.group
    group, _ = Group.objects.get_or_create(name=_group_name(practice))
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    PracticeGroup.objects.create(group=group, practice_key=practice.translation_key)
    return group


def practice_collection(practice: PracticePage) -> Collection:
    """The collection for the files of this practice: named by it, kept when it is renamed."""
    root = Collection.get_first_root_node()
    name = practice.title[:255]
    return root.get_children().filter(name=name).first() or root.add_child(name=name)


def let_professionals_work(group: Group, page: Page) -> None:
    """Professionals write below this page; publishing needs a colleague's eye."""
    for codename in ("add_page", "change_page"):
        GroupPagePermission.objects.get_or_create(
            group=group, page=page, permission=Permission.objects.get(codename=codename)
        )


def _group_name(practice: PracticePage) -> str:
    # Two practices may have one name, groups may not.
    name = f"Professionals {practice.title}"[:140]
    return f"{name} ({practice.place})"[:150] if Group.objects.filter(name=name).exists() else name


def _permission(app_label: str, codename: str) -> Permission:
    """Wagtail asks for the permissions of its own models, whichever model is used."""
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
