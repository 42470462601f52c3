"""The way to a page that a view makes; pages of the tree know their own."""

from django.utils.translation import gettext as _

from content.languages import in_frame


def crumbs_to(label: str, *above: tuple[str, str], lang: str = "") -> list[dict[str, str]]:
    """Home, what stands above by name and path, and then the page itself without an address."""
    ways = [{"label": name, "url": in_frame(path)} for name, path in ((_("Home"), "/"), *above)]
    return [*ways, {"label": label, "url": "", "lang": lang}]
