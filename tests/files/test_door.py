"""The door of a closed file, from every side: all addresses, all surfaces, and no guessing."""

import datetime
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from files import guessing, reading, versions
from files.models import Download
from tests.factories import DownloadFactory, LessonPageFactory
from tests.files.test_access import extra_with, picture_of
from visibility.audience import Audience

SECRET, WORDS = "Geheimplan", "zwaluwstaartverbinding"
PEOPLE = ["visitor", "outer_ring", "other_professional", "professional", "leader"]
FILTERS = ["width-20", "fill-20x20", "original", "format-webp"]


@pytest.fixture
def clients(visitor, outer_ring, other_professional, professional, leader) -> dict[str, Client]:
    made = {}
    for name, person in zip(
        PEOPLE, [visitor, outer_ring, other_professional, professional, leader], strict=True
    ):
        made[name] = Client()
        if person.is_authenticated:
            made[name].force_login(person)
    return made


@pytest.fixture(params=["practice", "draft", "expired"])
def closed(request, practice):
    """A file and a picture on a page that is not for everybody; the state, and who reads it."""
    download = DownloadFactory(
        title=SECRET, file=ContentFile(f"{WORDS} hier".encode(), name="geheim plan é.txt")
    )
    Download.objects.filter(pk=download.pk).update(download_name="geheim plan é.txt")
    download.refresh_from_db()
    list(reading.read_waiting())
    fields = {"live": request.param != "draft", "audience": Audience.PRACTICE}
    if request.param == "expired":
        fields["expire_at"] = timezone.now() - datetime.timedelta(minutes=1)
    picture = picture_of()
    renditions = [picture.get_rendition(spec) for spec in FILTERS]
    LessonPageFactory(
        parent=practice, title="Les", downloads=[download], extra=extra_with(picture), **fields
    )
    readers = {"professional", "leader"} if request.param == "practice" else {"leader"}
    return download, renditions, readers


def addresses_of(download) -> dict[str, bool]:
    """Every address by which somebody may try to get the file, and whether it is its own."""
    name, key = download.filename, download.pk
    return {
        download.url: True,
        f"/documenten/{key}/{quote(name)}": True,
        f"/documenten/{key}/{quote(name, safe='')}?download=1": True,
        f"/documenten/{key}/{quote(name)}/": False,
        f"/documenten/{key}/{quote(name.upper())}": False,
        f"/documenten/{key}/{quote(quote(name))}": False,
        f"/documenten/{key}/%2e%2e/{quote(name)}": False,
        f"/documenten/0{key}/x.txt": False,
        f"/en/documenten/{key}/{quote(name)}": False,
        f"/media/{download.file.name}": False,
        f"/media/{quote(download.file.name, safe='')}": False,
        f"/media/images/%2e%2e%2f{download.file.name}": False,
        f"/documents/{key}/{quote(name)}": False,
        f"/beheer/documents/versions/{key}/": False,
    }


def test_only_its_readers_get_a_closed_file_and_only_at_its_own_address(clients, closed):
    download, _renditions, readers = closed

    for person, client in clients.items():
        for address, is_own in addresses_of(download).items():
            status = client.get(address).status_code
            if is_own and person in readers:
                assert status == 200, (person, address)
            else:
                # The admin sends a stranger to the door where one signs in.
                assert status in ((302, 403, 404) if "beheer" in address else (404,)), address


def test_no_size_of_a_closed_picture_is_there_for_others(clients, closed):
    _download, renditions, readers = closed

    for person, client in clients.items():
        for rendition in renditions:
            expected = 200 if person in readers else 404
            assert client.get(rendition.url).status_code == expected, (person, rendition.url)
            original = f"/media/{rendition.image.file.name}"
            assert client.get(original).status_code == 404


# With a word that stands in the file, and one that begins its title.
SURFACES = [
    "/",
    f"/zoeken/?q={WORDS}",
    f"/zoeken/export.csv?q={WORDS}",
    f"/api/v1/search/?q={WORDS}&soort=download",
    f"/api/v1/suggest/?q={SECRET[:6]}",
    "/feeds/lessen.atom",
    "/sitemap.xml",
    "/praktijken/orion/",
    "/praktijken/orion/downloads/",
    "/vergelijken/?praktijk=orion",
]


