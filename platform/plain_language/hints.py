"""The words that the vocabulary knows today, for the hints about a text."""

import re

from plain_language.checks import Words
from vocabulary.models import Synonym, Term


def known_words() -> Words:
    """Every word of the vocabulary, and the plain words for its jargon; two queries."""
    terms = list(Term.objects.active().values_list("name", "plain"))
    synonyms = Synonym.objects.filter(term__active=True).values_list("word", flat=True)
    names = [*(name for name, _ in terms), *synonyms]
    known = {word.casefold() for name in names for word in re.findall(r"\w+", name)}
    return Words(frozenset(known), {name: plain for name, plain in terms if plain})
