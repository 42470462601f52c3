"""What makes a text hard to read for a colleague: rules about one text, without a database.

They are hints. Nothing here stops anybody from sharing a text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.translation import gettext as _

from privacy.guard import sentences
from vocabulary.text import fold

# More words than this, and a reader begins the sentence again.
LONGEST_SENTENCE = 20
# So many hints of one kind about one text; who mends those sees the rest.
MOST_OF_A_KIND = 3
LONGEST_QUOTE = 60

EMPTY_LINK_TEXTS = {
    *("klik hier", "klik", "hier", "link", "deze link", "lees meer", "lees verder", "meer"),
    *(
        "meer informatie",
        "lees hier",
        "kijk hier",
        "deze pagina",
        "click here",
        "here",
        "read more",
    ),
    *("more", "more information", "this link", "this page"),
}
# Abbreviations that need no explanation to anybody.
KNOWN_TO_EVERYBODY = {
    *("adhd", "avg", "bv", "cv", "eu", "ggd", "hbo", "ict", "id", "it", "mbo", "nl", "nt", "ok"),
    *("pc", "pdf", "sms", "tv", "url", "usb", "vmbo", "wc"),
}
_BLOCKS = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
_ABBREVIATION = re.compile(r"(?<![\w-])[A-Z]{2,6}(?![\w-])")
_ROMAN = re.compile(r"[IVX]+")


@dataclass(frozen=True)
class Hint:
    """Something to make better, at a field. What blocks has to be mended before others read it."""

    field: str
    message: str
    blocks: bool = False


@dataclass(frozen=True)
class Words:
    """What the vocabulary knows: every word, and the plain words for some that are jargon."""

    known: frozenset[str] = frozenset()
    plain: dict[str, str] = field(default_factory=dict)


NO_WORDS = Words()


def hints_in(
    name: str, text: str, words: Words = NO_WORDS, *, language: str = settings.LANGUAGE_CODE
) -> list[Hint]:
    """The hints about the text of one field: plain text, or HTML of the editor."""
    plain = plain_text(text)
    found = [*_links(text), *_headings(text), *_long_sentences(plain)]
    if language == settings.LANGUAGE_CODE:
        found += [*_jargon(plain, words), *_abbreviations(plain, words)]
    return [Hint(name, message) for message in found]


def plain_text(text: str) -> str:
    """The text as people read it, a line for each paragraph."""
    if not _TAG.search(text):
        return text
    return BeautifulSoup(_BLOCKS.sub("\n", text), "html.parser").get_text()


def _links(text: str) -> Iterator[str]:
    if "<a" not in text:
        return
    for link in BeautifulSoup(text, "html.parser").find_all("a"):
        shown = " ".join(link.get_text().split())
        if shown.casefold().strip(" .:>»…") in EMPTY_LINK_TEXTS:
            yield _("“%(link)s” does not tell where the link leads. Name what is there.") % {
                "link": shown
            }
        elif _ADDRESS.fullmatch(shown):
            yield _("The link shows an address. Name what is there instead.")
        elif not shown and not link.find("img", alt=True):
            yield _("A link has no text. Name what is there.")


def _headings(text: str) -> Iterator[str]:
    """Headings in the text itself begin at the second level, and skip none."""
    if not re.search(r"<h\d", text, re.IGNORECASE):
        return
    level = 1
    for heading in BeautifulSoup(text, "html.parser").find_all(re.compile(r"^h[1-6]$")):
        here = int(heading.name[1])
        if not heading.get_text(strip=True):
            yield _("A heading is empty. Take it out.")
        elif here > level + 1:
            yield _("The heading “%(heading)s” skips a level.") % {
                "heading": _short(heading.get_text())
            }
        level = here


def _long_sentences(plain: str) -> Iterator[str]:
    told = 0
    for start, end in sentences(plain):
        number = len(_WORD.findall(plain[start:end]))
        if number > LONGEST_SENTENCE and told < MOST_OF_A_KIND:
            told += 1
            yield _(
                "The sentence “%(sentence)s” has %(number)s words. Make two of it: %(most)s at "
                "most read well."
            ) % {
                "sentence": _short(plain[start:end]),
                "number": number,
                "most": LONGEST_SENTENCE,
            }


def _jargon(plain: str, words: Words) -> Iterator[str]:
    folded = fold(plain)
    for jargon, instead in words.plain.items():
        if re.search(rf"(?<!\w){re.escape(fold(jargon))}(?!\w)", folded):
            yield _("Not everybody knows “%(jargon)s”. Plainer is: “%(plain)s”.") % {
                "jargon": jargon,
                "plain": instead,
            }


def _abbreviations(plain: str, words: Words) -> Iterator[str]:
    letters = [char for char in plain if char.isalpha()]
    if sum(char.isupper() for char in letters) * 2 > len(letters):
        return  # All of it is in capitals.
    told: set[str] = set()
    known = KNOWN_TO_EVERYBODY | words.known
    for match in _ABBREVIATION.finditer(plain):
        short = match[0]
        is_known = short.casefold() in known
        if short in told or is_known or _ROMAN.fullmatch(short) or _is_explained(short, plain):
            continue
        told.add(short)
        if len(told) <= MOST_OF_A_KIND:
            yield _("What is “%(short)s”? Write it out once, with the short form behind it.") % {
                "short": short
            }


def _is_explained(short: str, plain: str) -> bool:
    """`intern begeleider (IB)`, or `IB (intern begeleider)`."""
    return f"({short})" in plain or re.search(rf"{short}\s*\(\w{{3,}}", plain) is not None


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1].rstrip()}…"
