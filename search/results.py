"""The answer to a question: what the search page shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import role_of
from content.languages import active_language
from content.paging import AskedPage, page_number
from search.facets import MOST_COUNTED, Facet, Option, facets_of
from search.index.finding import ALL_VALUES, Answer, IndexNotReadyError, Look, Question, safely
from search.kinds import Kind
from search.labels import Labels, with_labels
from search.lines import Line, lines_of
from search.promotions import OnTop, hits_on_top, on_top_of
from search.query import SearchQuery, Sort, refusals

RESULTS_PER_PAGE = 20
# Themes to go on with where nothing was found.
MOST_THEMES = 6
# Results together for each practice: so many practices, with so many results of each.
MOST_GROUPS = 8
IN_A_GROUP = 3
# So many practices fit side by side (search/comparing/chosen.py).
FEWEST_TO_COMPARE, MOST_TO_COMPARE = 2, 4


@dataclass(frozen=True)
class Choice:
    """A chosen filter, with the address of the same question without it."""

    label: str
    url: str
    counted: Callable[[], int] = field(compare=False)

    @cached_property
    def count(self) -> int:
        """What the question would give without it; counted only where somebody asks."""
        return self.counted()


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Group:
    """The best results of one practice, with all that it has on this question behind a link."""

    slug: str
    label: str
    sign: str
    count: int
    url: str
    lines: list[Line]


@dataclass(frozen=True)
class Promoted:
    """What the project leader put on top, on the first page, for whoever may see it."""

    lines: list[Line] = field(default_factory=list)
    reason: str = ""
    lang: str = ""
    # How many of the results are these: they stand here and not in the list.
    found: int = 0


@dataclass(frozen=True)
class Results:
    query: SearchQuery
    lines: list[Line]
    page: AskedPage
    facets: list[Facet]
    choices: list[Choice]
    without_filters: Choice
    sorts: list[Link]
    themes: list[Link]
    groups: list[Group] = field(default_factory=list)
    promoted: Promoted = field(default_factory=Promoted)
    # Other words that were searched too, and the question as it was probably meant.
    also_searched: list[str] = field(default_factory=list)
    did_you_mean: str | None = None
    # Words of the question that nothing holds.
    missing: list[str] = field(default_factory=list)
    # Results of no practice that has a group.
    left_out: int = 0
    # False while the index is being made and there is no older one.
    is_ready: bool = True

    @property
    def notices(self) -> list[str]:
        moved = _("There is no such page. This is page %(number)s.") % {"number": self.page.number}
        preparing = _("The search is being prepared. Try again in a minute.")
        return [
            *self.query.notices,
            *([moved] if self.page.is_another and self.is_ready else []),
            *([] if self.is_ready else [preparing]),
        ]

    @property
    def ways_out(self) -> list[Choice]:
        """What to leave out where nothing was found; never something that gives nothing either."""
        ways = [*self.choices, *([self.without_filters] if len(self.choices) > 1 else [])]
        return [way for way in ways if way.count]

    @property
    def count(self) -> int:
        """How many results the question gives, wherever they stand.

        A promoted page that the question itself does not find is none of them: it is not counted,
        just as no filter and no file with the results counts it.
        """
        return self.page.paginator.count + self.promoted.found

    @property
    def count_label(self) -> str:
        """`7 lessons` where only lessons were asked for, else `12 results`."""
        if self.query.filters.get("soort") == (Kind.LESSON.value,):
            text = ngettext("%(number)s lesson", "%(number)s lessons", self.count)
        else:
            text = ngettext("%(number)s result", "%(number)s results", self.count)
        return text % {"number": self.count}

    @property
    def meant(self) -> Link | None:
        """The same question with the words that were probably meant."""
        if not self.did_you_mean:
            return None
        return Link(self.did_you_mean, self.query.asking(self.did_you_mean).address)

    @property
    def exactly(self) -> Link | None:
        """The same question with nothing but the words as they are typed."""
        if not (self.also_searched or self.did_you_mean):
            return None
        return Link(_("Only these exact words"), self.query.exactly().address)

    @property
    def loosely(self) -> Link | None:
        """The way back from nothing but the words as they are typed."""
        if not (self.query.precisely and self.query.words):
            return None
        return Link(_("Search for other forms and names too"), self.query.exactly(False).address)

    @property
    def in_one_list(self) -> str:
        return self.query.grouped(False).address

    @property
    def has_filters(self) -> bool:
        return any(facet.options for facet in self.facets)

    @property
    def views(self) -> list[Link]:
        return [
            Link(_("One list"), self.in_one_list, not self.query.by_practice),
            Link(_("By practice"), self.query.grouped().address, self.query.by_practice),
        ]

    @property
    def compare_address(self) -> str:
        """The practices of the groups side by side, as many as fit."""
        slugs = [
            option.value
            for facet in self.facets
            if facet.name == "praktijk"
            for option in facet.options
        ]
        shown = {group.label for group in self.groups}
        labels = {o.value: o.label for f in self.facets if f.name == "praktijk" for o in f.options}
        chosen = [slug for slug in slugs if labels[slug] in shown][:MOST_TO_COMPARE]
        if len(chosen) < FEWEST_TO_COMPARE:
            return ""
        return f"{reverse('compare')}?{urlencode([('praktijk', slug) for slug in chosen])}"

    @property
    def question_address(self) -> str:
        """The practices beside each other on this question, where two have something to say."""
        practices = next((facet for facet in self.facets if facet.name == "praktijk"), None)
        if not self.query.words or practices is None or len(practices.options) < FEWEST_TO_COMPARE:
            return ""
        question = self.query.grouped(False)
        question = question.sorted_by(question.default_sort)
        return f"{reverse('compare_question')}?{question.parameters()}"


def find(query: SearchQuery, request) -> Results:
    """What this person may see of what the question asks for."""
    role, language = role_of(request.user), active_language()
    try:
        return safely(lambda look: _find(look, query, request), role, language)
    except IndexNotReadyError:
        return _not_ready(query, request)


def _find(look: Look, query: SearchQuery, request) -> Results:
    look, labels = with_labels(look, request.user)
    query = with_known_values(query, labels, look)
    on_top = on_top_of(query)
    page, answer = _page_of(look, query, labels, request, leaving_out=on_top.items)
    facets = facets_of(answer.counts, query, labels, whole=(request.GET.get("alle", ""),))
    groups = _groups(look, query, labels, facets, request) if query.by_practice else []
    promoted = _promoted(look, query, labels, request, on_top=on_top, page=page)
    return Results(
        query=query,
        lines=[] if groups else lines_of(page.object_list, labels, request),
        page=page,
        facets=facets,
        choices=_choices(look, query, labels),
        without_filters=Choice(
            _("Clear filters"),
            query.with_filters({}).address,
            lambda: look.total(question_for(query.with_filters({}), labels)),
        ),
        sorts=[
            Link(str(sort.label), query.sorted_by(sort).address, sort == query.sort)
            for sort in query.sorts
        ],
        themes=[] if answer.total or promoted.found else _themes(look, labels),
        groups=groups,
        promoted=promoted,
        also_searched=answer.also_searched,
        did_you_mean=answer.did_you_mean,
        missing=answer.missing,
        left_out=_left_out(look, query, labels, groups, page.paginator.count + promoted.found),
    )


def with_known_values(query: SearchQuery, labels: Labels, look: Look) -> SearchQuery:
    """The question without values that do not exist, or not for this person: no difference."""
    unknown = unknown_values(query, labels, look)
    known = {
        name: tuple(value for value in values if (name, value) not in unknown)
        for name, values in query.filters.items()
    }
    return query.with_filters(known).noting(*refusals(unknown))


def unknown_values(query: SearchQuery, labels: Labels, look: Look) -> list[tuple[str, str]]:
    """The chosen values that do not exist, or not for this person, with their filters.

    A free tag is a word of the pages that carry it, so it exists for who may see one of these.
    """
    return [
        (name, value)
        for name, value in query.chosen
        if not labels.knows(name, value)
        or (name == "tag" and not look.has(name, labels.in_index(name, value)))
    ]


def question_for(query: SearchQuery, labels: Labels, **rest) -> Question:
    """The question in the values of the index."""
    filters = {
        name: tuple(key for value in values for key in labels.in_index(name, value))
        for name, values in query.filters.items()
    }
    return Question(
        words=query.words,
        filters=filters,
        sort=query.sort.value,
        precisely=query.precisely,
        **rest,
    )


def _promoted(
    look: Look, query: SearchQuery, labels: Labels, request, *, on_top: OnTop, page: AskedPage
) -> Promoted:
    if not on_top.items:
        return Promoted()
    found = look.total(question_for(query, labels)) - page.paginator.count
    if page.number > 1:
        return Promoted(found=found)
    lines = lines_of(hits_on_top(look, on_top), labels, request)
    return Promoted(lines, on_top.reason, on_top.lang, found)


def _page_of(
    look: Look, query: SearchQuery, labels: Labels, request, *, leaving_out: tuple[str, ...]
) -> tuple[AskedPage, Answer]:
    """The page of hits that the address asks for, in one search where the page is there."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    offset = (max(number, 1) - 1) * RESULTS_PER_PAGE
    question = question_for(
        query,
        labels,
        leaving_out=leaving_out,
        offset=offset,
        limit=RESULTS_PER_PAGE,
        most_values=ALL_VALUES if request.GET.get("alle") else MOST_COUNTED,
    )
    answer = look.find(question)
    hits = _Hits(look, question, answer)
    paginator: Paginator = Paginator(hits, RESULTS_PER_PAGE)  # type: ignore[arg-type]
    page = paginator.get_page(page_number(asked))
    return AskedPage(page, asked), answer


