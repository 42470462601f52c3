"""The lessons in the cells of a comparison, with numbers that are what their link gives."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.models import PageTerm
from lessons.listing import visible_lessons
from lessons.models import LessonPage, Outcome
from search.comparing.cells import Cell, Item, Row
from search.comparing.chosen import Compared
from search.comparing.schools import School
from search.kinds import Kind
from vocabulary.models import Term, TermKind

Parameters = Sequence[tuple[str, str]]

# So many lessons of a column stand in a cell; the others are behind a link.
MOST_LINKS = 3
WORKED = (Outcome.WORKED.value, Outcome.PARTLY.value)
NOT_WORKED = (Outcome.NOT.value,)
NOT_KNOWN_YET = (Outcome.UNKNOWN.value,)


class LessonsOf:
    """The lessons of each column, in four queries however many there are."""

    def __init__(self, compared: list[Compared], schools: dict[str, School], request):
        self._request = request
        self._compared = compared
        keys = {one.practice.practice_key for one in compared}
        lessons = visible_lessons(request.user).of_practice(*keys)
        lines = lessons.strongest_first().values_list("pk", "practice_key", "outcome")
        self._outcomes: dict[int, str] = {}
        of_practice: dict[uuid.UUID | None, list[int]] = defaultdict(list)
        for pk, key, outcome in lines:
            self._outcomes[pk] = outcome
            of_practice[key].append(pk)
        of_school = self._of_schools(schools, lessons)
        # By column the keys of its lessons, the surest first.
        self._pks = [
            [
                pk
                for pk in of_practice[one.practice.practice_key]
                if one.school is None or pk in of_school[one.school.path.slug]
            ]
            for one in compared
        ]
        self._themes = self._count_themes(lessons)
        shown = {
            pk
            for column in range(len(compared))
            for outcomes in (WORKED, NOT_WORKED, NOT_KNOWN_YET)
            for pk in self._with(column, outcomes)[:MOST_LINKS]
        }
        self._shown = {
            lesson.pk: lesson for lesson in lessons.filter(pk__in=shown).for_links("outcome")
        }

    def _of_schools(self, schools: dict[str, School], lessons) -> dict[str, set[int]]:
        """The lessons with a school of this name: what a search for the name gives."""
        slugs = {one.school.path.slug for one in self._compared if one.school}
        if not slugs:
            return {}
        keys = {
            school.path.translation_key: school.path.slug
            for school in schools.values()
            if school.path.slug in slugs
        }
        through = LessonPage.paths.through.objects.filter(lessonpage__in=lessons.values("pk"))
        found: dict[str, set[int]] = defaultdict(set)
        for pk, key in through.filter(developmentpathpage__translation_key__in=keys).values_list(
            "lessonpage", "developmentpathpage__translation_key"
        ):
            found[keys[key]].add(pk)
        return found

    def _count_themes(self, lessons) -> list[Counter[int]]:
        """By column the number of its lessons with each theme."""
        pairs = PageTerm.objects.filter(
            content_object__in=lessons.values("pk"), tag__kind=TermKind.THEME
        ).values_list("content_object", "tag")
        themes: dict[int, list[int]] = defaultdict(list)
        for pk, theme in pairs:
            themes[pk].append(theme)
        return [Counter(theme for pk in pks for theme in themes[pk]) for pks in self._pks]

    def _with(self, column: int, outcomes: Collection[str]) -> list[int]:
        return [pk for pk in self._pks[column] if self._outcomes[pk] in outcomes]

    # Rows

    def row(self, title: str, outcomes: tuple[str, ...]) -> Row:
        """The surest lessons with these outcomes, and a link to all of them."""
        columns = range(len(self._compared))
        return Row(title, tuple(self._cell(column, title, outcomes) for column in columns))

    def _cell(self, column: int, title: str, outcomes: tuple[str, ...]) -> Cell:
        pks = self._with(column, outcomes)
        items = [self._lesson(self._shown[pk]) for pk in pks[:MOST_LINKS]]
        if pks:
            parameters = [("uitkomst", outcome) for outcome in outcomes]
            text = ngettext("All %(number)s lesson", "All %(number)s lessons", len(pks))
            items.append(self._link(column, title, text % {"number": len(pks)}, parameters))
        return Cell(tuple(items), _("No lesson yet"))

    def _lesson(self, lesson: LessonPage) -> Item:
        # In a row with lessons that worked.
        note = lesson.get_outcome_display() if lesson.outcome == Outcome.PARTLY else ""
        return Item(
            lesson.title, lesson.address(self._request), note=note, lang=lesson.language_of_text
        )

    def themes_of(self, themes: list[Term], *, only_differences: bool) -> list[Term]:
        """The themes that one of the columns has a lesson about; or not all as many."""
        least = 2 if only_differences else 1
        return [
            theme
            for theme in themes
            if any(self.numbers_of(theme)) and len(set(self.numbers_of(theme))) >= least
        ]

    def numbers_of(self, theme: Term) -> list[int]:
        return [counts[theme.pk] for counts in self._themes]

    def theme_row(self, theme: Term) -> Row:
        numbers = enumerate(self.numbers_of(theme))
        parameters = [("thema", theme.slug)]
        cells = (self._number(column, theme.label, n, parameters) for column, n in numbers)
        return Row(theme.label, tuple(cells), lang=theme.language_of_label)

    def number_row(self) -> Row:
        """How many lessons each has, with a link to them."""
        title = _("Lessons")
        cells = (self._number(column, title, len(pks)) for column, pks in enumerate(self._pks))
        return Row(title, tuple(cells))

    def _number(self, column: int, title: str, number: int, parameters: Parameters = ()) -> Cell:
        if not number:
            return Cell(nothing=_("No lesson yet"))
        text = ngettext("%(number)s lesson", "%(number)s lessons", number) % {"number": number}
        return Cell((self._link(column, title, text, parameters),))

    def _link(self, column: int, title: str, text: str, parameters: Parameters) -> Item:
        one = self._compared[column]
        address = search_address(one, Kind.LESSON, parameters)
        return Item(text, address, about=f"{one.label}, {title}")


def search_address(one: Compared, kind: Kind, parameters: Parameters = ()) -> str:
    """The search that gives exactly these."""
    query = urlencode([("soort", kind.value), *one.search_parameters, *parameters])
    return f"{reverse('search')}?{query}"
