"""Forms of one Dutch word have one stem, and words that only look alike do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.index.stemming import DUTCH, plurals_of, stem_of, verb_of_participle


@pytest.mark.parametrize(
    "forms",
    [
        "kind kinderen",
        "gezin gezinnen",
        "gesprek gesprekken",
        "gemeente gemeenten",
        "gezond gezonde gezondheid",
        "begeleiding begeleiden begeleid",
        "klein kleine",
        "groot grote",
        "boos boze",
        "nieuw nieuwe",
        "zorgen zorgt",
        "krijgen krijg krijgt gekregen",
        "komen kom komt kwam gekomen",
        "delen deelt gedeeld",
        "regel geregeld",
        "praten praat gepraat",
        "informeren informeert geinformeerd",
        "samenwerken samenwerking samenwerkt samengewerkt",
        "uitwerken uitgewerkt uitgewerkte",
        "betrekken betrek betrokken",
        "volgen volgt gevolgd",
        "begeleiden begeleidt",
        "gebeuren gebeurt gebeurd",
        "scheiden gescheiden scheiding",
        "testen getest",
        "aanmelden aangemeld",
        "opvoeden opgevoed opvoeding",
        "oplossen opgelost oplossing",
        "afronden afgerond",
        "invullen ingevuld",
        "vrijstelling vrijgesteld",
        "uitvallen uitgevallen",
        "opvangen opgevangen",
        "overdragen overgedragen",
        "oprichten opgericht",
        "vasthouden vastgehouden",
    ],
)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stem_of(form, DUTCH) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gezin", "zin"),
        ("gezicht", "zicht"),
        ("gedrag", "dragen"),
        ("gevolg", "volgen"),
        ("gevoel", "voelen"),
        ("gesprek", "sprekers"),
        ("gezondheid", "zon"),
        ("geluid", "luid"),
        ("begeleiding", "beleid"),
        ("geheim", "heim"),
        ("plant", "plan"),
        ("kant", "kan"),
        ("gast", "gas"),
        ("buurt", "buur"),
        ("zone", "zoon"),
        ("weet", "wee"),
        ("staat", "staan"),
        ("doorgeven", "doorven"),
        ("overgewicht", "overwicht"),
    ],
)
def test_words_that_look_alike_have_stems_of_their_own(one, other):
    assert stem_of(one, DUTCH) != stem_of(other, DUTCH)


@pytest.mark.parametrize("word", ["gewerkt", "uitgewerkt", "gedeelde", "gestopt", "gecoordineerd"])
def test_a_participle_is_known_by_its_verb(word):
    assert verb_of_participle(word)


@pytest.mark.parametrize("word", ["gezin", "gezicht", "gezond", "gebied", "gemeente", "agenda"])
def test_a_noun_with_ge_is_no_participle(word):
    assert not verb_of_participle(word)


@pytest.mark.parametrize(
    ("word", "plural"),
    [("leraar", "leraren"), ("gezin", "gezinnen"), ("brief", "brieven"), ("ouder", "ouders")],
)
def test_a_plural_is_written_by_the_rules(word, plural):
    assert plural in list(plurals_of(word))


def test_a_noun_with_s_has_no_plural_like_a_verb():
    assert "koppelen" not in list(plurals_of("koppel"))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789é", max_size=40))
def test_whatever_is_written_has_a_stem(word):
    assert bool(stem_of(word, DUTCH)) == bool(word)
    assert "è" not in stem_of(word, DUTCH)
