"""What templates may not do themselves."""

from django import template
from django.utils.html import format_html

from content import partial_dates

register = template.Library()

VIEW_BOXES = {"sign": "0 0 96 96", "logo": "0 0 80 56"}


@register.simple_tag
def icon(name: str, css_class: str = "icon") -> str:
    """A drawing of the sprite, always beside a word, so hidden from screen readers."""
    view_box = VIEW_BOXES.get(name.partition("-")[0], "0 0 24 24")
    return format_html(
        '<svg class="{}" viewBox="{}" aria-hidden="true" focusable="false">'
        '<use href="#{}"/></svg>',
        css_class,
        view_box,
        name,
    )


@register.simple_tag(takes_context=True)
def page_address(context, page) -> str:
    """The path of a page within the language that the visitor reads."""
    return page.address(context.get("request"))


@register.filter
def partial_date(value: str) -> str:
    """`2021-09` as `september 2021`."""
    return partial_dates.display(value)
