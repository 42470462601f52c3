"""What a browser gets with a file: its name, its kind, and who may keep it."""

import logging
import re
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.utils import translation
from wagtail.models import Collection, CollectionViewRestriction

from files.models import Download, Picture
from home.models import InformationPage
from tests.factories import DownloadFactory, InformationPageFactory, LessonPageFactory
from tests.files import samples
from visibility.audience import Audience


def offered(name: str = "kaart.pdf", content: bytes = b"", audience=Audience.PUBLIC, **fields):
    """A download on a page with this audience."""
    file = ContentFile(content or samples.pdf(), name="kaart." + name.rpartition(".")[2])
    download = DownloadFactory(file=file, download_name=name, **fields)
    InformationPageFactory(downloads=[download], audience=audience)
    return download


def shown_picture(audience=Audience.PUBLIC):
    picture = Picture.objects.create(
        title="Foto", file=ContentFile(samples.picture(), name="foto één.jpg")
    )
    InformationPageFactory(
        audience=audience,
        body=f'[{{"type": "picture", "value": {{"image": {{"image": {picture.pk}}}}}}}]',
    )
    return picture.get_rendition("width-20")


NAMES = [
    ("kaart.pdf", 'inline; filename="kaart.pdf"'),
    ("plan van aanpak.docx", 'attachment; filename="plan van aanpak.docx"'),
    ('de "kaart" van nu.docx', r'attachment; filename="de \"kaart\" van nu.docx"'),
    ("regie één.docx", "attachment; filename*=utf-8''regie%20%C3%A9%C3%A9n.docx"),
    ("klaar 😀.pdf", "inline; filename*=utf-8''klaar%20%F0%9F%98%80.pdf"),
    ("é" * 195 + ".docx", f"attachment; filename*=utf-8''{quote('é' * 195)}.docx"),
    ("100% #1 ?a=b&c;.csv", 'attachment; filename="100% #1 ?a=b&c;.csv"'),
]


@pytest.mark.parametrize(("name", "header"), NAMES)
def test_a_file_arrives_under_its_own_name(client, site_tree, name, header):
    download = offered(name)

    response = client.get(download.url)

    assert response.status_code == 200
    assert response["Content-Disposition"] == header


@pytest.mark.parametrize(
    ("extension", "content_type", "shown"),
    [
        ("pdf", "application/pdf", "inline"),
        ("odt", "application/vnd.oasis.opendocument.text", "attachment"),
        ("csv", "text/csv", "attachment"),
        ("txt", "text/plain", "attachment"),
        ("jpg", "image/jpeg", "attachment"),
        ("webp", "image/webp", "attachment"),
        ("mp4", "video/mp4", "attachment"),
    ],
)
def test_only_a_pdf_opens_in_the_browser_and_nothing_is_guessed(
    client, site_tree, extension, content_type, shown
):
    content = next(samples.GOOD[name] for name in samples.GOOD if name.endswith(extension))

    response = client.get(offered(f"kaart.{extension}", content).url)

    assert b"".join(response.streaming_content) == content
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].startswith(shown)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert "Content-Encoding" not in response


def test_only_what_is_open_to_everybody_is_kept_by_a_proxy(client, practice, leader, outer_ring):
    public, closed = offered(), offered(audience=Audience.OUTER_RING)
    addresses = {
        public.url: "public, max-age=60",
        shown_picture().url: "public, max-age=60",
        closed.url: "private, no-store",
        shown_picture(Audience.OUTER_RING).url: "private, no-store",
    }

    for person in (outer_ring, leader):
        client.force_login(person)
        for address, header in addresses.items():
            response = client.get(address)
            assert response.status_code == 200
            assert sorted(response["Cache-Control"].split(", ")) == sorted(header.split(", "))
    client.logout()
    assert "public" in client.get(public.url)["Cache-Control"]
    assert client.get(closed.url).status_code == 404


def test_what_was_kept_is_asked_again_at_the_door(client, practice):
    download = offered()
    etag = client.get(download.url)["ETag"]
    assert client.get(download.url, HTTP_IF_NONE_MATCH=etag).status_code == 304

    download.page_downloads.get().page.unpublish()

    assert client.get(download.url, HTTP_IF_NONE_MATCH=etag).status_code == 404


def test_a_collection_with_a_limit_of_its_own_is_never_public(client, practice, outer_ring):
    collection = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    download = offered(collection=collection)

    assert client.get(download.url).status_code == 302
    client.force_login(outer_ring)
    response = client.get(download.url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_a_picture_comes_through_the_door(client, site_tree):
    rendition = shown_picture()

    response = client.get(rendition.url)

    assert rendition.url.startswith("/media/images/")
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8\xff")
    assert client.head(rendition.url).status_code == 200


def test_a_page_shows_its_pictures_at_the_door_only(client, site_tree):
    rendition = shown_picture()
    page = InformationPage.objects.get()

    html = client.get(page.url).content.decode()

    sources = re.findall(r'(?:src|srcset)="(/media/[^"]+)"', html)
    assert sources
    for address in re.findall(r"/media/[^ ,]+", " ".join(sources)):
        assert client.get(address).status_code == 200
    assert "original_images" not in html
    assert rendition.image.get_rendition("original").url.startswith("/media/images/")


def test_a_file_that_is_gone_from_the_disk_is_told_kindly(client, site_tree, caplog):
    download = offered(title="Gesprekskaart")
    download.file.storage.delete(download.file.name)

    with caplog.at_level(logging.ERROR), translation.override("en"):
        response = client.get(download.url)

    assert response.status_code == 503
    assert "Gesprekskaart" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert f"download {download.pk}" in caplog.text


def test_a_rendition_that_is_gone_from_the_disk_is_no_error(client, site_tree, caplog):
    rendition = shown_picture()
    rendition.file.storage.delete(rendition.file.name)

    with caplog.at_level(logging.ERROR):
        response = client.get(rendition.url)

    assert response.status_code == 404
    assert f"rendition {rendition.pk}" in caplog.text


def test_a_file_that_is_gone_breaks_no_list(client, practice):
    download = DownloadFactory(title="Gesprekskaart")
    lesson = LessonPageFactory(parent=practice, downloads=[download])
    download.file.storage.delete(download.file.name)

    for address in (lesson.url, practice.url, f"{practice.url}downloads/", "/zoeken/"):
        assert client.get(address).status_code == 200
    assert download.is_missing


@pytest.mark.parametrize(("language", "label"), [("nl", "1,2\xa0MB"), ("en", "1.2\xa0MB")])
def test_a_size_is_written_as_in_the_language(language, label):
    with translation.override(language):
        assert Download(collection_id=1, file_size=1_258_291).size_label == label


@pytest.mark.parametrize(
    ("name", "label"), [("a.docx", "Word"), ("a.PDF", "PDF"), ("a.odt", "OpenDocument"), ("a", "")]
)
def test_a_kind_has_the_name_that_a_reader_knows(name, label):
    assert Download(collection_id=1, download_name=name).kind_label == label


def test_a_file_from_code_has_its_size_and_hash_as_well(site_tree):
    download = DownloadFactory()

    assert download.file_size == len(samples.pdf())
    assert len(download.file_hash) == 40
