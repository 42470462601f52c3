"""Numbers and addresses that lead to one person or one household, wherever they stand."""

import re
from collections.abc import Iterator

WEIGHTS_OF_BSN = (9, 8, 7, 6, 5, 4, 3, 2, -1)
# How far the word that gives a number its meaning may stand from it.
NEAR = 40

_APART = r"[ .\-\u00a0]"
# Nine digits, also in groups; or eight, without the zero that they begin with.
_NINE_DIGITS = re.compile(rf"(?<![\d.,\-/])\d(?:{_APART}?\d){{7,8}}(?![\d])(?![.,\-/]\d)")
_BSN_WORD = re.compile(
    r"\b(?:bsn|burgerservicenummers?|sofi-?nummer|onderwijsnummer|pgn)\b", re.IGNORECASE
)
_OTHER_NUMBER = re.compile(
    r"(?:\b(?:kvk|btw|iban|isbn|agb|brin|rekening\w*|project\w*|factuur\w*"
    r"|bestel\w*|order\w*|artikel\w*|tel\w*|versie)\b|€)[^.;]{0,20}$",
    re.IGNORECASE,
)

E_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}\s?@\s?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE
)
# Written so that no program sees an address in it: jan (at) voorbeeld.nl, jan apenstaartje ziggo
# punt nl.
_AT = r"(?: ?[(\[] ?(?:at|apenstaart(?:je)?) ?[)\]] ?| (?:at|apenstaart(?:je)?|apestaart(?:je)?) )"
_DOT = r"(?:\.| ?[(\[] ?(?:dot|punt) ?[)\]] ?| (?:dot|punt) )"
_SPELT_OUT = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT}[\w-]+{_DOT}(?:[\w-]+{_DOT})?[a-z]{{2,4}}\b", re.IGNORECASE
)
_SPELT_AT = re.compile(_AT, re.IGNORECASE)
# Boxes of an organisation, which lead to nobody in particular.
_SHARED_BOX = re.compile(
    r"^(?:info|contact|administratie|algemeen|aanmeld\w*|bestuur|communicatie|directie|fg|helpdesk|hallo|klacht\w*"
    r"|kantoor|leerlingzaken|meld\w*|nieuwsbrief|no-?reply|noreply|onderwijs|ondersteuning|pers|post|postbus|privacy"
    r"|projectleid\w*|receptie|redactie|schoolmaatschappelijkwerk|secretariaat|service|support|team\w*|vragen"
    r"|webmaster|welkom|wijkteam\w*|zorg\w*)[\w.-]*@",
    re.IGNORECASE,
)

_DIGIT_GAP = r"[ .()\-–/\u00a0]{0,3}"
TELEPHONE = re.compile(
    rf"(?<![\d/.,-])(?:\+|00)31{_DIGIT_GAP}(?:\(0\))?(?:{_DIGIT_GAP}\d){{9}}(?!\d)"
    rf"|(?<![\d/.,-])(?:\+|00)(?!31)\d{{2}}(?:{_DIGIT_GAP}\d){{8,11}}(?!\d)"
    rf"|(?<![\d/.,-])0[1-9](?:{_DIGIT_GAP}\d){{8}}(?!\d)"
)
# Numbers of organisations and helplines, and the old form with letters.
_SHARED_NUMBER = re.compile(r"^(?:(?:\+|00)31\D*|0)(?:8[458]|800|900|906|909|14|66)")
_MOBILE = re.compile(r"^(?:(?:\+|00)31\D*|0)6")
# A number on a desk is that of an organisation, where one is named and nobody of a family.
_ORGANISATION = re.compile(
    r"\b(?:\w*(?:school|scholen|college|team|bureau|centrum|kantoor|secretariaat|receptie|balie|loket|punt|praktijk)"
    r"|gemeente\w*|stichting|organisatie|instelling|afdeling|bibliotheek|ggd|ggz|cjg|politie|gebouw|locatie|jeugdhulp"
    r"|jeugdzorg|jeugdbescherming|maatschappelijk werk|welzijn\w*|veilig thuis|samenwerkingsverband"
    r"|sport(?:club|vereniging)|speelotheek|opvang|bso|kinderopvang|leerplicht|helpdesk|hulplijn)\b",
    re.IGNORECASE,
)
_OF_A_FAMILY = re.compile(
    r"\b(?:moeders?|vaders?|ouders?|mama|papa|ma|pa|oma|opa|tante|oom|broer|zus|zoon|dochter|gezin|familie|leerlinge?"
    r"|kind|jongen|meisje|thuis\w*|hem|haar|hij|zij|buur\w+|voogd)\b",
    re.IGNORECASE,
)

