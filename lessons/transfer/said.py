"""What lessons say now, in the same form as what a row says: to compare, and to write out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.models import Revision

from content.models import PageSource, PageTerm
from lessons.models import LessonPage
from lessons.transfer.columns import CHOICES, PLAIN_TEXTS, RICH_TEXTS
from lessons.transfer.texts import clean_html, one_line, plain_text

FIELDS = ["title", "date", *CHOICES, *PLAIN_TEXTS, *RICH_TEXTS]


@dataclass(frozen=True)
class Said:
    """The texts and facts of one version of a lesson; terms by primary key, sources by title."""

    fields: dict[str, str]
    terms: frozenset[int]
    sources: tuple[str, ...]


def said_in_database(pks: Iterable[int]) -> dict[int, Said]:
    """What these lessons say as they stand in the database, by primary key: three queries."""
    pks = list(pks)
    terms: dict[int, set[int]] = defaultdict(set)
    for page, term in PageTerm.objects.filter(content_object__in=pks).values_list(
        "content_object", "tag"
    ):
        terms[page].add(term)
    sources: dict[int, list[str]] = defaultdict(list)
    for page, title in (
        PageSource.objects.filter(page__in=pks)
        .order_by("sort_order", "pk")
        .values_list("page", "title")
    ):
        sources[page].append(title)
    # Only what the caller chose already: who may see it was asked there.
    lessons = LessonPage.objects.filter(pk__in=pks).values("pk", *FIELDS)
    return {
        values["pk"]: _said(values, terms[values["pk"]], sources[values["pk"]])
        for values in lessons
    }


def said_in_drafts(revisions: Mapping[int, int]) -> dict[int, Said]:
    """What these revisions say, by the primary key of the lesson: one query.

    `revisions` has the primary key of the latest revision of each lesson.
    """
    contents = dict(Revision.objects.filter(pk__in=revisions.values()).values_list("pk", "content"))
    return {page: _said_in(contents[revision]) for page, revision in revisions.items()}


def _said_in(content: dict[str, Any]) -> Said:
    return _said(
        content,
        {row["tag"] for row in content.get("page_terms", [])},
        [row["title"] for row in content.get("sources", [])],
    )


def _said(values: Mapping[str, Any], terms: Iterable[int], sources: Iterable[str]) -> Said:
    fields = {name: _in_one_form(name, values.get(name) or "") for name in FIELDS}
    titles = (one_line(title) for title in sources)
    return Said(fields, frozenset(terms), tuple(dict.fromkeys(title for title in titles if title)))


def _in_one_form(name: str, text: str) -> str:
    if name in RICH_TEXTS:
        return clean_html(text)
    return plain_text(text) if name in PLAIN_TEXTS else one_line(text)
