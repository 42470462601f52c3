"""What the editor tells about the draft beside it."""

from django import template

from content.checking import hints_of
from content.models import ContentPage
from plain_language.checks import Hint

register = template.Library()


@register.simple_tag
def writing_hints(page) -> list[Hint]:
    return hints_of(page) if isinstance(page, ContentPage) else []
