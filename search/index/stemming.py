"""The stem of a word: what its forms have in common.

The algorithm of Kraaij and Pohlmann knows no words. It takes `ge` for the sign of a participle
wherever it stands, so that `gezin` becomes `zin` and `begeleiding` becomes `beleid`; it leaves the
`e` of `kleine` and the `t` of `zorgt`; and it cannot know that `kinderen` are more than one `kind`.
Those are mended here with the list of words that compounds are split with.
"""

import re
from collections.abc import Iterator
from functools import cache

import tantivy

from search.index.compounds import known_parts

DUTCH, ENGLISH = "nl", "en"
_ALGORITHMS = {DUTCH: "dutch", ENGLISH: "english"}

# Forms of common words that no rule leads back to the first of the line.
_IRREGULAR = """
kind kinderen
beginnen begon begonnen
begrijpen begreep begrepen
betrekken betrok betrokken
blijven bleef bleven gebleven
brengen bracht brachten gebracht
denken dacht dachten gedacht
doen doe doet deed deden gedaan
dragen droeg droegen gedragen
gaan ging gingen gegaan
geven gaf gaven gegeven
helpen hielp hielpen geholpen
houden hield hielden gehouden
kiezen koos kozen gekozen
komen kom komt kwam kwamen gekomen
krijgen kreeg kregen gekregen
laten liet lieten gelaten
lezen las lazen gelezen
liggen lag lagen gelegen
lopen liep liepen gelopen
nemen nam namen genomen
onderzoeken onderzocht onderzochten
schrijven schreef schreven geschreven
spreken sprak spraken gesproken
staan sta staat stond stonden gestaan
verliezen verloor verloren
vinden vond vonden gevonden
wachten wacht gewacht
weten weet wist wisten geweten
zien zie ziet zag zagen gezien
zitten zat zaten gezeten
zoeken zocht zochten gezocht
"""
_LEMMAS = {
    form: lemma
    for lemma, *forms in (line.split() for line in _IRREGULAR.split("\n") if line)
    for form in forms
}
# What stands before the `ge` of a participle: `uitgewerkt` is a form of `uitwerken`.
_BEFORE_GE = (
    *("aan", "achter", "af", "bij", "binnen", "door", "in", "langs", "los", "mee", "na", "om"),
    *("onder", "op", "over", "samen", "tegen", "terecht", "terug", "thuis", "toe", "uit", "vast"),
    *("vol", "voor", "vooruit", "weg"),
)
_PARTICIPLE = re.compile(rf"(?:{'|'.join(_BEFORE_GE)})?ge(\w+[dt])e?")
# Only before a syllable; in `zorgen` it stands in the ending.
_GE_BEFORE = re.compile(r"ge(?=\w{3})[^aeiouy]*[aeiouy]+[^aeiouy]")
# A letter that the algorithm takes for a vowel, and for no sign of a participle.
_KEPT_GE = "gè"
_LONG = re.compile(r"(.*[^aeiou])?(aa|ee|oo|uu)([^aeiou])")
_SHORT = re.compile(r"(.*[^aeiou])?([aeiou])([^aeiouwxyj])")
# The algorithm makes `informer` of `informeren`.
_LONG_EER = re.compile(r"(?<=\w{3})eer$")
_VOWEL = re.compile("[aeiouy]")
_VOICED = {"f": "v", "s": "z"}
_UNVOICED = {voiced: other for other, voiced in _VOICED.items()}
# Nouns that have no plural in `en`: `koppelen` is not more than one koppel.
_WITH_S = ("el", "em", "er", "en")
SHORTEST = 3


def stem_of(word: str, language: str) -> str:
    """The stem of a word in lower case and without accents."""
    return _dutch(word) if language == DUTCH else _by_algorithm(word, language)


def _dutch(word: str) -> str:
    word = _LEMMAS.get(word, word)
    stem = _by_algorithm(word, DUTCH)
    place = word.find("ge")
    if place >= 0 and not stem.startswith(word[: place + 2]) and not is_participle(word):
        kept = _by_algorithm(word.replace("ge", _KEPT_GE, 1), DUTCH)
        stem = kept.replace(_KEPT_GE, "ge") if _GE_BEFORE.match(word, place) else stem
    return _LONG_EER.sub("er", _without_ending(stem) if stem == word else stem)


def is_participle(word: str) -> bool:
    """Whether this is `gewerkt` or `uitgewerkt`, of a verb that has a regular one."""
    found = _PARTICIPLE.fullmatch(word)
    if not found:
        return False
    # Of `praten` it is `gepraat`; what ends in `cht` is a noun more often, as `gezicht`.
    is_whole = found[1].endswith("t") and not found[1].endswith("cht") and is_verb(found[1])
    return is_whole or is_verb(found[1][:-1])


def is_verb(stem: str) -> bool:
    """Whether there is a verb of which this is the first person."""
    if stem.endswith("eer"):
        # There are too many of these for a list: `informeren`.
        return True
    return len(stem) >= SHORTEST and any(one in known_parts() for one in _with_en(stem))


def plurals_of(word: str) -> Iterator[str]:
    """How the plural of a noun may be written: `gezinnen` and `gezins`."""
    if len(word) >= SHORTEST:
        yield f"{word}s"
        if not word.endswith(_WITH_S):
            yield from _with_en(word)


def _with_en(stem: str) -> Iterator[str]:
    """`stoppen` of `stop`, `delen` of `deel`, `leven` of `leef`, `regelen` of `regel`."""
    last = stem[-1]
    if found := _LONG.fullmatch(stem):
        stem = f"{found[1] or ''}{found[2][0]}{found[3]}"
    elif found := _SHORT.fullmatch(stem):
        if _VOWEL.search(found[1] or ""):
            yield f"{stem}en"
        stem += last
    yield f"{stem}en"
    if last in _VOICED:
        yield f"{stem[:-1]}{_VOICED[last]}en"


def _without_ending(stem: str) -> str:
    """`klein` for `kleine` and `groot` for `grote`; `zorg` for `zorgt`."""
    known = known_parts()
    if stem.endswith("e") and f"{stem}s" not in known:
        return next((short for short in _without_e(stem) if short in known), stem)
    if stem.endswith("t") and f"{stem}en" not in known and is_verb(stem[:-1]):
        return stem[:-1]
    return stem


def _without_e(stem: str) -> Iterator[str]:
    bare = stem[:-1]
    last = bare[-1:]
    if len(bare) < SHORTEST:
        return
    if bare[-2] == last:
        yield bare[:-1]
    if found := _SHORT.fullmatch(bare):
        long = f"{found[1] or ''}{found[2] * 2}"
        yield long + _UNVOICED.get(last, last)
    yield bare[:-1] + _UNVOICED.get(last, last)


@cache
def _stemmer(language: str) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    return builder.filter(tantivy.Filter.stemmer(_ALGORITHMS[language])).build()


def _by_algorithm(word: str, language: str) -> str:
    stems = _stemmer(language).analyze(word)
    return stems[0] if stems else word
