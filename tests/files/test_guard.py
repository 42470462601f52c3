"""What in a file may show who a child is: found where it stands, told to who shares the file."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from content.guarding import passages_in, written_on
from content.models import PageDownload
from files import reading
from files.guarding import settle, unsettled_in
from files.models import Download, FoundInFile, PageOfText, Part
from lessons.models import LessonPage
from practices.setup import practice_collection
from privacy.guard import NOTHING_KNOWN, Kind
from tests.admin.forms import edit, fields_of, row
from tests.factories import DownloadFactory, LessonPageFactory, UserFactory
from tests.files import samples, written

SECRET = "De moeder van Noor belde elke week."
BSN = "Het bsn is 123456782."


def shared(name: str, content: bytes, **fields) -> Download:
    return DownloadFactory(title="Blad", file=ContentFile(content, name=name), **fields)


def read(name: str, content: bytes, **fields) -> Download:
    download = shared(name, content, **fields)
    list(reading.read_waiting())
    return Download.objects.get(pk=download.pk)


def found_in(download: Download) -> list[tuple[str, str, str]]:
    return [(each.part, each.kind, each.passage) for each in download.text.found.all()]


COMMENTED = written.docx_with(
    written.paragraph("Wat werkt")
    + "<w:p><w:del><w:r><w:delText>Noors moeder</w:delText></w:r></w:del></w:p>",
    **{
        "word/comments.xml": (
            f'<w:comments xmlns:w="{written.WORD}"><w:comment w:id="1">'
            f"{written.paragraph('Vraag het de vader van Daan')}</w:comment></w:comments>"
        ),
        "docProps/core.xml": (
            '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>Verslag van leerling Sanne'
            "</dc:title><dc:creator>Yusuf Demir</dc:creator></cp:coreProperties>"
        ),
    },
)
NOTED = written.pdf_with_text(["Wat werkt"]).replace(
    b"/Resources",
    b"/Annots[<</Type/Annot/Subtype/Text/Rect[1 1 9 9]/Contents(De vader van Daan)>>]/Resources",
)
ODT_BODY = (
    "<text:p>Wat werkt<office:annotation><text:p>De vader van Daan</text:p></office:annotation>"
    "</text:p>"
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>Noors moeder</text:p>"
    "</text:deletion></text:changed-region></text:tracked-changes>"
)


@pytest.mark.parametrize(
    ("name", "content", "part", "passage"),
    [
        ("a.txt", SECRET.encode(), Part.TEXT, "Noor"),
        ("a.csv", f"naam;tekst\n1;{SECRET}".encode(), Part.TEXT, "Noor"),
        ("a.pdf", written.pdf_with_text(["Wat werkt"], [SECRET]), Part.PAGE, "Noor"),
        ("a.pdf", samples.pdf(author="Yusuf Demir"), Part.PROPERTIES, "Yusuf Demir"),
        ("a.pdf", NOTED, Part.COMMENTS, "Daan"),
        ("a.docx", written.docx(SECRET), Part.TEXT, "Noor"),
        ("a.docx", COMMENTED, Part.PROPERTIES, "Sanne"),
        ("a.docx", COMMENTED, Part.PROPERTIES, "Yusuf Demir"),
        ("a.docx", COMMENTED, Part.COMMENTS, "Daan"),
        ("a.docx", COMMENTED, Part.CHANGES, "Noor"),
        ("a.pptx", written.pptx("Wat werkt", notes=SECRET), Part.PAGE, "Noor"),
        ("a.xlsx", written.xlsx(["bsn", 123456782]), Part.NUMBERS, "123456782"),
        ("a.xlsx", written.xlsx([SECRET]), Part.TEXT, "Noor"),
        ("a.odt", written.odt(ODT_BODY), Part.COMMENTS, "Daan"),
        ("a.odt", written.odt(ODT_BODY), Part.CHANGES, "Noor"),
    ],
)
def test_a_passage_is_found_wherever_it_stands_in_a_file(site_tree, name, content, part, passage):
    found = found_in(read(name, content))

    assert (part, passage) in [(each_part, text) for each_part, _kind, text in found]
    # What is beside the text is no text to search.
    assert not PageOfText.objects.filter(text__contains="Daan").exists()


def test_a_file_without_children_has_nothing(site_tree):
    assert found_in(read("a.docx", written.docx("Vraag ouders wat hun kind nodig heeft."))) == []


def test_the_page_of_a_passage_is_told(site_tree):
    (found,) = read("a.pdf", written.pdf_with_text(["Wat werkt"], [SECRET])).text.found.all()

    assert found.place == "bladzijde 2"


@pytest.mark.parametrize("field", ["title", "description", "file"])
def test_the_words_that_readers_see_of_a_file_are_looked_at(site_tree, field):
    words = {"title": "Blad", "description": "Vragen.", "file": "blad.pdf"}
    words[field] = "Verslag van leerling Sanne.pdf"
    file = ContentFile(samples.pdf(), name=words.pop("file"))
    download = DownloadFactory(**words, file=file, download_name=file.name)

    assert [(each.kind, each.passage) for each in unsettled_in([download], NOTHING_KNOWN)] == [
        (Kind.NAME, "Sanne")
    ]


def test_a_new_version_is_looked_at_anew(site_tree):
    download = read("a.txt", SECRET.encode())
    settle([download])
    assert unsettled_in([download], NOTHING_KNOWN) == []

    download.file = ContentFile(b"De vader van Daan.", name="a.txt")
    download.save()
    list(reading.read_waiting())

    assert [each.passage for each in unsettled_in([download], NOTHING_KNOWN)] == ["Daan"]


def test_a_settled_passage_is_forgotten_and_stays_so_when_read_again(site_tree):
    download = read("a.txt", SECRET.encode())
    settle([download])

    reading.read_anew()
    list(reading.read_waiting())

    assert [(each.kind, each.passage) for each in FoundInFile.objects.all()] == [("name", "")]


def test_no_passage_is_written_to_the_log(site_tree, caplog):
    caplog.set_level("DEBUG")
    read("a.txt", f"{SECRET} {BSN}".encode())

    assert "Noor" not in caplog.text
    assert "123456782" not in caplog.text


@pytest.fixture
def draft(practice):
    return LessonPageFactory(parent=practice, live=False)


@pytest.fixture
def publish(client, leader, draft):
    """Sends the form of the lesson with this file."""
    client.force_login(leader)

    def send(download, **texts):
        data = fields_of(client.get(edit(draft)))
        data |= row("downloads", data, download=str(download.pk)) | texts
        return client.post(edit(draft), data | {"action-publish": "1"}, follow=True)

    return send


def is_live(page) -> bool:
    return LessonPage.objects.get(pk=page.pk).live


def test_a_page_asks_about_a_passage_in_its_file(publish, draft):
    response = publish(read("a.txt", SECRET.encode()))

    assert not is_live(draft)
    errors = str(response.context["form"].errors)
    assert "Noor" in errors
    assert "why_it_stays" in response.context["form"].errors


def test_with_a_reason_the_page_goes_online_and_the_file_is_settled(publish, draft):
    download = read("a.txt", SECRET.encode())

    publish(download, why_it_stays="De naam is verzonnen.")

    assert is_live(draft)
    entry = PageLogEntry.objects.get(action="content.passage_stays")
    assert entry.data | {"kinds": {"name": 1}, "reason": "De naam is verzonnen."} == entry.data
    assert unsettled_in([download], NOTHING_KNOWN) == []
    assert not FoundInFile.objects.exclude(passage="").exists()


def test_no_reason_lets_a_number_in_a_file_through(publish, draft):
    publish(read("a.txt", BSN.encode()), why_it_stays="Dat mag van de ouders.")

    assert not is_live(draft)


def test_a_file_that_nobody_read_yet_is_read_when_the_page_is_published(publish, draft):
    publish(shared("a.txt", SECRET.encode()))

    assert not is_live(draft)


def test_a_file_that_cannot_be_read_is_said_to_be_so(publish, draft):
    response = publish(shared("a.pdf", written.locked_pdf()))

    assert is_live(draft)
    assert "wachtwoord" in response.content.decode()


def test_a_page_without_a_form_is_asked_about_the_same(draft):
    assert not passages_in(written_on(draft), NOTHING_KNOWN)

    draft.downloads.add(PageDownload(download=read("a.txt", SECRET.encode())))
    draft.lesson = "Het meisje dat Xirini heet."

    found = passages_in(written_on(draft), NOTHING_KNOWN)
    assert {each.field for each in found} == {"lesson", "downloads"}


def test_the_passage_is_shown_to_who_may_edit_the_file_only(client, professional, practice):
    collection = practice_collection(practice)
    download = read("a.txt", SECRET.encode(), collection=collection)
    address = reverse("wagtaildocs:edit", args=[download.pk])
    client.force_login(professional)
    LessonPageFactory(parent=practice, downloads=[download])

    assert "Noor" in client.get(address).content.decode()
    for person in (UserFactory(email="ander@voorbeeld.nl"), None):
        client.logout()
        if person:
            client.force_login(person)
        assert b"Noor" not in client.get(address, follow=True).content


@pytest.mark.django_db
def test_what_is_new_in_a_file_is_looked_at_as_its_title_is():
    download = shared("blad.txt", b"Wat werkt", change_note=SECRET)

    (found,) = unsettled_in([download], NOTHING_KNOWN)

    assert found.kind == Kind.NAME


@pytest.mark.django_db
def test_a_file_that_was_taken_offline_is_not_read_again():
    shared("blad.txt", b"Wat werkt", taken_offline_at=timezone.now())

    assert list(reading.read_waiting()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Het bsn is 123&nbsp;456&nbsp;782.",
        "<p>Fijn</p><style>Het bsn is 123456782.</style>",
        "<p>Fijn</p><template>Het bsn is 123456782.</template>",
        "<p>Het bsn is</p><p>123456782.</p>",
    ],
)
def test_what_html_would_hide_is_found_all_the_same(practice, text):
    lesson = LessonPageFactory(parent=practice, summary=text, result=text, live=False)

    found = passages_in(written_on(lesson), NOTHING_KNOWN)

    assert {each.field for each in found if each.finding.blocks} == {"summary", "result"}
