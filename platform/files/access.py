"""Who may have a file: whoever may see a live page that shows it.

The files know no pages. Each part of the platform that shows files says which ones (`shows_*`), and
asks its own pages through `visible_to`.
"""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from wagtail.permissions import policy_registry

from accounts.models import User
from accounts.roles import role_of
from files.models import Download, Picture

Person = User | AnonymousUser

_download_uses: list[Callable[[Person], QuerySet]] = []
_picture_uses: list[Callable[[Person, Picture], bool]] = []


def shows_downloads(use: Callable[[Person], QuerySet]):
    """Register a function that gives rows with a `download` of the pages that a person may see."""
    _download_uses.append(use)
    return use


def shows_pictures(use: Callable[[Person, Picture], bool]):
    """Register a function that tells whether a picture is on a page that a person may see."""
    _picture_uses.append(use)
    return use


def visible_downloads(user: Person) -> QuerySet[Download]:
    """The downloads on pages that this person may see, and their other forms, for lists."""
    shown = Q()
    for use in _download_uses:
        keys = use(user).values("download")
        shown |= Q(pk__in=keys) | Q(alternative_to__in=keys)
    return Download.objects.online().filter(shown) if shown else Download.objects.none()


def can_see_download(user: Person, download: Download) -> bool:
    """Whether this person may have this file now."""
    if download.taken_offline_at is not None:
        return role_of(user).sees_all
    # The same as visible_downloads says, asked of one file: that stays quick among thousands.
    main_file = download.alternative_to_id
    offered = [download.pk, main_file] if main_file else [download.pk]
    return (
        role_of(user).sees_all
        or any(use(user).filter(download__in=offered).exists() for use in _download_uses)
        or _works_with(user, download)
    )


def can_see_picture(user: Person, picture: Picture) -> bool:
    """Whether this person may have this picture now, in any size."""
    return (
        role_of(user).sees_all
        or any(use(user, picture) for use in _picture_uses)
        or _works_with(user, picture)
    )


def _works_with(user: Person, file: Download | Picture) -> bool:
    """Whether this person has the file in the admin: through its collection, or as its uploader."""
    if not user.is_authenticated:
        return False
    policy = policy_registry.get_by_type(type(file))
    return policy.user_has_any_permission_for_instance(user, ["choose", "change"], file)
