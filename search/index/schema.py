"""What the index holds of each thing that can be found."""

from uuid import UUID

import tantivy

# Another number is another folder: the index is made anew when what it holds changes.
VERSION = 5

# The filters, by the name of their parameter. Each is a field with the values of a document.
FACETS = (
    "soort", "praktijk", "school", "schoolsoort", "thema", "element", "domein", "beroep", "niveau",
    "fase", "uitkomst", "sterkte", "tag", "jaar", "taal",
)  # fmt: skip
# There can be thousands of values of these, and numbers are counted in half the time of texts. Each
# is a number written in this base with at least so many digits, and has a column of its own.
NUMBERED = {"tag": (10, 1), "school": (16, 13)}
# The number of the last change that the index holds stands in a document of the index itself, so
# that the two are committed together.
NOTE = "note"
# Terms stand ready with spaces between them: the analysis is ours (search/index/analysis.py).
SPACES = "spaces"
RAW = "raw"


def column_of(name: str) -> str:
    """Where the values of a filter are counted."""
    return f"{name}_number" if name in NUMBERED else name


def number_of(name: str, value: str) -> int:
    return int(value, NUMBERED[name][0])


class _Values(dict[float, str]):
    """The values of a filter by their numbers; the engine counts everything as a fraction."""

    def __init__(self, base: int, digits: int):
        self._form = f"0{digits}{'x' if base == 16 else 'd'}"

    def __missing__(self, number: float) -> str:
        return self.setdefault(number, format(int(number), self._form))


# As many as there are in the index: thousands, of which each is written out once.
VALUES = {name: _Values(*form) for name, form in NUMBERED.items()}


def value_of_school(key: UUID) -> str:
    """As much of the key of a path as fits in a number that a fraction holds exactly."""
    return key.hex[: NUMBERED["school"][1]]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # `page:12`; some things have more than one document, of which each person sees one.
    builder.add_text_field("key", stored=True, tokenizer_name=RAW, index_option="basic")
    # What a page and its translations have in common.
    builder.add_text_field("item", stored=True, tokenizer_name=RAW, index_option="basic")
    # Who may see it (search/index/openness.py), and who sees another document instead: always, or
    # because it is the same in the language that this person reads (`nl:public`).
    for name in ("who", "hidden_for", "elsewhere"):
        builder.add_text_field(name, tokenizer_name=RAW, index_option="basic")
    # The second at which it has to be looked at again, because something begins or ends then.
    builder.add_unsigned_field("moment", indexed=True, fast=True)
    for name in FACETS:
        fast = name not in NUMBERED
        builder.add_text_field(name, tokenizer_name=RAW, index_option="basic", fast=fast)
    for name in NUMBERED:
        builder.add_unsigned_field(column_of(name), fast=True)
    # For ranking: the terms of each language, titles twice; and the halves of names.
    for name in ("nl", "en", "aside"):
        builder.add_text_field(name, tokenizer_name=SPACES, index_option="freq")
    # Words as they are written and their stems, for phrases, beginnings of words and spelling.
    for name in ("exact", "stems"):
        builder.add_text_field(name, tokenizer_name=SPACES, index_option="position")
    # The words of the title, and whole names: title, place, school, synonyms.
    builder.add_text_field("title_words", tokenizer_name=SPACES, index_option="basic")
    builder.add_text_field("name", tokenizer_name=RAW, index_option="basic")
    for name in ("kind", "title", "parts", NOTE):
        builder.add_text_field(name, stored=True, tokenizer_name=RAW, index_option="basic")
    # Orders that end in the key, so that no two things change places.
    builder.add_text_field("by_title", tokenizer_name=RAW, index_option="basic", fast=True)
    # What its score is multiplied by (search/index/ranking.py).
    builder.add_float_field("weight", fast=True)
    builder.add_unsigned_field("newest", fast=True)
    builder.add_unsigned_field("strongest", fast=True)
    return builder.build()


SCHEMA = _schema()


def open_index(path: str) -> tantivy.Index:
    """The index in this folder, or a new one in an empty folder. Raises ValueError when broken."""
    index = tantivy.Index(SCHEMA, path)
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    # Tantivy forgets its analysers at every opening.
    index.register_tokenizer(SPACES, builder.build())
    # We look ourselves whether something was committed: no thread that watches the folder.
    index.config_reader("manual")
    return index