_POSTCODE = r"[1-9]\d{3}[ \u00a0]?(?!SA|SD|SS)[A-Z]{2}"
_NUMBER = r"\d{1,5}(?: ?(?:bis|hs|huis|zwart|rood)\b|[ -]?[a-zA-Z](?![\w]))?"
_STREET = (
    r"(?:(?:[A-Z][\w'’.-]+[ ]){0,3}[A-Z]?[\w'’-]*"
    r"(?i:straat|straatje|laan|weg|plein|hof|dreef|kade|singel|pad|dijk|steeg|gracht|plantsoen|park|ring|erf|hoek|wal"
    r"|veld|akker|brink|es|baan|markt|oord|gaarde|kamp|hoeve|dam|bos|zoom|horst|meent|stee|kwartier|haven)"
    r"|(?:Laan|Weg|Straat|Plein) (?:van|der|naar|op)(?: (?:de|den|der|het))? [A-Z][\w'’-]+)"
)
HOME_ADDRESS = re.compile(
    # Kerkstraat 12, 7811 AB; 7811 AB 12; postcode 7811AB, nummer 12
    rf"(?:\b{_STREET}\s+)?\b{_NUMBER}[ ,(]+{_POSTCODE}(?![\w])\)?"
    rf"|\b{_POSTCODE}(?![\w])[ ,]+{_STREET} {_NUMBER}"
    rf"|\b{_POSTCODE}(?![\w])[ ,]*(?:en )?(?:nr\.?|nummer|huisnummer|huisnr\.?)?[ ,]*\d{{1,5}}\b"
    rf"(?!\s*(?:leerlingen|kinderen|gezinnen|ouders|scholen|%|procent|euro|keer|jaar|januari|februari|maart|april|mei"
    rf"|juni|juli|augustus|september|oktober|november|december))"
)
# In small letters it is a postcode only where it is called one, or the number is called a number.
_TYPED_POSTCODE = re.compile(
    r"\bpostcode:? [1-9]\d{3} ?[a-z]{2}\b[ ,]*"
    r"(?:(?:en )?(?:nr\.?|nummer|huisnummer|huisnr\.?)?[ ,:]*\d{1,5}\b)?"
    r"|\b[1-9]\d{3} ?[a-z]{2}[ ,]+(?:nr\.?|nummer|huisnummer|huisnr\.?):? \d{1,5}\b",
    re.IGNORECASE,
)
# Where an organisation is to be found, anybody may know.
_OFFICE = re.compile(
    r"\b(?:postbus|postadres|bezoekadres|kantoor\w*|gevestigd|vergaderlocatie|locatie|antwoordnummer)\b",
    re.IGNORECASE,
)
_STREET_AND_NUMBER = re.compile(rf"\b({_STREET} {_NUMBER})(?![\w])")
_NUMBER_IN_STREET = re.compile(
    rf"\b((?:nummer|nr\.?) \d{{1,5}}[a-z]? (?:in|aan|op|van) (?:de |het )?{_STREET})\b",
    re.IGNORECASE,
)
# A street may be called anything: then the words around it must be plain.
_ANY_STREET = re.compile(rf"\b((?:De|Het|Op de|Aan de|Achter) [A-Z][\w'’-]+ {_NUMBER})(?![\w])")
_LIVES_SURELY = re.compile(
    r"\b(?:woon\w*|wonen\w*|woont|huisadres|adres|post|verhuis\w*|logeert|verblij\w+|slaapt|sliep)\b",
    re.IGNORECASE,
)
_LIVES_THERE = re.compile(
    r"\b(?:woon\w*|wonen\w*|woont|thuis|huisadres|adres|verhuis\w*|logeert|verblij\w+|slaapt|sliep|slapen|woning|kamer"
    r"|ingeschreven|ophalen|haalden|langs geweest|huisbezoek|aangebeld|deed (?:niemand )?open|brand"
    r"|gezin\w*|familie|moeder|vader|ouders?|leerling|kind|meisje|jongen|oma|opa|hem|haar|hij|zij)\b",
    re.IGNORECASE,
)

