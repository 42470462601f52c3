"""One text for a question in all its spellings."""

from search.personal_data import looks_personal
from search.query import MOST_CHARACTERS, clean
from vocabulary.text import fold

LONGEST_QUESTION = 100
# Stands in the report as it is, among the questions.
POSSIBLY_PERSONAL = "[mogelijk persoonsgegeven]"


def normalised(words: str) -> str:
    """One text for a question in all its spellings; the same for all that may be personal."""
    text = fold(clean(words[:MOST_CHARACTERS]))
    return POSSIBLY_PERSONAL if looks_personal(text) else text[:LONGEST_QUESTION].strip()
