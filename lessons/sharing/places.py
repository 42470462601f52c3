"""For which practices somebody can share a lesson."""

from dataclasses import dataclass

from content.languages import source_locale
from lessons.models import LessonIndexPage, LessonPage
from practices.models import PracticeKind, PracticePage


@dataclass(frozen=True)
class Place:
    """A practice, and the page of it that its lessons come under."""

    practice: PracticePage
    index: LessonIndexPage

    @property
    def slug(self) -> str:
        return self.practice.slug


@dataclass(frozen=True)
class Places:
    """Where somebody works: there a lesson can be shared, unless the practice has ended."""

    open: list[Place]
    ended: list[PracticePage]

    def chosen(self, slug: str) -> Place | None:
        """The practice with this address; the only one needs no choosing."""
        if len(self.open) == 1:
            return self.open[0]
        return next((place for place in self.open if place.slug == slug), None)


def places_of(user) -> Places:
    """The practices of a professional; to a project leader every one that is at work."""
    practices = PracticePage.objects.visible_to(user).filter(
        kind=PracticeKind.PRACTICE, locale=source_locale()
    )
    indexes = {
        index.practice_key: index
        for index in LessonIndexPage.objects.visible_to(user).filter(locale=source_locale())
    }
    own = [
        Place(practice, indexes[practice.practice_key])
        for practice in practices.order_by("path")
        if practice.practice_key in indexes
        and indexes[practice.practice_key].permissions_for_user(user).can_edit()
    ]
    return Places(
        open=[
            place
            for place in own
            if LessonPage.can_create_at(place.index)
            and place.index.permissions_for_user(user).can_add_subpage()
        ],
        ended=[place.practice for place in own if place.practice.is_ended],
    )


def place_of(lesson: LessonPage) -> Place:
    """Where a lesson stands. Whoever may write it may know that."""
    index = LessonIndexPage.objects.parent_of(lesson).get()
    return Place(PracticePage.objects.parent_of(index).get(), index)
