"""A photo and files with a lesson: inspected, described, and private until the lesson is live."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from files.models import Download, DownloadText, FoundInFile, Picture
from files.pictures import LONGEST_SIDE
from lessons.sharing.attachments import MOST_FILES, MOST_PICTURES
from practices.setup import practice_collection
from tests.factories import SMALL_PDF
from tests.lessons.sharing.forms import (
    ANSWERS,
    LATER,
    SEND_IN,
    SHARE,
    edit,
    form_at,
    post,
    send,
    the_lesson,
)

PLACE = "Exif van de telefoon"


def photo(name="hal.jpg", size=(80, 60), **options) -> SimpleUploadedFile:
    """As a phone makes it: with the place where it was taken."""
    picture = Image.new("RGB", size, "#14614f")
    exif = picture.getexif()
    exif[ExifTags.Base.ImageDescription] = PLACE
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 22.0, 0.0)
    output = BytesIO()
    picture.save(output, "JPEG", exif=exif, **options)
    return SimpleUploadedFile(name, output.getvalue(), "image/jpeg")


def sheet(name="werkblad.pdf", content=SMALL_PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def described(**changes) -> dict:
    return {
        "photo": photo(),
        "photo_text": "Twee stoelen in een hal.",
        "photo_consent": "on",
        **changes,
    }


def errors(response) -> dict:
    return response.context["attachments"].errors


def test_a_photo_and_a_file_are_sent_in_with_the_lesson(client, writer, practice):
    send(client, SHARE, SEND_IN, **ANSWERS, **described(), documents=[sheet()])

    draft = the_lesson().get_latest_revision_as_object()
    picture = draft.extra[0].value["image"]
    [row] = draft.downloads.all()
    assert the_lesson().current_workflow_state is not None
    assert picture.contextual_alt_text == "Twee stoelen in een hal."
    assert "niemand herkenbaar" in picture.consent_note
    assert row.download.title == "werkblad"
    assert {picture.collection, row.download.collection} == {practice_collection(practice)}
    assert draft.what_is_missing() == []


def test_the_place_of_a_photo_is_taken_out(client, writer):
    send(client, SHARE, LATER, **ANSWERS, **described())

    with Picture.objects.get().file.open() as file:
        content = file.read()
    assert PLACE.encode() not in content
    with Image.open(BytesIO(content)) as picture:
        assert not picture.getexif()


def test_a_large_photo_is_made_smaller(client, writer):
    large = photo(size=(4000, 3000), quality=95)

    send(client, SHARE, LATER, **ANSWERS, **described(photo=large))

    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)
    assert picture.file_size < large.size


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"photo_text": ""}, "photo_text"),
        ({"photo_text": "De moeder van Noor."}, "photo_text"),
        ({"photo_consent": ""}, "photo_consent"),
        ({"photo": SimpleUploadedFile("hal.jpg", b"geen foto")}, "photo"),
        ({"photo": SimpleUploadedFile("hal.svg", b"<svg onload='x'/>")}, "photo"),
        ({"photo": SimpleUploadedFile("hal.jpg", b"")}, "photo"),
        ({"documents": [sheet("werkblad.exe")]}, "documents"),
        ({"documents": [sheet("werkblad.pdf", b"<script>")]}, "documents"),
        ({"documents": [sheet(f"{number}.pdf") for number in range(MOST_FILES + 1)]}, "documents"),
    ],
)
def test_what_cannot_be_added_is_told_and_the_text_is_kept(client, writer, changes, field):
    added = described(**changes)
    if "documents" in changes:
        added = changes

    response = send(client, SHARE, SEND_IN, **ANSWERS, **added)

    assert set(errors(response)) == {field}
    assert the_lesson().current_workflow_state is None
    assert form_at(client, edit(the_lesson()))["situation"] == ANSWERS["situation"]
    assert not Picture.objects.exists()
    assert not Download.objects.exists()


def test_a_good_file_is_kept_beside_a_bad_one(client, writer):
    response = send(client, SHARE, LATER, **ANSWERS, documents=[sheet(), sheet("plan.exe")])

    assert "plan.exe" in str(errors(response)["documents"])
    assert "werkblad" in response.content.decode()
    assert Download.objects.count() == 1


def test_no_more_photos_than_agreed(client, writer):
    send(client, SHARE, LATER, **ANSWERS)
    url = edit(the_lesson())
    for number in range(MOST_PICTURES):
        send(client, url, LATER, **described(photo=photo(size=(80, 60 + number))))

    response = send(client, url, LATER, **described(photo=photo(size=(80, 99))))

    assert "photo" in errors(response)
    assert Picture.objects.count() == MOST_PICTURES


def test_a_form_that_was_sent_twice_adds_its_files_once(client, writer):
    typed = form_at(client) | ANSWERS

    for _time in range(2):
        post(client, typed | described() | {"documents": [sheet()]})

    draft = the_lesson().get_latest_revision_as_object()
    assert (len(draft.extra), draft.downloads.count()) == (1, 1)


def test_what_was_added_can_be_taken_away_again(client, writer):
    send(client, SHARE, LATER, **ANSWERS, **described(), documents=[sheet()])
    draft = the_lesson().get_latest_revision_as_object()
    away = {
        "remove_photo": draft.extra[0].id,
        "remove_file": str(draft.downloads.get().download_id),
    }

    send(client, edit(the_lesson()), LATER, **away)

    draft = the_lesson().get_latest_revision_as_object()
    assert (len(draft.extra), draft.downloads.count()) == (0, 0)


def test_files_are_private_until_the_lesson_is_live(client, writer, leader, outer_ring):
    send(client, SHARE, SEND_IN, **ANSWERS, **described(), documents=[sheet()])
    picture = Picture.objects.get().get_rendition("width-480")
    addresses = [Download.objects.get().url, picture.url]

    client.force_login(outer_ring)
    assert [client.get(url).status_code for url in addresses] == [404, 404]
    the_lesson().current_workflow_state.current_task_state.approve(user=leader)

    client.logout()
    assert [client.get(url).status_code for url in addresses] == [200, 200]


@pytest.mark.parametrize(
    ("text", "reason", "sent"),
    [
        ("De moeder van Noor belde.", "", False),
        ("De moeder van Noor belde.", "De naam is verzonnen.", True),
        ("Het bsn is 123456782.", "De naam is verzonnen.", False),
        ("Bel ouders eerst.", "", True),
    ],
)
def test_what_stands_in_a_file_is_asked_about_before_the_lesson_is_sent_in(
    client, writer, text, reason, sent
):
    file = SimpleUploadedFile("blad.txt", text.encode(), "text/plain")

    response = send(client, SHARE, SEND_IN, **ANSWERS, documents=[file], **{"why_it_stays": reason})

    lesson = the_lesson()
    assert (lesson.current_workflow_state is not None) is sent
    assert lesson.get_latest_revision_as_object().downloads.exists()
    if not sent:
        assert "blad" in response.content.decode()


def test_a_reason_for_what_stands_in_a_file_lets_go_of_the_passage(client, writer):
    file = SimpleUploadedFile("blad.txt", b"De moeder van Noor belde.", "text/plain")

    send(client, SHARE, SEND_IN, **ANSWERS, documents=[file], why_it_stays="Een verzonnen naam.")

    assert the_lesson().current_workflow_state is not None
    assert DownloadText.objects.get().is_settled
    assert set(FoundInFile.objects.values_list("passage", flat=True)) == {""}


def test_of_a_file_that_cannot_be_read_the_writer_is_told(client, writer):
    response = send(client, SHARE, SEND_IN, **ANSWERS, documents=[sheet()])

    assert the_lesson().current_workflow_state is not None
    assert any("werkblad" in str(message) for message in response.context["messages"])


def test_a_form_that_was_sent_twice_has_not_too_many_files(client, writer):
    data = form_at(client) | ANSWERS
    numbers = range(MOST_FILES)

    for _press in range(2):
        sheets = [SimpleUploadedFile(f"{n}.txt", f"Blad {n}".encode()) for n in numbers]
        post(client, data | {"documents": sheets}, SHARE, SEND_IN)

    lesson = the_lesson()
    assert lesson.current_workflow_state is not None
    assert lesson.get_latest_revision_as_object().downloads.count() == MOST_FILES
