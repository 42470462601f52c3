"""Hints for whoever writes, with the words that the vocabulary knows today."""

import re
from collections.abc import Mapping

from django.conf import settings

from plain_language.checks import Hint, Words, hints_in
from vocabulary.models import Synonym, Term


def hints_for(
    texts: Mapping[str, object],
    words: Words | None = None,
    *,
    language: str = settings.LANGUAGE_CODE,
) -> list[Hint]:
    """Hints about what was written, field by field.

    `texts` is text, plain or HTML, by the name of its field: the `cleaned_data` of a form will do,
    what is no text in it is passed over.
    """
    written = {name: text for name, text in texts.items() if isinstance(text, str) and text.strip()}
    if not written:
        return []
    words = words or known_words()
    return [
        hint
        for name, text in written.items()
        for hint in hints_in(name, text, words, language=language)
    ]


def known_words() -> Words:
    """Every word of the vocabulary, and the plain words for its jargon; two queries."""
    terms = list(Term.objects.active().values_list("name", "plain"))
    synonyms = Synonym.objects.filter(term__active=True).values_list("word", flat=True)
    names = [*(name for name, _ in terms), *synonyms]
    known = {word.casefold() for name in names for word in re.findall(r"\w+", name)}
    return Words(frozenset(known), {name: plain for name, plain in terms if plain})
