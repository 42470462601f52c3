"""Names of children and families, and descriptions that fit only one of them.

A name alone says little to a machine, so most rules look at the words around it: a pupil, a mother,
a group, an age. Staff is no secret: who is called by a profession is not pointed out.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vocabulary.text import fold

_HERE = Path(__file__).parent
_WORDS: dict[str, list[str]] = tomllib.loads((_HERE / "words.toml").read_text(encoding="utf-8"))


def _any(*names: str) -> str:
    """One of these words, as a piece of a regular expression."""
    return "|".join(word for name in names for word in _WORDS[name])


_CHILD, _TITLE, _OWNED, _STAFF = _any("child"), _any("title"), _any("owned"), _any("staff")
_OF_FAMILY = _any("child", "adult", "family")
_NO_NAMES = frozenset(_WORDS["no_names"] + _WORDS["towns"])
_TOWNS = frozenset(_WORDS["towns"])

# The letters of the languages of Europe, as far as names begin or go on with them.
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
_LOWER = "a-zß-öø-ÿāăąćčďđēėęěğģīıķĺļľłńņňōőœŕřśşšţťūůűųźżžșț"
_WORD = rf"[{_UPPER}][{_LOWER}]+(?:[-'’][{_UPPER}]?[{_LOWER}]+)*"
_BETWEEN = r"(?:van|de|der|den|ter|ten|te|het|'t|’t|el|al|ben|bin|von|da|dos|la|op|in|aan)"
_PREFIX = r"(?:El |Al |Ait |Ben |De |Van (?:de[rn]? )?|Ter )?"
_SURNAME = rf"(?:(?: {_BETWEEN}){{0,3}} {_PREFIX}{_WORD}(?:-{_WORD})?)"
_NAME = rf"(?:{_WORD}(?:-{_WORD})?{_SURNAME}{{0,2}})"
_INITIAL = (
    rf"(?:[{_UPPER}]\.(?:[{_UPPER}]\.)*(?! ?(?:en|of|voor)\b)(?:(?: {_BETWEEN}){{0,3}} {_WORD})?)"
)
_SOMEBODY = rf"({_NAME}|{_INITIAL})"
_GROUP = r"(?:groep|klas|leerjaar|brugklas) ?[1-8]?[a-d]?\b"

# leerling Noor · de moeder, Fatima, · een jongen genaamd Daan · gezin De Vries
_BESIDE = re.compile(
    rf"\b(?i:{_OF_FAMILY}|{_TITLE})"
    r"(?:, |: | \(| genaamd | met de naam | die (?:we|wij) | dat (?:we|wij) | )"
    rf"(?:genaamd )?(?:De |Van (?:de[rn]? )?|El |Al )?{_SOMEBODY}"
)
# de moeder van Noor · het dossier van N.
_OF = re.compile(
    rf"\b(?i:{_OF_FAMILY}|{_OWNED})(?: \w+)?,? (?i:van|over|rond|rondom|voor|met)"
    rf"(?: (?i:{_CHILD}))? {_SOMEBODY}"
)
# Noors moeder · Daan's gezin · Sem zijn vader
_OWNER = re.compile(
    rf"\b({_WORD})(?:s|['’]s|['’]| z['’]?n| zijn| d['’]?r| haar) (?:[a-z]+ )?"
    rf"(?i:{_OF_FAMILY}|{_OWNED})\b"
)
# dat Noor heet · die Daan heet · heet ze Noor
_CALLED = re.compile(
    rf"\b(?i:dat|die|dit|deze|zij|ze|hij|kind|meisje|jongen|leerling) {_SOMEBODY} (?:heet|heette)\b"
    r"|\b(?:heet|heette|genaamd|genoemd|met de naam|luistert naar de naam|roepnaam|voornaam"
    r"|achternaam|naam (?:van )?(?:de |het )?(?:leerling|kind|ouder|moeder|vader|cliënt))"
    rf" ?(?:is|:)? ?(?:hij |zij |ze )?{_SOMEBODY}"
)
# noemden haar Noor · casus De Vries · zaak B.
_CASE = re.compile(
    r"\bnoem(?:t|en|de|den)? (?:we |wij |ze )?(?:hem|haar|zich|het kind|het meisje|de jongen)"
    rf" {_SOMEBODY}"
    r"|\b(?i:casus|zaak|kinddossier|leerlingdossier|gezinsdossier):?"
    rf" (?:De |Van (?:de[rn]? )?|El |Al )?{_SOMEBODY}"
)
# de moeder van noor, as typed on a phone: only a name that is one for sure
_TYPED = re.compile(rf"\b(?i:{_OF_FAMILY})(?: \w+)? van ([{_LOWER}][{_LOWER}'’-]+)")
_TYPED_BESIDE = re.compile(rf"\b(?i:{_CHILD})(?: heet| heette|,)? ([{_LOWER}][{_LOWER}'’-]+)")
# toen Noor … hij: a name in no list, of whom it is said what he or she does
_SOMEBODY_DOES = (
    r"[^.;:!?\n]{0,60}\b(?:hij|hem|zichzelf"
    rf"|(?:zijn|haar) (?:\w+ )?(?:{_OF_FAMILY}|{_OWNED}))\b"
)
_SPOKEN_OF = re.compile(
    r"\b(?:dat|[Oo]mdat|[Tt]oen|[Nn]adat|[Ss]inds|zodat|[Tt]erwijl|[Vv]oordat|[Ww]anneer|[Zz]odra|waarom|hoe)"
    rf" ({_WORD})(?= (?![{_UPPER}]){_SOMEBODY_DOES})"
)
# Whose words or book are told is no child.
_CITED_BEFORE = re.compile(
    r"\b(?:volgens|aldus|(?:boek|onderzoek|theorie|artikel|lezing|model|werk|idee)(?:en|s)? van) $",
    re.IGNORECASE,
)
# Noor uit groep 5 · Noor (8) · Noor, 8 jaar · Noor is 8 jaar · Noor zit in groep 5
_AGED = re.compile(
    rf"(?<![\w-])({_NAME}|{_INITIAL})"
    rf"(?:,? (?:uit|in|van|zit in|zat in|zit nu in|komt uit) {_GROUP}"
    r"| ?\((?:\d{1,2}|\d{1,2} jaar|groep \d)\)"
    r"|,? (?:van )?\d{1,2} jaar\b(?! (?:geleden|lang|later|ervaring|directeur|juf|leerkracht))"
    r"|(?:,? die)? (?:is|was|wordt|werd) (?:nu |net |pas |bijna |een (?:jongen|meisje) van )?"
    r"\d{1,2}(?: jaar)?\b(?! (?:scholen|leerlingen|procent|%|km|kilometer)))"
)
_ONE_WORD = re.compile(rf"(?<![\w.-]){_WORD}(?:-{_WORD})?(?![\w-])")
_AFTER_FIRST_NAME = re.compile(rf"(?: {_WORD})?{_SURNAME}(?![\w-])")
_ENDS_AS_A_THING = re.compile(rf"(?:{_any('thing')})$", re.IGNORECASE)
_INITIALS_AND_NAME = re.compile(rf"(?<![\w.])((?:[{_UPPER}]\.)+(?: {_BETWEEN}){{0,3}} {_WORD})")

_STAFF_BEFORE = re.compile(
    rf"(?:\b\w*(?:{_STAFF}))(?:,? (?:en|de|van|onze|die|is|was|heet))?[ ,:(]*$", re.IGNORECASE
)
# Loes van het wijkteam: whoever comes from there is at work.
_FROM_AN_ORGANISATION = re.compile(
    r"^,? van (?:het |de |ons |onze )?(?:\w+ )?(?:\w*(?:verband|team|gemeente|stichting|ggd|ggz|cjg"
    r"|politie|organisatie|instelling|bibliotheek|universiteit|hogeschool|jeugdhulp|jeugdzorg|welzijn"
    r"|bureau|ministerie|inspectie))\b",
    re.IGNORECASE,
)
_STAFF_AFTER = re.compile(
    # Noor, onze coach · Noor is een vaste mentor · Noor de coach; not: sinds Noor een mentor heeft
    r"^(?:(?:,| \(|:| –| -| is| was| werkt(?:e)? als| als) ?"
    r"(?:(?:de|het|een|onze|als|nu|zelf|vaste|hun|haar|zijn) ){0,2}| (?:de )?)"
    rf"(?:\w+ )?\w*(?:{_STAFF})\b",
    re.IGNORECASE,
)
# In the name of a school, a street, a book or a programme a name is no person.
_OF_A_THING = re.compile(
    rf"^(?:[ -]?(?:basis|dalton|montessori|jenaplan|vrije)?(?:{_any('thing')}))"
    r"|^(?:['’]s)? (?:wet|law|model|methode|test|schaal)\b",
    re.IGNORECASE,
)
_BEFORE_A_THING = re.compile(
    rf"(?:\b(?:{_any('of_thing')}) (?:de |het |['’]t |van |voor |[A-Z]\w+ )?)$", re.IGNORECASE
)
_CITED = re.compile(
    r"^[^.;]{0,40}?(?:\(|, ?)?(?:18|19|20)\d\d\b|^ (?:et al|& )|^, [A-Z]\.|^ e\.a\."
)
_SENTENCE_END = re.compile(r"[.!?…\n•*–\"“”»«]\s*$|^\s*[-*•]\s*$")
# What only somebody does: a word that is also a name is a name before these.
_DOES_AS_A_PERSON = re.compile(
    r"^ (?:kreeg|krijgt|vertelde|vertelt|zei|zegt|wilde|wil|durfde|durft|mocht|zat|zit|woont|woonde"
    r"|ging|huilde|lachte|speelde|leerde|kwam|komt|heeft|had|bleef|begon)\b"
    rf"| en (?:haar|zijn|hun) (?:{_OF_FAMILY})\b",
    re.IGNORECASE,
)
# Said of a word, not of somebody.
_IS_A_WORD = re.compile(
    r"^ (?:is|was|staat|stond) (?:bij ons |hier |daar )?(?:de naam|een afkorting|voor)\b",
    re.IGNORECASE,
)
# How far back and on it is looked for what a name belongs to.
NEAR = 40
# A name that is in no list, before what only somebody does: Ximena huilde · Kwame en zijn vader
_DOING = re.compile(
    rf"(?<![\w.-])({_WORD})(?= (?:huilde|lachte|durfde|fluisterde|sliep|miste|schreeuwde|rende"
    r"|knikte|glimlachte|bloeide op|sprak (?:geen|nog|amper|nauwelijks|alleen)|vond het"
    r"|werd (?:boos|verdrietig|gepest|uit)|trok zich|(?:mocht|ging|kwam) naar (?:huis|school)"
    rf"|speelde|tekende|plaste)\b| en (?:haar|zijn) (?:{_OF_FAMILY})\b)"
)
# A word with such an ending is rather a town.
_LIKE_A_TOWN = re.compile(
    r"(?:dam|dijk|veen|burg|drecht|hoven|stad|dorp|horn|wijk|loo|heim|ingen|oord|huizen|kerk|meer|zijl|beek|broek"
    r"|bergen|monde|hoorn|wolde|woude|stein|voort|mond|haven|school|college)$"
)
_DAY_BEFORE = re.compile(r"\b\d{1,2} $")
_WELL_KNOWN = re.compile("|".join(re.escape(name) for name in _WORDS["well_known"]), re.IGNORECASE)
_NEAR_RELATION = re.compile(
    r"^(?:pleeg|stief|schoon)?(?:moeder|vader|zoon|dochter|broer|zus)\w*|^(?:oma|opa|tante|oom|mama|papa)$"
)


@dataclass(frozen=True)
class FoundPerson:
    """Where somebody is named, and whose name it is as far as the words around it tell."""

    start: int
    end: int
    # The word of the family that stands with it: `moeder`; empty for a name alone.
    relation: str = ""


@cache
def _first_names() -> tuple[frozenset[str], frozenset[str]]:
    """All first names, and those of them that are also words."""
    text = (_HERE / "first_names.txt").read_text(encoding="utf-8")
    groups: list[set[str]] = []
    for line in text.splitlines():
        if line.startswith("#"):
            if not groups or groups[-1]:
                groups.append(set())
        else:
            groups[-1].update(line.split())
    names, words_too = groups
    return frozenset(names | words_too), frozenset(words_too)


def is_first_name(word: str) -> bool:
    return any(fold(part) in _first_names()[0] for part in (word, *word.split("-")[:1]))


def named_people(text: str) -> Iterator[FoundPerson]:
    """Everybody in this text who seems to belong to a family, and full names of anybody else."""
    for pattern, often_no_name in (
        (_BESIDE, False),
        (_OF, True),
        (_OWNER, True),
        (_CALLED, False),
        (_CASE, False),
        (_AGED, False),
        (_DOING, False),
        (_SPOKEN_OF, False),
    ):
        for found in pattern.finditer(text):
            needs_first_name = often_no_name
            group = next(number for number in range(1, pattern.groups + 1) if found[number])
            name, start, end = found[group], found.start(group), found.end(group)
            relation = _relation_in(found[0])
            if pattern is _SPOKEN_OF and _LIKE_A_TOWN.search(name):
                continue
            if pattern is _OWNER and _is_a_word(f"{name}s"):
                continue
            if pattern in (_OF, _OWNER) and _is_of_somebody(relation, name):
                needs_first_name = False
            if pattern is _CALLED and not _near_family(text, found):
                # A school, a project or a book is called something too.
                needs_first_name = True
            if relation and _is_child_of_family(name):
                # A colleague is no mother of somebody.
                yield FoundPerson(start, end, relation)
            elif _is_somebody(text, name, start, end, needs_first_name=needs_first_name):
                yield FoundPerson(start, end, relation)
    yield from _typed_in_small_letters(text)
    yield from _names_alone(text)


def _typed_in_small_letters(text: str) -> Iterator[FoundPerson]:
    for pattern in (_TYPED, _TYPED_BESIDE):
        for found in pattern.finditer(text):
            if _is_child_of_family(found[1]) and not _is_staff(text, *found.span(1)):
                yield FoundPerson(*found.span(1), _relation_in(found[0]))


def _is_somebody(text: str, name: str, start: int, end: int, *, needs_first_name: bool) -> bool:
    first = name.split(" ")[0]
    if fold(first.rstrip(".")) in _NO_NAMES or _OF_A_THING.match(text[end:]):
        return False
    if _is_staff(text, start, end):
        return False
    if needs_first_name:
        return is_first_name(first) or first.endswith(".")
    return True


def _near_family(text: str, found: re.Match) -> bool:
    return bool(_relation_in(text[max(0, found.start() - NEAR) : found.end()]))


def _is_a_word(word: str) -> bool:
    """`Als een kind` and `Broers` own nothing, nor does a house."""
    folded = fold(word)
    return (
        folded in _NO_NAMES
        or re.fullmatch(_OF_FAMILY, folded) is not None
        or _ENDS_AS_A_THING.search(word) is not None
    )


def _is_of_somebody(relation: str, name: str) -> bool:
    """A school has pupils and parents as well; only somebody has a mother."""
    if _NEAR_RELATION.match(relation):
        return True
    return relation in ("ouders", "gezin", "leerling", "kind") and not _LIKE_A_TOWN.search(name)


def _is_child_of_family(name: str) -> bool:
    first = name.split(" ")[0]
    return is_first_name(first) and fold(first) not in _first_names()[1]


def _relation_in(words: str) -> str:
    found = re.search(rf"\b(?:{_OF_FAMILY})\b", words, re.I)
    return found[0].lower() if found else ""


def _is_staff(text: str, start: int, end: int) -> bool:
    return bool(_STAFF_BEFORE.search(text[max(0, start - 60) : start])) or bool(
        _STAFF_AFTER.match(text[end : end + 80])
        or _FROM_AN_ORGANISATION.match(text[end : end + 80])
    )


def _names_alone(text: str) -> Iterator[FoundPerson]:
    """First names without a word of the family beside them."""
    names, words_too = _first_names()
    known_by_all = [found.span() for found in _WELL_KNOWN.finditer(text)]
    for found in _ONE_WORD.finditer(text):
        word = found[0]
        folded, first = fold(word), fold(word.split("-")[0])
        if folded not in names and (first not in names or _ENDS_AS_A_THING.search(word)):
            continue
        start = found.start()
        surname = _AFTER_FIRST_NAME.match(text, found.end())
        end = surname.end() if surname else found.end()
        begins = start == 0 or bool(_SENTENCE_END.search(text[max(0, start - NEAR) : start]))
        rest = text[end:]
        if folded in words_too and begins and not surname and not _DOES_AS_A_PERSON.match(rest):
            continue
        if surname and _ENDS_AS_A_THING.search(surname[0]):
            continue
        if _DAY_BEFORE.search(text[max(0, start - 4) : start]) or rest.startswith("("):
            # A month in English; a word with its plural.
            continue
        if any(one <= start < other for one, other in known_by_all) or _IS_A_WORD.match(rest):
            continue
        if _OF_A_THING.match(rest) or _BEFORE_A_THING.search(text[max(0, start - NEAR) : start]):
            continue
        if _is_staff(text, start, end) or (surname and _is_cited(text, start, end)):
            continue
        yield FoundPerson(start, end)
    for found in _INITIALS_AND_NAME.finditer(text):
        start, end = found.span(1)
        around = text[max(0, start - 60) : end + 60]
        if _is_staff(text, start, end) or _CITED.match(text[end:]):
            continue
        if re.search(rf"\b(?:{_OF_FAMILY}|groep \d)\b", around, re.I):
            yield FoundPerson(start, end)


def _is_cited(text: str, start: int, end: int) -> bool:
    """Whether this full name is that of who wrote or said something, and nobody of a family."""
    before = text[max(0, start - NEAR) : start]
    return bool(_CITED.match(text[end:])) or (
        bool(_CITED_BEFORE.search(before)) and not _relation_in(text[end : end + 2 * NEAR])
    )


# One child without a name: who knows the school knows who it is.

_ONE_CHILD = re.compile(
    rf"\b(?:{_any('child')}|moeder|vader|gezin|(?:hij|zij|ze) (?:is|was|werd) \d{{1,2}})\b",
    re.IGNORECASE,
)
_NUMBER = (
    r"(?:\d{1,2}|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien"
    r"|zestien|zeventien)"
)
_AGE = re.compile(
    rf"\b{_NUMBER}[ -]?(?:jaar\b(?! (?:geleden|lang|later|ervaring|bezig|na|en ouder|of ouder))"
    r"|jarige?\b|jr\.?\b)"
    rf"|\b(?:jongen|meisje|leerling|kind|jongetje|zoon|zoontje|dochter|dochtertje|kleuter|tweeling)"
    rf" van {_NUMBER}\b(?! (?:scholen|ouders))|\b(?:hij|zij|ze) (?:is|was|werd) \d{{1,2}}\b"
    r"|\b(?:groep|klas|leerjaar) ?[1-8][a-d]?\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b\d{1,2} (?:tot|t/m|en|of|-|–) ?\d{1,2} ?(?:jaar|jarigen)"
    r"|\b(?:groep|groepen|klas) ?\d ?(?:en|tot|t/m|-|–|,) ?\d"
    r"|\b(?:leerlingen|kinderen|jongeren|jongens|meisjes|kleuters|peuters) (?:van|in|uit)\b",
    re.IGNORECASE,
)
_RARE = re.compile(rf"\b(?:{_any('rare')})\b", re.IGNORECASE)
_SCHOOL = re.compile(
    r"\b(?:op|van|bij|uit|naar|in|te) (?:(?:de |onze )?"
    r"(?:basisschool|school|obs|cbs|rkbs|kbs|pcb|sbo"
    r"|ikc|kindcentrum|locatie|wijk|buurt|dorp) )?(?:De |Het |['’]t |Sint |St\. )?"
    rf"(?!(?:De|Het|Een|Dit|Die)\b)({_WORD}(?:{_WORD}| {_WORD})*)"
    rf"|\b{_WORD}(?:school|college|lyceum)\b"
)
_ANY_CHILD = re.compile(
    r"\b(?:elk|ieder|iedere|elke|alle|veel|sommige|meer|andere|een gemiddeld) (?:\w+ )?"
    r"(?:kind|leerling|kleuter|jongen|meisje|gezin|moeder|vader|kinderen|leerlingen|gezinnen)\b"
    r"|\b(?:als|wanneer|stel dat|bijvoorbeeld) (?:een|je) (?:kind|leerling|jongere|gezin)\b",
    re.IGNORECASE,
)


def told_apart(text: str, places: frozenset[str]) -> bool:
    """Whether this one sentence describes one child so that a neighbour knows which.

    `places` are schools and towns that the platform knows, folded.
    """
    if not _ONE_CHILD.search(text) or _ANY_CHILD.search(text):
        return False
    age = _AGE.search(text) is not None and _SEVERAL.search(text) is None
    rare = _RARE.search(text) is not None
    if age != rare:
        # Many places take long to look for, so only where they decide.
        return _is_somewhere(text, places)
    return age and rare


def _is_somewhere(text: str, places: frozenset[str]) -> bool:
    folded = fold(text)
    if any(re.search(rf"\b{re.escape(place)}\b", folded) for place in places):
        return True
    return any(
        fold(found[1] or found[0]) not in _NO_NAMES - _TOWNS for found in _SCHOOL.finditer(text)
    )
