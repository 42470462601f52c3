"""The button that keeps something, for the pages of lessons and practices: those know no search."""

from django import template

from search.selection.choices import read_choice
from search.selection.found import own

register = template.Library()


@register.inclusion_tag("search/selection/keep.html", takes_context=True)
def keep_button(context, kind: str, key, title: str, lang: str = "", small: bool = False) -> dict:
    """Keep this page in the selection, or take it out: `{% keep_button "les" 12 page.title %}`.

    The state comes from the visitor's cookie, without a query.
    """
    choice = read_choice(kind, str(key))
    # Not of the context's variables: a component that was included with `only` has none of those.
    request = getattr(context, "request", None)
    return {
        "choice": choice,
        "is_kept": bool(request and choice and choice in own(request).selection),
        "title": title,
        "lang": lang,
        "small": small,
    }
