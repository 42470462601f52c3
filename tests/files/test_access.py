"""Who may have a file: the rule, tried at every address and with every method."""

import datetime
import itertools
import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from content.models import PageDownload
from files import access
from files.access import can_see_download, can_see_picture, visible_downloads
from files.models import Download, Picture
from lessons.models import LessonPage
from practices.setup import practice_collection
from tests.factories import (
    DevelopmentPathPageFactory,
    DownloadFactory,
    InformationPageFactory,
    LessonPageFactory,
    NewsPageFactory,
    PathStepFactory,
    UserFactory,
)
from tests.files import samples
from visibility.audience import Audience

PEOPLE = ["visitor", "outer_ring", "other_professional", "professional", "leader"]
# Who may read a live page of `practice` with this audience.
READERS = {
    Audience.PUBLIC: {*PEOPLE},
    Audience.OUTER_RING: {*PEOPLE} - {"visitor"},
    Audience.PRACTICES: {"professional", "other_professional", "leader"},
    Audience.PRACTICE: {"professional", "leader"},
}
STATES = ["live", "draft", "expired"]


@pytest.fixture
def people(visitor, outer_ring, other_professional, professional, leader):
    return dict(
        zip(PEOPLE, [visitor, outer_ring, other_professional, professional, leader], strict=True)
    )


def client_of(person) -> Client:
    client = Client()
    if person.is_authenticated:
        client.force_login(person)
    return client


def picture_of(**fields) -> Picture:
    file = ContentFile(samples.picture(), name="foto.jpg")
    return Picture.objects.create(title="Foto", file=file, consent_note="Ja", **fields)


def lesson_in(state: str, audience: Audience, practice, **fields):
    fields |= {"parent": practice, "audience": audience, "live": state != "draft"}
    if state == "expired":
        fields["expire_at"] = timezone.now() - datetime.timedelta(minutes=1)
    return LessonPageFactory(**fields)


def extra_with(picture) -> str:
    block = {"image": {"image": picture.pk, "alt_text": "Twee stoelen"}, "caption": ""}
    return json.dumps([{"type": "picture", "value": block}])


REQUESTS = [
    ("get", {}),
    ("head", {}),
    ("post", {}),
    ("put", {}),
    ("delete", {}),
    ("options", {}),
    ("get", {"HTTP_RANGE": "bytes=0-10"}),
    ("get", {"HTTP_IF_NONE_MATCH": "*"}),
    ("get", {"HTTP_IF_NONE_MATCH": "{hash}"}),
    ("get", {"HTTP_IF_MODIFIED_SINCE": "Wed, 01 Jan 2099 00:00:00 GMT"}),
]


def answers(client, address: str, file_hash: str = "", requests=REQUESTS) -> list:
    found = []
    for method, headers in requests:
        headers = {
            name: value.replace("{hash}", f'"{file_hash}"') for name, value in headers.items()
        }
        found.append(getattr(client, method)(address, **headers))
    return found


@pytest.mark.every_case
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("audience", Audience.values)
def test_a_download_is_there_for_the_readers_of_a_page_that_offers_it(
    people, practice, audience, state
):
    download = DownloadFactory()
    other_form = DownloadFactory(alternative_to=download)
    lesson_in(state, audience, practice, downloads=[download])
    requests = REQUESTS if audience == Audience.OUTER_RING else REQUESTS[:1]

    for name, person in people.items():
        allowed = name == "leader" or (state == "live" and name in READERS[audience])
        shown = state == "live" and name in READERS[audience]
        client = client_of(person)
        assert set(visible_downloads(person)) == ({download, other_form} if shown else set()), name
        assert client.get(other_form.url).status_code == (200 if allowed else 404), name
        statuses = [
            answer.status_code
            for answer in answers(client, download.url, download.file_hash, requests)
        ]
        expected = [200, 200, 405, 405, 405, 405, 200, 304, 304, 304] if allowed else [404] * 10
        assert statuses == expected[: len(requests)], name


@pytest.mark.every_case
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("audience", Audience.values)
def test_a_picture_is_there_for_the_readers_of_a_page_that_shows_it(
    people, practice, audience, state
):
    picture = picture_of()
    rendition = picture.get_rendition("width-20")
    lesson_in(state, audience, practice, extra=extra_with(picture))
    requests = REQUESTS if audience == Audience.OUTER_RING else REQUESTS[:1]

    for name, person in people.items():
        allowed = name == "leader" or (state == "live" and name in READERS[audience])
        statuses = [
            answer.status_code
            for answer in answers(client_of(person), rendition.url, requests=requests)
        ]
        expected = [200, 200, 405, 405, 405, 405, 200, 200, 200, 200] if allowed else [404] * 10
        assert statuses == expected[: len(requests)], name


