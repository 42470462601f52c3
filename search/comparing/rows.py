"""The rows of a comparison: first where somebody began, then what came of it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from content.models import PageTerm
from content.partial_dates import display
from practices.models import DevelopmentPathPage, ElementState, PracticePage, Ring
from search.comparing.cells import Cell, Item, Row, RowGroup, noted, texts
from search.comparing.chosen import Choice, Compared
from search.comparing.lessons_of import NOT_KNOWN_YET, NOT_WORKED, WORKED, LessonsOf
from search.comparing.paths_of import PathsOf, downloads_row
from search.comparing.schools import School
from search.labels import practice_label
from vocabulary.models import Term, TermKind

# So many themes have a row, those with the most lessons, unless the address asks for all.
MOST_THEMES = 6
# The words that rows name.
PHASE, ELEMENT, THEME = TermKind.PHASE, TermKind.ELEMENT, TermKind.THEME
KINDS = (PHASE, ELEMENT, THEME, TermKind.TARGET_GROUP, TermKind.SCHOOL_TYPE)


@dataclass(frozen=True)
class Rows:
    groups: list[RowGroup]
    # How many themes there are in all, where not each has a row.
    left_out_of: int = 0


@dataclass(frozen=True)
class _Facts:
    """What the rows are made from."""

    compared: list[Compared]
    words: dict[TermKind, list[Term]]
    lessons: LessonsOf
    paths: PathsOf
    downloads: Row
    target_groups: dict[int, list[Term]]

    def row(self, title: str, cell: Callable[[Compared], Cell]) -> Row:
        return Row(title, tuple(cell(one) for one in self.compared))

    def of_practice(self, title: str, cell: Callable[[PracticePage], Cell]) -> Row:
        return self.row(title, lambda one: cell(one.practice))


def rows_for(choice: Choice, schools: dict[str, School], request) -> Rows:
    """The rows, in a number of queries that does not depend on how much there is to tell."""
    compared, query = choice.compared, choice.query
    facts = _read(compared, schools, request)
    groups = _of_schools(facts) if query.of_schools else _of_practices(facts)
    if query.only_differences:
        groups = [group.only_differences() for group in groups]
    themes = facts.lessons.themes_of(facts.words[THEME], only_differences=query.only_differences)
    shown = themes if query.all_themes else _most_frequent(themes, facts.lessons)
    rows = tuple(facts.lessons.theme_row(theme) for theme in shown)
    groups.append(RowGroup(_("Lessons on each theme"), rows))
    return Rows(
        [group for group in groups if group.rows], len(themes) if len(themes) > len(rows) else 0
    )


def _read(compared: list[Compared], schools: dict[str, School], request) -> _Facts:
    practices = [one.practice for one in compared]
    words: dict[TermKind, list[Term]] = defaultdict(list)
    for term in Term.objects.of_kind(*KINDS).named():
        words[TermKind(term.kind)].append(term)
    target_groups: dict[int, list[Term]] = {}
    if compared[0].school is None:
        prefetch_related_objects(practices, "team", "partners", "elements")
        target_groups = _target_groups(practices, words[TermKind.TARGET_GROUP])
    return _Facts(
        compared,
        words,
        lessons=LessonsOf(compared, schools, request),
        paths=PathsOf(compared, schools, [term for term in words[PHASE] if term.active], request),
        downloads=downloads_row(compared, request.user),
        target_groups=target_groups,
    )


def _target_groups(practices: list[PracticePage], terms: list[Term]) -> dict[int, list[Term]]:
    chosen = PageTerm.objects.filter(content_object__in=practices, tag__in=terms)
    pairs = set(chosen.values_list("content_object", "tag"))
    return {
        practice.pk: [term for term in terms if (practice.pk, term.pk) in pairs]
        for practice in practices
    }


def _most_frequent(themes: list[Term], lessons: LessonsOf) -> list[Term]:
    """The themes with the most lessons, in the order of all themes."""
    frequent = sorted(themes, key=lambda theme: -sum(lessons.numbers_of(theme)))[:MOST_THEMES]
    return [theme for theme in themes if theme in frequent]


# Practices


def _of_practices(facts: _Facts) -> list[RowGroup]:
    of_practice = facts.of_practice
    return [
        RowGroup(
            _("Where they began"),
            (
                of_practice(_("Starting point"), lambda p: _texts(p, p.starting_point)),
                of_practice(_("Where and since when"), lambda p: _texts(p, _place(p), _since(p))),
                of_practice(_("Education"), lambda p: _noted(p, p.education, p.education_note)),
                _target_group_row(facts),
                of_practice(
                    _("Commissioned by"), lambda p: _noted(p, p.commissioner, p.commissioner_note)
                ),
            ),
        ),
        RowGroup(
            _("How far they are"),
            (
                of_practice(_("Phase"), lambda p: _phase(p, facts.words[PHASE])),
                of_practice(
                    _("Where it stands"), lambda p: _noted(p, p.status_text, p.status_note)
                ),
                facts.paths.row(),
            ),
        ),
        RowGroup(
            _("Who take part"),
            (
                *(of_practice(str(ring.label), partial(_roles, ring)) for ring in Ring),
                of_practice(_("Organisations"), _partners),
                of_practice(_("Who connects"), lambda p: _texts(p, p.connector)),
            ),
        ),
        RowGroup(_("Working elements"), _element_rows(facts)),
        RowGroup(
            _("What they learned and made"),
            (
                *_outcome_rows(facts),
                of_practice(_("What stayed hard"), lambda p: _texts(p, p.hard)),
                facts.lessons.number_row(),
                facts.downloads,
            ),
        ),
    ]


def _texts(practice: PracticePage, *values: str) -> Cell:
    return texts(*values, lang=practice.language_of_text)


def _noted(practice: PracticePage, text: str, note: str) -> Cell:
    return noted(text, note, lang=practice.language_of_text)


def _place(practice: PracticePage) -> str:
    same = not practice.region or practice.region == practice.place
    return practice.place if same else f"{practice.place}, {practice.region}"


def _since(practice: PracticePage) -> str:
    return practice.start_text or practice.since or display(practice.start)


def _target_group_row(facts: _Facts) -> Row:
    def cell(practice: PracticePage) -> Cell:
        terms = facts.target_groups[practice.pk]
        return Cell(tuple(Item(term.label, lang=term.language_of_label) for term in terms))

    return facts.of_practice(_("Target group"), cell)


def _phase(practice: PracticePage, phases: list[Term]) -> Cell:
    known = (phase for phase in phases if phase.pk == practice.current_phase_id)
    return Cell(tuple(Item(phase.label, lang=phase.language_of_label) for phase in known))


def _roles(ring: Ring, practice: PracticePage) -> Cell:
    lang = practice.language_of_text
    roles = (row for row in practice.team.all() if row.ring == ring)
    return Cell(tuple(Item(row.role, note=row.note, lang=lang, note_lang=lang) for row in roles))


def _partners(practice: PracticePage) -> Cell:
    lang = practice.language_of_text
    partners = practice.partners.all()
    return Cell(tuple(Item(row.name, note=row.role, lang=lang, note_lang=lang) for row in partners))


def _element_rows(facts: _Facts) -> tuple[Row, ...]:
    """A row for each working element that one of the practices says something about."""
    known = {
        one.practice.pk: {row.element_id: row for row in one.practice.elements.all()}
        for one in facts.compared
    }
    used = {element for rows in known.values() for element in rows}

    def cell(practice: PracticePage, element: Term) -> Cell:
        row = known[practice.pk].get(element.pk)
        state = ElementState(row.state) if row else ElementState.UNKNOWN
        note = row.sentence if row else ""
        return Cell(
            (Item(str(state.label), note=note, state=state, note_lang=practice.language_of_text),)
        )

    return tuple(
        Row(
            element.label,
            tuple(cell(one.practice, element) for one in facts.compared),
            lang=element.language_of_label,
        )
        for element in facts.words[ELEMENT]
        if element.pk in used
    )


def _outcome_rows(facts: _Facts) -> tuple[Row, ...]:
    not_yet = facts.lessons.row(_("What nobody can say yet"), NOT_KNOWN_YET)
    return (
        facts.lessons.row(_("What worked"), WORKED),
        facts.lessons.row(_("What did not work"), NOT_WORKED),
        *([not_yet] if not_yet.is_known else []),
    )


# Schools


def _of_schools(facts: _Facts) -> list[RowGroup]:
    of_practice = facts.of_practice
    types = {term.pk: term for term in facts.words[TermKind.SCHOOL_TYPE]}
    return [
        RowGroup(
            _("Where they began"),
            (
                of_practice(_("Practice"), _practice),
                of_practice(_("Starting point"), lambda p: _texts(p, p.starting_point)),
                _path_row(facts, _("Place"), lambda path: (path.place, path.note)),
                facts.row(_("Kind of school"), lambda one: _school_type(one, types)),
                _path_row(facts, _("Since when"), lambda path: (_begin(path), "")),
            ),
        ),
        RowGroup(
            _("How far they are"),
            (
                facts.paths.phase_row(),
                _path_row(facts, _("Where it stands"), lambda path: (path.status_text, "")),
                facts.paths.row(),
            ),
        ),
        RowGroup(_("Phases of the path"), tuple(facts.paths.phase_rows())),
        RowGroup(
            _("What they learned and made"),
            (*_outcome_rows(facts), facts.lessons.number_row(), facts.downloads),
        ),
    ]


def _path_row(
    facts: _Facts, title: str, told: Callable[[DevelopmentPathPage], tuple[str, str]]
) -> Row:
    """A row with a fact of each school, and what is noted with it."""

    def cell(one: Compared) -> Cell:
        return noted(*told(one.path), lang=one.path.language_of_text)

    return facts.row(title, cell)


def _practice(practice: PracticePage) -> Cell:
    label = practice_label(practice)
    return Cell((Item(label, practice.address(), lang=practice.language_of_text),))


def _begin(path: DevelopmentPathPage) -> str:
    return path.start_text or display(path.start)


def _school_type(one: Compared, types: dict[int, Term]) -> Cell:
    term = types.get(one.path.school_type_id)
    return Cell((Item(term.label, lang=term.language_of_label),)) if term else Cell()
