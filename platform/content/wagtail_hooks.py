"""What the admin refuses, whoever asks: also a crafted request, also of an administrator."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rest_framework.response import Response
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.api.actions.delete import DeletePageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.home import RecentEditsPanel
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permissions import policy_registry

from content.addresses import is_reserved
from content.checker import PageChecker
from content.deletion import StaysError, why_it_stays
from content.file_deletion import (
    DeleteUnusedDocumentView,
    DeleteUnusedPictureView,
    why_file_stays,
)
from content.guarding import (
    STAYS,
    read_files_in,
    read_files_on,
    still_being_read,
    told_in_short,
    what_nobody_explained,
)
from content.links import LinkToPage
from content.models import ContentPage
from content.permissions import SITE_TREE
from content.trash import KEPT_DAYS, NotThereError, put_in_trash
from content.trash_screen import DeleteForGoodView, RestoreView, TrashReport
from content.viewsets import BoundedPageViewSet
from files.guarding import settle
from files.models import Download, Picture


def _back_to_the_list(request, page, message: str):
    messages.error(request, message)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_delete_page")
def delete_to_the_trash(request, page):
    if not isinstance(page, ContentPage):
        return None
    if reason := why_it_stays(page):
        return _back_to_the_list(request, page, reason)
    if request.method != "POST" or not type_to_delete_confirmation(request):
        return None
    back = get_valid_next_url_from_request(request)
    parent = page.get_parent()
    if refusal := _throw_away(request, [page]):
        return _back_to_the_list(request, page, refusal)
    return redirect(back) if back else redirect("wagtailadmin_explore", parent.pk)


@hooks.register("before_bulk_action")
def delete_to_the_trash_in_bulk(request, action_type, objects, action):
    if action_type != "delete" or action.model is not Page:
        return None
    # What lies below another chosen page goes along with that one.
    tops = [page for page in objects if not any(page.is_descendant_of(other) for other in objects)]
    if refusal := _throw_away(request, tops):
        messages.error(request, refusal)
    return redirect(action.next_url)


@hooks.register("before_bulk_action", order=-1)
def leave_the_trash_alone(request, action_type, objects, action):
    """Wagtail asks the rights of a plain page, and those of an administrator have no end."""
    if action.model is Page and not all(page.path.startswith(SITE_TREE) for page in objects):
        raise Http404


def _throw_away(request, pages) -> str | None:
    """Put these pages in the trash and say so; returns why not, where that cannot be."""
    try:
        with transaction.atomic():
            number = sum(put_in_trash(page, by=request.user).pages for page in pages)
    except NotThereError:
        return _("Somebody else has just deleted this.")
    except StaysError as error:
        return str(error)
    messages.success(
        request,
        ngettext(
            "%(number)s page is in the bin. You can bring it back for %(days)s days.",
            "%(number)s pages are in the bin. You can bring them back for %(days)s days.",
            number,
        )
        % {"number": number, "days": KEPT_DAYS},
        buttons=[messages.button(reverse("trash"), _("To the bin"))],
    )
    return None


@hooks.register("before_move_page")
def keep_own_addresses(request, page, destination):
    if is_reserved(page.slug, destination):
        return _back_to_the_list(
            request, page, _("The platform uses this address itself. Choose another one.")
        )
    return None


@hooks.register("before_copy_page")
def keep_own_addresses_from_copies(request, page):
    chosen = request.POST.get("new_parent_page", "")
    parent = Page.objects.filter(pk=chosen).first() if chosen.isdecimal() else page.get_parent()
    if request.method == "POST" and is_reserved(request.POST.get("new_slug", ""), parent):
        return _back_to_the_list(
            request, page, _("The platform uses this address itself. Choose another one.")
        )
    return None


@hooks.register("before_bulk_action")
def keep_own_addresses_in_bulk(request, action_type, objects, action):
    chosen = request.POST.get("chooser", "")
    if action_type != "move" or action.model is not Page or not chosen.isdecimal():
        return
    destination = Page.objects.filter(pk=chosen).first()
    if any(is_reserved(page.slug, destination) for page in objects):
        raise PermissionDenied


@hooks.register("register_bulk_action", order=1)
class PublishReadPages(PublishBulkAction):
    """Wagtail's, which begins a transaction after this."""

    def prepare_action(self, objects, objects_without_access):
        read_files_on(*_drafts_to_publish(self.request, objects))


@hooks.register("before_bulk_action")
def publish_only_what_is_complete(request, action_type, objects, action):
    """The form asks for what is missing; publishing from a list has no form.

    Nor does it point out there what may show who a child is.
    """
    if action_type != "publish" or action.model is not Page:
        return None
    drafts = _drafts_to_publish(request, objects)
    for draft in drafts:
        if missing := [*draft.what_is_missing(), *still_being_read(draft)]:
            messages.error(request, f"{draft.title}: {' '.join(map(str, missing))}")
            return redirect("wagtailadmin_pages:edit", draft.pk)
    refused = [
        (draft, found)
        for draft in drafts
        if isinstance(draft, ContentPage) and (found := what_nobody_explained(draft))
    ]
    for draft, found in refused:
        messages.error(request, told_in_short(draft, found))
    return redirect("wagtailadmin_pages:edit", refused[0][0].pk) if refused else None


def _drafts_to_publish(request, objects) -> list[Page]:
    pages = list(objects)
    if request.POST.get("include_descendants"):
        pages += [draft for page in objects for draft in page.get_descendants().not_live()]
    return [page.specific.get_latest_revision_as_object() for page in pages]


