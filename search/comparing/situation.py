"""“Would it work with us?”: the situation of a reader beside that of each practice.

Fact by fact and in words. Nothing is added up, no fact weighs more than another, and the practices
keep the order in which they always stand. The answers are the address, and kept nowhere else.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.meta import whole_address
from content.models import PageTerm
from practices.listing import practice_groups
from practices.models import PracticePage
from practices.situation import situation_field
from search.comparing.subjects import SCHOOL_TYPE, LessonsOn, lessons_of, subjects_of
from search.labels import practice_label
from search.query import MOST_VALUES, name_values, values_of
from vocabulary.models import Term, TermKind

# The parameters of the address, each with the fact of the practice that it is laid beside.
FIELDS = {
    "grootte": "school_sizes",
    "omgeving": "surroundings",
    "wijkteam": "team_at_school",
    "budget": "budget_holders",
}
ASKED = {
    SCHOOL_TYPE: gettext_lazy("What kind of school is it?"),
    "grootte": gettext_lazy("How many pupils does the school have?"),
    "omgeving": gettext_lazy("Where does the school stand?"),
    "wijkteam": gettext_lazy("Does the neighbourhood team work at school?"),
    "budget": gettext_lazy("Who holds the budget for working together?"),
}


class Verdict(models.TextChoices):
    SAME = "same", gettext_lazy("The same")
    DIFFERENT = "different", gettext_lazy("Different")
    UNKNOWN = "unknown", gettext_lazy("Not known")


def verdict_on(answer: str, known: Collection[str]) -> Verdict:
    """What a reader answered beside what is known of a practice. Unknown is never the same."""
    if not answer or not known:
        return Verdict.UNKNOWN
    return Verdict.SAME if answer in known else Verdict.DIFFERENT


@dataclass(frozen=True)
class Answer:
    value: str
    label: str
    lang: str = ""
    # A word that is not used any more can still stand in an address, and at a practice.
    is_offered: bool = True


@dataclass(frozen=True)
class Question:
    """One fact, asked of the reader. Without an answer it is not compared."""

    name: str
    title: str
    answers: tuple[Answer, ...]
    given: str = ""

    @property
    def text(self) -> str:
        return str(ASKED[self.name])

    @property
    def choices(self) -> list[Answer]:
        return [each for each in self.answers if each.is_offered or each.value == self.given]

    @property
    def answer(self) -> Answer | None:
        return next((each for each in self.answers if each.value == self.given), None)


@dataclass(frozen=True)
class Situation:
    questions: tuple[Question, ...]
    notices: tuple[str, ...] = ()

    @property
    def answered(self) -> list[Question]:
        return [question for question in self.questions if question.given]

    @property
    def address(self) -> str:
        parameters = [(question.name, question.given) for question in self.answered]
        return f"{reverse('compare_situation')}?{urlencode(parameters)}".rstrip("?")


@dataclass(frozen=True)
class Point:
    """One fact of one practice beside the reader's."""

    question: Question
    verdict: Verdict
    # What is so at the practice.
    known: tuple[Answer, ...]
    # None while there is no index to look for lessons in.
    lessons: tuple[LessonsOn, ...] | None

    @property
    def found(self) -> list[LessonsOn]:
        return [lessons for lessons in self.lessons or () if lessons.count]

    @property
    def missing(self) -> list[LessonsOn]:
        """On what there is no lesson yet, where the fact itself is known."""
        if self.verdict == Verdict.UNKNOWN:
            return []
        return [lessons for lessons in self.lessons or () if not lessons.count]


@dataclass(frozen=True)
class Row:
    """One practice, with its facts in the order of the questions."""

    title: str
    slug: str
    place: str
    sign: str
    url: str
    lang: str
    points: tuple[Point, ...]

    @property
    def telling(self) -> list[Point]:
        """The facts with something to say. A list names the others together."""
        return [point for point in self.points if not self._is_silent(point)]

    @property
    def silent(self) -> list[Point]:
        return [point for point in self.points if self._is_silent(point)]

    def _is_silent(self, point: Point) -> bool:
        return point.verdict == Verdict.UNKNOWN and not point.found


