"""Uploading through the admin: one file, many at once, and from a chooser."""

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from files.models import Download, Licence, Picture
from practices.setup import practice_collection
from tests.factories import DownloadFactory
from tests.files import samples

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """A folder for each test, so that it can see what is left in it. Large uploads go to `temp`."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "temp"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()


@pytest.fixture
def leader_client(client, leader):
    client.force_login(leader)
    return client


def files_under(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def form_data(**fields) -> dict:
    """What the form of a download sends, apart from the file."""
    return {
        "title": "Gesprekskaart",
        "collection": Collection.get_first_root_node().pk,
        "description": "",
        "language": "nl",
        "licence": Licence.CC_BY,
        "owner_name": "",
        "tags": "",
        **fields,
    }


def upload(client, name: str, content: bytes, **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("wagtaildocs:add"), form_data(file=file, **fields))


def upload_as_one_of_many(client, name: str, content: bytes, kind: str = "docs"):
    return client.post(
        reverse(f"wagtail{kind}:add_multiple"),
        {
            "title": name,
            "collection": Collection.get_first_root_node().pk,
            "files[]": SimpleUploadedFile(name, content),
        },
    )


def upload_in_chooser(client, name: str, content: bytes, **fields):
    data = form_data(file=SimpleUploadedFile(name, content), **fields)
    return client.post(
        reverse("wagtaildocs_chooser:create"), prefixed("document-chooser-upload", data)
    )


def prefixed(prefix: str, data: dict) -> dict:
    return {f"{prefix}-{name}": value for name, value in data.items()}


UPLOADS = [upload, upload_as_one_of_many, upload_in_chooser]
BAD = [
    ("evil.pdf", samples.HTML, "script"),
    ("macro.docm", samples.docx(), "macro"),
    ("plan.pdf.exe", samples.PROGRAM, "kind"),
    ("x.php.pdf", samples.pdf(), "two kinds"),
    ("tekening.svg", b"<svg/>", "kind"),
    ("plan.pdf", samples.PROGRAM, "content"),
    ("leeg.pdf", b"", "empty"),
    # Larger than Django keeps in memory, so it passes by a file in the folder for large uploads.
    ("groot.pdf", b"x" * 3_000_000, "content"),
]


@pytest.mark.parametrize("way", UPLOADS)
@pytest.mark.parametrize(("name", "content", "reason"), BAD, ids=[name for name, *_ in BAD])
def test_a_bad_file_is_refused_everywhere_and_nothing_is_left(
    leader_client, settings, tmp_path, way, name, content, reason
):
    settings.LANGUAGE_CODE = "en"

    response = way(leader_client, name, content)

    assert response.status_code == 200
    assert reason in response.content.decode()
    assert not Download.objects.exists()
    assert files_under(tmp_path) == []


@pytest.mark.parametrize("way", UPLOADS)
def test_a_file_of_51_mb_is_refused_and_nothing_is_left(leader_client, tmp_path, way):
    way(leader_client, "groot.pdf", samples.pdf() + bytes(51 * 1024 * 1024))

    assert not Download.objects.exists()
    assert files_under(tmp_path) == []


@pytest.mark.parametrize("way", UPLOADS)
def test_a_good_file_is_kept_with_what_a_reader_wants_to_know(leader_client, leader, way):
    way(leader_client, "Plan “van” één 😀.PDF", samples.pdf(author="Sam", pages=3))

    download = Download.objects.get()
    assert download.filename == "Plan “van” één 😀.pdf"
    assert download.page_count == 3
    assert download.file_size
    assert download.file_hash
    assert download.uploaded_by_user == leader
    assert download.licence == Licence.CC_BY
    assert download.file.name.isascii()


@pytest.mark.parametrize("way", UPLOADS)
def test_a_large_file_is_kept_whole(leader_client, tmp_path, way):
    noise = random.Random(1).randbytes(3_000_000)
    properties = "<a><dc:creator>Sam</dc:creator></a>"
    large = samples.office(
        "docx", **{"word/media/foto.bin": noise, "docProps/core.xml": properties}
    )

    way(leader_client, "groot.docx", large)

    with Download.objects.get().file.open() as file, zipfile.ZipFile(file) as archive:
        assert archive.read("word/media/foto.bin") == noise
        assert archive.read("docProps/core.xml") == b"<a><dc:creator></dc:creator></a>"
    assert files_under(tmp_path / "temp") == []


@pytest.mark.parametrize("way", UPLOADS)
@pytest.mark.parametrize("name", ["kaart.docx", "tabel.xlsx", "kaart.odt"])
def test_the_makers_of_a_document_are_taken_out(leader_client, way, name):
    way(leader_client, name, samples.GOOD[name])

    with Download.objects.get().file.open() as file:
        content = file.read()
    assert b"Sam" not in unpacked(content)
    assert unpacked(content).count(b"creator") == unpacked(samples.GOOD[name]).count(b"creator")


def unpacked(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return b"".join(archive.read(name) for name in archive.namelist())


def test_the_author_of_a_pdf_is_pointed_out(leader_client):
    response = upload_as_one_of_many(leader_client, "plan.pdf", samples.pdf(author="Sam de Vries"))

    assert "Sam de Vries" in response.json()["form"]


def test_a_locked_or_damaged_pdf_is_kept_without_a_number_of_pages(leader_client):
    upload(leader_client, "beschadigd.pdf", samples.GOOD["beschadigd.pdf"])

    assert Download.objects.get().page_count is None


def test_the_same_file_again_is_kept_and_pointed_out(leader_client):
    upload(leader_client, "kaart.docx", samples.docx())

    response = upload_as_one_of_many(leader_client, "nog een keer.docx", samples.docx())

    assert Download.objects.count() == 2
    assert "Gesprekskaart" in response.json()["form"]


def test_the_same_file_of_another_practice_is_not_named(
    client, practice, other_practice, professional
):
    DownloadFactory(title="Geheim", collection=practice_collection(other_practice))
    client.force_login(professional)

    response = client.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "kaart.pdf", "files[]": SimpleUploadedFile("kaart.pdf", samples.pdf())},
    )

    assert response.json()["success"]
    assert "Geheim" not in response.content.decode()
    assert Download.objects.get(title="kaart.pdf").collection == practice_collection(practice)


@pytest.mark.parametrize("way", [upload, upload_in_chooser])
@pytest.mark.parametrize(
    "fields",
    [{"licence": ""}, {"licence": "weet niet"}, {"licence": Licence.OWN, "owner_name": "  "}],
)
def test_a_licence_is_needed_and_with_own_rights_an_owner(leader_client, tmp_path, way, fields):
    way(leader_client, "kaart.pdf", samples.pdf(), **fields)

    assert not Download.objects.exists()
    assert files_under(tmp_path) == []


def test_a_file_with_own_rights_is_kept_with_its_owner(leader_client):
    upload(leader_client, "kaart.pdf", samples.pdf(), licence=Licence.OWN, owner_name="De Bron")

    assert Download.objects.get().owner_name == "De Bron"


def test_after_many_files_the_rest_is_asked_of_each(leader_client):
    upload_as_one_of_many(leader_client, "kaart.pdf", samples.pdf())
    download = Download.objects.get()
    address = reverse("wagtaildocs:edit_multiple", args=[download.pk])
    prefix = f"doc-{download.pk}"
    data = form_data(title="Kaart", licence=Licence.OWN)

    refused = leader_client.post(address, prefixed(prefix, data))
    accepted = leader_client.post(address, prefixed(prefix, data | {"owner_name": "De Bron"}))

    assert (refused.json()["success"], accepted.json()["success"]) == (False, True)
    download.refresh_from_db()
    assert (download.title, download.owner_name) == ("Kaart", "De Bron")
    assert download.filename == "kaart.pdf"


def test_a_new_version_is_inspected_as_well(leader_client):
    upload(leader_client, "kaart.pdf", samples.pdf())
    download = Download.objects.get()
    address = reverse("wagtaildocs:edit", args=[download.pk])

    for name, content in [("kaart.pdf", samples.HTML), ("kaart 2.pdf", samples.pdf(pages=2))]:
        file = SimpleUploadedFile(name, content)
        leader_client.post(address, form_data(file=file))
        with Download.objects.get().file.open() as stored:
            assert stored.read() == (samples.pdf() if content == samples.HTML else content)

    download.refresh_from_db()
    assert (download.page_count, download.filename) == (2, "kaart.pdf")


def test_a_file_that_is_not_of_ones_own_cannot_be_the_main_file(
    client, practice, other_practice, professional
):
    theirs = DownloadFactory(title="Geheim", collection=practice_collection(other_practice))
    client.force_login(professional)

    form = client.get(reverse("wagtaildocs:add")).content.decode()
    upload(
        client,
        "kaart.pdf",
        samples.pdf(),
        collection=practice_collection(practice).pk,
        alternative_to=theirs.pk,
    )

    assert "Geheim" not in form
    assert not Download.objects.exclude(pk=theirs.pk).exists()


def test_a_main_file_does_not_become_the_other_form_of_another(leader_client):
    main, other = DownloadFactory(title="Kaart"), DownloadFactory(title="Kaart in Word")
    third = DownloadFactory(title="Derde")
    other.alternative_to = main
    other.save()

    for file, wrong in [(main, third), (main, main), (third, other)]:
        leader_client.post(
            reverse("wagtaildocs:edit", args=[file.pk]),
            form_data(title=file.title, alternative_to=wrong.pk),
        )

    assert list(Download.objects.filter(alternative_to__isnull=False)) == [other]


# Pictures


def upload_picture(client, name: str, content: bytes):
    return client.post(
        reverse("wagtailimages:add"),
        {
            "title": "Foto",
            "file": SimpleUploadedFile(name, content),
            "collection": Collection.get_first_root_node().pk,
        },
    )


def upload_picture_as_one_of_many(client, name: str, content: bytes):
    return upload_as_one_of_many(client, name, content, kind="images")


def upload_picture_in_chooser(client, name: str, content: bytes):
    return client.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "Foto",
            "image-chooser-upload-file": SimpleUploadedFile(name, content),
            "image-chooser-upload-collection": Collection.get_first_root_node().pk,
        },
    )


PICTURE_UPLOADS = [upload_picture, upload_picture_as_one_of_many, upload_picture_in_chooser]


@pytest.mark.parametrize("way", PICTURE_UPLOADS)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tekening.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>"),
        ("tekening.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>"),
        ("foto.php.jpg", samples.photo()),
        ("foto.jpg", samples.HTML),
        ("foto.jpg", samples.picture("PNG")),
        ("foto.gif", samples.picture("GIF")),
        ("foto.jpg", samples.picture("JPEG", comment=b"<script>alert(1)</script>")),
        ("groot.jpg", samples.picture() + bytes(21 * 1024 * 1024)),
    ],
)
def test_a_bad_picture_is_refused_and_nothing_is_left(leader_client, tmp_path, way, name, content):
    way(leader_client, name, content)

    assert not Picture.objects.exists()
    assert files_under(tmp_path) == []


@pytest.mark.parametrize("way", PICTURE_UPLOADS)
@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photo_loses_its_place_and_stays_the_right_way_up(leader_client, way, orientation):
    way(leader_client, "foto één.jpg", samples.photo(orientation))

    picture = Picture.objects.get()
    with picture.file.open() as file:
        content = file.read()
        image = Image.open(BytesIO(content))
        assert dict(image.getexif()) == {}
        assert image.getpixel((5, 5) if orientation == 1 else (image.width - 5, 5))[2] > 200
    assert b"Telefoonmaker" not in content
    assert b"Sam de Vries" not in content
    assert (picture.width, picture.height) == ((60, 40) if orientation == 1 else (40, 60))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_a_picture_of_any_kind_loses_what_is_written_into_it(leader_client, kind):
    exif = Image.Exif()
    exif[0x010F] = "Telefoonmaker"

    upload_picture(leader_client, f"foto.{kind.lower()}", samples.picture(kind, exif=exif))

    with Picture.objects.get().file.open() as file:
        assert b"Telefoonmaker" not in file.read()


def test_a_moving_picture_keeps_moving(leader_client):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    output = BytesIO()
    frames[0].save(output, "WEBP", save_all=True, append_images=frames[1:], duration=100)

    upload_picture(leader_client, "film.webp", output.getvalue())

    with Picture.objects.get().file.open() as file:
        assert Image.open(file).n_frames == 3


def test_the_form_says_why_a_description_matters(site_tree):
    with translation.override("en"):
        form = get_image_form(Picture)()

        assert not form.fields["description"].required
        assert "cannot see it" in str(form.fields["description"].help_text)