def test_a_file_on_no_page_is_there_for_the_project_leader_only(people):
    download, rendition = DownloadFactory(), picture_of().get_rendition("width-20")

    for name, person in people.items():
        for address in (download.url, rendition.url):
            status = client_of(person).get(address).status_code
            assert status == (200 if name == "leader" else 404), name


def test_colleagues_have_the_files_of_their_own_collection(people, practice):
    collection = practice_collection(practice)
    download = DownloadFactory(collection=collection)
    rendition = picture_of(collection=collection).get_rendition("width-20")

    for name, person in people.items():
        for address in (download.url, rendition.url):
            status = client_of(person).get(address).status_code
            assert status == (200 if name in ("leader", "professional") else 404), name


def test_who_left_a_practice_no_longer_has_what_was_uploaded_there(practice, professional):
    download = DownloadFactory(
        collection=practice_collection(practice), uploaded_by_user=professional
    )
    assert client_of(professional).get(download.url).status_code == 200

    professional.groups.clear()

    assert client_of(professional).get(download.url).status_code == 404


def test_a_blocked_account_sees_what_a_visitor_sees(practice, professional):
    collection = practice_collection(practice)
    professional.is_active = False

    assert not can_see_download(professional, DownloadFactory(collection=collection))


def test_a_file_of_a_step_follows_its_path(practice, visitor):
    path = DevelopmentPathPageFactory(parent=practice)
    download = DownloadFactory()
    step = PathStepFactory(page=path)
    step.downloads.add(download)
    step.save()
    assert can_see_download(visitor, download)

    path.unpublish()

    assert not can_see_download(visitor, download)


def test_a_file_below_a_closed_page_is_closed(practice, visitor):
    download = DownloadFactory()
    picture = picture_of()
    LessonPageFactory(parent=practice, downloads=[download], extra=extra_with(picture))
    assert can_see_download(visitor, download)
    assert can_see_picture(visitor, picture)

    practice.audience = Audience.PRACTICES
    practice.save_revision().publish()

    assert not can_see_download(visitor, download)
    assert not can_see_picture(visitor, picture)


def test_the_widest_page_decides(practice, visitor):
    download = DownloadFactory()
    LessonPageFactory(parent=practice, audience=Audience.PRACTICE, downloads=[download])
    assert not can_see_download(visitor, download)

    public = InformationPageFactory(downloads=[download])
    assert can_see_download(visitor, download)

    public.unpublish()
    assert not can_see_download(visitor, download)


def test_a_main_file_does_not_follow_its_other_form(practice, visitor):
    main = DownloadFactory()
    InformationPageFactory(downloads=[DownloadFactory(alternative_to=main)])

    assert not can_see_download(visitor, main)


def test_a_draft_of_a_live_page_opens_and_closes_nothing(practice, visitor):
    old, new = DownloadFactory(), DownloadFactory()
    old_picture, new_picture = picture_of(), picture_of()
    lesson = LessonPageFactory(parent=practice, downloads=[old], extra=extra_with(old_picture))
    lesson.save_revision()
    draft = lesson.get_latest_revision_as_object()
    draft.downloads = [PageDownload(download=new)]
    draft.extra = extra_with(new_picture)

    revision = draft.save_revision()

    def seen():
        return [
            *(can_see_download(visitor, download) for download in (old, new)),
            *(can_see_picture(visitor, picture) for picture in (old_picture, new_picture)),
        ]

    assert seen() == [True, False, True, False]
    LessonPage.objects.get(pk=lesson.pk).save()
    assert seen() == [True, False, True, False]
    revision.publish()
    assert seen() == [False, True, False, True]


def test_the_picture_of_a_news_item_follows_it(site_tree, visitor):
    picture = picture_of()
    news = NewsPageFactory(image=picture)
    assert can_see_picture(visitor, picture)

    news.unpublish()

    assert not can_see_picture(visitor, picture)


