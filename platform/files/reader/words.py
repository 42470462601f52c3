"""Text as a reader would write it down: whole words, plain letters, no signs that are not seen."""

import re
import unicodedata

LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
)
NEW_LINES = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
SPACES = re.compile(r"[^\S\n]+")
LINE_END = re.compile(r" ?\n ?")
EMPTY_LINES = re.compile(r"\n{3,}")


def readable(text: str) -> str:
    """The text in NFC without invisible signs, with at most one empty line, its words whole."""
    text = NEW_LINES.sub("\n", text.translate(LIGATURES))
    text = "".join(char for char in text if not _is_invisible(char))
    text = join_broken_words(SPACES.sub(" ", unicodedata.normalize("NFC", text)))
    # Afterwards: where a hyphen that nobody sees was taken out, two spaces may meet.
    text = LINE_END.sub("\n", SPACES.sub(" ", text))
    return EMPTY_LINES.sub("\n\n", text).strip()


def _is_invisible(char: str) -> bool:
    """Controls, halves of characters (which cannot be stored), signs without a meaning here."""
    if char in "\n\t" or char == SOFT_HYPHEN:
        return False
    return unicodedata.category(char) in {"Cc", "Cs", "Cn", "Cf", "Co"}


SOFT_HYPHEN = "\u00ad"
SOFT_BREAK = re.compile(rf"{SOFT_HYPHEN}+(?:[ \t]*\n[ \t]*(?=[^\W\d_]))?")
LONGEST_PART = 40
# Letters and digits on both sides of a hyphen and the end of a line.
BROKEN = re.compile(rf"(?<=[^\W_])[-\u2010][ \t]*\n[ \t]*(?=([^\W_]{{1,{LONGEST_PART}}}))")
LAST_PART = re.compile(r"[^\W_]*\Z")
PART = rf"[^\W_]{{1,{LONGEST_PART}}}"
COMPOUND = re.compile(rf"(?<![^\W_]){PART}-{PART}(?![^\W_])")

# After these the first word waits for the end of the second: "school- en thuissituatie".
CONJUNCTIONS = {"en", "én", "of", "óf", "tot", "noch", "and", "or"}
# First parts that Dutch writes with a hyphen, and that are the beginning of no longer word.
FIRST_PARTS = {"mbo", "hbo", "vmbo", "sbo", "havo", "niet", "sociaal", "pedagogisch", "adjunct"}
VOWELS = set("aeiouy")
# Two the same vowels that meet in a compound keep the hyphen ("auto-ongeluk", "twee-eenheid"); in
# one word there would be a diaeresis instead ("coördinatie", "geëvalueerd", "creëren").
MEETING = re.compile(r"(?:a-a|i-i|u-u|(?<!c)o-o|(?:e|i)e-e)\Z")


def join_broken_words(text: str) -> str:
    """Words that a line end broke in two are whole again; hyphens that belong there stay.

    `ontwik-⏎kelingen` becomes `ontwikkelingen`, `Noord-⏎Holland` becomes `Noord-Holland`, and
    `school-⏎en thuis` becomes `school- en thuis`. Where the text itself has the word with its
    hyphen somewhere else, it keeps it here. No letter or digit is ever lost.
    """
    text = SOFT_BREAK.sub("", text)
    compounds = {match[0].lower() for match in COMPOUND.finditer(text)}

    def joint(match: re.Match[str]) -> str:
        start = match.start()
        before = LAST_PART.search(text[max(0, start - LONGEST_PART) : start])
        first, second = before[0] if before else "", match[1]
        if second.lower() in CONJUNCTIONS:
            return "- "
        known = f"{first}-{second}".lower() in compounds
        return "-" if known or _keeps_hyphen(first, second) else ""

    return BROKEN.sub(joint, text)


def _keeps_hyphen(first: str, second: str) -> bool:
    plain = _without_accents(first.lower())
    return (
        not second[0].islower()  # Noord-Holland, 2023-2024
        or len(first) == 1  # e-mail
        or any(char.isdigit() for char in first)  # 12-jarige
        or first.isupper()  # GGD-arts
        or VOWELS.isdisjoint(plain)  # ggz-instelling: no syllable is without a vowel
        or plain in FIRST_PARTS
        or MEETING.search(f"{plain[-2:]}-{_without_accents(second[0])}") is not None
    )


def _without_accents(text: str) -> str:
    return "".join(
        char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char)
    )