@hooks.register("before_create_page")
def read_files_of_a_new_page(request, parent_page, page_class):
    read_files_in(request.POST)


@hooks.register("register_log_actions")
def passages_that_stay(actions):
    actions.register_action(
        STAYS,
        gettext_lazy("Keep what was pointed out"),
        gettext_lazy("Kept what was pointed out, with a reason"),
    )


# What is published is read anew afterwards, so before that; what is handed in, after it.
@hooks.register("before_publish_page")
@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def keep_the_reason(request, page):
    """Who let a passage stay and why; of the passage itself only what kind it was."""
    kept = getattr(page, "kept_passages", {})
    if kept.get("reason"):
        log(page, STAYS, user=request.user, data=kept)
        settle(page.settled_files)
        page.kept_passages = {}


@hooks.register("before_publish_page")
@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_what_is_unread(request, page):
    """Of a file that cannot be read nobody but a person can say what is in it."""
    unread, page.unread_files = getattr(page, "unread_files", []), []
    for download in unread:
        messages.warning(
            request,
            _("“%(title)s” was not looked through: %(reason)s. Look for yourself what is in it.")
            % {"title": download.title, "reason": download.text_label},
        )


@hooks.register("before_copy_page")
def copy_only_to_what_is_known(request, page):
    """Wagtail's messages would name a page, and the addresses below it, to whoever asks."""
    chosen = request.POST.get("new_parent_page", "")
    known = policy_registry.get_by_type(Page).explorable_instances(request.user)
    if chosen.isdecimal() and not known.filter(pk=chosen).exists():
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def choose_what_is_known(pages, request):
    """Links go to pages that this person can read or edit; of others not even the title shows."""
    editable = policy_registry.get_by_type(Page).explorable_instances(request.user)
    readable = ContentPage.objects.visible_to(request.user)
    known = Q(pk__in=editable.values("pk")) | Q(pk__in=readable.values("pk"))
    opened = request.resolver_match.kwargs.get("parent_page_id")
    if opened and not Page.objects.filter(known | Q(depth=1), pk=opened).exists():
        raise PermissionDenied
    return pages.filter(known)


class _ToTheTrash(DeletePageAPIAction):
    """What the admin's own API does when it is asked to delete."""

    def execute(self, instance, data):
        if not instance.permissions_for_user(self.request.user).can_delete():
            raise PermissionDenied
        try:
            put_in_trash(instance, by=self.request.user)
        except NotThereError as error:
            raise Http404 from error
        return Response(status=HTTPStatus.NO_CONTENT)


class _PagesOfTheSite(PagesAdminAPIViewSet):
    actions = PagesAdminAPIViewSet.actions | {"delete": _ToTheTrash}


@hooks.register("construct_admin_api", order=1000)
def delete_to_the_trash_through_the_api(router):
    router.register_endpoint("pages", _PagesOfTheSite)


@hooks.register("register_admin_urls")
def addresses_of_the_trash():
    return [
        path("prullenbak/", TrashReport.as_view(), name="trash"),
        path("prullenbak/results/", TrashReport.as_view(results_only=True), name="trash_results"),
        path("prullenbak/<int:pk>/terug/", RestoreView.as_view(), name="trash_restore"),
        path("prullenbak/<int:pk>/weg/", DeleteForGoodView.as_view(), name="trash_delete"),
    ]


@hooks.register("register_admin_urls", order=-1)
def addresses_that_keep_used_files():
    # Before Wagtail's own at the same addresses, which keep their names.
    return [
        path("documents/delete/<int:document_id>/", DeleteUnusedDocumentView.as_view()),
        path("images/<int:image_id>/delete/", DeleteUnusedPictureView.as_view()),
    ]


@hooks.register("before_bulk_action")
def keep_used_files_in_bulk(request, action_type, objects, action):
    if action_type != "delete" or action.model not in (Download, Picture):
        return None
    reasons = [reason for file in objects if (reason := why_file_stays(file))]
    for reason in reasons:
        messages.error(request, reason)
    return redirect(action.next_url) if reasons else None


@hooks.register("register_admin_menu_item")
def trash_in_the_menu():
    return MenuItem(gettext_lazy("Bin"), reverse("trash"), name="trash", icon_name="bin", order=900)


@hooks.register("register_log_actions")
def actions_of_the_trash(actions):
    actions.register_action(
        "content.trash", gettext_lazy("Put in the bin"), gettext_lazy("Put in the bin")
    )
    actions.register_action(
        "content.restore", gettext_lazy("Bring back"), gettext_lazy("Brought back from the bin")
    )
    actions.register_action(
        "content.purge", gettext_lazy("Delete for good"), gettext_lazy("Deleted for good")
    )


@hooks.register("register_rich_text_features", order=1000)
def links_to_pages_that_are_gone(features):
    features.register_link_type(LinkToPage)


@hooks.register("construct_homepage_panels")
def only_pages_that_are_there(request, panels):
    """Wagtail's list of what somebody edited last asks for no rights."""
    panels[:] = [
        RecentEditsOfTheSite() if type(panel) is RecentEditsPanel else panel for panel in panels
    ]


class RecentEditsOfTheSite(RecentEditsPanel):
    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        context["last_edits"] = [
            (at, page) for at, page in context["last_edits"] if page.path.startswith(SITE_TREE)
        ]
        return context


@hooks.register("construct_wagtail_userbar")
def check_by_our_rules(request, items, page):
    items[:] = [
        PageChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


@hooks.register("register_admin_viewset", order=1)
def views_of_pages():
    # After Wagtail's own, which these take the place of.
    return BoundedPageViewSet()
