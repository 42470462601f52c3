"""How words are compared: without accents, case or doubled spaces."""

import unicodedata


def fold(text: str) -> str:
    """`  Oúders ` and `ouders` are one word: accents, case and outer or doubled space fall away."""
    if text.isascii():
        # Most words: nothing to take apart.
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.replace("’", "'").casefold().split())
