"""Throwing pages away, and undoing that: a branch moves below the trash, and back.

The trash is the root of a second tree, beside that of the site (docs/decisions/0010). Nothing is
changed on the pages but where they are: they keep their state, words, files, versions and comments.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain, count
from operator import or_

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from treebeard.mp_tree import MP_MoveHandler, MP_Node
from wagtail.contrib.redirects.signal_handlers import autocreate_redirects_on_page_move
from wagtail.log_actions import log
from wagtail.models import Page, Revision, WorkflowState

from accounts.models import User
from accounts.roles import role_of
from content.addresses import is_reserved
from content.branches import branch_changed, follow_from_parent
from content.deletion import for_good, refuse_what_stays
from content.drafts import change_drafts
from content.languages import source_locale
from content.models import ContentPage, GoneAddress, Trashed, TrashedBranch
from content.permissions import SITE_TREE
from content.redirects import remember_gone_addresses

KEPT_DAYS = 30
SLUG = "prullenbak"


class NotThereError(LookupError):
    """Somebody else was first: the page is in the trash already, or not any more."""


class NeedsPlaceError(LookupError):
    """The place of a page is gone, or lies in the trash itself: it needs another one."""


@dataclass
class Returned:
    """A page that is back, and what is not as it was, in words for who restored it."""

    page: ContentPage
    remarks: list[str] = field(default_factory=list)


@transaction.atomic
def put_in_trash(page: Page, *, by: User | None) -> Trashed:
    """Throw a page away with all that lies below it; the Dutch page in every language.

    Raises NotThereError, and StaysError for what cannot be deleted.
    """
    trash = _locked_trash()
    page = _as_it_is_now(page.pk)
    if page.is_in_trash or page.is_trash:
        raise NotThereError(page.pk)
    tops = in_every_language(page)
    for top in tops:
        refuse_what_stays(top)
    pages = list(branches_of(tops).specific())
    trashed = Trashed.objects.create(
        page=page,
        practice_key=page.practice_key,
        by=by,
        pages=len(pages),
        had_live=any(each.live for each in pages),
        addresses=remember_gone_addresses(pages),
        planned=_unplan(pages),
    )
    _cancel_workflows(pages, by)
    _log(page, "content.trash", by, pages=len(pages))
    for top in tops:
        TrashedBranch.objects.create(
            trashed=trashed,
            page=top,
            parent=top.get_parent(),
            url_path=top.url_path,
            before=top.get_next_sibling(),
        )
        _move(top, trash, "last-child")
    _tell(pages)
    return trashed


@transaction.atomic
def restore(trashed: Trashed, *, by: User | None, parent: Page | None = None) -> Returned:
    """Put a page back where it was, or below this page.

    Raises NotThereError when somebody else was first, and NeedsPlaceError.
    """
    _locked_trash()
    found = Trashed.objects.filter(pk=trashed.pk).select_related("page").first()
    if found is None:
        raise NotThereError(trashed.pk)
    returned = Returned(found.page)
    branches = list(found.branches.select_related("page", "parent", "before"))
    branches.sort(key=lambda branch: branch.page_id != found.page_id)
    pages = list(branches_of([branch.page for branch in branches]))
    for branch in branches:
        _bring_back(branch, parent, returned)
    _plan_again(found, returned)
    GoneAddress.objects.filter(path__in=found.addresses).delete()
    _tell(pages)
    for page in ContentPage.objects.filter(pk__in=[page.pk for page in pages]).specific():
        returned.remarks += page.settle_after_return()
    found.delete()
    _log(returned.page, "content.restore", by, pages=len(pages))
    returned.page = _as_it_is_now(returned.page.pk)
    return returned


@transaction.atomic
def delete_from_trash(trashed: Trashed, *, by: User | None = None, **data) -> int:
    """Delete for good; returns how many pages. Raises NotThereError when somebody else was first.

    Files stay: they are content of their own, which other pages may show.
    """
    _locked_trash()
    found = Trashed.objects.filter(pk=trashed.pk).select_related("page").first()
    if found is None:
        raise NotThereError(trashed.pk)
    if found.practice_key:
        data["practice"] = str(found.practice_key)
    _log(found.page, "content.purge", by, pages=found.pages, **data)
    delete_branches([branch.page for branch in found.branches.select_related("page")])
    return found.pages


def delete_branches(tops: Iterable[ContentPage]) -> None:
    """Delete these pages and all that lies below them, wherever they lie."""
    with for_good():
        for top in tops:
            # Not its own `delete`, which is for the trash.
            MP_Node.delete(_as_it_is_now(top.pk).specific)


def purge(before: datetime.datetime | None = None) -> Iterator[tuple[Trashed, int]]:
    """Delete for good what has lain in the trash for long enough; gives each with its pages."""
    before = before or timezone.now() - datetime.timedelta(days=KEPT_DAYS)
    for trashed in list(Trashed.objects.filter(at__lt=before).select_related("page__content_type")):
        try:
            yield trashed, delete_from_trash(trashed)
        except NotThereError:
            continue


def may_restore(user, trashed: Trashed) -> bool:
    """Project leaders everything; a professional what was a draft in the own practice.

    As with deleting: what was public needs the right to publish.
    """
    role = role_of(user)
    own = trashed.practice_key in role.practice_keys and not trashed.had_live
    return role.sees_all or own


def place_it_had(trashed: Trashed) -> Page | None:
    """The page that it was below, where it can still come back to that."""
    branch = trashed.branches.select_related("page", "parent").get(page=trashed.page_id)
    place = _old_place(branch)
    return place if place is not None and branch.page.specific.can_move_to(place) else None


def places_for(trashed: Trashed, user) -> list[ContentPage]:
    """Where this person may put a thrown away page that lost its place."""
    page = trashed.page.specific
    kinds = page.allowed_parent_page_models()
    parents = ContentPage.objects.outside_trash().filter(locale=page.locale_id).type(*kinds)
    return [
        parent
        for parent in parents.specific()
        if page.can_move_to(parent) and parent.permissions_for_user(user).can_add_subpage()
    ]


def _as_it_is_now(pk: int) -> ContentPage:
    page = ContentPage.objects.filter(pk=pk).first()
    if page is None:
        raise NotThereError(pk)
    return page


def _locked_trash() -> ContentPage:
    """The trash. Whoever puts in or takes out waits for the others until they have committed."""
    trash = ContentPage.objects.filter(depth=1).first() or _make_trash()
    Page.objects.select_for_update().get(pk=trash.pk)
    return ContentPage.objects.get(pk=trash.pk)


def _make_trash() -> ContentPage:
    # Not by two at once: both wait at the root of the site.
    Page.objects.select_for_update().get(path=SITE_TREE)
    made = ContentPage.objects.filter(depth=1).first()
    if made is not None:
        return made
    trash = ContentPage(title=_("Bin"), slug=SLUG, live=False, locale=source_locale())
    ContentPage.add_root(instance=trash)
    # So that no page in it seems to stand below the home page.
    Page.objects.filter(pk=trash.pk).update(url_path=f"/{SLUG}/")
    return ContentPage.objects.get(pk=trash.pk)


def in_every_language(page: ContentPage) -> list[ContentPage]:
    """The Dutch page takes its translations and copies along; a translation goes by itself."""
    if page.language_code != settings.LANGUAGE_CODE:
        return [page]
    others = ContentPage.objects.outside_trash().filter(translation_key=page.translation_key)
    return [page, *others.exclude(pk=page.pk)]


def branches_of(tops: Iterable[Page]):
    """These pages with all that lies below them."""
    return ContentPage.objects.filter(reduce(or_, (Q(path__startswith=top.path) for top in tops)))


def _move(top: ContentPage, target: Page, position: str, slug: str = "") -> None:
    """Without Wagtail's signals: for the rest of the platform it is no move, it is gone or back."""
    page = Page.objects.get(pk=top.pk)
    old_url_path = page.url_path
    MP_MoveHandler(page, Page.objects.get(pk=target.pk), position).process()
    page = Page.objects.get(pk=top.pk)
    page.slug = slug or page.slug
    page.set_url_path(page.get_parent())
    Page.objects.filter(pk=page.pk).update(slug=page.slug, url_path=page.url_path)
    page._update_descendant_url_paths(old_url_path, page.url_path)
    follow_from_parent(_as_it_is_now(page.pk).specific)


