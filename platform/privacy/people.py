"""Names of children and families, and descriptions that fit only one of them.

A name alone says little to a machine, so most rules look at the words around it: a pupil, a mother, a
group, an age. Staff is no secret: who is called by a profession is not pointed out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vocabulary.text import fold

Span = tuple[int, int]

# Somebody of a family; with these words beside it a name is that of a child or a parent.
_CHILD = (
    r"leerlinge?|kind(?:je)?|kleuter|peuter|baby|dreumes|puber|tiener|jongere|jongen|jongetje|meisje|scholier|cliënt|cliente"
    r"|broer(?:tje)?|zus(?:je)?|tweelingbroer|tweelingzus|tweeling|nicht(?:je)?|neef(?:je)?|zoon(?:tje)?|dochter(?:tje)?"
    r"|kleinzoon|kleindochter|pleegkind|pleegzoon|pleegdochter|stiefzoon|stiefdochter|klasgenoot|klasgenootje|vriendje"
    r"|vriendinnetje"
)
_ADULT = (
    r"moeder|vader|ouder|mama|papa|oma|opa|tante|oom|voogd|verzorger|stiefmoeder|stiefvader|pleegmoeder|pleegvader"
    r"|schoonmoeder|ex-man|ex-vrouw|buurvrouw|buurman|mam|pap"
)
_MANY = r"ouders|gezin|familie|fam\.|pleegouders|grootouders|kinderen|broers|zussen|zusjes|broertjes|tweeling"
_TITLE = r"mevrouw|meneer|mijnheer|mevr\.?|mw\.?|dhr\.?|de heer|juffrouw"
_OF_FAMILY = rf"{_CHILD}|{_ADULT}|{_MANY}"
# What somebody of a family has, of which only a name says whose it is.
_OWNED = (
    r"dossier|kinddossier|verhaal|casus|situatie|thuissituatie|ontwikkeling|gedrag|diagnose|plan|ondersteuningsplan"
    r"|opp|klachten|verzuim|problemen|zorgen|traject|hulpvraag|handelingsplan|indicatie|verjaardag|kamer|huis|toestand"
)

_STAFF = (
    r"juf|meester|leerkracht|leraar|lerares|docent(?:e)?|mentor|ib-?'?er|intern(?:e)? begeleider|directeur|directrice|rector"
    r"|conrector|teamleider|coördinator|coordinator|zorgcoördinator|coach|gezinscoach|onderwijscoach|jobcoach|jeugdcoach"
    r"|hulpverlener|jeugdhulpverlener|jeugdarts|jeugdverpleegkundige|verpleegkundige|arts|huisarts|kinderarts|psycholoog"
    r"|orthopedagoog|pedagoog|psychiater|logopedist(?:e)?|fysiotherapeut|ergotherapeut|therapeut|maatschappelijk werker"
    r"|schoolmaatschappelijk werker|jongerenwerker|opbouwwerker|welzijnswerker|wijkteammedewerker|gezinswerker"
    r"|gezinsbegeleider|ambulant begeleider|begeleider|medewerker|consulent|adviseur|bestuurder|wethouder|burgemeester"
    r"|minister|staatssecretaris|ambtenaar|beleidsmedewerker|beleidsadviseur|projectleider|kwartiermaker|programmamanager"
    r"|manager|onderzoeker|hoogleraar|professor|prof\.|dr\.|drs\.|lector|auteur|schrijver|schrijfster|journalist|voorzitter"
    r"|secretaris|collega(?:'s)?|tandem|stagiair(?:e)?|conciërge|administratief medewerker|trainer|spreker|dagvoorzitter"
    r"|verbinder|verbindingsmedewerker|regisseur|procesregisseur|leerplichtambtenaar|wijkagent|agent|vertrouwenspersoon"
    r"|bedenker|oprichter|redacteur|fotograaf|illustrator|vormgever|contactpersoon|aanspreekpunt"
)

_UPPER, _LOWER = "A-ZÀ-ÖØ-Þ", "a-zß-öø-ÿ"
_WORD = rf"[{_UPPER}][{_LOWER}]+(?:[-'’][{_UPPER}]?[{_LOWER}]+)*"
_BETWEEN = r"(?:van|de|der|den|ter|ten|te|het|'t|’t|el|al|ben|bin|von|da|dos|la|op|in|aan)"
_SURNAME = rf"(?:(?: {_BETWEEN}){{0,3}} (?:El |Al |Ait |Ben |De |Van (?:de[rn]? )?|Ter )?{_WORD}(?:-{_WORD})?)"
_NAME = rf"(?:{_WORD}(?:-{_WORD})?{_SURNAME}{{0,2}})"
_INITIAL = (
    rf"(?:[{_UPPER}]\.(?:[{_UPPER}]\.)*(?! ?(?:en|of|voor)\b)(?:(?: {_BETWEEN}){{0,3}} {_WORD})?)"
)
_SOMEBODY = rf"({_NAME}|{_INITIAL})"

# leerling Noor · de moeder, Fatima, · een jongen genaamd Daan · gezin De Vries
_BESIDE = re.compile(
    rf"\b(?i:{_OF_FAMILY}|{_TITLE})(?:, |: | genaamd | met de naam | die (?:we|wij) | dat (?:we|wij) | )"
    rf"(?:genaamd )?(?:De |Van (?:de[rn]? )?|El |Al )?{_SOMEBODY}"
)
# de moeder van Noor · het dossier van N.
_OF = re.compile(
    rf"\b(?i:{_OF_FAMILY}|{_OWNED})(?: \w+)?,? (?i:van|over|rond|rondom|voor|met)(?: (?i:{_CHILD}))? {_SOMEBODY}"
)
# Noors moeder · Daan's gezin · Sem zijn vader
_OWNER = re.compile(
    rf"\b({_WORD})(?:s|['’]s|['’]| z['’]?n| zijn| d['’]?r| haar) (?:[a-z]+ )?(?i:{_OF_FAMILY}|{_OWNED})\b"
)
# dat Noor heet · die Daan heet · heet ze Noor
_CALLED = re.compile(
    rf"\b(?i:dat|die|dit|deze|zij|ze|hij|kind|meisje|jongen|leerling) {_SOMEBODY} (?:heet|heette)\b"
    rf"|\b(?:heet|heette|genaamd|genoemd|met de naam|luistert naar de naam|roepnaam|voornaam|achternaam"
    rf"|naam (?:van )?(?:de |het )?(?:leerling|kind|ouder|moeder|vader|cliënt)) ?(?:is|:)? ?(?:hij |zij |ze )?{_SOMEBODY}"
)
# Noor uit groep 5 · Noor (8) · Noor, 8 jaar · Noor is 8 jaar · Noor zit in groep 5
_AGED = re.compile(
    rf"(?<![\w-])({_NAME}|{_INITIAL})"
    rf"(?:,? (?:uit|in|van|zit in|zat in|zit nu in|komt uit) (?:groep|klas|leerjaar|brugklas) ?[1-8]?[a-d]?\b"
    rf"| ?\((?:\d{{1,2}}|\d{{1,2}} jaar|groep \d)\)"
    rf"|,? (?:van )?\d{{1,2}} jaar\b(?! (?:geleden|lang|later|ervaring|directeur|juf|leerkracht))"
    rf"|(?:,? die)? (?:is|was|wordt|werd) (?:nu |net |pas |bijna |een (?:jongen|meisje) van )?\d{{1,2}}(?: jaar)?\b"
    rf"(?! (?:scholen|leerlingen|procent|%|km|kilometer)))"
)
_FULL_NAME = re.compile(rf"(?<![\w.-])({_WORD}(?:-{_WORD})?(?: {_WORD})?{_SURNAME}?)(?![\w-])")
_INITIALS_AND_NAME = re.compile(rf"(?<![\w.])((?:[{_UPPER}]\.)+(?: {_BETWEEN}){{0,3}} {_WORD})")

_STAFF_BEFORE = re.compile(
    rf"(?:\b(?:{_STAFF}))(?:,? (?:en|de|van|onze|die|is|was|heet))?[ ,:(]*$", re.I
)
_STAFF_AFTER = re.compile(
    rf"^(?:,| \(|:| –| -| is| was| werkt(?:e)? als| als)? ?(?:(?:de|het|een|onze|als|nu|zelf|vaste|hun|haar|zijn) ){{0,2}}"
    rf"(?:\w+ )?(?:{_STAFF})\b",
    re.I,
)
# In the name of a school, a street, a book or a programme a name is no person.
_OF_A_THING = re.compile(
    r"^(?:[ -]?(?:basis|dalton|montessori|jenaplan|vrije)?(?:school|scholen|college|lyceum|gymnasium|huis|straat|laan|plein"
    r"|weg|stichting|fonds|instituut|academie|ziekenhuis|universiteit|hogeschool|centrum|model|methode|test|vragenlijst"
    r"|formulier|schaal|aanpak|project|club|prijs|lezing)|school\b)"
    r"|^(?:['’]s)? (?:wet|law|model|methode|test|schaal)\b",
    re.I,
)
_BEFORE_A_THING = re.compile(
    r"(?:\b(?:sint|st\.|koning(?:in)?|prins(?:es)?|basisschool|school|obs|cbs|rkbs|pcb|kbs|stichting|de methode|het boek"
    r"|project|pilot|aanpak|programma|werkgroep|app|systeem|merk|film|serie|training|ikc|kindcentrum|college|lyceum"
    r"|orkest|storm|orkaan|gebouw|lokaal|wijk|buurt|dorp|stad|gemeente|provincie|straat) (?:de |het |['’]t |van |voor )?)$",
    re.I,
)
_CITED = re.compile(
    r"^[^.;]{0,40}?(?:\(|, ?)?(?:18|19|20)\d\d\b|^ (?:et al|& )|^, [A-Z]\.|^ e\.a\."
)
_SENTENCE_END = re.compile(r"[.!?…:\n•\"“”»«]\s*$")

# Words that begin with a capital and are no names of people.
_NO_NAMES = frozenset(
    [
        "aan",
        "af",
        "alle",
        "als",
        "bij",
        "daar",
        "dan",
        "dat",
        "de",
        "deze",
        "die",
        "dit",
        "door",
        "een",
        "eerst",
        "en",
        "er",
        "geen",
        "haar",
        "hem",
        "hen",
        "het",
        "hier",
        "hij",
        "hoe",
        "hun",
        "ik",
        "in",
        "is",
        "jij",
        "je",
        "jullie",
        "kan",
        "komt",
        "kreeg",
        "later",
        "maar",
        "met",
        "mijn",
        "moet",
        "na",
        "naar",
        "nee",
        "niet",
        "niemand",
        "nog",
        "nu",
        "of",
        "om",
        "ook",
        "op",
        "over",
        "samen",
        "school",
        "scholen",
        "sinds",
        "soms",
        "te",
        "toen",
        "tot",
        "uit",
        "van",
        "vaak",
        "veel",
        "vertelde",
        "vertelt",
        "volgens",
        "voor",
        "vroeg",
        "want",
        "wat",
        "we",
        "weer",
        "wel",
        "werd",
        "wie",
        "wij",
        "wil",
        "ze",
        "zei",
        "zij",
        "zijn",
        "zo",
        "zonder",
        "zou",
        "beeld",
        "centraal",
        "onderwijs",
        "jeugd",
        "zorg",
        "wijk",
        "wijkteam",
        "thuis",
        "plan",
        "plus",
        "iedereen",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
        "nederland",
        "nederlands",
        "nederlandse",
        "engels",
        "turks",
        "arabisch",
        "pools",
        "marokkaanse",
        "turkse",
        "syrische",
        "poolse",
        "oekraïense",
        "duits",
        "frans",
        "europa",
        "kerst",
        "pasen",
        "ramadan",
        "suikerfeest",
        "sinterklaas",
        "corona",
        "internet",
        "teams",
        "whatsapp",
        "parro",
        "magister",
        "parnassys",
        "somtoday",
        "amsterdam",
        "emmen",
        "veenendaal",
        "rotterdam",
        "utrecht",
        "almere",
        "groningen",
        "drenthe",
        "twente",
        "roermond",
        "limburg",
        "brabant",
        "zuid",
        "noord",
        "oost",
        "west",
        "zuid-limburg",
        "zeeland",
        "gelderland",
        "friesland",
        "overijssel",
        "flevoland",
        "meierij",
        "arnhem",
        "nijmegen",
        "enschede",
        "integrale",
        "integrated",
        "care",
        "orion",
        "veens",
        "welzijn",
        "sedna",
        "cjg",
        "ggd",
        "ggz",
        "jgz",
        "kind",
        "kinderen",
        "gezin",
        "gezinnen",
        "ouder",
        "ouders",
        "moeder",
        "vader",
        "familie",
        "leerling",
        "leerlingen",
        "leerkracht",
        "leerkrachten",
        "groep",
        "klas",
        "stap",
        "les",
        "lessen",
        "tip",
        "vraag",
        "antwoord",
        "doel",
        "resultaat",
        "passend",
        "lerende",
        "praktijk",
        "praktijken",
        "andere",
        "ogen",
        "met",
    ]
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
    text = (Path(__file__).parent / "first_names.txt").read_text(encoding="utf-8")
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
    for pattern, needs_first_name in (
        (_BESIDE, False),
        (_OF, True),
        (_OWNER, True),
        (_CALLED, False),
        (_AGED, False),
    ):
        for found in pattern.finditer(text):
            group = next(number for number in (1, 2) if found[number])
            name, start, end = found[group], found.start(group), found.end(group)
            if pattern is _CALLED and not _near_family(text, found):
                # A school, a project or a book is called something too.
                needs_first_name = True
            if _is_somebody(text, name, start, end, needs_first_name=needs_first_name):
                yield FoundPerson(start, end, _relation_in(found[0]))
    yield from _names_alone(text)


def _is_somebody(text: str, name: str, start: int, end: int, *, needs_first_name: bool) -> bool:
    first, *rest = re.split(r"[ ]", name)
    if fold(first.rstrip(".")) in _NO_NAMES or _OF_A_THING.match(text[end:]):
        return False
    if _is_staff(text, start, end):
        return False
    if needs_first_name:
        return is_first_name(first) or first.endswith(".")
    return True


def _near_family(text: str, found: re.Match) -> bool:
    around = text[max(0, found.start() - 40) : found.end()]
    return re.search(rf"\b(?:{_OF_FAMILY})\b", around, re.I) is not None


def _relation_in(words: str) -> str:
    found = re.search(rf"\b(?:{_OF_FAMILY})\b", words, re.I)
    return found[0].lower() if found else ""


def _is_staff(text: str, start: int, end: int) -> bool:
    return bool(_STAFF_BEFORE.search(text[max(0, start - 60) : start])) or bool(
        _STAFF_AFTER.match(text[end : end + 80])
    )


def _names_alone(text: str) -> Iterator[FoundPerson]:
    """First names without a word of the family beside them."""
    names, words_too = _first_names()
    for found in _FULL_NAME.finditer(text):
        first = found[1].split(" ")[0]
        folded = fold(first)
        if folded not in names and fold(first.split("-")[0]) not in names:
            continue
        start, end = found.span(1)
        begins = start == 0 or bool(_SENTENCE_END.search(text[:start]))
        alone = " " not in found[1]
        if folded in words_too and alone and begins:
            continue
        if _OF_A_THING.match(text[end:]) or _BEFORE_A_THING.search(
            text[max(0, start - 40) : start]
        ):
            continue
        if _is_staff(text, start, end) or (not alone and _CITED.match(text[end:])):
            continue
        yield FoundPerson(start, end)
    for found in _INITIALS_AND_NAME.finditer(text):
        start, end = found.span(1)
        around = text[max(0, start - 60) : end + 60]
        if _is_staff(text, start, end) or _CITED.match(text[end:]):
            continue
        if re.search(rf"\b(?:{_OF_FAMILY}|groep \d)\b", around, re.I):
            yield FoundPerson(start, end)


# One child without a name: who knows the school knows who it is.

_ONE_CHILD = re.compile(
    r"\b(?:leerlinge?|kind|kleuter|peuter|jongen|jongetje|meisje|zoon(?:tje)?|dochter(?:tje)?|tweeling|broertje|zusje|puber|tiener"
    r"|scholier|moeder|vader|gezin|baby)\b",
    re.I,
)
_AGE = re.compile(
    r"\b(?:\d{1,2}|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien)"
    r"[ -]?(?:jaar\b(?! (?:geleden|lang|later|ervaring|bezig|na|en ouder|of ouder))|jarige?\b|jr\.?\b)"
    r"|\b(?:jongen|meisje|leerling|kind|jongetje|zoon|zoontje|dochter|dochtertje|kleuter|tweeling) van"
    r" (?:\d{1,2}|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien)\b(?! (?:scholen|ouders))"
    r"|\b(?:groep|klas|leerjaar) ?[1-8][a-d]?\b",
    re.I,
)
_SEVERAL = re.compile(
    r"\b\d{1,2} (?:tot|t/m|en|of|-|–) ?\d{1,2} ?(?:jaar|jarigen)|\b(?:groep|groepen|klas) ?\d ?(?:en|tot|t/m|-|–|,) ?\d"
    r"|\b(?:leerlingen|kinderen|jongeren|jongens|meisjes|kleuters|peuters) (?:van|in|uit)\b",
    re.I,
)
_RARE = re.compile(
    r"\b(?:adhd|add|autis\w+|ass\b|asperger|pdd-?nos|downsyndroom|syndroom van \w+|selectief mutisme|mutis\w+|epilep\w+|diabetes"
    r"|suikerziekte|rolstoel\w*|doof|dove|slechthorend\w*|slechtziend\w*|blind\w*|sondevoeding|spierziekte|hersentumor|kanker|leukemie"
    r"|hartafwijking|verstandelijke beperking|licht verstandelijk|lvb|tos\b|taalontwikkelingsstoornis|gilles de la tourette|tourette"
    r"|hechtingsstoornis|trauma\w*|ptss|depress\w+|angststoornis|eetstoornis|anorexia|suïcid\w+|suicid\w+|zelfmoord\w*|automutil\w+"
    r"|mishandel\w+|misbruik\w*|huiselijk geweld|verwaarloz\w+|uithuisgeplaatst\w*|uithuisplaatsing|onder toezicht|ondertoezichtstelling"
    r"|ots\b|pleegkind|pleeggezin|geadopteerd\w*|adoptie\w*|gedetineerd\w*|detentie|gevangenis|verslaa?f\w+|verslaving\w*|alcohol\w*"
    r"|drugs\w*|schulden|schuldsanering|dakloos|opvang voor vrouwen|blijf-van-mijn-lijf\w*|vluchteling\w*|statushouder\w*|asielzoeker\w*"
    r"|azc|vechtscheiding|overleden|overleed|overlijden|terminaal|hoogbegaafd\w*|analfabe\w+|geboren in \w+|uit (?:syrië|eritrea"
    r"|afghanistan|oekraïne|somalië|irak|iran|jemen)|transgender|zwanger\w*|langdurig ziek|chronisch\w* ziek\w*|thuiszitter"
    r"|schoolweigering|gepest|brandwond\w*|amputatie|prothese|enige \w+ (?:op|in|van))\b",
    re.I,
)
_SCHOOL = re.compile(
    rf"\b(?:op|van|bij|uit|naar|in) (?:(?:de |onze )?(?:basisschool|school|obs|cbs|rkbs|kbs|pcb|sbo|ikc|kindcentrum|locatie|wijk|buurt|dorp)"
    rf" )?(?:De |Het |['’]t |Sint |St\. )?(?!(?:De|Het|Een|Dit|Die)\b)({_WORD}(?:{_WORD}| {_WORD})*)"
    rf"|\b{_WORD}(?:school|college|lyceum)\b"
)


def told_apart(text: str, places: frozenset[str]) -> bool:
    """Whether this one sentence describes one child so that a neighbour knows which.

    `places` are schools and towns that the platform knows, folded.
    """
    if not _ONE_CHILD.search(text):
        return False
    ages = _AGE.search(text) is not None and _SEVERAL.search(text) is None
    rare = _RARE.search(text) is not None
    somewhere = any(re.search(rf"\b{re.escape(place)}\b", fold(text)) for place in places) or any(
        fold(found[1] or found[0]) not in _NO_NAMES - _TOWNS for found in _SCHOOL.finditer(text)
    )
    return ages + rare + somewhere >= 2 and not _in_general(text)


_TOWNS = frozenset(
    [
        "amsterdam",
        "emmen",
        "veenendaal",
        "rotterdam",
        "utrecht",
        "almere",
        "groningen",
        "drenthe",
        "twente",
        "roermond",
        "limburg",
        "brabant",
        "zeeland",
        "gelderland",
        "friesland",
        "overijssel",
        "flevoland",
        "meierij",
        "arnhem",
        "nijmegen",
        "enschede",
    ]
)


def _in_general(text: str) -> bool:
    """Whether a sentence speaks of any child, or of many."""
    return (
        re.search(
            r"\b(?:elk|ieder|iedere|elke|alle|veel|sommige|meer|andere|een gemiddeld) (?:\w+ )?(?:kind|leerling|kleuter|jongen|meisje|gezin|moeder"
            r"|vader|kinderen|leerlingen|gezinnen)\b|\b(?:als|wanneer|stel dat|bijvoorbeeld) (?:een|je) (?:kind|leerling|jongere|gezin)\b",
            text,
            re.I,
        )
        is not None
    )
