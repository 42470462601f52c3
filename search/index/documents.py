"""What goes into the index of a page, a file and a term: read in bulk, without page objects."""

import datetime
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import tantivy
from django.conf import settings
from django.utils import timezone

from content.languages import code_of
from content.models import ContentPage, PageDownload
from content.partial_dates import first_day
from files.models import Download, PageOfText
from lessons.models import Strength
from practices.models import PathStep
from search.index import openness
from search.index.analysis import LANGUAGES, forms_in, plain_words
from search.index.ranking import FULL, WEIGHTS, WORD
from search.index.schema import NUMBERED, column_of, number_of
from search.index.texts import Text, Word, texts_of, words
from search.kinds import Kind, kinds_of_pages
from vocabulary.models import TermKind
from vocabulary.text import fold

# So many pages are read at once: enough to be quick, few enough to stay small.
CHUNK = 500
# A title counts so many times in the ranking.
TITLE_COUNTS = 2
# More of one text is not shown and not ranked; a long report would drown what it is about.
LONGEST_TEXT = 200_000
# The place of a thing in the order of a second: the last bits of its key.
_KEY_BITS = 24
_STRENGTHS = {strength: place for place, strength in enumerate(Strength.values, start=1)}
_STRENGTH_BITS = 60


@dataclass(slots=True)
class Entry:
    """One document, before it becomes terms."""

    key: str
    kind: str
    title: str
    language: str
    item: str = ""
    who: list[str] = field(default_factory=list)
    hidden_for: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    moment: datetime.datetime | None = None
    published: datetime.datetime | None = None
    pk: int = 0
    # What is read and shown, and the titles and texts that only help to find it, by language.
    text: Text = field(default_factory=Text)
    found_by: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    weight: float = FULL


def page_key(pk: int) -> str:
    return f"page:{pk}"


def download_key(pk: int) -> str:
    return f"download:{pk}"


def term_key(pk: int) -> str:
    return f"term:{pk}"


# Pages


@dataclass(frozen=True, slots=True)
class PageRow:
    pk: int
    title: str
    summary: str
    locale_id: int
    translation_key: uuid.UUID
    content_type_id: int
    audience: str
    branch_audience: str
    practice_key: uuid.UUID | None
    expire_at: datetime.datetime | None
    branch_expire_at: datetime.datetime | None
    first_published_at: datetime.datetime | None

    @property
    def language(self) -> str:
        return code_of(self.locale_id)

    @property
    def who(self) -> str | None:
        return openness.term_for(self.audience, self.branch_audience, self.practice_key)

    @property
    def ends(self) -> list[datetime.datetime]:
        return [end for end in (self.expire_at, self.branch_expire_at) if end is not None]


def page_entries(pks: Iterable[int]) -> Iterator[Entry]:
    """The documents of these pages, as far as somebody may see them now or later."""
    now = timezone.now()
    kinds = kinds_of_pages()
    rows = _page_rows(kinds, pk__in=list(pks))
    if not rows:
        return
    groups: dict[uuid.UUID, list[PageRow]] = defaultdict(list)
    for row in _page_rows(kinds, translation_key__in=[row.translation_key for row in rows]):
        groups[row.translation_key].append(row)
    texts = texts_of([row.pk for group in groups.values() for row in group])
    for row in rows:
        twins = [twin for twin in groups[row.translation_key] if twin.pk != row.pk]
        yield _page_entry(row, twins, texts, kinds, now)


def _page_rows(kinds, **conditions) -> list[PageRow]:
    # An alias is a Dutch page in the tree of another language: it says nothing of its own.
    pages = ContentPage.objects.filter(
        live=True, alias_of=None, content_type__in=kinds, **conditions
    )
    fields = PageRow.__slots__
    return [PageRow(*values) for values in pages.values_list(*fields)]


def _page_entry(row: PageRow, twins: list[PageRow], texts, kinds, now) -> Entry:
    text = texts[row.pk]
    days = [_beginning(text.from_day)] if text.from_day else []
    ends = [end for one in (row, *twins) for end in one.ends]
    entry = Entry(
        key=page_key(row.pk),
        kind=kinds[row.content_type_id],
        title=row.title,
        language=row.language,
        item=row.translation_key.hex,
        moment=openness.next_moment([*ends, *days], now),
        published=row.first_published_at,
        pk=row.pk,
        weight=WEIGHTS.get(kinds[row.content_type_id], FULL),
        text=text,
    )
    who = row.who
    if who is None or any(end <= now for end in row.ends) or any(day > now for day in days):
        return entry
    entry.who = openness.terms_of_document(who)
    text.pieces.insert(0, ("", row.summary, ""))
    if row.practice_key:
        text.values["praktijk"].append(row.practice_key.hex)
    for twin in twins:
        twin_who = twin.who
        if twin_who is None or any(end <= now for end in twin.ends):
            continue
        entry.elsewhere += openness.in_language(twin.language, openness.terms_of_document(twin_who))
        if twin_who == who:
            # Only where the same people see both: else a hit would tell what the other one says.
            said = [twin.summary, *(piece for _, piece, _ in texts[twin.pk].pieces)]
            entry.found_by[twin.language] = (twin.title, said)
    return entry


