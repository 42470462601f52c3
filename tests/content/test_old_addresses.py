"""Addresses outlive a rename, a move and a deletion, and an old one gives nothing away."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from content.models import GoneAddress
from lessons.models import LessonIndexPage, LessonPage
from practices.models import PracticePage
from tests.factories import DevelopmentPathPageFactory, LessonPageFactory, in_english
from visibility.audience import Audience

ORION = "/praktijken/orion/"


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Give a page another address, as an editor does."""

    def rename(page, slug):
        page = type(page).objects.get(pk=page.pk)
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        return type(page).objects.get(pk=page.pk)

    return rename


def leads_to(client, address, **extra):
    response = client.get(address, **extra)
    assert response.status_code in (301, 302), response.status_code
    return response["Location"]


def body(client, address):
    """What a visitor reads there, without the address itself: the choice of language names it."""
    response = client.get(address)
    assert response.status_code == 404
    return response.content.decode().replace(address, "ADDRESS")


# Renamed and moved


def test_a_renamed_lesson_is_found_at_its_old_address(client, lesson, rename):
    old = lesson.url

    lesson = rename(lesson, "klein-beginnen")

    assert leads_to(client, old) == lesson.url
    assert lesson.url.endswith("/klein-beginnen/")


def test_a_renamed_practice_takes_everything_below_it_along(client, practice, lesson, rename):
    path = DevelopmentPathPageFactory(parent=practice)
    old = [practice.url, lesson.url, path.url]

    rename(practice, "orion-noord")

    new = [ORION.replace("orion", "orion-noord") + url.removeprefix(ORION) for url in old]
    assert [leads_to(client, url) for url in old] == new


def test_a_page_that_was_renamed_twice_is_one_step_away(client, lesson, rename):
    first = lesson.url
    second = rename(lesson, "tweede").url
    lesson = rename(lesson, "derde")

    assert leads_to(client, first) == lesson.url
    assert leads_to(client, second) == lesson.url


def test_a_page_that_is_renamed_back_is_there_again(client, lesson, rename):
    first = lesson.url
    second = rename(lesson, "tweede").url
    rename(lesson, "begin-klein")

    assert client.get(first).status_code == 200
    assert leads_to(client, second) == first


def test_a_page_that_is_renamed_back_and_withdrawn_leads_nowhere(client, lesson, rename):
    first = lesson.url
    rename(lesson, "tweede")
    rename(lesson, "begin-klein").unpublish()

    assert client.get(first).status_code == 404


def test_a_lesson_that_moved_to_another_practice_is_found_at_its_old_address(
    client, lesson, other_practice
):
    old = lesson.url
    new_index = LessonIndexPage.objects.child_of(other_practice).get()

    LessonPage.objects.get(pk=lesson.pk).move(Page.objects.get(pk=new_index.pk), pos="last-child")

    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert leads_to(client, old) == lesson.url == f"{new_index.url}begin-klein/"
    assert lesson.practice_key == other_practice.practice_key


def test_old_addresses_work_in_english_whether_translated_or_not(client, practice, lesson, rename):
    untranslated = LessonPageFactory(parent=practice, title="Alleen Nederlands")
    in_english(lesson, title="Start small")
    old, old_untranslated = f"/en{lesson.url}", f"/en{untranslated.url}"

    rename(lesson, "klein-beginnen")
    rename(untranslated, "nog-steeds")

    assert leads_to(client, old) == f"/en{ORION}lessen/klein-beginnen/"
    assert leads_to(client, old_untranslated) == f"/en{ORION}lessen/nog-steeds/"


def test_a_translation_with_an_address_of_its_own_keeps_it(client, lesson, rename):
    english = in_english(lesson, title="Start small", slug="start-small")

    rename(lesson, "klein-beginnen")

    assert client.get(english.url).status_code == 200


def test_a_query_string_does_not_hide_an_old_address(client, lesson, rename):
    old = lesson.url
    lesson = rename(lesson, "klein-beginnen")

    assert leads_to(client, f"{old}?utm=1") == lesson.url


