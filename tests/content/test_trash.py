"""Deleting goes to the trash, and comes back as it was."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, Page, PageLogEntry, ReferenceIndex, Revision, WorkflowState

from content import trash
from content.deletion import NotByWayOfTheTrashError, StaysError
from content.models import ContentPage, GoneAddress, Trashed
from content.trash import (
    KEPT_DAYS,
    NeedsPlaceError,
    NotThereError,
    delete_from_trash,
    put_in_trash,
    restore,
)
from home.models import InformationPage
from lessons.models import LessonIndexPage, LessonPage
from tests.admin.forms import edit, lessons_of
from tests.factories import (
    DownloadFactory,
    InformationPageFactory,
    LessonPageFactory,
    PracticePageFactory,
    TermFactory,
    UserFactory,
    in_english,
)

CONFIRMED = {"confirm": "Lerende Praktijken", "confirm_site_name": "Lerende Praktijken"}
ELSEWHERE = [
    "/zoeken/?q=buren",
    "/zoeken/?q=kaart",
    "/api/v1/search/?q=scholen",
    "/feeds/lessen.atom",
    "/praktijken/orion/lessen/",
    "/praktijken/",
]
FIELDS_OF_A_PLACE = {"path", "numchild"}


def full_lesson(practice, *, live=True, **fields) -> LessonPage:
    """A lesson with words, a file, versions and a comment."""
    lesson = LessonPageFactory(
        parent=practice,
        title="Begin bij de buren",
        live=live,
        terms=[TermFactory(name="Buurtwerk")],
        downloads=[DownloadFactory(title="Kaart van de buurt")],
        **fields,
    )
    lesson.save_revision(log_action=True)
    if live:
        lesson.get_latest_revision().publish()
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.title = "Begin bij de buren, en blijf"
    lesson.save_revision()
    Comment.objects.create(page=lesson, user=UserFactory(), text="Mooi", contentpath="title")
    return LessonPage.objects.get(pk=lesson.pk)


def _draft(practice) -> ContentPage:
    return full_lesson(practice, live=False)


def _live(practice) -> ContentPage:
    return full_lesson(practice)


def _translated(practice) -> ContentPage:
    lesson = full_lesson(practice)
    in_english(lesson, title="Start with the neighbours", slug="start-with-the-neighbours")
    return lesson


def _branch(practice) -> ContentPage:
    page = InformationPageFactory(title="Voor scholen")
    below = InformationPageFactory(title="Voor leraren", parent=page)
    InformationPageFactory(title="Voor stagiairs", parent=below, live=False)
    InformationPageFactory(title="Voor ouders", parent=page)
    in_english(below, title="For teachers")
    return InformationPage.objects.get(pk=page.pk)


def _empty_practice(practice) -> ContentPage:
    return PracticePageFactory(title="Nog leeg")


WHAT: dict[str, Callable] = {
    "draft": _draft,
    "live": _live,
    "translated": _translated,
    "branch": _branch,
    "empty practice": _empty_practice,
}


def _by_page(client, page) -> None:
    client.post(f"/beheer/pages/{page.pk}/delete/", CONFIRMED)


def _in_bulk(client, page) -> None:
    pages = page.get_descendants(inclusive=True)
    ids = "&".join(f"id={each.pk}" for each in pages)
    client.post(f"/beheer/bulk/wagtailcore/page/delete/?{ids}", CONFIRMED)


def _by_api(client, page) -> None:
    response = client.post(f"/beheer/api/main/pages/{page.pk}/action/delete/")
    assert response.status_code == 204


def _by_code(client, page) -> None:
    page.delete()


WAYS: dict[str, Callable] = {
    "page": _by_page,
    "bulk": _in_bulk,
    "api": _by_api,
    "code": _by_code,
}


def branches_of(page) -> list[ContentPage]:
    """The page in every language, with all below."""
    found = []
    for top in ContentPage.objects.filter(translation_key=page.translation_key):
        found += ContentPage.objects.filter(path__startswith=top.path).order_by("path").specific()
    return found


def picture_of(client, pages) -> list[dict]:
    """Everything that belongs to these pages, as it is now."""
    picture = []
    key = ContentType.objects.get_for_model(Page)
    for pk in [page.pk for page in pages]:
        page = ContentPage.objects.get(pk=pk).specific
        revisions = Revision.objects.filter(base_content_type=key, object_id=str(pk))
        addresses = page.own_addresses
        picture.append(
            {
                "fields": {
                    field.name: getattr(page, field.attname)
                    for field in page._meta.concrete_fields
                    if field.name not in FIELDS_OF_A_PLACE
                },
                "parent": page.get_parent().pk,
                "siblings": [each.pk for each in page.get_siblings()],
                "terms": sorted(page.page_terms.values_list("tag", flat=True)),
                "files": list(page.downloads.values_list("download", flat=True)),
                "comments": list(page.wagtail_admin_comments.values_list("pk", "text")),
                "revisions": list(revisions.order_by("pk").values_list("pk", "content")),
                "refers": ReferenceIndex.get_references_for_object(page).count(),
                "answers": {address: client.get(address).status_code for address in addresses},
            }
        )
    return picture


def shown(client, pages) -> set[tuple[str, str]]:
    """What readers see of these pages elsewhere: the titles, and where."""
    names = {page.title for page in pages} - {"Lessen", "Ontwikkelpad"} | {"Kaart van de buurt"}
    texts = {address: client.get(address).content.decode() for address in ELSEWHERE}
    return {(name, where) for where, text in texts.items() for name in names if name in text}


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("way", WAYS)
def test_what_was_deleted_comes_back_as_it_was(client, leader, practice, what, way):
    page = WHAT[what](practice)
    LessonPageFactory(parent=practice, title="De les daarna")
    pages = branches_of(page)
    visitor = Client()
    before, shown_before = picture_of(visitor, pages), shown(visitor, pages)
    client.force_login(leader)

    WAYS[way](client, page)

    trashed = Trashed.objects.get()
    assert trashed.pages == len(pages)
    assert not ContentPage.objects.outside_trash().filter(pk__in=[p.pk for p in pages]).exists()
    for was, now in zip(before, picture_of(visitor, pages), strict=True):
        # What was there is gone, and of a draft nothing is told.
        gone = {path: 404 if code == 404 else 410 for path, code in was["answers"].items()}
        assert {path: visitor.get(path).status_code for path in gone} == gone
        assert now["fields"]["live"] == was["fields"]["live"]
    assert shown(visitor, pages) == set()

    client.post(f"/beheer/prullenbak/{trashed.pk}/terug/")

    assert picture_of(visitor, pages) == before
    assert shown(visitor, pages) == shown_before
    assert Page.find_problems() == ([], [], [], [], [])
    assert not Trashed.objects.exists()
    assert not GoneAddress.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_a_page_with_a_lock_below_it_stays(client, leader, practice, way):
    page = _branch(practice)
    locked = InformationPage.objects.get(title="Voor stagiairs")
    InformationPage.objects.filter(pk=locked.pk).update(locked=True)
    client.force_login(leader)

    if way == "code":
        with pytest.raises(StaysError):
            page.delete()
    elif way == "api":
        url = f"/beheer/api/main/pages/{page.pk}/action/delete/"
        assert client.post(url).status_code == 403
    else:
        WAYS[way](client, page)

    assert not Trashed.objects.exists()
    assert InformationPage.objects.outside_trash().filter(pk=locked.pk).exists()


def test_the_home_page_stays(site_tree):
    with pytest.raises(StaysError):
        site_tree.home.delete()


@pytest.mark.parametrize("how", ["plain page", "queryset", "plain queryset"])
def test_code_that_forgets_the_trash_deletes_nothing(lesson, how):
    pages = {
        "plain page": Page.objects.get(pk=lesson.pk),
        "queryset": LessonPage.objects.filter(pk=lesson.pk),
        "plain queryset": Page.objects.filter(pk=lesson.pk),
    }

    with pytest.raises(NotByWayOfTheTrashError), transaction.atomic():
        pages[how].delete()

    assert LessonPage.objects.outside_trash().filter(pk=lesson.pk).exists()


# Coming back


def test_an_address_that_was_taken_meanwhile_is_another_one_and_that_is_told(
    client, leader, practice
):
    lesson = full_lesson(practice)
    old = lesson.url
    trashed = put_in_trash(lesson, by=leader)
    LessonPageFactory(parent=practice, title="Nieuw", slug=lesson.slug)
    client.force_login(leader)

    response = client.post(f"/beheer/prullenbak/{trashed.pk}/terug/", follow=True)

    back = LessonPage.objects.get(pk=lesson.pk)
    assert back.slug == "begin-bij-de-buren-2"
    assert back.get_latest_revision_as_object().slug == back.slug
    assert "begin-bij-de-buren-2" in response.content.decode()
    assert client.get(old).context["page"].title == "Nieuw"
    assert client.get(back.url).status_code == 200


def test_a_page_whose_place_is_in_the_trash_asks_for_another(client, leader, practice):
    parent = InformationPageFactory(title="Voor scholen")
    page = InformationPageFactory(title="Voor leraren", parent=parent)
    elsewhere = InformationPageFactory(title="Voor iedereen")
    in_english(page, title="For teachers")
    old = page.url
    child = put_in_trash(page, by=leader)
    put_in_trash(parent, by=leader)
    client.force_login(leader)
    url = f"/beheer/prullenbak/{child.pk}/terug/"

    with pytest.raises(NeedsPlaceError):
        restore(child, by=leader)
    nothing_chosen = client.post(url)
    stranger = client.post(url, {"place": lessons_of(practice).pk})
    assert Trashed.objects.filter(pk=child.pk).exists()
    client.post(url, {"place": elsewhere.pk})

    assert "place" in nothing_chosen.context["form"].errors
    assert "place" in stranger.context["form"].errors
    back = InformationPage.objects.get(pk=page.pk)
    assert back.url == "/voor-iedereen/voor-leraren/"
    english = back.get_translations().get()
    assert english.get_parent().specific.translation_key == elsewhere.translation_key
    assert client.get(old).url == back.url
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_number_from_elsewhere_that_was_taken_is_given_up(leader, practice):
    lesson = LessonPageFactory(parent=practice, external_id="a-1")
    lesson.save_revision()
    trashed = put_in_trash(lesson, by=leader)
    LessonPageFactory(parent=practice, title="Opnieuw", external_id="a-1").full_clean()

    returned = restore(trashed, by=leader)

    back = LessonPage.objects.get(pk=lesson.pk)
    assert back.external_id == back.get_latest_revision_as_object().external_id == ""
    assert any("a-1" in remark for remark in returned.remarks)


def test_an_overview_that_was_made_anew_leaves_no_room_for_the_old_one(leader, practice):
    index = LessonIndexPage.objects.child_of(practice).get()
    trashed = put_in_trash(index, by=leader)
    fresh = LessonIndexPage(title="Lessen", slug="lessen", locale=practice.locale)
    Page.objects.get(pk=practice.pk).add_child(instance=fresh)

    with pytest.raises(NeedsPlaceError):
        restore(trashed, by=leader)


def test_a_planned_moment_waits_as_well(leader, practice):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    lesson = LessonPageFactory(parent=practice, live=False, go_live_at=tomorrow)
    lesson.save_revision().publish()
    planned = Revision.objects.filter(approved_go_live_at__isnull=False)
    assert planned.exists()

    trashed = put_in_trash(lesson, by=leader)
    assert not planned.exists()
    restore(trashed, by=leader)
    assert planned.get().approved_go_live_at == tomorrow

    trashed = put_in_trash(lesson, by=leader)
    Trashed.objects.update(planned=dict.fromkeys(trashed.planned, "2020-01-01T00:00:00+00:00"))
    assert restore(trashed, by=leader).remarks
    assert not planned.exists()


def test_a_workflow_in_progress_is_cancelled(professional, leader, practice):
    lesson = LessonPageFactory(parent=practice, live=False, owner=professional)
    lesson.save_revision(user=professional)
    lesson.get_workflow().start(lesson, professional)

    trashed = put_in_trash(lesson, by=professional)
    restore(trashed, by=professional)

    assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED
    assert LessonPage.objects.get(pk=lesson.pk).current_workflow_state is None


# Two at once, and half-way


def test_who_comes_second_is_told(client, leader, lesson):
    client.force_login(leader)
    trashed = put_in_trash(lesson, by=leader)

    with pytest.raises(NotThereError):
        put_in_trash(lesson, by=leader)
    restore(trashed, by=leader)
    with pytest.raises(NotThereError):
        restore(trashed, by=leader)
    with pytest.raises(NotThereError):
        delete_from_trash(trashed, by=leader)

    assert client.post(f"/beheer/prullenbak/{trashed.pk}/terug/").status_code == 404
    assert LessonPage.objects.visible_to(AnonymousUser()).filter(pk=lesson.pk).exists()


@pytest.mark.parametrize("step", ["_cancel_workflows", "_move", "_tell"])
def test_what_breaks_half_way_changes_nothing(leader, practice, monkeypatch, step):
    lesson = _translated(practice)
    before = picture_of(Client(), branches_of(lesson))
    working = getattr(trash, step)

    def broken(*args):
        working(*args)
        raise RuntimeError(step)

    monkeypatch.setattr(trash, step, broken)

    with pytest.raises(RuntimeError):
        put_in_trash(lesson, by=leader)
    assert picture_of(Client(), branches_of(lesson)) == before

    monkeypatch.setattr(trash, step, working)
    trashed = put_in_trash(lesson, by=leader)
    if step != "_cancel_workflows":
        monkeypatch.setattr(trash, step, broken)
        with pytest.raises(RuntimeError):
            restore(trashed, by=leader)
        monkeypatch.setattr(trash, step, working)
    restore(trashed, by=leader)

    assert picture_of(Client(), branches_of(lesson)) == before
    assert Page.find_problems() == ([], [], [], [], [])


# Nowhere meanwhile


@pytest.mark.every_case
@pytest.mark.parametrize("person", ["professional", "leader", "administrator"])
def test_the_admin_shows_it_nowhere_but_in_the_bin(client, request, practice, person):
    user = request.getfixturevalue(person)
    lesson = LessonPageFactory(parent=practice, title="Zeldzame titel", live=False, owner=user)
    lesson.save_revision(user=user, log_action=True)
    put_in_trash(lesson, by=user)
    root = ContentPage.objects.get(depth=1)
    client.force_login(user)

    for address in (
        "/beheer/",
        "/beheer/pages/",
        f"/beheer/pages/{root.pk}/",
        f"/beheer/pages/{lessons_of(practice).pk}/",
        "/beheer/pages/search/?q=zeldzame",
        "/beheer/choose-page/?page_type=wagtailcore.page&q=zeldzame",
        f"/beheer/choose-page/{root.pk}/",
        "/beheer/choose-page/search/?q=zeldzame",
        "/beheer/api/main/pages/",
        f"/beheer/api/main/pages/{lesson.pk}/",
        "/beheer/reports/aging-pages/",
        "/beheer/reports/workflow/",
        edit(lesson),
        *(
            f"/beheer/pages/{lesson.pk}/{what}/"
            for what in ("history", "view_draft", "copy", "move", "delete", "unpublish")
        ),
    ):
        answer = client.get(address, follow=True)
        # Not the question that was typed into the box itself.
        shown = answer.content.decode().replace("q=zeldzame", "")
        assert "Zeldzame titel" not in shown, address
    assert "Zeldzame titel" in client.get("/beheer/prullenbak/").content.decode()


CRAFTED = {
    "edit": lambda pk: (f"/beheer/pages/{pk}/edit/", {"title": "Anders", "action-publish": "1"}),
    "publish": lambda pk: (f"/beheer/api/main/pages/{pk}/action/publish/", {}),
    "bulk publish": lambda pk: (f"/beheer/bulk/wagtailcore/page/publish/?id={pk}", CONFIRMED),
    "bulk delete": lambda pk: (f"/beheer/bulk/wagtailcore/page/delete/?id={pk}", CONFIRMED),
    "delete": lambda pk: (f"/beheer/pages/{pk}/delete/", CONFIRMED),
    "api delete": lambda pk: (f"/beheer/api/main/pages/{pk}/action/delete/", {}),
    "lock": lambda pk: (f"/beheer/pages/{pk}/lock/", {}),
    "move": lambda pk: (f"/beheer/pages/move/{pk}/1/confirm/", {}),
    "copy": lambda pk: (f"/beheer/pages/{pk}/copy/", {"new_title": "Kopie", "new_slug": "kopie"}),
}


@pytest.mark.parametrize("person", ["leader", "administrator"])
@pytest.mark.parametrize("crafted", CRAFTED)
def test_a_crafted_request_changes_nothing_in_the_trash(client, request, lesson, person, crafted):
    user = request.getfixturevalue(person)
    lesson.save_revision()
    put_in_trash(lesson, by=user)
    before = ContentPage.objects.filter(pk=lesson.pk).values().get(), Page.objects.count()
    client.force_login(user)

    answer = client.post(*CRAFTED[crafted](lesson.pk))

    assert answer.status_code in (302, 403, 404)
    assert before == (ContentPage.objects.filter(pk=lesson.pk).values().get(), Page.objects.count())


def test_an_old_address_of_it_is_gone_as_well(client, leader, practice):
    lesson = full_lesson(practice)
    old = lesson.url
    lesson.slug = "nieuw-adres"
    lesson.save_revision().publish()
    Redirect.add_redirect(old, redirect_to=LessonPage.objects.get(pk=lesson.pk))
    assert client.get(old).status_code == 301

    trashed = put_in_trash(LessonPage.objects.get(pk=lesson.pk), by=leader)
    assert client.get(old).status_code == 410
    restore(trashed, by=leader)

    assert client.get(old).status_code == 301


def test_a_link_in_a_text_says_that_the_page_is_gone(client, leader, practice):
    gone = LessonPageFactory(parent=practice, title="Geheim van de buren")
    link = f'<p><a linktype="page" id="{gone.pk}">deze les</a></p>'
    lesson = LessonPageFactory(parent=practice, title="Verwijst", situation=link)

    trashed = put_in_trash(gone, by=leader)
    html = client.get(lesson.url).content.decode()
    restore(trashed, by=leader)

    assert 'title="niet meer beschikbaar"' in html
    assert "deze les" in html
    assert "Geheim van de buren" not in html
    assert "None" not in html
    assert gone.url in client.get(lesson.url).content.decode()


# Who may


@pytest.mark.parametrize(
    ("person", "live", "sees", "restores", "deletes"),
    [
        ("professional", False, True, True, False),
        ("professional", True, True, False, False),
        ("other_professional", False, False, False, False),
        ("leader", True, True, True, True),
        ("administrator", True, True, True, True),
    ],
)
def test_who_may_do_what_with_the_trash(
    client, request, practice, leader, person, live, sees, restores, deletes
):
    lesson = LessonPageFactory(parent=practice, title="Weggegooid", live=live)
    trashed = put_in_trash(lesson, by=leader)
    client.force_login(request.getfixturevalue(person))

    assert ("Weggegooid" in client.get("/beheer/prullenbak/").content.decode()) == sees
    html = client.get("/beheer/prullenbak/").content.decode()
    back, gone = f"/beheer/prullenbak/{trashed.pk}/terug/", f"/beheer/prullenbak/{trashed.pk}/weg/"
    assert ((back in html), (gone in html)) == (restores, deletes)
    client.post(gone) if not deletes else None
    assert Trashed.objects.filter(pk=trashed.pk).exists()
    client.post(back)
    assert Trashed.objects.filter(pk=trashed.pk).exists() != restores


def test_a_professional_deletes_an_own_draft_and_undoes_it(client, professional, practice):
    lesson = LessonPageFactory(parent=practice, live=False, owner=professional)
    live = LessonPageFactory(parent=practice, title="Gepubliceerd")
    client.force_login(professional)

    client.post(f"/beheer/pages/{lesson.pk}/delete/", CONFIRMED)
    client.post(f"/beheer/pages/{live.pk}/delete/", CONFIRMED)
    trashed = Trashed.objects.get()
    assert trashed.page_id == lesson.pk
    client.post(f"/beheer/prullenbak/{trashed.pk}/terug/")

    assert lessons_of(practice).pk == LessonPage.objects.get(pk=lesson.pk).get_parent().pk


@pytest.mark.parametrize("number", [3, 30])
def test_the_list_asks_as_much_however_much_lies_there(
    client, leader, practice, django_assert_max_num_queries, number
):
    for index in range(number):
        put_in_trash(LessonPageFactory(parent=practice, title=f"Les {index}"), by=leader)
    client.force_login(leader)
    client.get("/beheer/prullenbak/")

    with django_assert_max_num_queries(20):
        html = client.get("/beheer/prullenbak/").content.decode()

    assert html.count("/terug/") == number


# For good


def test_after_thirty_days_it_goes_for_good_and_says_what(capsys, client, leader, practice):
    sheet = DownloadFactory()
    old = LessonPageFactory(parent=practice, title="Oud", downloads=[sheet])
    english = in_english(old, title="Old")
    address = old.url
    put_in_trash(old, by=leader)
    just_now = put_in_trash(LessonPageFactory(parent=practice, title="Nieuw"), by=leader)
    long_ago = timezone.now() - datetime.timedelta(days=KEPT_DAYS, minutes=1)
    Trashed.objects.exclude(pk=just_now.pk).update(at=long_ago)

    call_command("purge_trash")

    said = capsys.readouterr().out
    assert "1 things deleted, 2 pages; 1 things left." in said
    assert "Oud" not in said
    assert not Page.objects.filter(pk__in=[old.pk, english.pk]).exists()
    assert Trashed.objects.get() == just_now
    assert client.get(address).status_code == 410
    sheet.refresh_from_db()
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_leader_deletes_for_good_after_a_question(client, leader, lesson):
    trashed = put_in_trash(lesson, by=leader)
    client.force_login(leader)
    url = f"/beheer/prullenbak/{trashed.pk}/weg/"

    assert client.get(url).status_code == 200
    assert Page.objects.filter(pk=lesson.pk).exists()
    client.post(url)

    assert not Page.objects.filter(pk=lesson.pk).exists()
    assert PageLogEntry.objects.filter(action="content.purge", user=leader).exists()
