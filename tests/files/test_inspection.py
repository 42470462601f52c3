from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from files import names, signatures
from files.inspection import inspect
from tests.files import samples

pytestmark = pytest.mark.once


@pytest.mark.parametrize("name", samples.GOOD)
def test_a_file_that_is_what_its_name_says_is_taken(name):
    extension = inspect(BytesIO(samples.GOOD[name]), name)

    assert extension == name.rpartition(".")[2].lower()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    samples.BAD,
    ids=[f"{reason}-{number}-{name}" for number, (name, _, reason) in enumerate(samples.BAD)],
)
def test_any_other_file_is_refused_with_the_reason(name, content, reason):
    with pytest.raises(ValidationError) as refusal:
        inspect(BytesIO(content), name)

    assert refusal.value.code == reason
    assert len(refusal.value.messages[0]) > 10


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(ValidationError) as refusal:
        inspect(BytesIO(samples.pdf() + bytes(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)), "groot.pdf")

    assert refusal.value.code == "too_big"
    assert "50" in refusal.value.messages[0]


def test_a_picture_of_too_many_points_is_refused():
    content = samples.picture("PNG", size=(20_000, 6_000))

    with pytest.raises(ValidationError):
        inspect(BytesIO(content), "groot.png")


def test_a_list_of_parts_that_only_claims_to_be_short_is_refused():
    content = bytearray(samples.docx())
    at = content.rindex(b"PK\x05\x06")
    content[at:at] = b"PK\x06\x07" + bytes(16)

    with pytest.raises(ValidationError):
        inspect(BytesIO(bytes(content)), "plan.docx")


STARTS = [b"", b"%PDF", b"PK\x03\x04", b"ID3\x03\x00\x00\x00\x00\x00\x0a", b"\xff\xfb\x90\x00"]
STARTS += [
    b"\xff\xd8\xff\xe0",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\x00\x00\x00\x00WEBP",
    b"\x00\x00\x00\x10ftyp",
]
EXTENSIONS = sorted(settings.WAGTAILDOCS_EXTENSIONS)


@given(st.sampled_from(STARTS), st.binary(max_size=400), st.sampled_from(EXTENSIONS))
def test_bytes_by_chance_are_no_document(start, rest, extension):
    content = start + rest

    try:
        inspect(BytesIO(content), f"kans.{extension}")
    except ValidationError:
        return

    if extension in ("txt", "csv"):
        assert b"\x00" not in content or content.startswith((b"\xff\xfe", b"\xfe\xff"))
    else:
        assert (extension, content[:5]) == ("pdf", b"%PDF-")


@given(st.data(), st.sampled_from(sorted(samples.GOOD)))
def test_a_damaged_file_never_passes_as_another_kind(data, name):
    content = bytearray(samples.GOOD[name])
    for _ in range(data.draw(st.integers(0, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(0, len(content)))]
    own = name.rpartition(".")[2].lower()

    for extension in {*EXTENSIONS} - {own}:
        if {own, extension} <= {"jpg", "jpeg"} or extension in ("txt", "csv"):
            continue
        with pytest.raises(ValidationError):
            inspect(BytesIO(bytes(content)), f"ander.{extension}")


@given(st.text())
def test_a_name_is_always_plain_and_short(name):
    plain = names.normalised(name)

    assert len(plain) <= names.LONGEST_NAME
    assert "/" not in plain
    assert "\\" not in plain
    assert plain.isprintable()
    assert names.normalised(plain) == plain
    assert names.stored(name).isascii()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Plan van aanpak.PDF", "Plan van aanpak.pdf"),
        ("../../etc/plan.pdf", "plan.pdf"),
        ("C:\\Users\\Sam\\plan.pdf", "plan.pdf"),
        ("re\u0301gie “2” 'nu' \"ja\" 😀.pdf", "régie “2” 'nu' \"ja\" 😀.pdf"),
        ("rapport\r\nSet-Cookie: x.pdf", "rapport Set-Cookie: x.pdf"),
        ("gpj.\u202eexe.pdf", "gpj. exe.pdf"),
        (".htaccess.pdf", "htaccess.pdf"),
        ("plan.pdf. . ", "plan.pdf"),
        ("é" * 250 + ".docx", "é" * 195 + ".docx"),
    ],
)
def test_a_name_is_brought_to_its_plain_form(name, plain):
    assert names.normalised(name) == plain


@pytest.mark.parametrize("kind", ["txt", "csv", "pdf", "mp3"])
def test_the_kind_is_read_from_the_content(kind):
    content = next(samples.GOOD[name] for name in samples.GOOD if name.endswith(kind))

    assert signatures.kind_of(BytesIO(content)) == {"csv": "txt"}.get(kind, kind)


def test_a_reason_is_given_in_the_language_of_the_person():
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        inspect(BytesIO(b""), "leeg.pdf")

    assert refusal.value.messages == ["This file is empty."]
