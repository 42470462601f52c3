"""Which terms of the vocabulary a text speaks of."""

from collections import Counter
from collections.abc import Collection

from django.conf import settings

from privacy.guard import sentences
from search.index.analysis import STOP_WORDS, find_terms, spoken, terms_of, written_words
from search.index.synonyms import Name, Vocabulary


def terms_in(text: str, vocabulary: Vocabulary, kinds: Collection[str]) -> list[int]:
    """The terms of these kinds of which a name stands in a sentence, the most spoken of first."""
    language = settings.LANGUAGE_CODE
    names = [
        (name, stems)
        for name in vocabulary.synonyms.names
        if name.language == language and vocabulary.terms[name.term].kind in kinds
        if (stems := _stems_of(name.text, language))
    ]
    spoken_of: Counter[int] = Counter()
    for start, end in sentences(text):
        words = list(written_words(text[start:end]))
        whole = {stem for word in words for stem in terms_of(word, language).whole}
        parts = {stem for word in words for stem in terms_of(word, language).all}
        spoken_of.update(
            {name.term for name, stems in names if _is_said(name, stems, whole, parts, words)}
        )
    order = {pk: place for place, pk in enumerate(vocabulary.terms)}
    return sorted(spoken_of, key=lambda pk: (-spoken_of[pk], order[pk]))


def _is_said(
    name: Name, stems: frozenset[str], whole: set[str], parts: set[str], words: list[str]
) -> bool:
    if name.capitals_only:
        return name.text in words
    # One word has to stand there itself; of several, all may be within longer words.
    return stems <= (whole if len(stems) == 1 else parts)


def _stems_of(text: str, language: str) -> frozenset[str]:
    words = [word for word in written_words(text) if spoken(word) not in STOP_WORDS[language]]
    return frozenset(stem for word in words for stem in find_terms(word, language).whole[:1])