_DAY, _MONTH, _YEAR = (
    r"(?:0?[1-9]|[12]\d|3[01])",
    r"(?:0?[1-9]|1[0-2])",
    r"(?:(?:19|20)\d\d|'?\d\d)",
)
_MONTHS = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|jun[ie]?|jul[iy]?|aug(?:ustus)?"
    r"|sep(?:t(?:ember)?)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ORDINAL = (
    r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|\w+tiende|twintigste"
    r"|\w+twintigste|dertigste|eenendertigste|\d{1,2}(?:ste|de|e))"
)
_DATE = (
    rf"(?<!\d)(?:{_DAY} ?[-/. ] ?{_MONTH} ?[-/. ] ?{_YEAR}"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
    rf"|{_DAY}[ -]{_MONTHS}(?:[ -]{_YEAR})?"
    rf"|{_ORDINAL} (?:van )?{_MONTHS}(?: {_YEAR})?"
    rf"|(?:19|20)\d\d[-./ ]{_MONTH}[-./ ]{_DAY})(?!\d)"
)
# A date says something about a person where it is called the day of birth.
DATE_OF_BIRTH = re.compile(
    rf"(?:\b(?:geboren|geb\.?|geboorte\w*|gebdat|geb\.? ?dat|gd|g\.d\.?|dob"
    r"|jarig|verjaardag|verjaart|bevallen|bevalling|ter wereld)\b"
    rf"|\*)[^;\n]{{0,{NEAR}}}?({_DATE})"
    rf"|({_DATE})[^.;\n]{{0,{NEAR}}}?\b(?:geboren|jarig|ter wereld)\b",
    re.IGNORECASE,
)
_WHO = (
    r"(?:hij|zij|ze|leerlinge?|kind|jongen|meisje|zoon|dochter|moeder|vader|broer(?:tje)?|zus(?:je)?|oudste"
    r"|jongste|tweeling|baby|kleuter)"
)
_YEARS_OLD = (
    r"(?:\d{1,2}|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\w+tien|twintig)"
)
_FULL_DATE = rf"(?:{_DAY} {_MONTHS} (?:19|20)\d\d|{_DAY}[-/.]{_MONTH}[-/.](?:19|20)\d\d)"
# Said without the word: hij is van 3 mei 2011, zij wordt op 3 mei twaalf.
_SAID_TO_BE_BORN = re.compile(
    rf"\b{_WHO}(?: \w+)? (?:is|was|zijn) van ({_FULL_DATE})(?!\d)"
    rf"|\b(?:wordt|werd|is|was) (?:op |pas op )({_DATE})(?: al| pas)? "
    rf"{_YEARS_OLD}\b(?:[ -]?jaar\b|[.,]| en\b)"
    rf"|\b{_WHO}\b[^.;\n]{{0,15}}\(({_FULL_DATE})\)"
    rf"|\b(?:wordt|werd|is|was) {_YEARS_OLD}(?: jaar)? op ({_DATE})"
    rf"|\bgeboren (?:in )?({_MONTHS} (?:19|20)\d\d)\b",
    re.IGNORECASE,
)

_ACCOUNT = re.compile(r"[A-Z]{2}\d\d ?[A-Z]{4} ?$")
# An idea is born as well, and a school has its birthday.
_NOBODY_IS_BORN = re.compile(
    r"\b(?:idee|plan|aanpak|project|initiatief|samenwerking|school|praktijk|tandem|werkgroep|methode)\w*"
    r"(?: \w+)? (?:is|was|werd|bestaat)\b[^.;]{0,20}\b(?:geboren|jarig|jaar)\b",
    re.IGNORECASE,
)

Span = tuple[int, int]


