"""Rich text as it is printed: its words and links, and nothing that the editor does not offer."""

import re
from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from content.meta import whole_address
from content.models import ContentPage
from lessons.transfer.texts import clean_html

_PAGE_LINK = re.compile(
    r'<a\b(?=[^>]*\blinktype="page")[^>]*\bid="([0-9]{1,9})"[^>]*>(.*?)</a>', re.DOTALL
)
# They turn the text that follows, and on paper nothing keeps that within bounds.
_DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class PageLinks:
    """The addresses of the pages that some texts link to, as far as this person may see them."""

    def __init__(self, texts: Iterable[str], request):
        keys = {int(key) for text in texts for key, _ in _PAGE_LINK.findall(text)}
        pages = ContentPage.objects.filter(pk__in=keys).visible_to(request.user).for_links()
        self._addresses = {page.pk: whole_address(page.address(request)) for page in pages}

    def printed(self, text: str) -> SafeString:
        """The text with whole addresses. A link to what is not there is only its words."""
        return mark_safe(_PAGE_LINK.sub(self._link, clean_html(text)))  # noqa: S308

    def _link(self, link: re.Match) -> str:
        address = self._addresses.get(int(link[1]))
        words = mark_safe(link[2])  # noqa: S308
        return format_html('<a href="{}">{}</a>', address, words) if address else words


def steady(text: str) -> str:
    """A title or a name without the signs that turn the direction of what follows."""
    return text.translate(_DIRECTIONS)
