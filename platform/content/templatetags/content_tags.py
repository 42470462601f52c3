"""What templates may not do themselves."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from content import crumbs, partial_dates
from content.languages import active_language, in_frame
from content.trash import KEPT_DAYS

register = template.Library()

VIEW_BOXES = {"sign": "0 0 96 96", "logo": "0 0 80 56"}

# The shape beside each word: the same for what a lesson gave, an element in use and a step.
SHAPES = {
    "worked": "done",
    "partly": "half",
    "not": "cross",
    "used": "done",
    "not_used": "skipped",
    "done": "done",
    "active": "half",
    "planned": "open",
    "stopped": "skipped",
    "same": "same",
    "different": "different",
}


# A page has dozens of drawings, and there are few different ones.
@lru_cache(maxsize=256)
def _drawing(name: str, css_class: str) -> SafeString:
    view_box = VIEW_BOXES.get(name.partition("-")[0], "0 0 24 24")
    return format_html(
        '<svg class="{}" viewBox="{}" aria-hidden="true" focusable="false"><use href="#{}"/></svg>',
        css_class,
        view_box,
        name,
    )


@register.simple_tag
def icon(name: str, css_class: str = "icon") -> str:
    """A drawing of the sprite, always beside a word, so hidden from screen readers."""
    return _drawing(name, css_class)


@register.simple_tag
def crumbs_to(label: str, above: str = "", address_above: str = "") -> list[dict[str, str]]:
    """The way to a page whose view is not ours; `above` and its address may be left out."""
    return crumbs.crumbs_to(label, *([(above, address_above)] if above else []))


@register.filter
def shape(value: str) -> str:
    """The name of the state in the sprite: `{% icon lesson.outcome|shape %}`."""
    return f"state-{SHAPES.get(value, 'unknown')}"


@register.simple_tag(takes_context=True)
def page_address(context, page) -> str:
    """The path of a page within the language that the visitor reads."""
    return page.address(context.get("request")) if page else ""


@register.simple_tag
def frame_address(path: str) -> str:
    """A path of the Dutch site within the language that the visitor reads."""
    return in_frame(path)


@register.filter
def lang(language: str) -> SafeString:
    """A lang attribute, for text in another language than the frame: `<h1{{ language|lang }}>`."""
    return format_html(' lang="{}"', language) if language else mark_safe("")


@register.filter
def foreign(language: str) -> str:
    """The language of a text where it is not the reader's, else empty."""
    return "" if language == active_language() else language


@register.filter
def partial_date(value: str) -> str:
    """`2021-09` as `september 2021`."""
    return partial_dates.display(value)


@register.filter
def lower_first(value: str) -> str:
    """`Basisonderwijs` within a line; an abbreviation such as `SO` stays as it is."""
    return value if value[1:2].isupper() else value[:1].lower() + value[1:]


@register.filter
def has_text(value: str) -> bool:
    """Whether rich text says anything: an emptied field can still hold a paragraph."""
    return bool(strip_tags(value or "").strip())


@register.simple_tag
def term_address(term) -> str:
    """The page of a word, in the language that the visitor reads."""
    return in_frame(f"/themas/{term.slug}/")


@register.simple_tag
def days_in_trash() -> int:
    return KEPT_DAYS
