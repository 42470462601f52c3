"""Lessons out of the site, as rows that `importing` reads back without a change."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import BooleanField, ExpressionWrapper, Q

from content.languages import code_of, source_locale
from lessons.models import LessonQuerySet
from lessons.transfer.columns import COLUMNS, TERM_KINDS
from lessons.transfer.known import Places, Vocabulary
from lessons.transfer.planning import ROWS_AT_ONCE, name_of
from lessons.transfer.said import FIELDS, Said, said_in_database
from lessons.transfer.writing import WrittenRow

BATCH = 10 * ROWS_AT_ONCE


def exported(lessons: LessonQuerySet, user) -> Iterator[WrittenRow]:
    """The lessons of this queryset that this person may see, a thousand in memory at most.

    A Dutch lesson comes before its translations, because those need it when they are read.
    """
    vocabulary, places = Vocabulary(), Places()
    is_dutch = Q(locale=source_locale())
    rows = (
        lessons.filter(alias_of=None)
        .visible_to(user)
        .order_by("number", ExpressionWrapper(is_dutch, BooleanField()).desc(), "pk")
        .values_list("pk", "external_id", "translation_key", "practice_key", "locale")
        .iterator(chunk_size=BATCH)
    )
    while batch := list(islice(rows, BATCH)):
        said = said_in_database(pk for pk, *_ in batch)
        for pk, external_id, key, practice_key, locale in batch:
            yield _row(said[pk], vocabulary) | {
                "external_id": name_of(external_id, key),
                "practice": places.slug_of(practice_key),
                "language": code_of(locale),
            }


def _row(said: Said, vocabulary: Vocabulary) -> WrittenRow:
    """All columns in their order; the caller fills in what the texts do not tell."""
    terms = [vocabulary[pk] for pk in said.terms]
    words = {
        column: sorted(term.name for term in terms if term.kind == kind)
        for column, kind in TERM_KINDS.items()
    }
    values = {name: said.fields[name] for name in FIELDS} | words | {"source": [*said.sources]}
    return {name: values.get(name, "") for name in COLUMNS}