def _beginning(day: str) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(first_day(day), datetime.time.min))


# Files


def words_in(download_pks: list[int]) -> dict[int, str]:
    """The words inside these files, as far as they were read."""
    found: dict[int, list[str]] = defaultdict(list)
    pages = PageOfText.objects.filter(text_of__in=download_pks).order_by("text_of", "number", "pk")
    for pk, text in pages.values_list("text_of", "text"):
        found[pk].append(text)
    return {pk: "\n".join(texts) for pk, texts in found.items()}


def download_entries(pks: Iterable[int]) -> Iterator[Entry]:
    """The documents of these files: for each circle of people what that circle may know of it.

    Which practices offer a file depends on the pages that somebody may see. So a file that pages
    with different audiences offer has a document for each of these; the narrowest that somebody
    may see tells all that this person may know, and takes the place of the wider ones.
    """
    pks = list(pks)
    now = timezone.now()
    offers = _offers(pks)
    inside = words_in(pks)
    # Another form of a sheet stands with that sheet.
    for file in (
        Download.objects.online()
        .filter(pk__in=pks, alternative_to=None)
        .values("pk", "title", "description", "language", "created_at")
    ):
        of_file = [(who, ends, key) for who, ends, key in offers[file["pk"]] if who]
        moment = openness.next_moment([end for _, ends, _ in of_file for end in ends], now)
        open_now = [(who, key) for who, ends, key in of_file if all(end > now for end in ends)]
        for entry in _download_circles(file, open_now, inside.get(file["pk"], "")):
            entry.moment = moment
            yield entry


def _download_circles(file, offers: list[tuple[str, str]], inside: str) -> Iterator[Entry]:
    circles = sorted({who for who, _ in offers}, key=lambda who: (-openness.width_of(who), who))
    if sum(openness.width_of(who) == openness.width_of(circles[-1]) for who in circles) > 1:
        # Practices beside each other: only who sees all sees what each of them offers.
        circles += openness.terms_of_document()
    for place, who in enumerate(circles or [None]):
        entry = Entry(
            key=download_key(file["pk"]),
            kind=Kind.DOWNLOAD,
            title=file["title"],
            language=file["language"],
            published=file["created_at"],
            pk=file["pk"],
        )
        if who is not None:
            narrower = circles[place + 1 :]
            entry.who = [who] if narrower else openness.terms_of_document(who)
            entry.hidden_for = narrower
            entry.text.add(file["description"])
            entry.text.add(inside, where="document")
            keys = {key for wide, key in offers if key and openness.includes(wide, who)}
            entry.text.values["praktijk"] += sorted(keys)
        yield entry


def _offers(pks: list[int]) -> dict[int, list[tuple[str | None, list, str]]]:
    """For each file the pages that offer it: who may see the page, its ends, its practice."""
    fields = ("audience", "branch_audience", "practice_key", "expire_at", "branch_expire_at")
    on_pages = PageDownload.objects.filter(download__in=pks, page__live=True)
    on_steps = PathStep.downloads.through.objects.filter(
        download__in=pks, pathstep__page__live=True
    )
    offers: dict[int, list[tuple[str | None, list, str]]] = defaultdict(list)
    for pk, audience, branch_audience, key, expire_at, branch_expire_at in [
        *on_pages.values_list("download", *(f"page__{name}" for name in fields)),
        *on_steps.values_list("download", *(f"pathstep__page__{name}" for name in fields)),
    ]:
        ends = [end for end in (expire_at, branch_expire_at) if end is not None]
        who = openness.term_for(audience, branch_audience, key)
        offers[pk].append((who, ends, key.hex if key else ""))
    return offers


# Terms


