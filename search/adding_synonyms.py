"""From a question without results to a word that finds them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from search.choosers import TermChooser
from vocabulary.models import Synonym, Term, key_of


class SynonymForm(WagtailAdminModelForm):
    """Another word, and the term that it is another word for."""

    class Meta:
        model = Synonym
        fields = ["word", "term", "language", "one_way", "capitals_only"]
        widgets = {"term": TermChooser(Term)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = Term.objects.active()

    def clean(self):
        data = super().clean()
        term, word = data.get("term"), data.get("word")
        if term is None or not word:
            return data
        key = key_of(word)
        same = term.synonyms.filter(key=key, language=data.get("language"))
        if key == term.key or same.exists():
            raise ValidationError(
                {
                    "word": _("“%(word)s” is a word of “%(term)s” already.")
                    % {"word": word, "term": term.name}
                }
            )
        return data

    def save(self, commit=True):
        # At the end of the list, which the leader may have put in order.
        last = self.instance.term.synonyms.aggregate(last=Max("sort_order"))["last"]
        self.instance.sort_order = 0 if last is None else last + 1
        return super().save(commit)


class AddSynonymView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """The word is filled in; the leader chooses the term, and comes back to the report."""

    permission_policy = ModelPermissionPolicy(Term)
    permission_required = "change"
    form_class = SynonymForm
    template_name = "wagtailadmin/generic/form.html"
    page_title = gettext_lazy("Add synonym")
    header_icon = "tag"

    def get_initial(self):
        return {"word": self.request.GET.get("word", "")}

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("search_report"), "label": _("Questions to the search")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "action_url": self.request.get_full_path(),
            "media": context["form"].media,
            "submit_button_label": _("Add"),
            "submit_button_active_label": _("Adding…"),
        }

    def form_valid(self, form):
        with transaction.atomic():
            synonym = form.save()
            log(synonym.term, "wagtail.edit", user=self.request.user)
        messages.success(
            self.request,
            _("“%(word)s” is now another word for “%(term)s”.")
            % {"word": synonym.word, "term": synonym.term.name},
        )
        return redirect(get_valid_next_url_from_request(self.request) or "search_report")
