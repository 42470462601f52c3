"""The schools that an address names. Each is a development path of a practice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from practices.models import DevelopmentPathPage, PracticePage
from practices.profile import practices_by_key
from search.labels import practice_label

# What is shown of a path besides a link to it.
SCHOOL_FIELDS = ["school", "place", "note", "start", "start_text", "status_text", "school_type"]


@dataclass(frozen=True)
class School:
    path: DevelopmentPathPage
    practice: PracticePage
    # With the practice behind it where another school has the same name.
    label: str

    @property
    def value(self) -> str:
        """`integrated-care-emmen/de-bron`: schools of two practices may have the same name."""
        return f"{self.practice.slug}/{self.path.slug}"


@dataclass(frozen=True)
class SchoolGroup:
    """The schools of one practice, to choose from."""

    title: str
    lang: str
    schools: list[School]


def visible_schools(user) -> dict[str, School]:
    """The schools that this person may see, by value, in the order of the tree: two queries."""
    practices = practices_by_key(user)
    paths = (
        DevelopmentPathPage.objects.visible_to(user)
        .in_language(user)
        .for_links(*SCHOOL_FIELDS)
        .order_by("path")
    )
    of_practice = [(path, practices.get(path.practice_key)) for path in paths]
    names = Counter(path.school for path, practice in of_practice if practice)
    schools = [
        School(path, practice, _label(path, practice, names[path.school]))
        for path, practice in of_practice
        if practice is not None
    ]
    return {school.value: school for school in schools}


def by_practice(schools: Iterable[School]) -> list[SchoolGroup]:
    groups: dict[str, SchoolGroup] = {}
    for school in schools:
        practice = school.practice
        empty = SchoolGroup(practice_label(practice), practice.language_of_text, [])
        groups.setdefault(practice.slug, empty).schools.append(school)
    return list(groups.values())


def named_school(name: str, schools: dict[str, School]) -> School | None:
    """The school that an address names: by its value, or by its own slug where only one has it."""
    if name in schools:
        return schools[name]
    found = _with_slug(name, schools.values())
    return found[0] if len(found) == 1 else None


def _with_slug(slug: str, schools: Iterable[School]) -> list[School]:
    return [school for school in schools if school.path.slug == slug]


def _label(path: DevelopmentPathPage, practice: PracticePage, times: int) -> str:
    return f"{path.school} ({practice_label(practice)})" if times > 1 else path.school
