"""Who may have a file: whoever may see a live page that shows it.

The files know no pages. Each part of the platform that shows files says which ones (`shows_*`), and
asks its own pages through `visible_to`.
"""

import uuid
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from accounts.models import PracticeGroup, User
from accounts.roles import Role, role_of
from files.models import Download, Picture
from visibility.audience import AUDIENCE_SENTENCES, PROJECT_LEADERS_ONLY, Audience

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
    if role_of(user).sees_all:
        return True
    return download.is_online and (_is_on_a_page_for(user, download) or _works_with(user, download))


def can_see_picture(user: Person, picture: Picture) -> bool:
    """Whether this person may have this picture now, in any size."""
    return role_of(user).sees_all or _is_on_a_page_for(user, picture) or _works_with(user, picture)


def who_can_have(file: Download | Picture) -> str:
    """Who can have this file now, in one sentence: each kind of person is asked at the door."""
    if isinstance(file, Download) and not file.is_online:
        return str(AUDIENCE_SENTENCES[PROJECT_LEADERS_ONLY])
    own = frozenset(PracticeGroup.objects.values_list("practice_key", flat=True))
    for audience, person in (
        (Audience.PUBLIC, AnonymousUser()),
        (Audience.OUTER_RING, _somebody(Role(outer_ring=True))),
        (Audience.PRACTICES, _somebody(Role(practice_keys=frozenset({uuid.uuid4()})))),
    ):
        if _is_on_a_page_for(person, file):
            return str(AUDIENCE_SENTENCES[audience])
    if _is_on_a_page_for(_somebody(Role(practice_keys=own)), file):
        return _("Only colleagues of the practice whose page shows it, and the project leader.")
    return _("Only the project leader and who works with this file here: no public page shows it.")


class _Somebody(AnonymousUser):
    """Anybody with this role, to ask the door what such a person may have."""

    is_authenticated = is_active = True  # type: ignore[assignment]


def _somebody(role: Role) -> _Somebody:
    person = _Somebody()
    person._role = role  # type: ignore[attr-defined]
    return person


def _is_on_a_page_for(user: Person, file: Download | Picture) -> bool:
    if isinstance(file, Picture):
        return any(use(user, file) for use in _picture_uses)
    # The same as visible_downloads says, asked of one file: that stays quick among thousands.
    offered = [key for key in (file.pk, file.alternative_to_id) if key]
    return any(use(user).filter(download__in=offered).exists() for use in _download_uses)


def _works_with(user: Person, file: Download | Picture) -> bool:
    """Whether this person has the file in the admin: through its collection, or as its uploader."""
    if not user.is_authenticated:
        return False
    policy = policy_registry.get_by_type(type(file))
    return policy.user_has_any_permission_for_instance(user, ["choose", "change"], file)
