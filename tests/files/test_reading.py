"""The words in downloads: of each kind, within limits, and gone when the file goes."""

import contextlib
import fcntl
import socket
import subprocess

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from files import reading, reading_lock
from files.models import Download, DownloadText, PageOfText, Reason, State
from files.reader import KINDS, limits
from files.reader.kinds import READERS
from files.text import pages_of_text
from tests.factories import DownloadFactory
from tests.files import samples, written

pytestmark = pytest.mark.django_db

TEXT_BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>kader</w:t></mc:Choice>"
    "<mc:Fallback><w:t>kader</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Folders for each test: of the files, and of the lock that only one holds."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path


def download(name: str, content: bytes, **fields) -> Download:
    return DownloadFactory(file=ContentFile(content, name=name), **fields)


def read(name: str, content: bytes) -> Download:
    """A file that was kept, and then read."""
    kept = download(name, content)
    list(reading.read_waiting())
    return kept


def words(kept: Download) -> list[tuple[int | None, str]]:
    return pages_of_text([kept.pk]).get(kept.pk, [])


@pytest.mark.parametrize(
    ("name", "content", "pages"),
    [
        (
            "plan.pdf",
            written.pdf_with_text(["De ontwik-", "kelingen"], [], ["Één school- en thuisplan"]),
            [(1, "De ontwikkelingen"), (3, "Één school- en thuisplan")],
        ),
        ("PLAN.PDF", written.pdf_with_text(["Plan"]), [(1, "Plan")]),
        ("kaart.docx", written.docx("Wat spreken we af?", "Wie?"), "Wat spreken we af?\n\nWie?"),
        ("tekstvak.docx", written.docx_with(TEXT_BOX), "kader"),
        (
            "wijziging.docx",
            written.docx_with(
                "<w:p><w:del><w:delText>oud</w:delText></w:del><w:t>nieuw</w:t></w:p>"
            ),
            "nieuw",
        ),
        (
            "afgebroken.docx",
            written.docx_with("<w:p><w:t>ont</w:t><w:softHyphen/><w:t>wikkeling</w:t></w:p>"),
            "ontwikkeling",
        ),
        (
            "noot.docx",
            written.docx_with(
                written.paragraph("tekst"), **{"word/footnotes.xml": written.paragraph("noot")}
            ),
            "tekst\n\nnoot",
        ),
        (
            "dia.pptx",
            written.pptx("eerste", "tweede", notes="zeg dit"),
            [(1, "eerste\n\nzeg dit"), (2, "tweede")],
        ),
        (
            "tabel.xlsx",
            written.xlsx(["Naam", "Jaren"], ["Één &", 4], ["Naam", None], sheet="Leerlingen"),
            [(None, "Leerlingen"), (None, "Naam Jaren\nÉén &\nNaam")],
        ),
        (
            "kaart.odt",
            written.odt(
                "<text:h>Kop</text:h><text:p>Een<text:s/>zin<office:annotation><text:p>geheim"
                "</text:p></office:annotation>.</text:p>"
            ),
            "Kop\n\nEen zin.",
        ),
        ("tekst.txt", "Één zin".encode(), "Één zin"),
        ("windows.txt", "Één zin".encode("cp1252"), "Één zin"),
        ("utf16.txt", "Één zin".encode("utf-16"), "Één zin"),
        ("tabel.csv", b"\xef\xbb\xbfnaam;aantal\r\nSam;1\r\n", "naam;aantal\nSam;1"),
    ],
)
def test_the_words_of_each_kind_are_kept_by_page(name, content, pages):
    kept = read(name, content)

    assert words(kept) == ([(None, pages)] if isinstance(pages, str) else pages)
    assert kept.text.state == State.READ
    assert kept.text.read_at


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("slot.pdf", written.locked_pdf(), Reason.ENCRYPTED),
        ("slot.docx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), Reason.ENCRYPTED),
        ("slot.odt", written.odt("", encrypted=True), Reason.ENCRYPTED),
        ("kapot.pdf", b"%PDF-1.7\nnothing more", Reason.DAMAGED),
        ("kapot.docx", written.docx("tekst")[:-40], Reason.DAMAGED),
        ("kapot.odt", written.odt("<text:p>"), Reason.DAMAGED),
        ("leeg.pptx", samples.zipped({"a": "b"}), Reason.DAMAGED),
        ("geen.xlsx", b"PK\x03\x04" + bytes(40), Reason.DAMAGED),
        ("scan.pdf", samples.pdf(pages=2), Reason.NO_TEXT),
        ("wit.docx", written.docx(), Reason.NO_TEXT),
        ("wit.txt", b" \n-\n", Reason.NO_TEXT),
        ("boek.pdf", samples.pdf(pages=limits.MOST_PAGES + 1), Reason.TOO_LARGE),
        ("bom.docx", written.docx_bomb(), Reason.TOO_LARGE),
        ("lang.txt", b"woord" * 1_700_000, Reason.TOO_LARGE),
        ("foto.jpg", samples.photo(), Reason.KIND),
        ("geluid.mp3", samples.mp3(), Reason.KIND),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name, content, reason):
    kept = read(name, content)

    assert kept.text.state == State.NOT_SEARCHABLE
    assert kept.text.reason == reason
    assert words(kept) == []


