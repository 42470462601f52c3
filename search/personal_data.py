"""Questions that look as if they say who somebody is: those are never kept.

It rather hides a question too many. Names of people are not recognised.
"""

import re

from privacy.identifiers import is_bsn

# All of these look in folded text (vocabulary/text.py): small letters, no accents, single spaces.
E_MAIL = re.compile(r"\w ?@ ?\w")
_BETWEEN_DIGITS = r"[ .()\-–/]{0,3}"
TELEPHONE = re.compile(
    # 020-1234567, 06 12 34 56 78
    rf"(?<!\d)0(?:{_BETWEEN_DIGITS}\d){{9}}(?!\d)"
    # 612345678
    r"|(?<!\d)6\d{8}(?!\d)"
    # +31 (0)6 12345678, 0032 9 123 45 67
    rf"|(?:\+|(?<!\d)00)(?:{_BETWEEN_DIGITS}\d){{9,15}}(?!\d)"
)
# Nine digits, also in groups; or eight, without the zero they begin with. All of them are looked
# at, also those that begin within another.
PERHAPS_BSN = re.compile(r"(?<!\d)(?=(\d(?:[ .\-]?\d){8}(?!\d)|\d{8}(?!\d)))")
# `2021 en 2022` is no postcode with a house number, nor is `2021 in 3 stappen`.
_POSTCODE = r"(?!(?:19|20)\d\d (?:en|of|in|op|om|te|de|is|na|nu|tm) )[1-9]\d{3} ?[a-z]{2}"
HOME_ADDRESS = re.compile(
    rf"(?<!\w){_POSTCODE}[ ,]*(?:nr\.? ?|nummer |huisnummer )?\d{{1,5}}(?!\d)"
    rf"|[a-z]{{3}} \d{{1,4}} ?[a-z]?[ ,]+{_POSTCODE}(?!\w)"
)
_DAY, _MONTH, _CENTURY = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)"
_MONTHS = "jan|feb|maa|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec"
# Whole dates, whatever happened that day.
DATE_OF_BIRTH = re.compile(
    rf"(?<!\d){_DAY} ?[-/.] ?{_MONTH} ?[-/.] ?{_CENTURY}?\d\d(?!\d)"
    rf"|(?<!\d){_DAY} {_MONTH} {_CENTURY}\d\d(?!\d)"
    rf"|(?<!\d){_CENTURY}\d\d ?[-/.] ?{_MONTH} ?[-/.] ?{_DAY}(?!\d)"
    rf"|(?<!\d){_DAY} (?:{_MONTHS})[a-z]*\.? {_CENTURY}?\d\d(?!\d)"
    rf"|(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]){_CENTURY}\d\d(?!\d)"
)
PATTERNS = [E_MAIL, TELEPHONE, HOME_ADDRESS, DATE_OF_BIRTH]


def looks_personal(text: str) -> bool:
    """Whether there may be an address, a number or a day of birth of a person in folded text."""
    return any(pattern.search(text) for pattern in PATTERNS) or any(
        is_bsn(number) for number in PERHAPS_BSN.findall(text)
    )