def test_nothing_tells_others_that_a_closed_file_is_there(clients, closed):
    download, _renditions, readers = closed
    told = set()

    for person, client in clients.items():
        for surface in SURFACES:
            response = client.get(surface)
            body = (b"".join(response) if response.streaming else response.content).decode()
            if f"/documenten/{download.pk}/" in body or SECRET in body:
                told.add((person, surface))

    # The API and the feed speak of public content only, whoever asks.
    for_readers = {f"/zoeken/?q={WORDS}", "/praktijken/orion/downloads/"}
    is_shown = "professional" in readers
    assert {person for person, _surface in told} <= (readers if is_shown else set())
    assert all(("professional", surface) in told for surface in for_readers) == is_shown
    assert not any(surface.startswith(("/api", "/feeds", "/sitemap")) for _person, surface in told)


def test_a_copied_link_is_worth_nothing_after_signing_out(clients, closed):
    download, _renditions, _readers = closed
    client = clients["leader"]
    answer = client.get(download.url)
    assert "no-store" in answer["Cache-Control"]

    client.logout()

    kept = {"HTTP_IF_NONE_MATCH": answer["ETag"], "HTTP_IF_MODIFIED_SINCE": answer["Last-Modified"]}
    assert client.get(download.url, **kept).status_code == 404


def test_a_page_that_is_withdrawn_closes_its_file_unless_another_shows_it(practice):
    download = DownloadFactory()
    first, second = (
        LessonPageFactory(parent=practice, title=title, downloads=[download])
        for title in ("Een", "Twee")
    )
    statuses = []
    for page in (first, second):
        page.unpublish()
        statuses.append(Client().get(download.url).status_code)

    assert statuses == [200, 404]


def test_the_name_of_an_earlier_version_tells_a_stranger_nothing(clients, closed, leader):
    download, _renditions, readers = closed
    old = download.url
    versions.keep_current(download)
    Download.objects.filter(pk=download.pk).update(download_name="nieuw.txt")

    for person, client in clients.items():
        assert client.get(old).status_code == (302 if person in readers else 404), person


# Guessing


@pytest.fixture
def few(monkeypatch):
    """Three misses a minute may be, and the clock stands still until somebody sets it."""
    monkeypatch.setattr(guessing, "MOST_MISSES", 3)
    clock = SimpleNamespace(now=1_000_000_005)
    monkeypatch.setattr(guessing, "time", SimpleNamespace(time=lambda: clock.now))
    return clock


def guess(client, times: int, address: str = "/documenten/{}/plan.pdf", **headers) -> list[int]:
    return [client.get(address.format(900 + i), **headers).status_code for i in range(times)]


@pytest.mark.parametrize("address", ["/documenten/{}/plan.pdf", "/media/images/{}.jpg"])
def test_who_guesses_has_to_wait_and_hears_how_long(client, site_tree, few, address):
    assert guess(client, 4, address) == [404, 404, 404, 429]

    answer = client.get(address.format(1))
    assert answer["Retry-After"] == str(60 - 1_000_000_005 % 60)
    assert "no-store" in answer["Cache-Control"]
    assert "Wacht een minuut" in answer.content.decode()


def test_after_a_minute_it_is_over(client, site_tree, few):
    guess(client, 4)

    few.now += 60
    assert guess(client, 1) == [404]


def test_another_address_and_another_account_count_apart(
    client, site_tree, few, professional, leader
):
    guess(client, 4)

    assert guess(client, 1, REMOTE_ADDR="10.0.0.9") == [404]
    for person in (professional, leader):
        client.force_login(person)
        assert guess(client, 4) == [404, 404, 404, 429]


def test_who_may_have_a_file_gets_it_however_many_were_missed(client, practice, few):
    download = DownloadFactory()
    LessonPageFactory(parent=practice, downloads=[download])
    guess(client, 5)

    assert client.get(download.url).status_code == 200


@pytest.mark.parametrize(("proxies", "last"), [([], 429), (["127.0.0.1"], 404)])
def test_only_a_proxy_of_our_own_may_say_who_asks(client, site_tree, few, settings, proxies, last):
    settings.TRUSTED_PROXIES = proxies
    for number in range(3):
        guess(client, 1, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")

    assert guess(client, 1, HTTP_X_FORWARDED_FOR="10.0.0.99") == [last]


def test_a_closed_file_and_none_count_alike(client, closed, few):
    download, _renditions, _readers = closed
    statuses = [client.get(download.url).status_code for _ in range(4)]

    assert statuses == [404, 404, 404, 429]


def test_the_editor_of_a_page_says_who_can_have_its_files(client, leader, closed):
    _download, _renditions, readers = closed
    page = LessonPageFactory._meta.model.objects.get(title="Les")
    client.force_login(leader)

    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    narrow = "Alleen collega’s van de praktijk waarvan een pagina het laat zien"
    closed_for_all = "geen gepubliceerde pagina laat het zien"
    assert (narrow if "professional" in readers else closed_for_all) in editor
