"""Which lessons speak of a fact of the situation, and how many of each practice do.

The vocabulary says so: a term that has one of these names is what such lessons carry. Where it has
none, the words themselves are searched. Either way the number is that of a search, and the search
is the link. A free tag decides nothing until the project leader promotes it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import role_of
from content.languages import active_language
from practices.models import PracticePage
from search.index.finding import IndexNotReadyError, Look, safely
from search.index.texts import FACET_OF_KIND
from search.kinds import Kind
from search.labels import Labels, with_labels
from search.query import SearchQuery, Sort
from search.results import question_for
from vocabulary.models import TermKind


@dataclass(frozen=True)
class Wording:
    """What a fact is called."""

    # In the vocabulary: names, synonyms and abbreviations of terms.
    names: tuple[str, ...]
    # In a text, in the language of the reader. At most one of several words: two phrases in a
    # question must both be there.
    words: tuple[Promise, ...]


WORDINGS = {
    "grootte": Wording(
        names=("schoolgrootte", "kleine school", "grote school"), words=(_("school size"),)
    ),
    "omgeving": Wording(
        names=("dorp", "stad", "platteland"), words=(_("village"), _("city"), _("countryside"))
    ),
    "wijkteam": Wording(names=("wijkteam",), words=(_("neighbourhood team"),)),
    "budget": Wording(names=("financiering", "budget"), words=(_("funding"), _("budget"))),
}
# The filter that is a fact itself.
SCHOOL_TYPE = "schoolsoort"


@dataclass(frozen=True)
class Subject:
    """What a number of lessons are about, as a search over all practices."""

    label: str
    query: SearchQuery
    lang: str = ""
    # Found by words in the text instead of by a term.
    is_words: bool = False
    # By the key of the practice, as the index has it.
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class LessonsOn:
    """How many lessons of one practice are on a subject; the address gives exactly these."""

    subject: Subject
    count: int
    url: str


def lessons_of(practice: PracticePage, subjects: Iterable[Subject]) -> tuple[LessonsOn, ...]:
    def own(query: SearchQuery) -> SearchQuery:
        return query.with_filters(query.filters | {"praktijk": (practice.slug,)})

    return tuple(
        LessonsOn(
            subject,
            subject.counts.get(practice.translation_key.hex, 0),
            own(subject.query).address,
        )
        for subject in subjects
    )


def subjects_of(answers: dict[str, str], request) -> dict[str, list[Subject]] | None:
    """The subjects of these facts, each in one search; None while there is no index yet."""
    role, language = role_of(request.user), active_language()
    try:
        return safely(lambda look: _subjects(look, answers, request.user), role, language)
    except IndexNotReadyError:
        return None


def _subjects(look: Look, answers: dict[str, str], user) -> dict[str, list[Subject]]:
    look, labels = with_labels(look, user)
    return {
        name: [_counted(subject, look, labels) for subject in _named(name, answer, look)]
        for name, answer in answers.items()
    }


def _named(name: str, answer: str, look: Look) -> list[Subject]:
    if name == SCHOOL_TYPE:
        # Of all kinds of school, the one of the reader.
        terms = look.vocabulary.terms.values()
        return _by_terms({term.pk for term in terms if term.slug == answer}, look)
    wording = WORDINGS[name]
    called = {pk for text in wording.names for pk in look.vocabulary.synonyms.terms_named(text)}
    return _by_terms(called, look) or [_by_words([str(word) for word in wording.words])]


def _by_terms(pks: set[int], look: Look) -> list[Subject]:
    """The terms of one filter are one subject: a search takes any of them."""
    terms = sorted((look.vocabulary.terms[pk] for pk in pks), key=lambda term: term.order)
    by_filter = defaultdict(list)
    for term in terms:
        if term.kind in FACET_OF_KIND and term.kind != TermKind.TAG:
            by_filter[FACET_OF_KIND[term.kind]].append(term)
    return [
        Subject(
            label=", ".join(term.label(look.language) for term in of_filter),
            query=_lessons({name: tuple(term.slug for term in of_filter)}),
            lang=(
                ""
                if all(look.language in term.names for term in of_filter)
                else settings.LANGUAGE_CODE
            ),
        )
        for name, of_filter in by_filter.items()
    ]


def _by_words(words: list[str]) -> Subject:
    quoted = [f'"{word}"' if " " in word else word for word in words]
    # Precisely: a word that sounds like it says nothing about the situation.
    query = replace(_lessons({}), words=" ".join(quoted), precisely=True, sort=Sort.RELEVANCE)
    return Subject(label=", ".join(words), query=query, is_words=True)


def _lessons(filters: dict[str, tuple[str, ...]]) -> SearchQuery:
    return SearchQuery(filters={"soort": (Kind.LESSON.value,), **filters})


def _counted(subject: Subject, look: Look, labels: Labels) -> Subject:
    question = question_for(subject.query, labels, limit=1, with_snippets=False)
    return replace(subject, counts=look.find(question).counts.get("praktijk", {}))
