"""One question, asked of some practices beside each other: what do their lessons say about it?"""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.roles import role_of
from content.languages import active_language
from content.meta import whole_address
from practices.models import PracticePage
from search.comparing.chosen import FEWEST, MOST
from search.comparing.question_words import (
    LESSONS,
    Count,
    Word,
    address_of,
    own_words,
    shared_words,
    words_of,
)
from search.formats import file_links
from search.index.finding import Answer, Hit, IndexNotReadyError, Look, safely
from search.index.snippets import GAP, Marker, marked_text
from search.kinds import Kind
from search.labels import Labels, with_labels
from search.lines import Line, lines_of
from search.query import SearchQuery
from search.results import Link, question_for, with_known_values

# So many lessons of a practice stand in its column; the others are behind a link.
MOST_LESSONS = 3
# The engine is asked once for all practices, and once for each column.
MOST_SEARCHES = 1 + MOST


@dataclass(frozen=True)
class FoundLesson:
    """A lesson with what it learned, and the piece in which the question was found."""

    line: Line
    sentence: SafeString
    # Only where it stands outside the sentence.
    snippet: str = ""


@dataclass(frozen=True)
class Column:
    practice: PracticePage
    title: str
    url: str
    lessons: list[FoundLesson]
    count: Count
    # Of every kind, the lessons among them.
    results: Count
    own_words: list[Word]
    # Empty where too few would be left.
    url_without: str

    @property
    def sign(self) -> str:
        return f"sign-{self.practice.sign}"

    @property
    def lang(self) -> str:
        return self.practice.language_of_text


@dataclass(frozen=True)
class Option:
    """A practice to choose, with the number of its lessons about the question."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class QuestionComparison:
    """The question with the practices that stand beside each other among its filters."""

    query: SearchQuery
    notices: list[str]
    columns: list[Column] = field(default_factory=list)
    shared_words: list[Word] = field(default_factory=list)
    choices: list[Link] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    also_searched: list[str] = field(default_factory=list)
    did_you_mean: str | None = None
    is_ready: bool = True

    @property
    def count(self) -> int:
        """How many lessons the columns have."""
        return sum(column.count.number for column in self.columns)

    @property
    def shared_by_column(self) -> list[tuple[Word, list[tuple[Column, Count]]]]:
        """Each shared word with its counts beside their columns."""
        return [
            (word, list(zip(self.columns, word.counts, strict=True))) for word in self.shared_words
        ]

    @property
    def address(self) -> str:
        return question_address(self.query)

    @property
    def whole_address(self) -> str:
        return whole_address(self.address)

    @property
    def search_address(self) -> str:
        """The same question as a list of results."""
        return self.query.address

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What another question keeps of this one: its practices and filters."""
        return self.query.chosen

    @property
    def kept_filters(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.query.chosen if name != "praktijk"]

    @property
    def meant(self) -> Link | None:
        """The same question with the words that were probably meant."""
        if not self.did_you_mean:
            return None
        return Link(self.did_you_mean, question_address(self.query.asking(self.did_you_mean)))

    @property
    def exactly(self) -> Link | None:
        """The same question with nothing but the words as they are typed."""
        if not (self.also_searched or self.did_you_mean):
            return None
        return Link(_("Only these exact words"), question_address(self.query.exactly()))

    @property
    def files(self) -> list[Link]:
        """The comparison in each format."""
        return file_links("compare_question_export", self.query.parameters())

    @property
    def carried(self) -> str:
        """What other ways of comparing take over of this choice."""
        practices = {"praktijk": self.query.filters.get("praktijk", ())}
        return SearchQuery().with_filters(practices).parameters()


def question_address(query: SearchQuery) -> str:
    return f"{reverse('compare_question')}?{_plain(query).parameters()}".rstrip("?")


def compare_on_question(query: SearchQuery, request: HttpRequest) -> QuestionComparison:
    """What the lessons say to this person, or that there is nothing to search in yet."""
    query = _plain(query)
    try:
        return safely(
            lambda look: _compare(look, query, request), role_of(request.user), active_language()
        )
    except IndexNotReadyError:
        preparing = _("The search is being prepared. Try again in a minute.")
        return QuestionComparison(query, [*query.notices, preparing], is_ready=False)


def _plain(query: SearchQuery) -> SearchQuery:
    """The question itself: always the best first, and never in groups."""
    query = query.grouped(False)
    return query.sorted_by(query.default_sort)


def _compare(look: Look, query: SearchQuery, request: HttpRequest) -> QuestionComparison:
    look, labels = with_labels(look, request.user)
    query, asked = _read(query, labels, look)
    if not query.words:
        options = _options(labels, {}, asked)
        query = query.with_filters(query.filters | {"praktijk": asked})
        return QuestionComparison(query, list(query.notices), options=options)
    overall = look.find(_question(query, labels, limit=1, with_snippets=False))
    counts = _numbers(overall, labels)
    shown, notices = _columns_of(asked, counts, labels)
    query = query.with_filters(query.filters | {"praktijk": shown})
    answers = [_ask(look, query, slug, labels) for slug in shown]
    words = words_of(answers, query, shown, labels)
    return QuestionComparison(
        query=query,
        notices=[*query.notices, *notices],
        columns=_columns(look, query, answers, words, labels, request),
        shared_words=shared_words(words, answers),
        choices=[
            Link(labels.label(name, value), question_address(query.without(name, value)))
            for name, value in query.chosen
            if name != "praktijk"
        ],
        options=_options(labels, counts, shown),
        also_searched=overall.also_searched,
        did_you_mean=overall.did_you_mean,
    )


