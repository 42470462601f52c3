"""The development paths in the cells of a comparison, and the files that go with what is shown."""

import uuid
from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.models import PageDownload
from files.models import Download
from practices.models import DevelopmentPathPage, PathStep, StepStatus
from practices.paths import PhaseOnPath, current_step
from practices.profile import LaidOutPath, lay_out_paths
from search.comparing.cells import Cell, Item, Row
from search.comparing.chosen import Compared
from search.comparing.lessons_of import MOST_LINKS, search_address
from search.comparing.schools import School
from search.downloads import found_downloads, practices_of_downloads
from search.kinds import Kind
from vocabulary.models import Term


class PathsOf:
    """The paths of each column over the shared phases: one query."""

    def __init__(
        self,
        compared: list[Compared],
        schools: dict[str, School],
        phases: list[Term],
        request,
    ):
        self._request = request
        self._phases = phases
        self._compared = compared
        of_practice: dict[uuid.UUID | None, list[DevelopmentPathPage]] = defaultdict(list)
        for school in schools.values():
            of_practice[school.practice.practice_key].append(school.path)
        self._paths = [
            [one.school.path] if one.school else of_practice[one.practice.practice_key]
            for one in compared
        ]
        shown = [path for paths in self._paths for path in paths[:MOST_LINKS]]
        self._laid_out = {laid_out.path.pk: laid_out for laid_out in lay_out_paths(shown, phases)}

    def row(self) -> Row:
        """A link to each path, and how much of it is known."""
        return Row(_("Development path"), tuple(map(self._cell, self._compared, self._paths)))

    def _cell(self, one: Compared, paths: list[DevelopmentPathPage]) -> Cell:
        items = [self._path(self._laid_out[path.pk]) for path in paths[:MOST_LINKS]]
        if len(paths) > MOST_LINKS:
            text = ngettext("All %(number)s path", "All %(number)s paths", len(paths))
            items.append(
                Item(
                    text % {"number": len(paths)},
                    search_address(one, Kind.PATH),
                    about=one.label,
                )
            )
        return Cell(tuple(items))

    def _path(self, laid_out: LaidOutPath) -> Item:
        path = laid_out.path
        known = sum(phase.status != StepStatus.UNKNOWN for phase in laid_out.phases)
        note = _("%(known)s of %(total)s phases known") % {
            "known": known,
            "total": len(laid_out.phases),
        }
        return Item(path.school, path.address(self._request), note=note, lang=path.language_of_text)

    # Of a school

    def phase_row(self) -> Row:
        """The phase of the step that is under way, or else the last one that is known."""
        cells = (Cell(self._phase_now(self._of_school(one))) for one in self._compared)
        return Row(_("Phase"), tuple(cells))

    def _phase_now(self, phases: list[PhaseOnPath]) -> tuple[Item, ...]:
        known = [phase for phase in phases if phase.status != StepStatus.UNKNOWN]
        step = current_step(phases)
        now = next((phase for phase in known if step in phase.steps), None) if step else None
        begun = [phase for phase in known if phase.status != StepStatus.PLANNED]
        phase = now or next(reversed(begun), None)
        if phase is None:
            return ()
        term = phase.phase
        return (Item(term.label, note=str(phase.status.label), lang=term.language_of_label),)

    def phase_rows(self) -> list[Row]:
        """A row for each phase: how far each school came with it, and when."""
        by_school = [
            {phase.phase.pk: phase for phase in self._of_school(one)} for one in self._compared
        ]
        return [
            Row(
                term.label,
                tuple(self._state(phases[term.pk]) for phases in by_school),
                lang=term.language_of_label,
            )
            for term in self._phases
        ]

    def _state(self, phase: PhaseOnPath) -> Cell:
        state = phase.status
        return Cell((Item(str(state.label), state=state, note=phase.years),))

    def _of_school(self, one: Compared) -> list[PhaseOnPath]:
        return self._laid_out[one.school.path.pk].phases if one.school else []


def downloads_row(compared: list[Compared], user) -> Row:
    """The files of each practice, or on the path of each school: in three queries."""
    offered = _on_paths(compared) if compared[0].school else _of_practices(compared, user)
    keys = {pk for pks in offered for pk in pks}
    files = list(found_downloads(user).filter(pk__in=keys).order_by("title", "pk"))
    cells = (
        _downloads(one, [file for file in files if file.pk in pks])
        for one, pks in zip(compared, offered, strict=True)
    )
    return Row(_("Downloads"), tuple(cells))


def _of_practices(compared: list[Compared], user) -> list[set[int]]:
    practices = practices_of_downloads(user)
    return [
        {pk for pk, keys in practices.items() if one.practice.practice_key in keys}
        for one in compared
    ]


def _on_paths(compared: list[Compared]) -> list[set[int]]:
    """The files on the paths themselves and at their steps, which the door let through."""
    paths = [one.school.path.pk for one in compared if one.school]
    found: dict[int, set[int]] = defaultdict(set)
    on_pages = PageDownload.objects.filter(page__in=paths)
    on_steps = PathStep.downloads.through.objects.filter(pathstep__page__in=paths)
    for page, pk in [
        *on_pages.values_list("page", "download"),
        *on_steps.values_list("pathstep__page", "download"),
    ]:
        found[page].add(pk)
    return [found[pk] for pk in paths]


def _downloads(one: Compared, files: list[Download]) -> Cell:
    # No search finds the files of one school, so of a school all of them stand here.
    links = files if one.school else files[:MOST_LINKS]
    items = [Item(file.title, file.url, note=file.kind_label) for file in links]
    if len(files) > len(links):
        text = ngettext("All %(number)s download", "All %(number)s downloads", len(files))
        items.append(
            Item(text % {"number": len(files)}, search_address(one, Kind.DOWNLOAD), about=one.label)
        )
    return Cell(tuple(items))
