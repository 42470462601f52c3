"""A site with a lesson in every state for every audience, and the rule of who may see which.

Each lesson has a name that says what it is, `Kenmerk-<state>-<audience>`, and words that stand
nowhere else. So any page, feed or file can be asked which lessons it tells of.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

from django.utils import timezone

from accounts.models import User
from accounts.roles import OUTER_RING, PROJECT_LEADERS
from content.models import PageDownload
from lessons.models import LessonPage
from practices.models import PracticePage
from practices.setup import practice_group
from reviewing.setup import ensure_review_workflow
from search.models import PromotedPage, Promotion
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    LessonPageFactory,
    NewsPageFactory,
    PathStepFactory,
    PracticePageFactory,
    TermFactory,
    UserFactory,
    in_english,
    make_site,
)
from tests.made_once import made_once, making
from visibility.audience import Audience
from visibility.setup import ensure_role_groups
from vocabulary.models import Synonym, TermKind

# A state, the practice of the lessons in it, and whether anybody at all may see them.
STATES = {
    "live": ("orion", True),
    # Live, with a draft of which the name is `Kenmerk-unpublished-<audience>`.
    "changed": ("orion", True),
    "draft": ("orion", False),
    "expired": ("orion", False),
    "scheduled": ("orion", False),
    "deleted": ("orion", False),
    "belowdraft": ("verborgen", False),
    "belownarrow": ("besloten", True),
}
AUDIENCES = {
    "practice": Audience.PRACTICE,
    "practices": Audience.PRACTICES,
    "ring": Audience.OUTER_RING,
    "public": Audience.PUBLIC,
}
ROLES = ["visitor", "outer ring", "other professional", "own professional", "leader"]
# From which audience on each role sees something.
SEES = {
    "visitor": {"public"},
    "outer ring": {"public", "ring"},
    "other professional": {"public", "ring", "practices"},
    "own professional": set(AUDIENCES),
    "leader": set(AUDIENCES),
}
# Practices whose own audience and state matter: `Huis-<state>-<audience>`, each with one lesson.
HOUSES = [
    *(("live", audience) for audience in AUDIENCES),
    *(("draft", "public"), ("expired", "public"), ("scheduled", "public")),
]
# A lesson or a house, wherever it is named: a title, a link, the name of a file or a tag.
NAME = re.compile(r"(kenmerk|huis)-([a-z]+)-([a-z]+)", re.IGNORECASE)

TRANSLATED_FOR_SEARCH = {"live", "belownarrow"}
LETTERS = "bdfgklmnprst"

Key = tuple[str, str]


@dataclass(frozen=True)
class Site:
    # Without the deleted ones.
    lessons: dict[Key, LessonPage]
    houses: dict[Key, PracticePage]
    people: dict[str, User]

    def person(self, role: str) -> User | None:
        """As a new request would read the person; None for a visitor."""
        user = self.people.get(role)
        return user and User.objects.get(pk=user.pk)


def may_see(role: str, state: str, audience: str) -> bool:
    """The rule, as plainly as it can be said."""
    if not STATES[state][1]:
        return False
    if state == "belownarrow" and audience in ("ring", "public"):
        audience = "practices"
    return audience in SEES[role]


def allowed(role: str, *states: str) -> set[Key]:
    return {
        (state, audience)
        for state, audience in product(states or STATES, AUDIENCES)
        if may_see(role, state, audience)
    }


def allowed_houses(role: str) -> set[Key]:
    return {(state, audience) for state, audience in HOUSES if state == "live"} & {
        ("live", audience) for audience in SEES[role]
    }


def named_in(text: str, kind: str = "kenmerk") -> set[Key]:
    """The lessons that a text names, anywhere in it; or the houses."""
    return {
        (found[2].lower(), found[3].lower())
        for found in NAME.finditer(text)
        if found[1].lower() == kind
    }


def named_on(response, kind: str = "kenmerk") -> set[Key]:
    return named_in(response.content.decode(), kind)


class Words:
    """Words that stand in one lesson alone, and are unlike any other."""

    def __init__(self, key: Key):
        place = [*product([*STATES, "unpublished"], AUDIENCES)].index(key)
        ending = LETTERS[place // len(LETTERS)] * 2 + LETTERS[place % len(LETTERS)] * 2
        self.in_title = f"zwtitel{ending}"
        self.in_text = f"zwtekst{ending}"
        # This stands in the text; that is another word for it, and stands nowhere.
        self.synonym, self.other = f"zwgezegd{ending}", f"zwander{ending}"


def word_with_a_slip(word: str) -> str:
    """What somebody types who misses one letter."""
    return word[:2] + word[3:]


@contextmanager
def site_with_every_state(blocker, *, for_search: bool = False) -> Iterator[Site]:
    """For a fixture that lives as long as a module. `blocker` is as in made_once.

    Every lesson is there in English too. `for_search`: only some are, and each lesson has a tag,
    a file and words of its own; and there are houses.
    """
    with made_once(blocker):
        with making(blocker):
            made = make_site_with_everything(for_search=for_search)
        yield made


def make_site_with_everything(*, for_search: bool) -> Site:
    make_site()
    ensure_role_groups()
    ensure_review_workflow()
    practices = {
        slug: PracticePageFactory(title=slug.title(), slug=slug)
        for slug in ("orion", "besloten", "verborgen", "elders")
    }
    lessons = {
        (state, audience): make_lesson(practices[slug], state, audience, for_search=for_search)
        for state, (slug, _) in STATES.items()
        for audience in AUDIENCES
    }
    path = DevelopmentPathPageFactory(parent=practices["orion"], title="Pad")
    step = PathStepFactory(page=path)
    step.lessons = list(lessons.values())
    step.save()
    NewsPageFactory(title="Nieuws van Orion", practice_page=practices["orion"])
    # Of each of these somebody may not know that the project leader recommends it.
    promotion = Promotion(questions="zo doe je dat")
    promotion.pages = [
        PromotedPage(page_id=lessons[of].pk)
        for of in (("draft", "public"), ("belownarrow", "public"), ("live", "practice"))
    ]
    promotion.save()
    translated = TRANSLATED_FOR_SEARCH if for_search else STATES
    for page in (path, *(page for (state, _), page in lessons.items() if state in translated)):
        in_english(page)
    houses = {key: make_house(*key) for key in HOUSES} if for_search else {}
    own = [practice for slug, practice in practices.items() if slug != "elders"]
    people = {
        "outer ring": UserFactory(groups=[OUTER_RING]),
        "other professional": UserFactory(groups=[practice_group(practices["elders"])]),
        "own professional": UserFactory(
            groups=[practice_group(practice) for practice in (*own, *houses.values())]
        ),
        "leader": UserFactory(groups=[PROJECT_LEADERS]),
    }
    for (state, _), page in (*lessons.items(), *houses.items()):
        bring_to_its_state(page, state)
    PracticePage.objects.get(pk=practices["verborgen"].pk).unpublish()
    narrow = PracticePage.objects.get(pk=practices["besloten"].pk)
    narrow.audience = Audience.PRACTICES
    narrow.save_revision().publish()
    lessons = {key: page for key, page in lessons.items() if key[0] != "deleted"}
    return Site(lessons, houses, people)


def make_lesson(practice: PracticePage, state: str, audience: str, *, for_search: bool):
    now = timezone.now()
    name = f"Kenmerk-{state}-{audience}"
    theme = TermFactory(name="Samenwerken", slug="samenwerken", kind=TermKind.THEME)
    fields = {
        "title": name,
        "lesson": f"{name}: zo doe je dat.",
        "audience": AUDIENCES[audience],
        "terms": [theme],
        "first_published_at": now,
        "last_published_at": now,
    }
    if for_search:
        own = Words((state, audience))
        Synonym.objects.create(
            # Without a meaning: of the glossary it would be a result itself.
            term=TermFactory(name=own.other, kind=TermKind.CONCEPT, definition=""),
            word=own.synonym,
        )
        fields["title"] = f"{name} {own.in_title}"
        fields["situation"] = f"<p>Hier staat {own.in_text} en {own.synonym}.</p>"
        fields["terms"] = [theme, TermFactory(name=name.lower(), kind=TermKind.TAG)]
        fields["downloads"] = [DownloadFactory(title=f"Werkblad {name}")]
    return LessonPageFactory(parent=practice, **fields)


def make_house(state: str, audience: str) -> PracticePage:
    house = PracticePageFactory(
        title=f"Huis-{state}-{audience}", place="Plaats", audience=AUDIENCES[audience]
    )
    LessonPageFactory(parent=house, title="Gewone les")
    return house


def bring_to_its_state(page, state: str) -> None:
    """As an editor does it, so that it reaches the translations too."""
    now = timezone.now()
    page = type(page).objects.get(pk=page.pk)
    if state in ("draft", "scheduled"):
        page.unpublish()
    if state == "scheduled":
        page = type(page).objects.get(pk=page.pk)
        page.go_live_at = now + timedelta(days=1)
        page.save_revision().publish()
    if state == "expired":
        page.expire_at = now - timedelta(days=1)
        page.save_revision().publish()
    if state == "deleted":
        for twin in page.get_translations(inclusive=True):
            twin.delete()
    if state == "changed":
        change_in_a_draft(page)


def change_in_a_draft(page: LessonPage) -> None:
    """Everything that a list or a filter could tell of a page, in a draft only."""
    audience = next(name for name, value in AUDIENCES.items() if value == page.audience)
    own = Words(("unpublished", audience))
    page.title = f"Kenmerk-unpublished-{audience} {own.in_title}"
    page.lesson = f"Kenmerk-unpublished-{audience}"
    page.situation = f"<p>Hier staan {own.in_text} en {own.synonym}.</p>"
    page.audience = Audience.PUBLIC
    page.date = "1999"
    page.terms.add(TermFactory(name=f"kenmerk-unpublished-{audience}", kind=TermKind.TAG))
    sheet = DownloadFactory(title=f"Werkblad kenmerk-unpublished-{audience}")
    page.downloads = [PageDownload(download=sheet)]
    page.save_revision()
