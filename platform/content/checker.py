"""Wagtail's checker of the preview (axe), with our rules and in our words."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

# What an author can do something about; what the frame around the text does is ours to test.
RULES = {
    "heading-order": (_("The headings skip a level"), _("Take the level in between first.")),
    "empty-heading": (_("A heading is empty"), _("Fill it in, or take it out.")),
    "p-as-heading": (
        _("A line in bold looks like a heading"),
        _("Make a heading of it, so that everybody can jump to it."),
    ),
    "link-name": (_("A link has no text"), _("Name what is behind the link.")),
    "image-alt": (
        _("A picture has no description"),
        _("Describe what there is to see, or mark the picture as decorative."),
    ),
    "alt-text-quality": (
        _("The description looks like the name of a file"),
        _("Describe what there is to see."),
    ),
    "empty-table-header": (_("A head of a table is empty"), _("Name what is in the column.")),
    "empty-meta-description": (
        _("There is no summary"),
        _("One sentence for lists and for search engines."),
    ),
}


class PageChecker(ContentCheckerItem):
    axe_include = ["main"]
    axe_run_only = list(RULES)
    axe_messages = {
        rule: {"error_name": name, "help_text": advice} for rule, (name, advice) in RULES.items()
    }