def test_a_file_without_end_is_stopped_and_the_next_is_read(settings):
    settings.READ_DOWNLOADS_SECONDS = 1
    endless = download("eindeloos.pdf", written.pdf_without_end())
    good = download("goed.txt", b"goed")

    list(reading.read_waiting())

    assert endless.text.reason == Reason.TOO_HEAVY
    assert words(good) == [(None, "goed")]


def test_a_file_that_only_waits_is_stopped_by_the_clock(settings, monkeypatch):
    settings.READ_DOWNLOADS_SECONDS = 0.05
    monkeypatch.setattr(reading, "READER", ["-c", "import time; time.sleep(60)"])

    assert read("plan.pdf", samples.pdf()).text.reason == Reason.TOO_HEAVY


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", Reason.TOO_HEAVY),
        ("os.abort()", Reason.TOO_HEAVY),
        ("os.kill(os.getpid(), signal.SIGSEGV)", Reason.DAMAGED),
        ("sys.exit(1)", Reason.DAMAGED),
        ("print('{')", Reason.DAMAGED),
    ],
)
def test_a_reader_that_dies_gives_a_reason(monkeypatch, end, reason):
    monkeypatch.setattr(reading, "READER", ["-c", f"import os, signal, sys; {end}"])

    assert read("plan.pdf", samples.pdf()).text.reason == reason


def test_entities_are_not_filled_in_and_nothing_is_fetched():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.01)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        doctype = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{address}">]>'
        link = f'<Relationship Id="l" Type="x/header" TargetMode="External" Target="{address}"/>'
        document = written.docx_with(written.paragraph("tekst"))
        linked = samples.with_part(document, "word/_rels/main.xml.rels", f"<r>{link}</r>")
        hostile = samples.with_part(document, "word/main.xml", f"{doctype}<a><t>&b;</t></a>")

        assert words(read("link.docx", linked)) == [(None, "tekst")]
        assert read("entiteit.docx", hostile).text.reason == Reason.DAMAGED
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
    ],
)
def test_a_reader_cannot_reach_the_network_or_other_programs(attempt):
    code = f"from files.reader import limits; limits.bound(5); {attempt}"

    done = subprocess.run([*reading.PYTHON, "-c", code], capture_output=True, text=True)

    assert "PermissionError" in done.stderr


def test_a_reader_cannot_take_more_memory_than_its_limit():
    code = "from files.reader import limits; limits.bound(5); bytes(2 * limits.MEMORY)"

    done = subprocess.run([*reading.PYTHON, "-c", code], capture_output=True, text=True)

    assert "MemoryError" in done.stderr


def test_a_saved_file_waits_and_asks_for_a_process(monkeypatch, django_capture_on_commit_callbacks):
    started = []
    monkeypatch.setattr(reading, "start", lambda: started.append(True))

    with django_capture_on_commit_callbacks(execute=True):
        kept = download("tekst.txt", b"tekst")
        assert not started

    assert started
    assert kept.text.state == State.WAITING
    assert words(kept) == []


