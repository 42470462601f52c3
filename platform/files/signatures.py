"""Recognising a file by its first bytes and its structure, for all kinds but office documents."""

import codecs
import struct
import warnings
from typing import BinaryIO

import filetype
from PIL import Image

HEAD = 8192
PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/avif": "avif"}
# Decoding a larger one takes more memory than a server has to spare.
MOST_PIXELS = 100_000_000
# Everything below a space, but tab, line feed, form feed and carriage return.
CONTROL_CHARACTERS = {chr(code) for code in range(32)} - set("\t\n\f\r") | {"\x7f"}


def kind_of(file: BinaryIO) -> str | None:
    """`pdf`, `jpg`, `png`, `webp`, `avif`, `mp3`, `mp4`, `txt`, or None for anything else."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(b"%PDF-"):
        return "pdf"
    guessed = filetype.guess_mime(head)
    if guessed in PICTURES:
        return PICTURES[guessed] if is_picture(file, PICTURES[guessed]) else None
    if is_mp4(file):
        return "mp4"
    if is_mp3(file):
        return "mp3"
    return "txt" if guessed is None and is_text(file) else None


def is_picture(file: BinaryIO, kind: str) -> bool:
    """Whether Pillow reads it as a picture of this kind and of a size that can be shown."""
    file.seek(0)
    pillow_format = "JPEG" if kind == "jpg" else kind.upper()
    try:
        with warnings.catch_warnings():
            # Our own limit is stricter than the one that Pillow warns about.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=[pillow_format]) as picture:
                pixels = picture.width * picture.height * getattr(picture, "n_frames", 1)
                picture.verify()
    except Exception:
        return False
    return pixels <= MOST_PIXELS


def is_text(file: BinaryIO) -> bool:
    """Whether all of it can be read as text: UTF-8, UTF-16 with its mark, or that of Windows."""
    file.seek(0)
    content = file.read()
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return CONTROL_CHARACTERS.isdisjoint(text)
    return False


def _encodings(content: bytes) -> list[str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    return ["utf-8-sig", "cp1252"]


def is_mp4(file: BinaryIO) -> bool:
    """Whether it is a row of boxes that begins with `ftyp` and holds a film (`moov`)."""
    end = file.seek(0, 2)
    position = 0
    kinds: list[bytes] = []
    while position < end:
        file.seek(position)
        header = file.read(16)
        if len(header) < 8:
            return False
        size, kind = struct.unpack(">I4s", header[:8])
        if size == 1 and len(header) == 16:
            size = struct.unpack(">Q", header[8:])[0]
        elif size == 0:
            size = end - position  # The last box may run to the end.
        if size < 8 or position + size > end or (not kinds and kind != b"ftyp"):
            return False
        kinds.append(kind)
        position += size
    return b"moov" in kinds


def is_mp3(file: BinaryIO) -> bool:
    """Whether two frames of sound follow each other, after the label (ID3) if there is one."""
    start = _length_of_label(file)
    first = _length_of_frame(file, start)
    return bool(first and _length_of_frame(file, start + first))


def _length_of_label(file: BinaryIO) -> int:
    file.seek(0)
    header = file.read(10)
    if len(header) < 10 or not header.startswith(b"ID3"):
        return 0
    size = 0
    for byte in header[6:]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _length_of_frame(file: BinaryIO, position: int) -> int:
    """The length of the MPEG audio frame (layer III) that begins here, or 0."""
    file.seek(position)
    header = file.read(4)
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version = header[1] >> 3 & 3  # 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
    bit_rate, sample_rate, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version == 1 or bit_rate in (0, 15) or sample_rate == 3:
        return 0
    bits = (MPEG1_BIT_RATES if version == 3 else MPEG2_BIT_RATES)[bit_rate] * 1000
    samples_a_second = SAMPLE_RATES[sample_rate] >> {3: 0, 2: 1, 0: 2}[version]
    return (144 if version == 3 else 72) * bits // samples_a_second + padding


MPEG1_BIT_RATES = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
MPEG2_BIT_RATES = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
SAMPLE_RATES = [44100, 48000, 32000]
