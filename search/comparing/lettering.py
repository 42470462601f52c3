"""How much room words take in a drawing: its lines do not break by themselves, as HTML does."""

import unicodedata
from collections.abc import Iterator

SOFT_HYPHEN = "\u00ad"
JOINER = "\u200d"
ELLIPSIS = "…"

# The width of characters as part of the size of the text: the wider of the ordinary and the bold
# letters of Hanken Grotesk.
WIDTHS = {
    **dict.fromkeys("ijlI.,:;'!|()[]‘’“”", 0.29),
    **dict.fromkeys("frt-–/", 0.44),
    **dict.fromkeys("ABEFJLPRSTYZ", 0.64),
    **dict.fromkeys("CDGHKNOQUVX&…%w\N{MINUS SIGN}", 0.77),
    **dict.fromkeys("mM@", 0.88),
    "W": 0.99,
    " ": 0.27,
}
OTHER_WIDTH = 0.59
# Letters of other scripts and signs, which come from another font.
FOREIGN_WIDTH = 0.95
WIDE = 1.35
# A browser without our font uses one that may be wider.
ROOM_FOR_OTHER_FONTS = 1.05


def width_of(text: str, size: float) -> float:
    """The estimated width of a text; rather a little too much than too little."""
    return sum(map(_width_of_character, text)) * size * ROOM_FOR_OTHER_FONTS


def wrapped(text: str, size: float, width: float, most_lines: int = 2) -> list[str]:
    """The text in at most so many lines of this width; what does not fit gives an ellipsis.

    A word that is too long for a line is broken with a hyphen, between letters and never inside
    one: a letter with its accents, or a drawn family, stays whole.
    """
    lines: list[str] = []
    for word in text.split():
        for place, part in enumerate(_parts(word, size, width)):
            longer = f"{lines[-1]} {part}" if lines else part
            if lines and not place and width_of(longer, size) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
    if len(lines) > most_lines:
        return [*lines[: most_lines - 1], _with_ellipsis(lines[most_lines - 1], size, width)]
    return lines


def fits(text: str, size: float, width: float, most_lines: int = 2) -> bool:
    """Whether all of the text has room, without a broken word."""
    lines = wrapped(text, size, width, most_lines)
    return " ".join(lines) == " ".join(text.replace(SOFT_HYPHEN, "").split())


def shortened(text: str, size: float, width: float) -> str:
    """The text on one line, as far as it fits."""
    text = text.replace(SOFT_HYPHEN, "")
    return text if width_of(text, size) <= width else _with_ellipsis(text, size, width)


def characters(text: str) -> Iterator[str]:
    """The text in what a reader sees as one character each."""
    cluster = ""
    for char in text:
        if cluster and (_joins(char) or cluster[-1] == JOINER or _is_half_a_flag(cluster, char)):
            cluster += char
            continue
        if cluster:
            yield cluster
        cluster = char
    if cluster:
        yield cluster


def _parts(word: str, size: float, width: float) -> list[str]:
    """A word as it stands on its lines: whole, or in parts that each fit."""
    whole = word.replace(SOFT_HYPHEN, "")
    if width_of(whole, size) <= width:
        return [whole]
    parts = [""]
    for piece in _pieces(word, size, width):
        if parts[-1] and width_of(f"{parts[-1]}{piece}-", size) > width:
            parts[-1] = f"{parts[-1].removesuffix('-')}-"
            parts.append("")
        parts[-1] += piece
    return parts


def _pieces(word: str, size: float, width: float) -> Iterator[str]:
    """Where a word may be broken: where its writer says so, else between any two characters."""
    syllables = [syllable for syllable in word.split(SOFT_HYPHEN) if syllable]
    for syllable in syllables:
        if len(syllables) > 1 and width_of(f"{syllable}-", size) <= width:
            yield syllable
        else:
            yield from characters(syllable)


def _with_ellipsis(text: str, size: float, width: float) -> str:
    """The beginning of the text: whole words, or else as much of one as fits."""
    kept = list(characters(text))
    while kept and width_of("".join(kept) + ELLIPSIS, size) > width:
        kept.pop()
    beginning = "".join(kept)
    if " " in beginning and text[len(beginning) :][:1].strip():
        beginning = beginning.rpartition(" ")[0]
    return beginning.rstrip(" ,.;:-–") + ELLIPSIS


def _width_of_character(char: str) -> float:
    if char in WIDTHS:
        return WIDTHS[char]
    if _joins(char) and unicodedata.category(char) != "Mc":
        return 0
    if unicodedata.east_asian_width(char) in "WF" or unicodedata.category(char) == "So":
        return WIDE
    # Accents on a letter take no room of their own.
    bare = unicodedata.normalize("NFD", char)[0]
    if bare != char:
        return _width_of_character(bare)
    return OTHER_WIDTH if char.isascii() else FOREIGN_WIDTH


def _joins(char: str) -> bool:
    """Whether this belongs to the character before it."""
    is_tone_of_skin = "\U0001f3fb" <= char <= "\U0001f3ff"
    return is_tone_of_skin or unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf")


def _is_half_a_flag(cluster: str, char: str) -> bool:
    return len(cluster) == 1 and all("\U0001f1e6" <= one <= "\U0001f1ff" for one in (cluster, char))
