"""Loading the start content: complete, and never again what was changed or deleted since."""

import pytest
from django.apps import apps
from wagtail.models import Page, Site

from accounts.models import User
from content.models import ContentPage
from files.models import Download
from home.models import HomePage, InformationPage, NewsPage
from home.start_content.load import load
from home.start_content.publishing import loaded_page
from lessons.models import LessonPage
from practices.models import PracticeKind, PracticePage
from search.models import Promotion
from vocabulary.models import Term

pytestmark = pytest.mark.xdist_group("start content")

# Kept by Wagtail about changes, and no content.
NOT_COUNTED = {"wagtailcore", "sessions", "contenttypes", "auth"}


def load_again():
    told = []
    accounts = load(empty=False, tell=told.append)
    return accounts, told


def counts():
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in NOT_COUNTED
    } | {"pages": Page.objects.count(), "sites": Site.objects.count()}


def test_loading_again_adds_nothing(start_content):
    before = counts()
    changed = set(Page.objects.values_list("pk", "latest_revision", "last_published_at"))

    accounts, told = load_again()

    assert counts() == before
    assert set(Page.objects.values_list("pk", "latest_revision", "last_published_at")) == changed
    assert accounts == []
    assert told[-1] == "English: 0 new pages"


def test_loading_again_keeps_every_change():
    lesson = loaded_page("lesson:start-09")
    lesson.title, lesson.slug, lesson.paths = "Anders", "anders", []
    lesson.save_revision().publish()
    draft = loaded_page("lesson:start-10")
    draft.title = "Nog een concept"
    draft.save_revision()
    practice = loaded_page("practice:orion")
    practice.title, practice.slug = "Orion Noord", "orion-noord"
    practice.surroundings, practice.budget_holders = [], ["school"]
    practice.save_revision().publish()
    page = loaded_page("page:over")
    page.slug = "wie-wij-zijn"
    page.body.append(("text", "<p>Nog een alinea.</p>"))
    page.save_revision().publish()
    home = HomePage.objects.get(locale__language_code="nl")
    home.leading_lesson, home.title = None, "Iets anders"
    home.save_revision().publish()
    sheet = Download.objects.filter(alternative_to=None).first()
    sheet.title = "Nieuwe naam"
    sheet.save()
    term = Term.objects.get(slug="normaliseren")
    term.name, term.slug = "Gewoon maken", "gewoon-maken"
    term.save()
    before = counts()

    load_again()

    assert counts() == before
    lesson = loaded_page("lesson:start-09")
    assert (lesson.title, lesson.slug, lesson.paths.count()) == ("Anders", "anders", 0)
    draft = LessonPage.objects.get(pk=draft.pk)
    assert draft.has_unpublished_changes
    assert draft.get_latest_revision_as_object().title == "Nog een concept"
    practice = PracticePage.objects.get(pk=practice.pk)
    assert practice.title == "Orion Noord"
    assert (practice.surroundings, practice.budget_holders) == ([], ["school"])
    assert InformationPage.objects.get(pk=page.pk).slug == "wie-wij-zijn"
    home = HomePage.objects.get(pk=home.pk)
    assert (home.leading_lesson, home.title) == (None, "Iets anders")
    assert Download.objects.get(pk=sheet.pk).title == "Nieuwe naam"
    assert not Term.objects.filter(name="Normaliseren").exists()


def test_what_was_deleted_stays_away(client):
    lesson = loaded_page("lesson:start-27")
    lesson.slug = "hernoemd"
    lesson.save_revision().publish()
    loaded_page("lesson:start-27").delete()
    private = loaded_page("lesson:start-28")
    private.audience = "practice"
    private.save_revision().publish()
    private.delete()
    loaded_page("page:privacy").delete()
    NewsPage.objects.filter(locale__language_code="nl").first().delete()
    LessonPage.objects.filter(locale__language_code="en").first().delete()
    Download.objects.filter(alternative_to=None).first().delete()
    Promotion.objects.get().delete()
    User.objects.filter(email__startswith="buitenring").delete()
    before = counts()

    accounts, _ = load_again()

    assert [account.role for account in accounts] == ["outer ring"]
    more = {name: before[name] + 1 for name in ("accounts.User", "account.EmailAddress")}
    assert counts() == before | more
    assert client.get("/les/27/").status_code == 410
    assert client.get("/les/28/").status_code == 404


def test_a_question_has_something_on_top(client):
    results = client.get("/zoeken/?q=wachtlijst").context["results"]

    assert [line.external_id for line in results.promoted.lines] == ["start-04", "start-09"]


def test_there_is_one_login_for_each_role(start_content, client):
    roles = {account.role: account for account in start_content.accounts}

    assert set(roles) == {"administrator", "project leader", "professional", "outer ring"}
    for account in roles.values():
        assert account.email.endswith(".example"), "an address that belongs to nobody"
        assert len(account.password) >= 12
        assert client.login(username=account.email, password=account.password)
    assert len({account.password for account in roles.values()}) == 4


def test_there_are_three_practices_and_forty_lessons():
    dutch = {"locale__language_code": "nl"}

    practices = PracticePage.objects.filter(kind=PracticeKind.PRACTICE, **dutch)
    assert [practice.slug for practice in practices.order_by("path")] == [
        "orion",
        "veens-welzijn",
        "integrated-care-emmen",
    ]
    lessons = LessonPage.objects.live().filter(**dutch)
    assert sorted(lessons.values_list("external_id", flat=True)) == [
        f"start-{number:02}" for number in range(1, 41)
    ]


def test_a_lesson_has_the_number_that_it_is_known_by(client):
    for lesson in LessonPage.objects.filter(locale__language_code="nl"):
        number = int(lesson.external_id.removeprefix("start-"))

        assert client.get(f"/les/{number}/")["Location"] == lesson.url


def test_the_next_lesson_gets_the_next_number():
    index = loaded_page("lesson:start-01").get_parent().specific

    new = index.add_child(instance=LessonPage(title="Nieuw", situation="x", lesson="x"))

    assert new.number == 41


def test_everything_that_was_loaded_is_live_and_has_no_waiting_change():
    waiting = ContentPage.objects.filter(locale__language_code="nl").exclude(
        live=True, has_unpublished_changes=False
    )

    assert list(waiting) == []
    assert Page.find_problems() == ([], [], [], [], [])
