"""The drawings of the site as files, for a page that shows them outside a browser."""

import re
from functools import cache

from django.template.loader import render_to_string

_SYMBOL = re.compile(r'<symbol id="([\w-]+)" viewBox="([\d ]+)">(.*?)</symbol>', re.DOTALL)


@cache
def drawings() -> dict[str, bytes]:
    """Each drawing of templates/components/sprite.html by its name, in its light colours."""
    sprite = render_to_string("components/sprite.html")
    return {
        name: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{shapes}</svg>'.encode()
        for name, box, shapes in _SYMBOL.findall(sprite)
    }
