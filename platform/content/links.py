"""Links to pages in running text."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.rich_text.pages import PageLinkHandler


class LinkToPage(PageLinkHandler):
    """Like Wagtail's; where the page is gone the words stay, and say that it is gone."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return [_opening_tag(page) for page in cls.get_many(attrs_list)]


def _opening_tag(page) -> str:
    url = page and (page.localized.url or page.url)
    if url:
        return format_html('<a href="{}">', url)
    # Never the title of the page: the words of the link are those of the text around it.
    gone = _("no longer available")
    return format_html('<a class="gone" title="{}" data-gone="{}">', gone, gone)
