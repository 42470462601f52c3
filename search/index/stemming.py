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
bieden bood boden geboden
blijven bleef bleven gebleven
brengen bracht brachten gebracht
denken dacht dachten gedacht
doen doe doet deed deden gedaan
dragen droeg droegen gedragen
gaan ging gingen gegaan
gebeuren gebeurt gebeurd gebeurde gebeurden
geven gaf gaven gegeven
helpen hielp hielpen geholpen
houden hield hielden gehouden
kiezen koos kozen gekozen
komen kom komt kwam kwamen gekomen
krijgen kreeg kregen gekregen
laten liet lieten gelaten
lezen las lazen gelezen
liggen lag gelegen
lopen liep liepen gelopen
melden gemeld
nemen nam namen genomen
onderzoeken onderzocht onderzochten
roepen riep riepen geroepen
scheiden scheidde gescheiden
schrijven schreef schreven geschreven
slapen sliep sliepen geslapen
spijbelen gespijbeld
spreken sprak spraken gesproken
staan sta stond stonden gestaan
vangen ving vingen gevangen
verliezen verloor verloren
vinden vond vonden gevonden
wachten wacht gewacht
weten weet wist wisten
zien zie ziet zag gezien
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
    *("vol", "voor", "vooruit", "vrij", "weg", "ziek"),
)
# What begins with `ge` of itself: `doorgeven`, `aangezicht`, `overgewicht`.
_OWN_GE = (
    *("bied", "bouw", "ef", "ld", "loof", "recht", "slacht", "vel", "ven", "voel", "wicht"),
    "zicht",
)
# The `d` of these is nearly always the sign of a participle: `ingevuld`, and not `afgerond`.
_ADDED_D = ("bd", "gd", "ld", "md", "vd", "wd", "zd")
_PARTICIPLE = re.compile(
    rf"(?P<before>{'|'.join(_BEFORE_GE)})?"
    rf"ge(?!{'|'.join(_OWN_GE)})(?:(?P<weak>\w+[dt])e?|(?P<strong>\w+[^aeiou]en))"
)
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
    word = verb_of_participle(word) or word
    stem = _by_algorithm(word, DUTCH)
    place = word.find("ge")
    if place >= 0 and not stem.startswith(word[: place + 2]) and _GE_BEFORE.match(word, place):
        stem = _by_algorithm(word.replace("ge", _KEPT_GE, 1), DUTCH).replace(_KEPT_GE, "ge")
    return _LONG_EER.sub("er", _without_ending(stem) if stem == word else stem)


def verb_of_participle(word: str) -> str:
    """A form of its verb without `ge`: `werk` of `gewerkt`, `uitvallen` of `uitgevallen`.

    Of what stands alone only where such a verb is known: `gezicht` and `gezinnen` are nouns.
    """
    found = _PARTICIPLE.fullmatch(word)
    if not found:
        return ""
    before, weak, strong = (found[name] or "" for name in ("before", "weak", "strong"))
    if before and (lemma := _LEMMAS.get(word.removeprefix(before))):
        return before + lemma
    if strong:
        return before and before + strong
    if is_verb(weak[:-1]) or (before and weak.endswith(_ADDED_D)):
        return before + weak[:-1]
    # Of `praten` it is `gepraat`; what ends in `cht` or `d` is a noun more often, as `gebied`.
    is_known = weak.endswith("t") and not weak.endswith("cht") and is_verb(weak)
    return before + weak if before or is_known else ""


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
    if stem.endswith("dt"):
        return stem[:-1]
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
