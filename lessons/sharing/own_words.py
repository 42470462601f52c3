"""Running text as somebody types it in a plain field, and back; formatting that is there stays."""

import re

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.html import escape

from lessons.transfer.texts import one_form

LISTS = {"ul": "- ", "ol": "1. "}
_BULLET = re.compile(r"^[-*•]\s+")
_NUMBER = re.compile(r"^\d{1,2}[.)]\s+")


def as_plain(html: str) -> str:
    """The words of running text: a blank line between paragraphs, a dash before each point."""
    return "\n\n".join(plain for plain, _html in _blocks(html))


def as_html(plain: str, stored: str = "") -> str:
    """Running text from what was typed. A paragraph that did not change keeps its formatting."""
    plain = one_form(plain)
    if plain == as_plain(stored):
        return stored
    known = dict(_blocks(stored))
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", plain))
    return "".join(known.get(part) or _block(part) for part in paragraphs if part)


def _blocks(html: str) -> list[tuple[str, str]]:
    """(words, HTML) of each paragraph and list."""
    found = [
        # The HTML first: the words are read by changing it.
        (str(part), _words(part))
        for part in BeautifulSoup(html or "", "html.parser").contents
        if isinstance(part, Tag | NavigableString)
    ]
    return [(words, part) for part, words in found if words]


def _words(part: Tag | NavigableString) -> str:
    if isinstance(part, NavigableString):
        return one_form(str(part))
    for line_break in part.find_all("br"):
        line_break.insert_after("\n")
    if part.name in LISTS:
        points = part.find_all("li")
        return "\n".join(f"{LISTS[part.name]}{one_form(point.get_text())}" for point in points)
    return one_form(part.get_text())


def _block(part: str) -> str:
    lines = part.split("\n")
    for tag, mark in (("ul", _BULLET), ("ol", _NUMBER)):
        if all(mark.match(line) for line in lines):
            points = "".join(f"<li>{escape(mark.sub('', line).strip())}</li>" for line in lines)
            return f"<{tag}>{points}</{tag}>"
    return f"<p>{'<br/>'.join(escape(line.strip()) for line in lines)}</p>"
