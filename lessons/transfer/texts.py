"""Texts in one form, whichever way they came, so that what is the same can be seen to be so."""

import html
import re
from collections.abc import Iterable

import nh3
from django.utils.html import escape, strip_tags

from vocabulary.clean_text import nfc

# What the editor offers for the texts of a lesson (content/blocks.py: TEXT_FEATURES).
BLOCKS = {"p", "ul", "ol", "li"}
ALLOWED_TAGS = BLOCKS | {"b", "strong", "i", "em", "a", "br"}
# A link to another page of the site is kept by the number of that page.
ALLOWED_ATTRIBUTES = {"a": {"href", "linktype", "id"}}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}

TAG = re.compile(r"</?[a-z][^>]*>|<!--", re.IGNORECASE)
BLOCK_TAG = re.compile(r"<(?:p|ul|ol)\b")
EMPTY_PARAGRAPH = re.compile(r"<p>\s*</p>")
LINK = re.compile(r"<a\b[^>]*>")
PAGE_LINK_PART = re.compile(r' (?:linktype|id)="[^"]*"')
# Tags that are crossed are set right in one or two times; a paragraph around loose words is one.
MOST_TIMES = 5
# Other blocks become paragraphs; their words must not run into each other.
OTHER_BLOCK = re.compile(r"<(/?)(?:h[1-6]|div|blockquote|section|article)\b[^>]*>", re.IGNORECASE)
END_OF_LINE = re.compile(r"<br\s*/?>|</(?:p|li|h[1-6]|div|tr)>", re.IGNORECASE)

SEPARATOR = " | "
PART = re.compile(r"((?:\\[\\|]|[^|])*)(\||$)")


def one_form(text: str) -> str:
    """Accents, line breaks and outer space as we keep them."""
    return nfc(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    return " ".join(one_form(text).split())


def rich_text(text: str) -> str:
    """Simple HTML from what somebody wrote, be it HTML or plain text."""
    text = one_form(text)
    return clean_html(text if TAG.search(text) else _paragraphs(text))


def clean_html(text: str) -> str:
    """Only what the editor itself offers; empty when no words are left."""
    cleaned = _cleaned_once(text)
    for _time in range(MOST_TIMES):
        before, cleaned = cleaned, _cleaned_once(cleaned)
        if cleaned == before:
            break
    return cleaned


def _cleaned_once(text: str) -> str:
    text = OTHER_BLOCK.sub(r"<\1p>", one_form(text))
    cleaned = nh3.clean(
        text,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=ALLOWED_SCHEMES,
        link_rel=None,
    )
    cleaned = EMPTY_PARAGRAPH.sub("", LINK.sub(_whole_link, cleaned)).strip()
    if not html.unescape(TAG.sub("", cleaned)).strip():
        return ""
    return cleaned if BLOCK_TAG.match(cleaned) else f"<p>{cleaned}</p>"


def plain_text(text: str) -> str:
    """The words of what somebody wrote, without the tags where there are any."""
    text = one_form(text)
    if not TAG.search(text):
        return text
    return one_form(html.unescape(strip_tags(END_OF_LINE.sub("\n", text))))


def joined(values: Iterable[str]) -> str:
    """Several values in one cell: `a | b`; a bar inside a value is written as `\\|`."""
    return SEPARATOR.join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def parted(text: str) -> list[str]:
    """The values that `joined` put in one cell."""
    parts = [match[1] for match in PART.finditer(text)]
    return [re.sub(r"\\([\\|])", r"\1", part).strip() for part in parts if part.strip()]


def _paragraphs(text: str) -> str:
    """A blank line makes a paragraph, a single break stays one."""
    parts = [escape(part.strip()) for part in re.split(r"\n\s*\n", text)]
    return "".join(f"<p>{part}</p>".replace("\n", "<br>") for part in parts if part)


def _whole_link(link: re.Match) -> str:
    """Both parts of a link to a page, or none: Wagtail cannot read half of one."""
    parts = PAGE_LINK_PART.findall(link[0])
    return link[0] if len(parts) == 2 else PAGE_LINK_PART.sub("", link[0])


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "linktype":
        return value if value == "page" else None
    if name == "id":
        # Anything but the number of a page would break what Wagtail reads of it.
        return value if value.isascii() and value.isdigit() else None
    return value
