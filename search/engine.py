"""Which things hold the words of a question, best first. Nothing here knows who asks.

One function, `matching`, so that another engine can take its place.
"""

import re

from wagtail.search.backends import get_search_backend

from content.models import ContentPage
from files.models import Download
from vocabulary.models import Term, TermKind
from vocabulary.text import fold

# A page, a download or a term, with its primary key.
Key = tuple[str, int]
PAGE, DOWNLOAD, TERM = "page", "download", "term"

# More words than this make a question of the database too deep.
MOST_WORDS = 40
# Letters and digits, with the apostrophe of `ib'er`: nothing that a database reads as an operator.
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def matching(query: str) -> list[Key]:
    """Everything that holds one of the words of the query, whoever may see it, best first."""
    words = words_of(query)
    if not words:
        return []
    rankings = [
        [(PAGE, pk) for pk in _search(ContentPage.objects.all(), words)],
        [(DOWNLOAD, pk) for pk in _search(Download.objects.all(), words)],
        [(TERM, pk) for pk in _search_terms(words)],
    ]
    # The scores of pages, downloads and terms cannot be compared; their places can.
    places = [
        (place, number, key)
        for number, ranking in enumerate(rankings)
        for place, key in enumerate(ranking)
    ]
    return [key for _place, _number, key in sorted(places)]


def words_of(query: str) -> list[str]:
    """The different words of a query, as they are written and without accents."""
    words = [*WORD.findall(query.casefold().replace("’", "'")), *WORD.findall(fold(query))]
    return list(dict.fromkeys(words))[:MOST_WORDS]


def _search(queryset, words: list[str]) -> list[int]:
    found = get_search_backend().search(" ".join(words), queryset.only("pk"), operator="or")
    return [item.pk for item in found]


def _search_terms(words: list[str]) -> list[int]:
    """Themes and elements by name, definition and synonyms: a short list, so read as a whole."""
    terms = Term.objects.of_kind(TermKind.THEME, TermKind.ELEMENT)
    scores = {
        term.pk: _score(term, words) for term in terms.prefetch_related("translations", "synonyms")
    }
    found = [pk for pk, score in scores.items() if score]
    return sorted(found, key=lambda pk: (-scores[pk], pk))


def _score(term: Term, words: list[str]) -> int:
    """A word in a name counts three times, in the definition once."""
    translations = term.translations.all()
    names = [term.name, *(t.name for t in translations), *(s.word for s in term.synonyms.all())]
    texts = [term.definition, *(t.definition for t in translations)]
    return 3 * _shared(words, names) + _shared(words, texts)


def _shared(words: list[str], texts: list[str]) -> int:
    return len(set(words).intersection(WORD.findall(fold(" ".join(texts)))))