# Spelling


def test_capitals_lead_to_the_address_in_lower_case(client, lesson):
    assert leads_to(client, lesson.url.upper()) == lesson.url
    assert leads_to(client, "/EN/Praktijken/?a=B") == "/en/praktijken/?a=B"


def test_a_missing_slash_is_added(client, lesson):
    assert leads_to(client, lesson.url.rstrip("/")) == lesson.url
    assert leads_to(client, f"/les/{lesson.number}") == f"/les/{lesson.number}/"


def test_an_address_with_an_accent_works(client, practice, settings):
    settings.WAGTAIL_ALLOW_UNICODE_SLUGS = True
    lesson = LessonPageFactory(parent=practice, title="Één gezin", slug="één-gezin")

    assert client.get(lesson.url).status_code == 200
    assert leads_to(client, lesson.url.rstrip("/")).endswith("/")


# The printed number


def test_the_printed_number_always_leads_to_the_lesson(client, lesson, rename, other_practice):
    address = f"/les/{lesson.number}/"
    assert leads_to(client, address) == lesson.url

    lesson = rename(lesson, "klein-beginnen")
    assert leads_to(client, address) == lesson.url

    new_index = LessonIndexPage.objects.child_of(other_practice).get()
    lesson.move(Page.objects.get(pk=new_index.pk), pos="last-child")
    assert leads_to(client, address) == LessonPage.objects.get(pk=lesson.pk).url


def test_the_printed_number_works_in_english(client, lesson):
    assert leads_to(client, f"/en/les/{lesson.number}/") == f"/en{lesson.url}"

    english = in_english(lesson, slug="start-small")

    assert leads_to(client, f"/en/les/{lesson.number}/") == english.url


def test_a_translation_shares_the_number_of_its_lesson(lesson):
    assert in_english(lesson).number == lesson.number


def test_a_number_is_never_used_again(practice):
    lesson = LessonPageFactory(parent=practice)
    lesson.delete()

    assert LessonPageFactory(parent=practice).number > lesson.number


def test_the_number_of_a_draft_is_not_found(client, practice):
    draft = LessonPageFactory(parent=practice, live=False)

    assert body(client, f"/les/{draft.number}/") == body(client, "/les/987654/")


def test_the_number_of_a_lesson_for_members_leads_to_signing_in_without_naming_it(
    client, practice, outer_ring, professional
):
    lesson = LessonPageFactory(parent=practice, title="Geheim", audience=Audience.PRACTICES)
    address = f"/les/{lesson.number}/"

    to = leads_to(client, address)
    assert to == f"/account/inloggen/?next={address}"
    page = client.get(to).content.decode()
    assert "Geheim" not in page
    assert "geheim" not in page

    client.force_login(outer_ring)
    assert client.get(address).status_code == 404
    client.force_login(professional)
    assert leads_to(client, address) == lesson.url


# Deleted


def test_a_deleted_public_page_says_that_it_is_gone_and_shows_a_way_on(client, lesson):
    lesson.delete()

    for address in (lesson.url, f"/en{lesson.url}", f"/les/{lesson.number}/"):
        response = client.get(address)
        html = response.content.decode()

        assert response.status_code == 410, address
        assert "Begin klein" not in html
        assert 'href="/' in html.split("<main", 1)[1]


@pytest.mark.parametrize("how", ["draft", "for some", "below a draft", "below one for some"])
def test_of_a_deleted_page_that_was_not_public_nothing_is_told(client, practice, how):
    if how.startswith("below"):
        above = PracticePage.objects.get(pk=practice.pk)
        above.live, above.audience = how != "below a draft", Audience.PRACTICES
        above.save()
    audience = Audience.PRACTICE if how == "for some" else Audience.PUBLIC
    lesson = LessonPageFactory(parent=practice, live=how != "draft", audience=audience)

    lesson.delete()

    never_there = f"{practice.url}lessen/nooit-geweest/"
    assert body(client, lesson.url) == body(client, never_there)
    assert body(client, f"/les/{lesson.number}/") == body(client, "/les/987654/")


