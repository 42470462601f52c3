"""What may be done, as docs/permissions.md says it: every cell is tried."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import OUTER_RING, PROJECT_LEADERS
from files.models import Download
from lessons.models import LessonPage
from practices.models import PracticePage
from practices.setup import practice_collection, practice_group
from reviewing.seen import seen
from search.models import Promotion
from tests.admin.forms import add, edit, lessons_of, rich, send
from tests.factories import (
    SMALL_PDF,
    DownloadFactory,
    LessonPageFactory,
    PracticePageFactory,
    TermFactory,
    UserFactory,
    make_site,
    practice_index,
)
from tests.made_once import made_once, making
from tests.visibility.document import PEOPLE, promise, table
from visibility.setup import ensure_role_groups

# One site for all of them, so on one worker.
pytestmark = pytest.mark.xdist_group("permissions")


class Place:
    """A practice with all that somebody could change in it."""

    def __init__(self):
        make_site()
        ensure_role_groups()
        self.practice = PracticePageFactory(title="Orion")
        self.other = PracticePageFactory(title="Elders")
        self.lesson = LessonPageFactory(parent=self.practice, slug="les")
        self.draft = LessonPageFactory(parent=self.practice, slug="concept", live=False)
        self.waiting = LessonPageFactory(parent=self.practice, slug="wacht", live=False)
        for page in (self.lesson, self.draft, self.waiting):
            page.save_revision()
        self.collection = practice_collection(self.practice)
        self.file = DownloadFactory(collection=self.collection)
        self.term = TermFactory()
        own, elsewhere = practice_group(self.practice), practice_group(self.other)
        self.people = {
            "outer ring": UserFactory(groups=[OUTER_RING]),
            "other professional": UserFactory(groups=[elsewhere]),
            "own professional": UserFactory(groups=[own]),
            "project leader": UserFactory(groups=[PROJECT_LEADERS]),
            "administrator": UserFactory(is_superuser=True),
        }
        self.somebody = UserFactory(groups=[OUTER_RING])
        self.task = self.waiting.get_workflow().start(self.waiting, None).current_task_state

    def client_of(self, name: str) -> Client:
        client = Client()
        if name in self.people:
            client.force_login(User.objects.get(pk=self.people[name].pk))
        return client


@pytest.fixture(scope="module")
def place(django_db_setup, django_db_blocker) -> Iterator[Place]:
    with made_once(django_db_blocker):
        with making(django_db_blocker):
            made = Place()
        yield made


def pages(name, *args) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def opens(client, address) -> bool:
    return client.get(address).status_code == 200


def live(page) -> bool:
    return LessonPage.objects.get(pk=page.pk).live


def sent(client, address, action="", /, **changes) -> None:
    """Send a form; whoever does not get it, sends what there is."""
    if opens(client, address):
        send(client, address, action, **changes)
    else:
        client.post(address, changes | ({f"action-{action}": "1"} if action else {}))


def writes(client, place) -> bool:
    texts = {name: rich("Zo ging het.") for name in ("situation", "action", "result")}
    sent(client, add(LessonPage, lessons_of(place.practice)), title="Nieuw", **texts)
    return LessonPage.objects.filter(title="Nieuw", live=False).exists()


def changes(client, place) -> bool:
    sent(client, edit(place.lesson), title="Anders")
    lesson = LessonPage.objects.get(pk=place.lesson.pk)
    return lesson.get_latest_revision_as_object().title == "Anders"


def previews(client, place) -> bool:
    return opens(client, pages("view_draft", place.draft.pk))


def hands_in(client, place) -> bool:
    sent(client, edit(place.draft), "submit")
    return place.draft.workflow_states.filter(status="in_progress").exists()


def publishes(client, place) -> bool:
    sent(client, edit(place.draft), "publish")
    return live(place.draft)


def approves(client, place) -> bool:
    mark = seen(place.waiting.get_latest_revision())
    client.post(reverse("reviewing_page", args=[place.waiting.pk]), {"approve": "1", "seen": mark})
    return live(place.waiting)


def unpublishes(client, place) -> bool:
    client.post(pages("unpublish", place.lesson.pk))
    return not live(place.lesson)


def moves(client, place) -> bool:
    client.post(pages("move_confirm", place.lesson.pk, lessons_of(place.other).pk))
    return LessonPage.objects.get(pk=place.lesson.pk).practice_key == place.other.practice_key


def uploads(client, place) -> bool:
    file = ContentFile(SMALL_PDF, name="nieuw.pdf")
    data = {"title": "Nieuw", "file": file, "collection": place.collection.pk}
    client.post(
        reverse("wagtaildocs:add"), data | {"language": "nl", "licence": "cc-by-4.0", "tags": ""}
    )
    return Download.objects.filter(title="Nieuw", collection=place.collection).exists()


def changes_file(client, place) -> bool:
    sent(client, reverse("wagtaildocs:edit", args=[place.file.pk]), title="Anders")
    return Download.objects.filter(title="Anders").exists()


def deletes_file(client, place) -> bool:
    client.post(reverse("wagtaildocs:delete", args=[place.file.pk]))
    return not Download.objects.filter(pk=place.file.pk).exists()


def changes_profile(client, place) -> bool:
    sent(client, edit(place.practice), title="Anders")
    revision = PracticePage.objects.get(pk=place.practice.pk).latest_revision
    return revision is not None and revision.as_object().title == "Anders"


def makes_practice(client, place) -> bool:
    sent(client, add(PracticePage, practice_index()), title="Nieuwe praktijk", place="Assen")
    return PracticePage.objects.filter(title="Nieuwe praktijk").exists()


def changes_words(client, place) -> bool:
    sent(
        client, reverse("wagtailsnippets_vocabulary_term:edit", args=[place.term.pk]), name="Anders"
    )
    return type(place.term).objects.filter(name="Anders").exists()


def recommends(client, place) -> bool:
    sent(
        client,
        reverse("wagtailsnippets_search_promotion:add"),
        **{"questions": "ouders", "pages-0-page": str(place.lesson.pk), "pages-TOTAL_FORMS": "1"},
        **{"pages-0-ORDER": "1", "pages-0-id": "", "pages-0-DELETE": ""},
    )
    return Promotion.objects.exists()


def reads_reports(client, place) -> bool:
    reports = ("wagtailadmin_reports:site_history", "search_report")
    answers = {opens(client, reverse(name)) for name in reports}
    assert len(answers) == 1
    return answers.pop()


def makes(client, **rights) -> User | None:
    names = {"first_name": "Noor", "last_name": "Jansen"}
    client.post(
        reverse("wagtailusers_users:add"), {"email": "nieuw@voorbeeld.nl", **names, **rights}
    )
    return User.objects.filter(email="nieuw@voorbeeld.nl").first()


def invites(client, place) -> bool:
    group = practice_group(place.practice)
    account = makes(client, groups=[group.pk])
    return account is not None and account.groups.filter(pk=group.pk).exists()


def makes_leader(client, place) -> bool:
    group = Group.objects.get(name=PROJECT_LEADERS)
    account = makes(client, groups=[group.pk])
    return account is not None and account.groups.filter(pk=group.pk).exists()


def makes_administrator(client, place) -> bool:
    account = makes(client, is_superuser="on")
    return account is not None and account.is_superuser


def changes_groups(client, place) -> bool:
    return opens(client, reverse("wagtailusers_groups:add"))


DEEDS = {
    "open the admin": lambda client, place: opens(client, "/beheer/"),
    "find the practice in the admin": lambda client, place: opens(
        client, reverse("wagtailadmin_explore", args=[place.practice.pk])
    ),
    "write a lesson in the practice": writes,
    "change a lesson of the practice": changes,
    "preview a draft of a colleague": previews,
    "see who changed a lesson and when": lambda client, place: opens(
        client, pages("history", place.lesson.pk)
    ),
    "hand a lesson in for review": hands_in,
    "publish a lesson": publishes,
    "approve a lesson that was handed in": approves,
    "take a live lesson off the site": unpublishes,
    "move a live lesson to another practice": moves,
    "upload a file for the practice": uploads,
    "change a file of the practice": changes_file,
    "delete a file of the practice": deletes_file,
    "change the profile of the practice": changes_profile,
    "make a new practice": makes_practice,
    "take care of the words": changes_words,
    "recommend pages in the search": recommends,
    "see reports about the whole platform": reads_reports,
    "start a translation": lambda client, place: opens(
        client, reverse("wagtail_localize:submit_page_translation", args=[place.lesson.pk])
    ),
    "invite somebody into a practice": invites,
    "make somebody a project leader": makes_leader,
    "make somebody an administrator": makes_administrator,
    "change the groups and their rights": changes_groups,
}
MAY_BE_DONE = {row[0]: dict(zip(PEOPLE, row[1:], strict=True)) for row in table("What may be done")}


def test_every_deed_is_in_the_document():
    assert list(MAY_BE_DONE) == list(DEEDS)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_is_possible_for_whom_the_document_says(db, place, deed, person):
    assert DEEDS[deed](place.client_of(person), place) == promise(MAY_BE_DONE[deed][person])
