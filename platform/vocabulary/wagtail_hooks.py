"""The words in the admin: the project leader keeps them, with what each is used for in sight."""

import django_filters
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, UsageCountColumn
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from vocabulary.models import Term, TermKind


class TermFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("kind"), choices=TermKind.choices, method="of_kind"
    )

    class Meta:
        model = Term
        fields = ["kind", "active"]

    def of_kind(self, queryset, name, kinds):
        return queryset.filter(kind__in=kinds) if kinds else queryset


class TermIndexView(IndexView):
    def get_base_queryset(self):
        return (
            super()
            .get_base_queryset()
            .annotate(usage_count=ReferenceIndex.usage_count_subquery(Term))
        )


class TermViewSet(SnippetViewSet):
    model = Term
    icon = "tag"
    menu_label = gettext_lazy("Words")
    menu_name = "words"
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = TermIndexView
    filterset_class = TermFilterSet
    list_per_page = 50
    # A short list: looked through as it is, parts of words included.
    search_backend_name = None
    search_fields = ["name", "definition"]
    sort_order_field = "sort_order"
    list_display = [
        "name",
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", sort_key="kind"),
        BooleanColumn("active", label=gettext_lazy("In use"), sort_key="active"),
        UsageCountColumn("usage_count", label=gettext_lazy("Used"), sort_key="usage_count"),
        Column("pk", label=gettext_lazy("Number"), sort_key="pk"),
    ]


register_snippet(TermViewSet)


@hooks.register("before_delete_snippet")
def keep_used_terms(request, instances):
    """A word is never pulled from under the pages that carry it."""
    for term in instances:
        if not isinstance(term, Term):
            continue
        used = ReferenceIndex.get_grouped_references_to(term).count()
        if used:
            messages.error(
                request,
                ngettext(
                    "“%(name)s” is used in %(used)s place and cannot be deleted.",
                    "“%(name)s” is used in %(used)s places and cannot be deleted.",
                    used,
                )
                % {"name": term.name, "used": used}
                + " "
                + _("Untick “in use”: then nobody can choose it any more."),
            )
            return redirect(reverse("wagtailsnippets_vocabulary_term:edit", args=[term.pk]))
    return None
