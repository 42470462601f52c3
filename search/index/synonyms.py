"""Other words for the words of a question, from the vocabulary. They hold at once."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings

from search.index.analysis import ABBREVIATION, STOP_WORDS, spoken, written_words
from search.index.stemming import DUTCH, plurals_of
from vocabulary.models import Term

# A name in the vocabulary has at most so many words: as many neighbours are looked at.
MOST_WORDS = 7


@dataclass(frozen=True, slots=True)
class TermName:
    """What a filter says of a term."""

    pk: int
    slug: str
    kind: str
    order: tuple[int, str]
    # Its name in each language; Dutch is always there.
    names: dict[str, str]

    def label(self, language: str) -> str:
        return self.names.get(language) or self.names[settings.LANGUAGE_CODE]


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a term: its own, a translation or a synonym."""

    term: int
    text: str
    language: str
    one_way: bool = False
    capitals_only: bool = False


class Synonyms:
    """Every name of every term, found by how it sounds: without case, spaces and hyphens."""

    def __init__(self, names: list[Name]):
        self.names = names
        # `ZAT` is no form of `zitten`.
        self.abbreviations = frozenset(
            name.text for name in names if name.capitals_only and ABBREVIATION.fullmatch(name.text)
        )
        self._by_sound: dict[str, list[Name]] = defaultdict(list)
        self._by_plural: dict[str, list[Name]] = defaultdict(list)
        self._by_term: dict[int, list[Name]] = defaultdict(list)
        for name in names:
            sound = sound_of(name.text)
            self._by_sound[sound].append(name)
            self._by_term[name.term].append(name)
            if name.language == DUTCH and not name.capitals_only:
                for plural in plurals_of(sound):
                    self._by_plural[plural].append(name)

    def terms_named(self, text: str) -> set[int]:
        """The terms that have this as one of their names."""
        return {name.term for name in self._by_sound.get(sound_of(text), ())}

    def of(self, text: str, *, is_alone: bool = False) -> list[Name]:
        """The other names of what this text names; none when it names nothing.

        Of a question that is nothing else, `ib` too is the abbreviation that has capitals.
        """
        others: dict[str, Name] = {}
        for name in self._named(text):
            if name.capitals_only and name.text != text and not is_alone:
                continue
            sound = sound_of(name.text)
            for other in self._by_term[name.term]:
                # A broader word finds the term; the term does not find the broader word.
                if not other.one_way and sound_of(other.text) != sound:
                    others.setdefault(sound_of(other.text), other)
        return list(others.values())

    def _named(self, text: str) -> list[Name]:
        """What has this name, or else this as its plural."""
        sound = sound_of(text)
        if found := self._by_sound.get(sound):
            return found
        last = [spoken(word) for word in written_words(text)][-1:]
        # `Begeleiding en` is no plural.
        return [] if STOP_WORDS[DUTCH].issuperset(last) else self._by_plural.get(sound, [])


def sound_of(text: str) -> str:
    return "".join(spoken(word) for word in written_words(text))


@dataclass(frozen=True)
class Vocabulary:
    """All words of the database, kept in memory until one changes."""

    synonyms: Synonyms
    terms: dict[int, TermName]


def read_vocabulary() -> Vocabulary:
    """In three queries."""
    source = settings.LANGUAGE_CODE
    names: list[Name] = []
    terms: dict[int, TermName] = {}
    for term in Term.objects.prefetch_related("translations", "synonyms"):
        translations = list(term.translations.all())
        names.append(Name(term.pk, term.name, source))
        names += [Name(term.pk, t.name, t.language) for t in translations]
        names += [
            Name(term.pk, s.word, s.language, s.one_way, s.capitals_only)
            for s in term.synonyms.all()
        ]
        in_languages = {source: term.name} | {t.language: t.name for t in translations}
        order = (term.sort_order, term.name)
        terms[term.pk] = TermName(term.pk, term.slug, term.kind, order, in_languages)
    return Vocabulary(Synonyms(names), terms)
