"""What the editor of a page tells beside its fields."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel, Panel
from wagtail.models import Page, ReferenceIndex

from content.openness import openness_of
from files.access import who_can_have
from files.models import Download, Picture


class WhoCanSeeThisPanel(HelpPanel):
    """Who can see the page now, and after it is published: said by the code that guards it."""

    def __init__(self, **kwargs):
        super().__init__(
            **{"heading": _("Who can see this?"), "template": "content/admin/who_can_see_this.html"}
            | kwargs
        )

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {"openness": openness_of(self.instance)}


class WhoCanHaveTheFiles(Panel):
    """Says of each file and picture on the page who can have it now."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/admin/who_can_have_the_files.html"

        def is_shown(self):
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            files = [(file, who_can_have(file)) for file in _files_on(self.instance)]
            return context | {"files": files}


def _files_on(page: Page) -> list[Download | Picture]:
    """The files and pictures to which a page refers, as Wagtail notes when it is saved."""
    kinds = {each: ContentType.objects.get_for_model(each) for each in (Download, Picture)}
    references = list(
        ReferenceIndex.get_references_for_object(page)
        .filter(to_content_type__in=kinds.values())
        .values_list("to_content_type", "to_object_id")
    )
    downloads, pictures = (
        [key for of_kind, key in references if of_kind == kind.pk] for kind in kinds.values()
    )
    return [
        *Download.objects.filter(pk__in=downloads),
        *Picture.objects.filter(pk__in=pictures),
    ]
