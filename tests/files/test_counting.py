"""How often a file was downloaded: a number for each day, and nothing about anybody."""

import datetime
from io import BytesIO

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts import visits
from files import counting
from files.models import Download, DownloadCount
from practices.setup import practice_collection
from tests.factories import DownloadFactory, InformationPageFactory

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _nobody_yet():
    caches["visits"].clear()


@pytest.fixture
def download(site_tree):
    download = DownloadFactory()
    InformationPageFactory(downloads=[download])
    return download


def fetch(client, download, *, method="get", **headers) -> None:
    headers = {"HTTP_USER_AGENT": BROWSER} | headers
    response = getattr(client, method)(download.url, **headers)
    if response.streaming:
        # The client closes it at the end, as a server does.
        b"".join(response.streaming_content)


def times(download) -> int:
    return counting.times(download)["total"]


def test_a_reader_who_downloads_is_counted_for_the_day(client, download):
    fetch(client, download)

    count = DownloadCount.objects.get()
    assert (count.download_id, count.times, count.day) == (
        download.pk,
        1,
        timezone.localdate(),
    )


@pytest.mark.parametrize(
    "asked",
    [
        {"method": "head"},
        {"method": "post"},
        {"HTTP_RANGE": "bytes=100-"},
        {"HTTP_RANGE": "bytes=-100"},
        {"HTTP_IF_NONE_MATCH": "*"},
        {"HTTP_USER_AGENT": "Googlebot/2.1 (+http://www.google.com/bot.html)"},
        {"HTTP_USER_AGENT": "curl/8.0"},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_SEC_PURPOSE": "prefetch"},
    ],
)
def test_what_is_no_download_by_a_reader_is_not_counted(client, download, asked):
    fetch(client, download, **asked)

    assert times(download) == 0


def test_the_first_part_of_a_download_in_parts_is_counted_once(client, download):
    for part in ("bytes=0-99", "bytes=100-199", "bytes=200-"):
        fetch(client, download, HTTP_RANGE=part)

    assert times(download) == 1


@pytest.mark.parametrize(
    ("role", "counted"), [("professional", 0), ("leader", 0), ("outer_ring", 1)]
)
def test_who_works_in_the_admin_is_not_counted(client, download, request, role, counted):
    client.force_login(request.getfixturevalue(role))

    fetch(client, download)

    assert times(download) == counted


def test_the_same_person_within_a_minute_is_counted_once(client, download, monkeypatch):
    for _ in range(10):
        fetch(client, download)
    assert times(download) == 1

    fetch(client, download, REMOTE_ADDR="10.0.0.2")
    assert times(download) == 2

    monkeypatch.setattr(counting, "SAME_DOWNLOAD_SECONDS", 0)
    caches["visits"].clear()
    fetch(client, download)
    assert times(download) == 3


def test_nothing_that_leads_to_a_person_is_kept(client, download):
    fetch(client, download, REMOTE_ADDR="10.1.2.3")

    kept = "".join(map(str, caches["visits"]._cache))
    assert "10.1.2.3" not in kept
    assert not client.cookies
    assert {field.name for field in DownloadCount._meta.fields} == {
        *("id", "download", "day", "times"),
    }
    # Without the salt of the day nobody can find out whose number it is.
    assert caches["visits"].get(visits.SALT)


def test_a_count_that_fails_breaks_no_download(client, download, monkeypatch, caplog):
    def fail(*args):
        raise RuntimeError("database is locked")

    monkeypatch.setattr(counting, "_add_one", fail)

    response = client.get(download.url, HTTP_USER_AGENT=BROWSER)

    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert "was not counted: RuntimeError" in caplog.text


def test_the_total_and_the_last_thirty_days(download):
    for days, number in ((0, 1), (29, 2), (30, 4)):
        day = timezone.localdate() - datetime.timedelta(days=days)
        DownloadCount.objects.create(download=download, day=day, times=number)

    assert counting.times(download) == {"total": 7, "recent": 3}


def test_a_new_version_goes_on_with_the_count(client, download):
    fetch(client, download)
    download.file.save("nieuw.pdf", download.file.open())
    download.save()
    caches["visits"].clear()

    fetch(client, Download.objects.get(pk=download.pk))

    assert times(download) == 2


@pytest.mark.parametrize("export", ["", "csv", "xlsx"])
def test_the_report_keeps_the_numbers_of_what_was_deleted_and_not_its_title(
    client, leader, download, export
):
    """It may have been deleted for its title, or renamed before that."""
    fetch(client, download)
    client.force_login(leader)
    assert "Werkblad voor het eerste gesprek" in shown_in_report(client, export)
    number = download.pk
    Download.objects.update(title="Blad")
    download.delete()

    shown = shown_in_report(client, export)

    assert f"Verwijderd bestand {number}" in shown
    assert "Werkblad" not in shown
    rows = DownloadCount.objects.values()
    assert "Werkblad" not in str(list(rows))
    assert [row["times"] for row in rows] == [1]


def shown_in_report(client, export: str) -> str:
    response = client.get(reverse("download_report"), {"export": export} if export else {})
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if export != "xlsx":
        return body.decode()
    return " ".join(str(cell) for row in load_workbook(BytesIO(body)).active.values for cell in row)


def test_who_looks_after_some_files_sees_the_numbers_of_those(
    client, professional, other_professional, practice
):
    download = DownloadFactory(title="Van ons", collection=practice_collection(practice))
    DownloadCount.objects.create(download=download, day=timezone.localdate(), times=5)

    shown = []
    for person in (professional, other_professional):
        client.force_login(person)
        shown.append("Van ons" in client.get(reverse("download_report")).content.decode())

    assert shown == [True, False]


def test_the_report_is_for_who_looks_after_files(client, outer_ring):
    client.force_login(outer_ring)

    assert client.get(reverse("download_report")).status_code in (302, 403, 404)


def test_the_list_shows_the_numbers_in_one_query_more(client, leader, download):
    DownloadCount.objects.create(download=download, day=timezone.localdate(), times=41)
    client.force_login(leader)

    assert b"41" in client.get(reverse("wagtaildocs:index")).content