def test_a_deleted_page_takes_its_files_with_it(practice, visitor):
    download, picture = DownloadFactory(), picture_of()
    page = InformationPageFactory(
        downloads=[download],
        body=f'[{{"type": "picture", "value": {{"image": {{"image": {picture.pk}}}}}}}]',
    )
    assert can_see_download(visitor, download)
    assert can_see_picture(visitor, picture)

    page.delete()

    assert not can_see_download(visitor, download)
    assert not can_see_picture(visitor, picture)


def test_a_closed_file_answers_as_one_that_never_was(practice, visitor):
    download = DownloadFactory(file=ContentFile(samples.pdf(), name="Geheim Plan.pdf"))
    rendition = picture_of().get_rendition("width-20")

    def bodies():
        return [
            (answer.status_code, answer.content)
            for address in (download.url, rendition.url)
            for answer in answers(client_of(visitor), address, download.file_hash)
        ]

    there = bodies()
    Download.objects.all().delete()
    Picture.objects.all().delete()

    assert there == bodies()
    assert all(status == 404 and b"Werkblad" not in body for status, body in there)


def test_a_stranger_without_a_token_gets_the_same_answer(practice):
    client = Client(enforce_csrf_checks=True)
    download = DownloadFactory()

    assert client.post(download.url).status_code == 404
    assert client.post("/documenten/999999/niets.pdf").status_code == 404


@pytest.mark.parametrize(
    "name", ["anders.pdf", "werkblad.pdf/", "WERKBLAD.pdf", "..%2Fwerkblad.pdf"]
)
def test_another_name_is_another_address(leader, name):
    download = DownloadFactory()

    response = client_of(leader).get(f"/documenten/{download.pk}/{name}")

    assert response.status_code == 404


def test_nothing_is_reached_by_its_place_on_the_disk(people):
    download, picture = DownloadFactory(), picture_of()
    picture.get_rendition("width-20")
    InformationPageFactory(downloads=[download])
    addresses = [
        f"/media/{download.file.name}",
        f"/media/{picture.file.name}",
        "/media/",
        "/media/images/",
        "/media/documents/",
        "/media/original_images/",
        "/media/wagtail_uploads/kaart.pdf",
        f"/media/images/../{download.file.name}",
        f"/media/images/%2e%2e/{download.file.name}",
        f"/media/images/..%2f{picture.file.name}",
        f"/static/../media/{download.file.name}",
        f"/documents/{download.pk}/{download.filename}",
        f"/images/{picture.pk}/width-20/",
    ]

    for person, address in itertools.product(people.values(), addresses):
        assert client_of(person).get(address, follow=True).status_code == 404, address


@pytest.mark.parametrize("kind", ["documents", "images"])
def test_wagtails_lists_of_files_name_only_files_of_ones_own(people, practice, kind):
    collection = practice_collection(practice)
    DownloadFactory(title="Geheim", collection=collection)
    picture_of(collection=collection)

    for name, person in people.items():
        client = client_of(person)
        listed = client.get(f"/beheer/api/main/{kind}/", HTTP_ACCEPT="application/json")
        seen = listed.status_code == 200 and listed.json()["meta"]["total_count"] == 1
        assert seen == (name in ("professional", "leader")), name
        for address in (f"/api/v2/{kind}/", f"/api/v3/{kind}/", f"/api/{kind}/", f"/{kind}/"):
            assert client.get(address).status_code == 404


def test_the_rule_asks_a_constant_number_of_questions(
    practice, visitor, django_assert_max_num_queries
):
    downloads = [DownloadFactory() for _ in range(5)]
    for _ in range(4):
        LessonPageFactory(parent=practice, downloads=downloads)

    closed = DownloadFactory()

    with django_assert_max_num_queries(3):
        assert not can_see_download(visitor, closed)
    with django_assert_max_num_queries(1):
        assert visible_downloads(visitor).count() == 5
    with django_assert_max_num_queries(7):
        assert Client().get(downloads[0].url).status_code == 200


def test_an_administrator_has_every_file(administrator, practice):
    assert can_see_download(administrator, DownloadFactory())
    assert can_see_picture(administrator, picture_of())
    assert not can_see_download(AnonymousUser(), DownloadFactory())
    assert not can_see_download(UserFactory(), DownloadFactory())


def test_every_part_that_shows_files_says_so():
    uses = {use.__module__ for use in [*access._download_uses, *access._picture_uses]}

    assert uses == {"content.file_uses", "practices.file_uses"}
