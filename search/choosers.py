"""What is chosen in the admin: terms, and pages that a search can find."""

from wagtail.admin.widgets import AdminPageChooser
from wagtail.snippets.widgets import AdminSnippetChooser

from search.kinds import PAGE_TYPES

# A longer number is no key: databases stop at nineteen.
MOST_DIGITS = 18


class _OnlyKeys:
    """What is no key was never chosen; Wagtail would look it up to show it again."""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        text = str(value)
        return value if text.isdecimal() and len(text) <= MOST_DIGITS else None


class TermChooser(_OnlyKeys, AdminSnippetChooser):
    pass


class FoundPageChooser(_OnlyKeys, AdminPageChooser):
    def __init__(self, **kwargs):
        super().__init__(target_models=list(PAGE_TYPES), **kwargs)
