"""Terms with their synonyms and translations."""

from home.start_content.publishing import note, was_loaded
from home.start_content.texts import line, read
from vocabulary.models import Synonym, Term, TermKind, TermTranslation
from vocabulary.text import fold

# Phases and levels follow the order of the file; other kinds are in alphabetical order.
ORDERED_KINDS = {TermKind.PHASE, TermKind.LEVEL, TermKind.SCHOOL_TYPE, TermKind.TARGET_GROUP}


def load_vocabulary() -> int:
    """Add the terms that no load made before; returns how many."""
    known = set(Term.objects.values_list("key", flat=True))
    new = 0
    for place, entry in enumerate(read("vocabulary.toml")["term"], start=1):
        key = f"term:{entry['slug']}"
        if not was_loaded(key) and fold(entry["name"]) not in known:
            note(_add(entry, place), key)
            new += 1
    return new


def _add(entry: dict, place: int) -> Term:
    source = entry.get("source", {})
    publisher = source.get("publisher")
    term = Term.objects.create(
        kind=entry["kind"],
        slug=entry["slug"],
        name=entry["name"],
        definition=line(entry["definition"]),
        plain=entry.get("plain", ""),
        source_title=", ".join(part for part in (source.get("title"), publisher) if part),
        source_url=source.get("url", ""),
        sort_order=place if entry["kind"] in ORDERED_KINDS else 0,
    )
    english = entry["en"]
    TermTranslation.objects.create(
        term=term, language="en", name=english["name"], definition=line(english["definition"])
    )
    words = [
        *(Synonym(word=word) for word in entry.get("synonyms", [])),
        *(Synonym(word=word, one_way=True) for word in entry.get("one_way", [])),
        *(Synonym(word=word, capitals_only=True) for word in entry.get("capitals_only", [])),
        *(Synonym(word=word, language="en") for word in english.get("synonyms", [])),
    ]
    for sort_order, synonym in enumerate(words):
        synonym.term = term
        synonym.sort_order = sort_order
        synonym.save()
    return term


class Vocabulary:
    """The terms by slug, looked up once for a whole load."""

    def __init__(self):
        self._terms = {term.slug: term for term in Term.objects.all()}

    def __getitem__(self, slug: str) -> Term:
        return self._terms[slug]

    def get(self, slug: str | None) -> Term | None:
        return self._terms[slug] if slug else None

    def all(self, *groups: list[str]) -> list[Term]:
        return [self._terms[slug] for group in groups for slug in group]