@dataclass(frozen=True)
class RowGroup:
    key: str
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class TransferCheck:
    situation: Situation
    groups: list[RowGroup] = field(default_factory=list)

    @property
    def notices(self) -> list[str]:
        preparing = _("The search is being prepared. Try again in a minute.")
        is_ready = all(point.lessons is not None for point in self.points)
        return [*self.situation.notices, *([] if is_ready else [preparing])]

    @property
    def is_answered(self) -> bool:
        return bool(self.situation.answered)

    @property
    def points(self) -> list[Point]:
        return [point for group in self.groups for row in group.rows for point in row.points]

    @property
    def lacks_lessons(self) -> bool:
        return any(point.missing for point in self.points)

    @property
    def lacks_facts(self) -> bool:
        return any(point.verdict == Verdict.UNKNOWN for point in self.points)

    @property
    def whole_address(self) -> str:
        return whole_address(self.situation.address)


# Reading the address


def read_situation(data: QueryDict) -> Situation:
    """The answers in an address. What cannot be used is left out, and a notice says so."""
    questions, notices, refused = [], [], []
    for name, title, answers in _questions():
        values = values_of(data, name)[:MOST_VALUES]
        known = [value for value in values if value in {each.value for each in answers}]
        refused += [(name, value) for value in values if value not in known]
        if len(known) > 1:
            notices.append(
                _("One answer to each question: “%(title)s” takes the first.") % {"title": title}
            )
        questions.append(Question(name, title, answers, given=known[0] if known else ""))
    if refused:
        message = _("Left out, because this answer does not exist: %(names)s.")
        notices.insert(0, message % {"names": name_values(refused)})
    elif any(name in data for name in ASKED) and not any(each.given for each in questions):
        notices.append(_("Answer at least one question."))
    return Situation(tuple(questions), tuple(notices))


def _questions() -> list[tuple[str, str, tuple[Answer, ...]]]:
    fields = {name: situation_field(field_name) for name, field_name in FIELDS.items()}
    return [
        (SCHOOL_TYPE, _("Kind of school"), _school_types()),
        *(
            (
                name,
                capfirst(str(field.verbose_name)),
                tuple(Answer(each.value, str(each.label)) for each in field.answers),
            )
            for name, field in fields.items()
        ),
    ]


def _school_types() -> tuple[Answer, ...]:
    return tuple(
        Answer(term.slug, term.label, term.language_of_label, is_offered=term.active)
        for term in Term.objects.of_kind(TermKind.SCHOOL_TYPE).named()
    )


# Laying it beside the practices


def check_transfer(situation: Situation, request) -> TransferCheck:
    """Every practice that this person may see, in a number of queries that never grows."""
    if not situation.answered:
        return TransferCheck(situation)
    groups = practice_groups(request.user)
    practices = [practice for group in groups for practice in group.practices]
    known = _known_of(practices)
    answers = {question.name: question.given for question in situation.answered}
    subjects = subjects_of(answers, request)

    def point(question: Question, practice: PracticePage) -> Point:
        there = known[practice.pk][question.name]
        return Point(
            question=question,
            verdict=verdict_on(question.given, there),
            known=tuple(each for each in question.answers if each.value in there),
            lessons=None if subjects is None else lessons_of(practice, subjects[question.name]),
        )

    def row(practice: PracticePage) -> Row:
        return Row(
            title=practice_label(practice, practices),
            slug=practice.slug,
            place=practice.place,
            sign=f"sign-{practice.sign}",
            url=practice.address(request),
            lang=practice.language_of_text,
            points=tuple(point(question, practice) for question in situation.answered),
        )

    return TransferCheck(
        situation,
        [
            RowGroup(group.key, group.title, [row(practice) for practice in group.practices])
            for group in groups
        ],
    )


def _known_of(practices: list[PracticePage]) -> dict[int, dict[str, set[str]]]:
    """What is known of each practice, by the name of the question."""
    school_types: dict[int, set[str]] = defaultdict(set)
    of_practices = PageTerm.objects.filter(content_object__in=[each.pk for each in practices])
    for pk, slug in of_practices.filter(tag__kind=TermKind.SCHOOL_TYPE).values_list(
        "content_object", "tag__slug"
    ):
        school_types[pk].add(slug)
    return {
        practice.pk: {
            SCHOOL_TYPE: school_types[practice.pk],
            **{
                name: {each.value for each in situation_field(field_name).given_on(practice)}
                for name, field_name in FIELDS.items()
            },
        }
        for practice in practices
    }
