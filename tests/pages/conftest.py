"""A practice with everything that its pages can show."""

import pytest

from practices.models import PathStep, PracticeElement, StepStatus, TeamRole
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    PathStepFactory,
    PracticePageFactory,
    Rows,
    TermFactory,
)
from vocabulary.models import TermKind


@pytest.fixture
def element(site_tree):
    return TermFactory(name="Vaste gezichten op school", kind=TermKind.ELEMENT)


@pytest.fixture
def phases(site_tree):
    names = ["Verkennen", "Nulmeting", "Aan de slag"]
    return [
        TermFactory(name=name, kind=TermKind.PHASE, sort_order=place, definition="")
        for place, name in enumerate(names, start=1)
    ]


@pytest.fixture
def full_practice(site_tree, element):
    """A practice with a team and a working element."""
    locale = site_tree.home.locale
    return PracticePageFactory(
        title="Integrated Care Emmen",
        place="Emmen",
        since="sinds 2020",
        sign="tandem",
        commissioner="Gemeente Emmen",
        team=Rows(
            [
                TeamRole(ring="core", role="Onderwijscoach", locale=locale),
                TeamRole(ring="core", role="Gezinscoach", locale=locale),
                TeamRole(ring="fixed", role="Leerkrachten", note="ogen en oren", locale=locale),
                TeamRole(ring="when_needed", role="Gebiedsteam", locale=locale),
            ]
        ),
        elements=Rows(
            [
                PracticeElement(
                    element=element,
                    state="used",
                    sentence="Ouders weten bij wie ze moeten zijn.",
                    locale=locale,
                )
            ]
        ),
    )


@pytest.fixture
def full_lesson(full_practice, element):
    return LessonPageFactory(
        parent=full_practice,
        title="Maak de stap naar hulp klein",
        terms=[element, TermFactory(name="Wachttijd")],
        sources=["Verhaal van de regio"],
        downloads=[DownloadFactory()],
    )


@pytest.fixture
def full_path(full_practice, full_lesson, phases) -> "PathStep":
    """A path with one phase done, one under way and one of which nothing is known."""
    path = DevelopmentPathPageFactory(parent=full_practice, title="De Bron")
    done = PathStepFactory(page=path, phase=phases[0], title="Samen kijken", start="2020")
    done.lessons.set([full_lesson])
    done.save()
    PathStepFactory(
        page=path,
        phase=phases[2],
        title="De coaches beginnen",
        start="2021",
        status=StepStatus.ACTIVE,
        text="<p>Zij beginnen op school.</p>",
    )
    return path
