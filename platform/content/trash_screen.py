"""The trash in the admin: what lies in it, bringing it back, deleting it for good."""

import datetime
import math
from typing import cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from accounts.models import User
from accounts.roles import role_of
from content.models import ContentPage, Trashed
from content.trash import (
    KEPT_DAYS,
    NeedsPlaceError,
    NotThereError,
    delete_from_trash,
    may_restore,
    place_it_had,
    places_for,
    restore,
)


class WaysColumn(Column):
    """What this person may do with what lies here."""

    cell_template_name = "content/admin/trash_ways_cell.html"

    def get_cell_context_data(self, trashed, parent_context):
        context = super().get_cell_context_data(trashed, parent_context)
        user = parent_context["request"].user
        return context | {
            "may_restore": may_restore(user, trashed),
            "may_delete": role_of(user).sees_all,
        }


def _days_left(trashed: Trashed) -> int:
    gone = trashed.at + datetime.timedelta(days=KEPT_DAYS)
    return max(0, math.ceil((gone - timezone.now()) / datetime.timedelta(days=1)))


def _thrown_away_by(trashed: Trashed) -> str:
    return str(trashed.by) if trashed.by else _("somebody without an account by now")


class TrashReport(ReportView):
    """Everything in the trash that this person may know of."""

    model = Trashed
    # Who sees what follows from the practice, below.
    permission_policy = None
    results_template_name = "content/admin/trash_results.html"
    page_title = gettext_lazy("Bin")
    header_icon = "bin"
    verbose_name_plural = gettext_lazy("thrown away pages")
    index_url_name = "trash"
    index_results_url_name = "trash_results"
    default_ordering = "-at"
    columns = [
        Column("title", label=gettext_lazy("Title"), accessor="page.title", sort_key="page__title"),
        Column("kind", label=gettext_lazy("Kind"), accessor="page.page_type_display_name"),
        Column("practice", label=gettext_lazy("Practice"), sort_key="practice"),
        NumberColumn("pages", label=gettext_lazy("Pages"), sort_key="pages"),
        Column("by", label=gettext_lazy("By"), accessor=_thrown_away_by),
        DateColumn("at", label=gettext_lazy("On"), sort_key="at"),
        NumberColumn("days_left", label=gettext_lazy("Days left"), accessor=_days_left),
        WaysColumn("ways", label=gettext_lazy("Do"), accessor="pk"),
    ]

    def get_queryset(self):
        practices = ContentPage.objects.practices().filter(practice_key=OuterRef("practice_key"))
        return (
            Trashed.objects.for_user(self.request.user)
            .select_related("page__content_type", "by")
            .annotate(practice=Subquery(practices.values("title")[:1]))
            .order_by(self.ordering, "-pk")
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, kept_days=KEPT_DAYS)


class PlaceForm(forms.Form):
    """Where a page comes to stand that lost its place. Without a question where it did not."""

    def __init__(self, *args, places: list[ContentPage] | None, **kwargs):
        super().__init__(*args, **kwargs)
        if places is not None:
            self.fields["place"] = forms.ChoiceField(
                label=_("Where?"),
                choices=[("", "---------"), *((page.pk, _name_of(page)) for page in places)],
                help_text=_("The page that it was below is no longer there."),
            )


class _OneTrashed(WagtailAdminTemplateMixin, FormView):
    """A question about one thing that lies in the trash."""

    template_name = "content/admin/trash_question.html"
    header_icon = "bin"

    def dispatch(self, request, *args, **kwargs):
        if not self.may(request.user, self.trashed):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def trashed(self) -> Trashed:
        of_this_person = Trashed.objects.for_user(self.request.user).select_related("page")
        return get_object_or_404(of_this_person, pk=self.kwargs["pk"])

    @property
    def person(self) -> User:
        # The admin asks everybody to sign in.
        return cast(User, self.request.user)

    def get_page_subtitle(self):
        return self.trashed.page.title

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("trash"), "label": _("Bin")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.trashed.page.title},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs, trashed=self.trashed, question=self.question, button=self.button
        )

    def form_valid(self, form):
        try:
            return self.do(form)
        except NotThereError:
            messages.error(
                self.request, _("Somebody else has just brought this back or deleted it for good.")
            )
            return redirect("trash")


class RestoreView(_OneTrashed):
    page_title = gettext_lazy("Bring back")
    button = gettext_lazy("Bring back")
    form_class = PlaceForm
    may = staticmethod(may_restore)

    @cached_property
    def place(self):
        return place_it_had(self.trashed)

    @property
    def question(self) -> str:
        if self.place is None:
            return _("Choose where this page comes to stand.")
        return _("It comes back below “%(place)s”, with everything that belongs to it.") % {
            "place": _name_of(self.place)
        }

    @cached_property
    def places(self) -> list[ContentPage] | None:
        return places_for(self.trashed, self.request.user) if self.place is None else None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"places": self.places}

    def do(self, form):
        chosen = {str(page.pk): page for page in self.places or []}
        try:
            returned = restore(
                self.trashed,
                by=self.person,
                parent=chosen.get(form.cleaned_data.get("place", "")),
            )
        except NeedsPlaceError:
            messages.error(self.request, _("Its place has just gone. Choose another one."))
            return redirect(self.request.path)
        edit = reverse("wagtailadmin_pages:edit", args=[returned.page.pk])
        messages.success(
            self.request,
            _("“%(title)s” is back.") % {"title": returned.page.title},
            buttons=[messages.button(edit, _("Look at it"))],
        )
        for remark in returned.remarks:
            messages.warning(self.request, remark)
        return redirect("trash")


class DeleteForGoodView(_OneTrashed):
    page_title = gettext_lazy("Delete for good")
    button = gettext_lazy("Yes, delete for good")
    form_class = forms.Form

    @staticmethod
    def may(user, trashed) -> bool:
        return role_of(user).sees_all

    @property
    def question(self) -> str:
        return ngettext(
            "%(number)s page will be gone, with all its versions and comments. "
            "Nobody can undo that.",
            "%(number)s pages will be gone, with all their versions and comments. "
            "Nobody can undo that.",
            self.trashed.pages,
        ) % {"number": self.trashed.pages}

    def do(self, form):
        delete_from_trash(self.trashed, by=self.person)
        messages.success(self.request, _("It has been deleted for good."))
        return redirect("trash")


def _name_of(page) -> str:
    """`Lessen (Orion)`: overviews have the same name in every practice."""
    parent = page.get_parent()
    return f"{page.title} ({parent.title})" if parent and parent.depth > 1 else page.title
