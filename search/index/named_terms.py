"""Which terms of the vocabulary a text speaks of."""

from collections import Counter
from collections.abc import Collection

from django.conf import settings

from privacy.guard import sentences
from search.index.analysis import STOP_WORDS, spoken, terms_of, written_words
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
        sentence = _Sentence(text[start:end], language)
        spoken_of.update({name.term for name, stems in names if sentence.says(name, stems)})
    order = {pk: place for place, pk in enumerate(vocabulary.terms)}
    return sorted(spoken_of, key=lambda pk: (-spoken_of[pk], order[pk]))


class _Sentence:
    """A sentence, by its words as they are written, and by their stems."""

    def __init__(self, text: str, language: str):
        self.words = list(written_words(text))
        self.whole = {stem for word in self.words for stem in terms_of(word, language).whole}
        self.parts = {stem for word in self.words for stem in terms_of(word, language).all}
        self.in_a_row = f" {' '.join(map(spoken, self.words))} "

    def says(self, name: Name, stems: frozenset[str]) -> bool:
        if name.capitals_only:
            return name.text in self.words
        words = list(written_words(name.text))
        if len(words) == 1:
            return stems <= self.whole
        if len(stems) == 1:
            # Of `de bedoeling` every word counts: the rest of it is in any text.
            return f" {' '.join(map(spoken, words))} " in self.in_a_row
        # Of several words that tell something each may be within a longer one.
        return stems <= self.parts


def _stems_of(text: str, language: str) -> frozenset[str]:
    words = [word for word in written_words(text) if spoken(word) not in STOP_WORDS[language]]
    return frozenset(stem for word in words for stem in terms_of(word, language).whole[:1])