class _Hits:
    """The hits as a list of which only one page is ever read."""

    def __init__(self, look: Look, question: Question, answer: Answer):
        self._look, self._question, self._answer = look, question, answer

    def __len__(self) -> int:
        return self._answer.total

    def __getitem__(self, place: slice):
        if place.start != self._question.offset:
            question = replace(self._question, offset=place.start, with_counts=False)
            return self._look.find(question).hits
        return self._answer.hits[: place.stop - place.start]


def _choices(look: Look, query: SearchQuery, labels: Labels) -> list[Choice]:
    def counted(without: SearchQuery) -> Callable[[], int]:
        return lambda: look.total(question_for(without, labels))

    choices = []
    for name, value in query.chosen:
        without = query.without(name, value)
        choices.append(Choice(labels.label(name, value), without.address, counted(without)))
    return choices


def _themes(look: Look, labels: Labels) -> list[Link]:
    """The themes that most of what can be found is about."""
    everything = look.find(Question(limit=1, with_snippets=False))
    facets = facets_of(everything.counts, SearchQuery(), labels)
    options = next(facet.options for facet in facets if facet.name == "thema")
    return [
        Link(option.label, reverse("term_page", args=[option.value]))
        for option in options[:MOST_THEMES]
    ]


def _groups(
    look: Look, query: SearchQuery, labels: Labels, facets: list[Facet], request
) -> list[Group]:
    """The practices with their best results, the practice with the best one first."""
    options = next(facet.options for facet in facets if facet.name == "praktijk")
    chosen = [option for option in options if option.selected]
    offered = sorted(chosen or options, key=lambda option: -option.count)[:MOST_GROUPS]
    by_slug = {practice.slug: practice for practice in labels.practices.values()}
    found: list[tuple[float, Group]] = []
    for option in offered:
        of_practice = query.with_filters(query.filters | {"praktijk": (option.value,)})
        question = question_for(of_practice, labels, limit=IN_A_GROUP, with_counts=False)
        hits = look.find(question).hits
        if hits:
            lines = lines_of(hits, labels, request)
            found.append((hits[0].score, _group(option, of_practice, by_slug, lines)))
    return [group for _, group in sorted(found, key=lambda pair: -pair[0])]


def _left_out(
    look: Look, query: SearchQuery, labels: Labels, groups: list[Group], count: int
) -> int:
    """How many of so many results stand in no group: those of other practices, and of none."""
    if not groups:
        return 0
    shown = query.filters | {"praktijk": tuple(group.slug for group in groups)}
    return count - look.total(question_for(query.with_filters(shown), labels))


def _group(option: Option, query: SearchQuery, by_slug, lines: Iterable[Line]) -> Group:
    return Group(
        slug=option.value,
        label=option.label,
        sign=by_slug[option.value].sign,
        count=option.count,
        url=query.grouped(False).address,
        lines=list(lines),
    )


def _not_ready(query: SearchQuery, request) -> Results:
    """The page while there is no index: what was asked stays, and a notice says why."""
    nothing: list[Line] = []
    page = AskedPage(Paginator(nothing, RESULTS_PER_PAGE).get_page(1), "")
    return Results(
        query=query,
        lines=[],
        page=page,
        facets=[],
        choices=[],
        without_filters=Choice(_("Clear filters"), query.with_filters({}).address, lambda: 0),
        sorts=[Link(str(sort.label), query.sorted_by(sort).address) for sort in Sort],
        themes=[],
        is_ready=False,
    )