def citizen_service_numbers(text: str) -> Iterator[Span]:
    """Numbers that pass the test of a citizen service number, and are not said to be another."""
    for found in _NINE_DIGITS.finditer(text):
        if is_bsn(found[0]) and not _is_another_number(text, found):
            yield found.span()


def perhaps_service_numbers(text: str) -> Iterator[Span]:
    """Numbers that are called one, also where a digit is wrong."""
    for found in _NINE_DIGITS.finditer(text):
        before = text[max(0, found.start() - NEAR) : found.start()]
        if _BSN_WORD.search(before) and not is_bsn(found[0]):
            yield found.span()


def _is_another_number(text: str, found: re.Match) -> bool:
    before = text[max(0, found.start() - NEAR) : found.start()]
    digits = sum(char.isdigit() for char in found[0])
    if _BSN_WORD.search(before):
        return False
    if _OTHER_NUMBER.search(before):
        return True
    # Eight digits are as often something else: a day, a number of the chamber of commerce.
    return digits == 8 or (
        found[0].startswith("0") and TELEPHONE.match(text, found.start()) is not None
    )


def is_bsn(text: str) -> bool:
    """Whether these digits pass the test of a citizen service number."""
    digits = [int(char) for char in text if char.isdigit()]
    digits = [0] * (len(WEIGHTS_OF_BSN) - len(digits)) + digits
    if len(digits) != len(WEIGHTS_OF_BSN):
        return False
    total = sum(weight * digit for weight, digit in zip(WEIGHTS_OF_BSN, digits, strict=True))
    return any(digits) and total % 11 == 0


def e_mail_addresses(text: str) -> Iterator[Span]:
    for found in (*E_MAIL.finditer(text), *_SPELT_OUT.finditer(text)):
        box = _SPELT_AT.sub("@", found[0]).replace(" ", "")
        if not _SHARED_BOX.match(box):
            yield found.span()


def telephone_numbers(text: str) -> Iterator[Span]:
    for found in TELEPHONE.finditer(text):
        # In an account number stand as many digits.
        in_account = _ACCOUNT.search(text[max(0, found.start() - NEAR) : found.start()])
        if _SHARED_NUMBER.match(found[0]) or in_account:
            continue
        if not _MOBILE.match(found[0]) and _is_of_an_organisation(text, found):
            continue
        yield found.span()


def _is_of_an_organisation(text: str, found: re.Match) -> bool:
    before = text[max(0, found.start() - 2 * NEAR) : found.start()]
    before = before[max(before.rfind(". "), before.rfind("\n")) + 1 :]
    return bool(_ORGANISATION.search(before)) and not _OF_A_FAMILY.search(
        before + text[found.end() : found.end() + NEAR // 2]
    )


def home_addresses(text: str) -> Iterator[Span]:
    for found in HOME_ADDRESS.finditer(text):
        before = text[max(0, found.start() - NEAR) : found.start()]
        if not _OFFICE.search(before) and not _OFFICE.match(found[0]):
            yield found.span()
    for found in _TYPED_POSTCODE.finditer(text):
        if not _OFFICE.search(text[max(0, found.start() - NEAR) : found.start()]):
            yield found.span()
    for address, lives in (
        (_STREET_AND_NUMBER, _LIVES_THERE),
        (_NUMBER_IN_STREET, _LIVES_THERE),
        (_ANY_STREET, _LIVES_SURELY),
    ):
        for found in address.finditer(text):
            around = text[max(0, found.start() - 2 * NEAR) : found.end() + 2 * NEAR]
            if lives.search(around) and not _OFFICE.search(around):
                yield found.span(1)


def dates_of_birth(text: str) -> Iterator[Span]:
    for found in DATE_OF_BIRTH.finditer(text):
        if not _NOBODY_IS_BORN.search(text[max(0, found.start() - NEAR) : found.end()]):
            yield found.span(1) if found[1] else found.span(2)
    for found in _SAID_TO_BE_BORN.finditer(text):
        if not _NOBODY_IS_BORN.search(text[max(0, found.start() - NEAR) : found.end()]):
            yield next(found.span(number) for number in range(1, 6) if found[number])
