"""What the editor of a page tells beside its fields."""

from wagtail.admin.panels import Panel

from content.guarding import files_on
from files.access import who_can_have


class WhoCanHaveTheFiles(Panel):
    """Says of each file and picture on the page who can have it now."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "content/admin/who_can_have_the_files.html"

        def is_shown(self):
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            files = [(file, who_can_have(file)) for file in files_on(self.instance)]
            return context | {"files": files}
