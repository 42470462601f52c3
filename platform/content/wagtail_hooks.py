"""What the admin refuses, whoever asks: also a crafted request, also of an administrator."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permissions import policy_registry

from content.addresses import is_reserved
from content.deletion import why_it_stays
from content.models import ContentPage
from content.viewsets import ContentPageViewSet


def _back_to_the_list(request, page, message: str):
    messages.error(request, message)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_delete_page")
def keep_practices_with_content(request, page):
    if reason := why_it_stays(page):
        return _back_to_the_list(request, page, reason)
    return None


@hooks.register("before_bulk_action")
def keep_practices_with_content_in_bulk(request, action_type, objects, action):
    if action_type != "delete" or action.model is not Page:
        return None
    for page in objects:
        if reason := why_it_stays(page):
            return _back_to_the_list(request, page, reason)
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


@hooks.register("before_bulk_action")
def publish_only_what_is_complete(request, action_type, objects, action):
    """The form asks for what is missing; publishing from a list has no form."""
    if action_type != "publish" or action.model is not Page:
        return None
    pages = list(objects)
    if request.POST.get("include_descendants"):
        pages += [draft for page in objects for draft in page.get_descendants().not_live()]
    for page in pages:
        draft = page.specific.get_latest_revision_as_object()
        if missing := draft.what_is_missing():
            messages.error(request, f"{draft.title}: {' '.join(map(str, missing))}")
            return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("register_log_actions")
def passages_that_stay(actions):
    actions.register_action(
        "content.passage_stays",
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
        log(page, "content.passage_stays", user=request.user, data=kept)
        page.kept_passages = {}


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


@hooks.register("register_admin_viewset", order=1)
def views_of_pages():
    # After Wagtail's own, which these take the place of.
    return ContentPageViewSet()
