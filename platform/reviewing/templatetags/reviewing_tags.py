"""What the dialog of an approval says, in Wagtail's own view, of a page that waits."""

from django import template

from content import openness
from reviewing import seen as marks

register = template.Library()


@register.simple_tag
def openness_of(page):
    return openness.openness_of(page.specific.get_latest_revision_as_object())


@register.simple_tag
def seen(page) -> str:
    return marks.seen(page.get_latest_revision())