def _bring_back(branch: TrashedBranch, chosen: Page | None, returned: Returned) -> None:
    page = branch.page.specific
    is_first = page.pk == returned.page.pk
    place = chosen or _old_place(branch)
    if not is_first and (chosen is not None or place is None):
        place = _place_beside(page, returned.page)
    if place is None or not page.can_move_to(place):
        raise NeedsPlaceError(page.pk)
    slug = _free_slug(page, place)
    before = branch.before
    if before is not None and before.is_child_of(place) and chosen is None:
        _move(branch.page, before, "left", slug)
    else:
        _move(branch.page, place, "last-child", slug)
    if slug != page.slug:
        change_drafts(ContentPage.objects.filter(pk=page.pk), slug=slug)
        if is_first:
            returned.remarks.append(
                _("Its address was taken by now. The new one is “%(slug)s”.") % {"slug": slug}
            )
    moved = _as_it_is_now(page.pk)
    autocreate_redirects_on_page_move(
        instance=moved, url_path_after=moved.url_path, url_path_before=branch.url_path
    )


def _old_place(branch: TrashedBranch) -> Page | None:
    parent = branch.parent
    return parent if parent is not None and parent.path.startswith(SITE_TREE) else None


def _place_beside(translation: ContentPage, source: ContentPage) -> Page:
    """Below the translation of the page that the Dutch one is below now."""
    parent = _as_it_is_now(source.pk).get_parent().specific
    return parent.get_translation_or_none(translation.locale) or parent.copy_for_translation(
        translation.locale, copy_parents=True
    )