def term_entries(pks: Iterable[int] | None) -> Iterator[Entry]:
    """The documents of themes, elements and what is explained, which are open to everybody."""
    for word in words(pks).values():
        is_subject = word.active and word.kind in (TermKind.THEME, TermKind.ELEMENT)
        if not is_subject and not word.is_in_glossary:
            continue
        source = settings.LANGUAGE_CODE
        entry = Entry(
            key=term_key(word.pk),
            kind=Kind.THEME,
            title=word.names[source][0],
            language=source,
            who=openness.terms_of_document("public"),
            pk=word.pk,
            weight=FULL if is_subject else WORD,
        )
        entry.text.add(word.explanation[source])
        entry.text.add(*word.names[source][1:], where="synonym")
        entry.text.names = [name for names in word.names.values() for name in names]
        if word.kind == TermKind.THEME:
            entry.text.values["thema"].append(str(word.pk))
        for language, names in word.names.items():
            if language != source:
                entry.found_by[language] = (names[0], [*names[1:], word.explanation[language]])
        yield entry


# From an entry to a document of the index

# Between two texts: no word of a text, which are letters and digits.
_GAP = " . "


def document_of(entry: Entry, vocabulary: dict[int, Word]) -> tantivy.Document:
    document = tantivy.Document()
    add = document.add_text
    add("key", entry.key)
    if entry.item:
        add("item", entry.item)
    if entry.moment is not None:
        document.add_unsigned("moment", openness.seconds(entry.moment))
    if not entry.who:
        # Nobody sees it now: it only waits for its moment.
        return document
    for name in ("who", "hidden_for", "elsewhere"):
        for term in getattr(entry, name):
            add(name, term)
    _add_values(document, entry)
    _add_orders(document, entry)
    _add_words(document, entry, vocabulary)
    return document


def _add_values(document: tantivy.Document, entry: Entry) -> None:
    document.add_text("soort", entry.kind)
    document.add_text("kind", entry.kind)
    document.add_float("weight", entry.weight)
    # A term is for readers of every language.
    if entry.kind != Kind.THEME:
        document.add_text("taal", entry.language)
    for name, values in entry.text.values.items():
        for value in dict.fromkeys(values):
            document.add_text(name, value)
            if name in NUMBERED:
                document.add_unsigned(column_of(name), number_of(name, value))


def _add_orders(document: tantivy.Document, entry: Entry) -> None:
    published = int(entry.published.timestamp()) if entry.published else 0
    newest = (max(published, 0) << _KEY_BITS) | (entry.pk & ((1 << _KEY_BITS) - 1))
    strength = _STRENGTHS.get(next(iter(entry.text.values.get("sterkte", ())), ""), 0)
    document.add_unsigned("newest", newest)
    document.add_unsigned("strongest", (strength << _STRENGTH_BITS) | newest)
    document.add_text("by_title", f"{fold(entry.title)} {entry.key}")


def _add_words(document: tantivy.Document, entry: Entry, vocabulary: dict[int, Word]) -> None:
    tags = [vocabulary[pk] for pk in sorted(entry.text.terms) if pk in vocabulary]
    source = settings.LANGUAGE_CODE
    for tag in tags:
        entry.text.add((tag.names.get(entry.language) or tag.names[source])[0], where="tag")
    pieces = [(where, text[:LONGEST_TEXT], anchor) for where, text, anchor in entry.text.pieces]
    own = [text for _, text, _ in pieces]
    aside: list[str] = []
    for language in LANGUAGES:
        if language == entry.language:
            title, texts = entry.title, own
        elif language in entry.found_by:
            title, texts = entry.found_by[language]
            texts = [*texts, *(tag.names[language][0] for tag in tags if language in tag.names)]
        else:
            continue
        forms = [forms_in(text, language) for text in (*[title] * TITLE_COUNTS, *texts)]
        document.add_text(language, " ".join(form.ranking for each in forms for form in each))
        aside += [form.aside for each in forms for form in each if form.aside]
        if language == entry.language:
            # Once, and a phrase never runs from one text into the next.
            forms = forms[TITLE_COUNTS - 1 :]
            document.add_text("exact", _GAP.join(" ".join([f.exact for f in e]) for e in forms))
            document.add_text("stems", _GAP.join(" ".join([f.stems for f in e]) for e in forms))
    if aside:
        document.add_text("aside", " ".join(aside))
    titles = [entry.title, *(title for title, _ in entry.found_by.values())]
    document.add_text("title_words", " ".join(word for t in titles for word in plain_words(t)))
    for name in dict.fromkeys("".join(plain_words(n)) for n in (*titles, *entry.text.names)):
        if name:
            document.add_text("name", name)
    document.add_text("title", entry.title)
    document.add_text("parts", json.dumps(pieces, ensure_ascii=False, separators=(",", ":")))