def test_a_replaced_file_loses_its_words_at_once_and_is_read_anew():
    kept = read("tekst.txt", b"oud")

    kept.file = ContentFile(b"nieuw", name="tekst.txt")
    kept.save()

    assert not PageOfText.objects.exists()
    assert DownloadText.objects.get().state == State.WAITING
    list(reading.read_waiting())
    assert words(kept) == [(None, "nieuw")]


def test_a_file_replaced_while_it_is_read_keeps_nothing_of_the_old(monkeypatch):
    kept = download("tekst.txt", b"oud")
    words_in = reading.words_in

    def replace_meanwhile(file, kind):
        monkeypatch.undo()
        pages = words_in(file, kind)
        same = Download.objects.get(pk=kept.pk)
        same.file = ContentFile(b"nieuw", name="tekst.txt")
        same.save()
        return pages

    monkeypatch.setattr(reading, "words_in", replace_meanwhile)

    list(reading.read_waiting())

    assert words(kept) == [(None, "nieuw")]
    assert PageOfText.objects.count() == 1


def test_a_file_deleted_while_it_is_read_leaves_nothing(monkeypatch):
    kept = download("tekst.txt", b"tekst")

    def delete_meanwhile(file, kind):
        Download.objects.get(pk=kept.pk).delete()
        return reading.Content([(None, "tekst")])

    monkeypatch.setattr(reading, "words_in", delete_meanwhile)

    list(reading.read_waiting())

    assert not DownloadText.objects.exists()
    assert not PageOfText.objects.exists()


def test_another_title_does_not_read_the_file_again():
    kept = read("tekst.txt", b"tekst")

    kept.title = "Anders"
    kept.save()

    assert not reading.waiting().exists()
    assert words(kept) == [(None, "tekst")]


def test_the_words_go_with_the_file():
    kept = read("tekst.txt", b"tekst")

    kept.delete()

    assert not DownloadText.objects.exists()
    assert not PageOfText.objects.exists()


def test_files_from_before_are_found_and_read():
    kept = download("tekst.txt", b"tekst")
    DownloadText.objects.all().delete()

    list(reading.read_waiting())

    assert words(kept) == [(None, "tekst")]


def test_a_missing_file_says_so():
    kept = download("tekst.txt", b"tekst")
    kept.file.storage.delete(kept.file.name)

    list(reading.read_waiting())

    assert DownloadText.objects.get().reason == Reason.MISSING


def test_a_missing_file_that_is_put_back_is_read():
    kept = read("tekst.txt", b"tekst")
    DownloadText.objects.update(state=State.NOT_SEARCHABLE, reason=Reason.MISSING)

    kept.file = ContentFile(b"tekst", name="tekst.txt")
    kept.save()
    list(reading.read_waiting())

    assert words(kept) == [(None, "tekst")]
    assert DownloadText.objects.get().state == State.READ


def test_a_store_that_fails_leaves_the_file_waiting_for_the_next_time(monkeypatch):
    kept = download("tekst.txt", b"tekst")

    class BrokenStore(InMemoryStorage):
        def open(self, name, mode="rb"):
            raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(Download._meta.get_field("file"), "storage", BrokenStore())
        list(reading.read_waiting())
        assert DownloadText.objects.get().state == State.WAITING

    list(reading.read_waiting())

    assert words(kept) == [(None, "tekst")]


def test_a_file_in_a_store_without_paths_is_read(monkeypatch):
    store = InMemoryStorage()
    monkeypatch.setattr(Download._meta.get_field("file"), "storage", store)

    kept = read("tekst.txt", b"ver weg")

    assert store.exists(kept.file.name)
    assert words(kept) == [(None, "ver weg")]


def test_a_file_that_ends_its_readers_again_and_again_is_given_up(monkeypatch):
    download("tekst.txt", b"tekst")

    def die(file, kind):
        raise SystemExit

    monkeypatch.setattr(reading, "words_in", die)
    for _attempt in range(reading.MOST_ATTEMPTS):
        with pytest.raises(SystemExit):
            list(reading.read_waiting())

    list(reading.read_waiting())

    assert DownloadText.objects.get().reason == Reason.TOO_HEAVY


