"""The groups behind the roles."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.roles import OUTER_RING, PROJECT_LEADERS
from visibility.models import GivenRight

# What Wagtail's own migrations make; nobody here has these roles.
WAGTAILS_GROUPS = ["Editors", "Moderators"]

# Rights of the project leaders: on every page, on every file, and in the whole admin.
PAGE_PERMISSIONS = [
    ("wagtailcore", "add_page"),
    ("wagtailcore", "change_page"),
    ("wagtailcore", "publish_page"),
    ("wagtailcore", "lock_page"),
    ("wagtailcore", "unlock_page"),
    ("wagtailcore", "bulk_delete_page"),
]
FILE_PERMISSIONS = [
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "delete_document"),
    ("wagtaildocs", "choose_document"),
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "delete_image"),
    ("wagtailimages", "choose_image"),
]
OTHER_PERMISSIONS = [
    ("wagtailadmin", "access_admin"),
    ("vocabulary", "add_term"),
    ("vocabulary", "change_term"),
    ("vocabulary", "delete_term"),
    ("search", "view_askedquestion"),
    ("search", "add_promotion"),
    ("search", "change_promotion"),
    ("search", "delete_promotion"),
    ("wagtailredirects", "add_redirect"),
    ("wagtailredirects", "change_redirect"),
    ("wagtailredirects", "delete_redirect"),
    ("wagtail_localize", "submit_translation"),
    # Accounts, but no administrators: accounts/forms.py keeps that bound.
    ("accounts", "add_user"),
    ("accounts", "change_user"),
]


def ensure_role_groups() -> None:
    """Make the groups where they are missing. Doing it again changes nothing."""
    leaders, _ = Group.objects.get_or_create(name=PROJECT_LEADERS)
    # Participants of the outer ring read; they have no business in the admin.
    Group.objects.get_or_create(name=OUTER_RING)
    _let_leaders_work(leaders)
    Group.objects.filter(name__in=WAGTAILS_GROUPS, user__isnull=True).delete()


def give_new_rights() -> None:
    """Give the project leaders what came with a newer version than the one that made their group.

    Each right once: what an administrator took away stays away.
    """
    leaders = Group.objects.filter(name=PROJECT_LEADERS).first()
    if leaders is not None:
        _let_leaders_work(leaders)


@transaction.atomic
def _let_leaders_work(leaders: Group) -> None:
    for permission in _not_given_yet(leaders, PAGE_PERMISSIONS):
        GroupPagePermission.objects.get_or_create(
            group=leaders, page=Page.get_first_root_node(), permission=permission
        )
    for permission in _not_given_yet(leaders, FILE_PERMISSIONS):
        GroupCollectionPermission.objects.get_or_create(
            group=leaders, collection=Collection.get_first_root_node(), permission=permission
        )
    leaders.permissions.add(*_not_given_yet(leaders, OTHER_PERMISSIONS))


def _not_given_yet(group: Group, rights: list[tuple[str, str]]) -> list[Permission]:
    """The permissions of these that this group never had from us, noted as given from now on."""
    names = {f"{app_label}.{codename}": (app_label, codename) for app_label, codename in rights}
    given = GivenRight.objects.filter(group=group, right__in=names)
    new = names.keys() - set(given.values_list("right", flat=True))
    GivenRight.objects.bulk_create(GivenRight(group=group, right=right) for right in sorted(new))
    return [
        Permission.objects.get(content_type__app_label=app_label, codename=codename)
        for app_label, codename in (names[right] for right in sorted(new))
    ]