def _free_slug(page: ContentPage, parent: Page) -> str:
    slugs = chain([page.slug], (f"{page.slug}-{number}" for number in count(2)))
    return next(
        slug
        for slug in slugs
        if Page._slug_is_available(slug, parent, page) and not is_reserved(slug, parent)
    )


def _cancel_workflows(pages: list[ContentPage], by: User | None) -> None:
    waiting = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
    )
    for state in waiting:
        state.cancel(user=by)


def _unplan(pages: list[ContentPage]) -> dict[str, str]:
    """Nothing is published while it lies in the trash. Returns what was planned, by revision."""
    revisions = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
        approved_go_live_at__isnull=False,
    )
    moments = revisions.values_list("pk", "approved_go_live_at")
    planned = {str(pk): moment.isoformat() for pk, moment in moments}
    revisions.update(approved_go_live_at=None)
    return planned


def _plan_again(trashed: Trashed, returned: Returned) -> None:
    for pk, moment in trashed.planned.items():
        if datetime.datetime.fromisoformat(moment) > timezone.now():
            Revision.objects.filter(pk=pk).update(approved_go_live_at=moment)
        else:
            returned.remarks.append(
                _("It would have been published meanwhile. Publish it if you still want to.")
            )


def _tell(pages: list[ContentPage]) -> None:
    """What can be found changes for all of them, also where the openness stays as narrow."""
    branch_changed.send(sender=ContentPage, pks=[page.pk for page in pages])


def _log(page: ContentPage, action: str, by: User | None, **data) -> None:
    # `deleted` keeps the entries of a page that nobody can explore any more in the site history.
    log(page.specific, action, user=by, deleted=action != "content.restore", data=data)
