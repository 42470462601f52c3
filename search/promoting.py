"""Putting pages on top of the results for a question, in the admin.

Wagtail has `search_promotions` for this. It keeps a list of pages for each spelling apart, compares
spellings with their accents, takes a page as often as it is chosen, brings addresses of other sites
and a log of questions with a report of its own. Here one row has all spellings, folded as our own
log folds them, and pages that go by what all their translations have in common.
"""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from search.models import Promotion
from visibility.audience import ONLY_FOR
from visibility.rules import somebody_can_see


class _FromTheReport:
    """Whoever comes from the report goes back to it, and hears what visitors will not see."""

    request: HttpRequest
    object: Promotion

    def get_success_url(self):
        usual = super().get_success_url()  # type: ignore[misc]
        return get_valid_next_url_from_request(self.request) or usual

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"action_url": self.request.get_full_path()}

    def save_action(self):
        response = super().save_action()  # type: ignore[misc]
        for warning in what_visitors_miss(self.object):
            messages.warning(self.request, warning)
        return response


class CreatePromotionView(_FromTheReport, CreateView):
    def get_initial(self):
        return {"questions": self.request.GET.get("question", "")}


class EditPromotionView(_FromTheReport, EditView):
    pass


class PromotionIndexView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("pages__page")


class PromotionViewSet(SnippetViewSet):
    model = Promotion
    icon = "pick"
    menu_label = gettext_lazy("Recommended results")
    menu_name = "recommended-results"
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    add_view_class = CreatePromotionView
    edit_view_class = EditPromotionView
    index_view_class = PromotionIndexView
    list_per_page = 50
    # A short list: looked through as it is, parts of words included.
    search_backend_name = None
    search_fields = ["questions", "reason"]
    list_display = [
        "__str__",
        Column("titles", label=gettext_lazy("On top"), accessor="titles"),
        Column("reason", label=gettext_lazy("Why")),
    ]


def what_visitors_miss(promotion: Promotion) -> list[str]:
    """A sentence for each page on top that some or all visitors will not find there."""
    sentences = []
    for row in promotion.pages.select_related("page"):
        page = row.page
        if not somebody_can_see(page):
            why = _("Nobody sees this page now, so it does not stand on top.")
        elif not (why := str(ONLY_FOR.get(page.real_audience, ""))):
            continue
        sentences.append(f"“{page.title}”: {why}")
    return sentences