# What is asked


def _read(query: SearchQuery, labels: Labels, look: Look) -> tuple[SearchQuery, tuple[str, ...]]:
    """The question about lessons, without its practices; and these, as far as they are there."""
    named = query.filters.get("praktijk", ())
    known = tuple(slug for slug in named if labels.knows("praktijk", slug))
    kinds = query.filters.get("soort", ())
    rest = {name: v for name, v in query.filters.items() if name not in ("praktijk", "soort")}
    query = with_known_values(query.with_filters(rest), labels, look)
    if len(known) < len(named):
        query = query.noting(_("A choice is not available."))
    if kinds and Kind.LESSON.value not in kinds:
        query = query.noting(
            _("Here only lessons stand beside each other. The filter on kind is left out.")
        )
    if len(known) > MOST:
        query = query.noting(
            _("At most four practices fit side by side. These are the first four.")
        )
    return query, known[:MOST]


def _question(query: SearchQuery, labels: Labels, practice: str = "", **rest):
    of_practice = {"praktijk": (practice,)} if practice else {"praktijk": ()}
    return question_for(query.with_filters(query.filters | LESSONS | of_practice), labels, **rest)


def _ask(look: Look, query: SearchQuery, slug: str, labels: Labels) -> Answer:
    return look.find(_question(query, labels, slug, limit=MOST_LESSONS))


def _numbers(answer: Answer, labels: Labels) -> dict[str, int]:
    """The number of lessons of each practice that has any, in the order of the practices."""
    counts = answer.counts["praktijk"]
    numbers = {
        slug: sum(counts.get(key, 0) for key in labels.in_index("praktijk", slug))
        for slug in labels.of["praktijk"]
    }
    return {slug: number for slug, number in numbers.items() if number}


def _columns_of(
    asked: tuple[str, ...], counts: dict[str, int], labels: Labels
) -> tuple[tuple[str, ...], list[str]]:
    """The practices with a column, in their own order: never that of a number or a score.

    Those that were chosen; else the first that have something to say, and at least two.
    """
    order = list(labels.of["praktijk"])
    if len(asked) >= FEWEST or not counts:
        shown = asked if len(asked) >= FEWEST else ()
        return tuple(sorted(shown, key=order.index)), []
    others = [slug for slug in dict.fromkeys((*counts, *order)) if slug not in asked]
    enough = max(FEWEST, min(MOST, len(counts.keys() | asked)))
    shown = (*asked, *others[: enough - len(asked)])
    notice = _("You chose one practice. Others stand beside it, to compare.")
    return tuple(sorted(shown, key=order.index)), [notice] if asked and shown != asked else []


def _options(labels: Labels, counts: dict[str, int], shown: tuple[str, ...]) -> list[Option]:
    return [
        Option(slug, label, counts.get(slug, 0), slug in shown)
        for slug, label in labels.of["praktijk"].items()
    ]


# What stands in a column


def _columns(
    look: Look,
    query: SearchQuery,
    answers: list[Answer],
    words: list[Word],
    labels: Labels,
    request: HttpRequest,
) -> list[Column]:
    by_slug = {practice.slug: practice for practice in labels.practices.values()}
    lines = lines_of([hit for answer in answers for hit in answer.hits], labels, request)
    by_pk = {line.pk: line for line in lines}
    shown = query.filters.get("praktijk", ())
    columns = []
    for number, (slug, answer) in enumerate(zip(shown, answers, strict=True)):
        marker = Marker(answer.marked, look.language)
        found = [_found(by_pk[hit.pk], hit, marker) for hit in answer.hits if hit.pk in by_pk]
        without = query.without("praktijk", slug)
        columns.append(
            Column(
                practice=by_slug[slug],
                title=labels.label("praktijk", slug),
                url=by_slug[slug].address(request),
                lessons=found,
                count=Count(answer.total, address_of(query, slug, LESSONS)),
                results=Count(sum(answer.counts["soort"].values()), address_of(query, slug, {})),
                own_words=own_words(words, number),
                url_without=question_address(without) if len(shown) > FEWEST else "",
            )
        )
    return columns


def _found(line: Line, hit: Hit, marker: Marker) -> FoundLesson:
    sentence = marked_text(line.text, marker)
    told = strip_tags(hit.snippet.html).strip(f" {GAP}")
    elsewhere = bool(told) and told not in strip_tags(sentence)
    return FoundLesson(line, sentence, hit.snippet.html if elsewhere else "")