def test_only_one_process_reads():
    kept = download("tekst.txt", b"tekst")

    with reading_lock.take():
        assert list(reading.read_waiting()) == []

    assert list(reading.read_waiting()) == [kept]


def test_only_one_of_the_hosts_on_one_database_reads():
    if connection.vendor != "postgresql":
        pytest.skip("A SQLite database has one host.")
    kept = download("tekst.txt", b"tekst")
    other_host = connection.copy()

    with contextlib.closing(other_host), other_host.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [reading_lock.DATABASE_KEY])
        assert list(reading.read_waiting()) == []
        # The server notices only after a while that a connection was closed.
        cursor.execute("SELECT pg_advisory_unlock(%s)", [reading_lock.DATABASE_KEY])

    assert list(reading.read_waiting()) == [kept]


def test_a_file_that_comes_when_the_reader_was_just_done_is_read_too(monkeypatch):
    first = download("een.txt", b"een")
    found = reading._next
    late = []

    def and_then_another_comes(tried):
        here = found(tried)
        if here is None and not late:
            late.append(download("twee.txt", b"twee"))
        return here

    monkeypatch.setattr(reading, "_next", and_then_another_comes)

    assert list(reading.read_waiting()) == [first, *late]


def test_the_process_gets_the_lock_that_was_taken_for_it(settings, monkeypatch):
    settings.READ_DOWNLOADS_IN_BACKGROUND = True
    commands = []

    def note(command, pass_fds, **options):
        with (
            open(settings.DATA_DIR / reading_lock.FILE_NAME) as other,
            pytest.raises(BlockingIOError),
        ):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        commands.append((command[-1], pass_fds))

    monkeypatch.setattr(reading.subprocess, "run", note)

    reading.start()
    with reading_lock.take():
        reading.start()

    assert len(commands) == 1
    option, descriptors = commands[0]
    assert option == f"--lock={descriptors[0]}"


def test_the_command_tells_what_it_reads(capsys):
    download("tekst.txt", b"tekst", title="Kaart")
    download("scan.pdf", samples.pdf(), title="Scan")

    call_command("read_downloads")
    call_command("read_downloads")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1/2 Kaart: ")
    assert lines[1].startswith("2/2 Scan: ")
    assert len(lines) == 3


def test_all_are_read_anew_and_stay_found_meanwhile():
    kept = read("tekst.txt", b"tekst")
    PageOfText.objects.update(text="oude lezing")

    reading.read_anew()
    assert words(kept) == [(None, "oude lezing")]
    call_command("read_downloads", all=True)

    assert words(kept) == [(None, "tekst")]


def test_the_words_of_many_files_take_one_query(django_assert_num_queries):
    kept = [read(f"{number}.txt", f"tekst {number}".encode()) for number in range(3)]

    with django_assert_num_queries(1):
        pages = pages_of_text([one.pk for one in kept])

    assert pages == {one.pk: [(None, f"tekst {number}")] for number, one in enumerate(kept)}


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("tekst.txt", b"tekst", "de inhoud is doorzoekbaar"),
        (
            "slot.pdf",
            written.locked_pdf(),
            "de inhoud is niet doorzoekbaar: het bestand heeft een wachtwoord",
        ),
    ],
)
def test_the_admin_says_whether_the_words_are_found(client, leader, name, content, shown):
    kept = read(name, content)
    client.force_login(leader)

    form = client.get(reverse("wagtaildocs:edit", args=[kept.pk])).content.decode()
    listing = client.get(reverse("wagtaildocs:index")).content.decode()

    assert shown in form.lower()
    assert shown in listing.lower()


def test_the_list_in_the_admin_asks_as_much_for_many_files_as_for_few(
    client, leader, django_assert_max_num_queries
):
    client.force_login(leader)
    download("scan.pdf", samples.pdf())
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("wagtaildocs:index"))
    for _number in range(4):
        download("scan.pdf", samples.pdf())

    with django_assert_max_num_queries(len(few)):
        client.get(reverse("wagtaildocs:index"))


def test_its_words_are_no_use_of_a_file():
    assert not read("tekst.txt", b"tekst").get_usage()


def test_every_kind_that_is_read_has_a_reader():
    assert set(READERS) == KINDS
