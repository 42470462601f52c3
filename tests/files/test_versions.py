"""A new file at the same address: the old ones are kept for editors, and for nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from files import versions
from files.models import Download, EarlierVersion
from practices.setup import practice_collection
from tests.admin.forms import fields_of
from tests.factories import LessonPageFactory
from tests.files import samples, written

OLD, NEW = written.pdf_with_text(["Oud"]), written.pdf_with_text(["Nieuw"], ["Twee"])


@pytest.fixture
def collection(practice):
    return practice_collection(practice)


@pytest.fixture
def upload(client, professional, collection):
    """Sends the form of a download with another file, as its editor."""
    client.force_login(professional)

    def send(download, name, content, **fields):
        address = reverse("wagtaildocs:edit", args=[download.pk])
        file = SimpleUploadedFile(name, content)
        data = fields_of(client.get(address))
        return client.post(address, data | {"file": file} | fields)

    return send


@pytest.fixture
def download(client, professional, practice, collection):
    client.force_login(professional)
    address = reverse("wagtaildocs:add")
    data = fields_of(client.get(address)) | {"title": "Kaart", "collection": collection.pk}
    client.post(address, data | {"file": SimpleUploadedFile("kaart.pdf", OLD)})
    download = Download.objects.get()
    LessonPageFactory(parent=practice, downloads=[download])
    return download


def content_at(client, address: str) -> bytes:
    client.logout()
    return b"".join(client.get(address).streaming_content)


def test_the_address_stays_and_readers_get_the_new_file(client, upload, download):
    address = download.url

    upload(download, "kaart versie 2.pdf", NEW, new_in_this_version="Een vraag erbij.")

    download.refresh_from_db()
    assert download.url == address
    assert content_at(client, address) == NEW
    assert download.page_count == 2


def test_readers_see_what_is_new_and_since_when(client, upload, download, practice):
    upload(download, "kaart.pdf", NEW, new_in_this_version="Een vraag erbij.")
    client.logout()

    page = client.get(f"{practice.url}downloads/").content.decode()

    assert "Nieuwe versie, " in page
    assert "Een vraag erbij." in page


def test_who_brought_which_version_is_kept(upload, download, professional):
    upload(download, "kaart.pdf", NEW, new_in_this_version="Een vraag erbij.")
    upload(download, "kaart.pdf", OLD)

    second, first = EarlierVersion.objects.all()
    assert (first.brought_by, first.change_note, first.file_size) == (professional, "", len(OLD))
    assert (second.change_note, second.page_count) == ("Een vraag erbij.", 2)
    assert first.since < second.since
    with first.file.open() as file:
        assert file.read() == OLD


def test_another_kind_of_file_is_asked_about(client, upload, download):
    refused = upload(download, "kaart.docx", samples.docx())

    assert "may_be_another_kind" in refused.context["form"].errors
    assert not EarlierVersion.objects.exists()

    old_address = download.url
    upload(download, "kaart.docx", samples.docx(), may_be_another_kind="on")

    download.refresh_from_db()
    assert download.filename == "kaart.docx"
    client.logout()
    assert client.get(old_address)["Location"] == download.url


def test_a_dangerous_file_changes_nothing(upload, download):
    upload(download, "kaart.exe", samples.PROGRAM, may_be_another_kind="on")

    assert Download.objects.get().file_hash == download.file_hash
    assert not EarlierVersion.objects.exists()


def test_a_name_that_tells_who_a_child_is_does_not_stay(db):
    assert versions.name_of_new("verslag van Noor.pdf", "verslag.pdf") == "verslag.pdf"
    assert versions.name_of_new("kaart.pdf", "kaart-2.pdf") == "kaart.pdf"


def test_an_earlier_version_can_be_put_back(client, upload, download, professional):
    upload(download, "kaart.pdf", NEW)
    (earlier,) = EarlierVersion.objects.all()

    client.post(reverse("download_put_back", args=[earlier.pk]))

    download.refresh_from_db()
    assert content_at(client, download.url) == OLD
    assert download.replaced_by == professional
    assert EarlierVersion.objects.count() == 2


def test_who_is_downloading_while_the_file_is_replaced_gets_one_whole_file(
    client, upload, download
):
    client.logout()
    response = client.get(download.url)
    begin = next(iter(response.streaming_content))
    client.force_login(download.uploaded_by_user)

    upload(download, "kaart.pdf", NEW)

    assert begin + b"".join(response.streaming_content) == OLD


@pytest.mark.parametrize(
    "address", ["download_earlier", "download_put_back", "download_remove_version"]
)
def test_earlier_versions_are_for_who_may_edit_the_file(
    client, upload, download, address, other_professional, outer_ring, leader
):
    upload(download, "kaart.pdf", NEW)
    (earlier,) = EarlierVersion.objects.all()
    url = reverse(address, args=[earlier.pk])

    def status(person) -> int:
        client.logout()
        if person:
            client.force_login(person)
        return client.get(url).status_code if "earlier" in address else client.post(url).status_code

    assert [status(person) for person in (None, outer_ring, other_professional)].count(200) == 0
    assert Download.objects.get().file_size == len(NEW)
    assert list(EarlierVersion.objects.all()) == [earlier]
    assert status(leader) in (200, 302)


def test_no_address_gives_a_reader_an_earlier_version(client, upload, download, leader):
    upload(download, "kaart.pdf", NEW)
    (earlier,) = EarlierVersion.objects.all()

    for person in (None, leader):
        client.logout()
        if person:
            client.force_login(person)
        for address in (
            f"/media/{earlier.file.name}",
            f"/documenten/{download.pk}/{earlier.file.name.split('/')[-1]}",
            f"/documenten/{earlier.pk}/versie.pdf",
        ):
            assert client.get(address).status_code == 404 or address == download.url


def test_what_was_taken_offline_is_so_in_every_version(
    client, upload, download, professional, leader
):
    upload(download, "kaart.pdf", NEW)
    (earlier,) = EarlierVersion.objects.all()
    Download.objects.update(taken_offline_at=timezone.now())
    address = reverse("download_earlier", args=[earlier.pk])

    client.force_login(professional)
    assert client.get(address).status_code == 404
    client.force_login(leader)
    assert client.get(address).status_code == 200


def test_an_earlier_version_is_removed_for_good_after_a_question(
    client, upload, download, professional, django_capture_on_commit_callbacks
):
    upload(download, "kaart van Noor.pdf", NEW)
    upload(download, "kaart.pdf", OLD)
    going, staying = EarlierVersion.objects.all()
    address = reverse("download_remove_version", args=[going.pk])
    form = client.get(reverse("wagtaildocs:edit", args=[download.pk])).content.decode()
    assert address in form

    question = client.get(address)
    assert "komt niet terug" in question.content.decode()
    assert EarlierVersion.objects.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address, fields_of(question))

    assert response["Location"] == reverse("wagtaildocs:edit", args=[download.pk])
    assert list(EarlierVersion.objects.all()) == [staying]
    storage = going.file.storage
    assert not storage.exists(going.file.name)
    assert storage.exists(staying.file.name)
    assert storage.exists(Download.objects.get().file.name)
    entry = ModelLogEntry.objects.get(action="files.version_removed")
    assert (entry.user, entry.label, entry.data) == (professional, f"download {download.pk}", {})
    # Pressed twice, or from an old page.
    assert client.post(address).status_code == 404


def test_the_form_lists_the_earlier_versions_and_says_who_can_have_the_file(
    client, upload, download
):
    upload(download, "kaart.pdf", NEW, new_in_this_version="Een vraag erbij.")
    upload(download, "kaart.pdf", OLD)

    form = client.get(reverse("wagtaildocs:edit", args=[download.pk])).content.decode()

    assert "Een vraag erbij." in form
    assert "Iedereen. Ook zonder account." in form
