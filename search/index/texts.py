"""What the pages, files and words of the database say, read in bulk: plain text, in pieces."""

import html
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps

from content.models import PageTerm
from lessons.models import LessonPage
from practices.models import (
    DevelopmentPathPage,
    Partner,
    PathStep,
    PracticeElement,
    PracticePage,
    TeamRole,
)
from search.index.schema import value_of_school
from vocabulary.models import Term

_TAG = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class Text:
    """What one page says. A piece is (where, text, anchor); `where` is empty for running text."""

    pieces: list[tuple[str, str, str]] = field(default_factory=list)
    # Other names of the thing itself: the place of a practice, the school of a path.
    names: list[str] = field(default_factory=list)
    # The values of the filters, by name.
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    # Terms, by primary key: their names are words of the page too.
    terms: set[int] = field(default_factory=set)
    # The first day of which this is news, as it is written; nothing is shown before.
    from_day: str = ""

    def add(self, *texts: str, where: str = "", anchor: str = "") -> None:
        for text in texts:
            if text:
                self.pieces.append((where, text, anchor))


def plain(rich_text: str) -> str:
    """The words of rich text; where a paragraph ends stands a space."""
    if "<" in rich_text or "&" in rich_text:
        rich_text = html.unescape(_TAG.sub(" ", rich_text))
    return " ".join(rich_text.split())


def texts_of(pks: list[int]) -> dict[int, Text]:
    """The texts of these pages, in a number of queries that does not depend on how many there are.

    Only what their own page type adds: the title and summary stand on every page.
    """
    texts: dict[int, Text] = defaultdict(Text)
    for read in (_lessons, _practices, _paths, _news, _information):
        read(pks, texts)
    for page, term, kind in PageTerm.objects.filter(content_object__in=pks).values_list(
        "content_object", "tag", "tag__kind"
    ):
        texts[page].terms.add(term)
        if kind in FACET_OF_KIND:
            texts[page].values[FACET_OF_KIND[kind]].append(str(term))
    return texts


FACET_OF_KIND = {
    "school_type": "schoolsoort",
    "theme": "thema",
    "element": "element",
    "domain": "domein",
    "profession": "beroep",
    "level": "niveau",
    "phase": "fase",
    "tag": "tag",
}


def _lessons(pks: Iterable[int], texts: dict[int, Text]) -> None:
    extra = LessonPage._meta.get_field("extra")
    for row in LessonPage.objects.filter(pk__in=pks).values(
        *("pk", "situation", "action", "result", "lesson", "advice", "caution", "extra"),
        *("outcome", "strength", "date"),
    ):
        text = texts[row["pk"]]
        text.add(row["lesson"])
        for name in ("situation", "action", "result", "advice", "caution"):
            text.add(plain(row[name]))
        text.add(*_in_stream(extra, row["extra"]))
        text.values["uitkomst"].append(row["outcome"])
        text.values["sterkte"].append(row["strength"])
        if row["date"]:
            text.values["jaar"].append(row["date"][:4])
    schools = LessonPage.paths.through.objects.filter(lessonpage__in=pks)
    for page, school in schools.values_list("lessonpage", "developmentpathpage__translation_key"):
        texts[page].values["school"].append(value_of_school(school))


def _practices(pks: Iterable[int], texts: dict[int, Text]) -> None:
    fields = (
        "place", "region", "starting_point", "vision", "education", "education_note",
        "commissioner", "commissioner_note", "connector", "hard", "status_text", "status_note",
        "unknown", "contact_role",
    )  # fmt: skip
    for row in PracticePage.objects.filter(pk__in=pks).values("pk", "current_phase", *fields):
        text = texts[row["pk"]]
        text.names += [row["place"]]
        text.add(*(plain(row[name]) for name in fields))
        if row["current_phase"]:
            text.values["fase"].append(str(row["current_phase"]))
    if not any(pk in texts for pk in pks):
        return
    for page, role, note, profession in TeamRole.objects.filter(page__in=pks).values_list(
        "page", "role", "note", "profession"
    ):
        texts[page].add(role, note, where="team")
        if profession:
            texts[page].values["beroep"].append(str(profession))
    for page, name, role in Partner.objects.filter(page__in=pks).values_list(
        "page", "name", "role"
    ):
        texts[page].add(name, role, where="partner")
    for page, sentence in PracticeElement.objects.filter(page__in=pks).values_list(
        "page", "sentence"
    ):
        texts[page].add(sentence)


def _paths(pks: Iterable[int], texts: dict[int, Text]) -> None:
    found = False
    for row in DevelopmentPathPage.objects.filter(pk__in=pks).values(
        *("pk", "school", "place", "note", "status_text", "start", "translation_key"),
        "school_type",
    ):
        found = True
        text = texts[row["pk"]]
        text.names += [row["school"]]
        text.add(row["school"], row["place"], row["note"], row["status_text"])
        text.values["school"].append(value_of_school(row["translation_key"]))
        if row["school_type"]:
            text.values["schoolsoort"].append(str(row["school_type"]))
    if not found:
        return
    steps = PathStep.objects.filter(page__in=pks).order_by("sort_order", "pk")
    for pk, page, phase, title, body, result in steps.values_list(
        "pk", "page", "phase", "title", "text", "result"
    ):
        text = texts[page]
        text.add(title, plain(body), plain(result), where="step", anchor=f"stap-{pk}")
        text.values["fase"].append(str(phase))
    roles = PathStep.roles.through.objects.filter(pathstep__page__in=pks)
    for page, role in roles.values_list("pathstep__page", "term"):
        texts[page].values["beroep"].append(str(role))


def _news(pks: Iterable[int], texts: dict[int, Text]) -> None:
    # Named, not imported: `home` stands beside.
    news = apps.get_model("home.NewsPage").objects.filter(pk__in=pks)
    for pk, date, body in news.values_list("pk", "date", "body"):
        text = texts[pk]
        text.add(plain(body))
        text.values["jaar"].append(date[:4])
        text.from_day = date


def _information(pks: Iterable[int], texts: dict[int, Text]) -> None:
    model = apps.get_model("home.InformationPage")
    body = model._meta.get_field("body")
    for pk, value in model.objects.filter(pk__in=pks).values_list("pk", "body"):
        texts[pk].add(*_in_stream(body, value))


def _in_stream(stream_field, value) -> list[str]:
    return [plain(text) for text in stream_field.get_searchable_content(value)] if value else []


@dataclass(frozen=True, slots=True)
class Word:
    """A term with its names and explanation in each language."""

    pk: int
    kind: str
    active: bool
    is_in_glossary: bool
    names: dict[str, list[str]]
    explanation: dict[str, str]


def words(pks: Iterable[int] | None = None) -> dict[int, Word]:
    """All terms, or these, with their synonyms, in three queries."""
    terms = Term.objects.prefetch_related("translations", "synonyms")
    if pks is not None:
        terms = terms.filter(pk__in=pks)
    return {term.pk: _word(term) for term in terms}


def _word(term: Term) -> Word:
    names: dict[str, list[str]] = defaultdict(list)
    names["nl"].append(term.name)
    explanation = {"nl": term.definition}
    for translation in term.translations.all():
        names[translation.language].append(translation.name)
        explanation[translation.language] = translation.definition
    for synonym in term.synonyms.all():
        names[synonym.language].append(synonym.word)
    return Word(term.pk, term.kind, term.active, term.is_in_glossary, dict(names), explanation)