def test_deleting_only_the_translation_takes_nothing_from_the_dutch_lesson(client, lesson):
    in_english(lesson, title="Start small").delete()

    assert "Begin klein" in client.get(f"/en{lesson.url}").content.decode()
    assert leads_to(client, f"/les/{lesson.number}/") == lesson.url
    LessonPage.objects.get(pk=lesson.pk).unpublish()
    assert client.get(f"/les/{lesson.number}/").status_code == 404


# What an old address tells


def test_the_old_address_of_what_is_a_draft_now_tells_nothing(client, lesson, rename):
    old = lesson.url
    rename(lesson, "nieuwe-geheime-titel").unpublish()

    assert body(client, old) == body(client, "/praktijken/nooit-geweest/")


def test_the_old_address_of_what_is_for_some_now_does_not_tell_the_new_one(
    client, lesson, rename, outer_ring, professional
):
    old = lesson.url
    lesson = rename(lesson, "nieuwe-geheime-titel")
    lesson.audience = Audience.PRACTICE
    lesson.save_revision().publish()

    for address in (old, f"/en{old}"):
        assert "geheim" not in leads_to(client, address)
        assert "inloggen" in leads_to(client, address)
    client.force_login(outer_ring)
    assert body(client, old) == body(client, "/praktijken/nooit-geweest/")
    client.force_login(professional)
    assert leads_to(client, old) == LessonPage.objects.get(pk=lesson.pk).url


# Redirects that somebody made by hand


@pytest.mark.parametrize(
    "link",
    ["https://elders.example/", "//elders.example/", "javascript:alert(1)", "http:/elders.example",
     "/\\elders.example", "\\\\elders.example"],
)  # fmt: skip
def test_a_redirect_to_another_host_is_refused(client, site_tree, leader, link):
    Redirect.objects.create(old_path="/oud", redirect_link=link)

    assert client.get("/oud/").status_code == 404
    assert client.get("/en/oud/").status_code == 404

    client.force_login(leader)
    form = {"old_path": "/ander", "redirect_link": link, "is_permanent": "on", "site": ""}
    client.post("/beheer/redirects/add/", form)
    assert not Redirect.objects.filter(old_path="/ander").exists()


def test_a_redirect_within_the_site_can_be_made_and_works(client, site_tree, leader, settings):
    client.force_login(leader)
    link = f"{settings.BASE_URL}/praktijken/"
    form = {"old_path": "/oud", "redirect_link": link, "is_permanent": "on", "site": ""}

    client.post("/beheer/redirects/add/", form)

    client.logout()
    assert leads_to(client, "/oud/") == link


def test_a_chain_of_redirects_is_one_step(client, site_tree):
    Redirect.objects.create(old_path="/een", redirect_link="/twee/")
    Redirect.objects.create(old_path="/twee", redirect_link="/praktijken/")

    assert leads_to(client, "/een/") == "/praktijken/"


@pytest.mark.parametrize("links", [{"/a": "/a/"}, {"/a": "/b/", "/b": "/a/"}])
def test_redirects_in_a_circle_lead_nowhere(client, site_tree, links):
    for old_path, link in links.items():
        Redirect.objects.create(old_path=old_path, redirect_link=link)

    assert client.get("/a/").status_code == 404


def test_capitals_never_lead_to_another_host(client, site_tree):
    response = client.get("/", PATH_INFO="//ELDERS.example/pad")

    assert response.status_code in (301, 404)
    assert not response.get("Location", "").startswith("//")


def test_nothing_is_remembered_of_a_page_without_an_address(site_tree):
    Page.get_first_root_node().add_child(instance=Page(title="Los", slug="los")).delete()

    assert not GoneAddress.objects.exists()
