"""What in a file may show who a child or a family is, and whether it may stay."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from files import names
from files.models import Download, DownloadText, FoundInFile, Part, Picture, Reason, State
from privacy.guard import ADVICE, BLOCKING, LONGEST_QUOTE, Kind, KnownNames, look_at
from privacy.known import known_names

# So many passages of one file are kept: who mends those finds the rest in the new version.
MOST_KEPT = 20
LONGEST_PASSAGE = 200


def passages_in(
    pages: Iterable[tuple[int | None, str]], aside: Iterable[tuple[str, str]]
) -> list[FoundInFile]:
    """The passages in the text of a file and beside it; those that block come first."""
    known = known_names()
    places = [
        *((Part.PAGE if number else Part.TEXT, number, text) for number, text in pages),
        *((Part(what), None, text) for what, text in aside),
    ]
    found = [
        FoundInFile(
            part=part,
            number=number,
            kind=finding.kind,
            passage=finding.passage[:LONGEST_PASSAGE],
        )
        for part, number, text in places
        for finding in look_at(text, known)
    ]
    return sorted(found, key=lambda each: not each.blocks)[:MOST_KEPT]


def keep_passages(text: DownloadText, file_hash: str, found: Iterable[FoundInFile]) -> None:
    """Keep what was found in the file with this hash. What was settled stays so for one file."""
    text.is_settled = text.is_settled and text.file_hash == file_hash
    text.found.all().delete()
    for each in found:
        each.text_of = text
        if text.is_settled and not each.blocks:
            each.passage = ""
    FoundInFile.objects.bulk_create(found)


@dataclass(frozen=True)
class InFile:
    """A passage in a file or in its name, for whoever publishes a page with it."""

    file: str
    kind: Kind
    place: str
    passage: str

    @property
    def blocks(self) -> bool:
        return self.kind in BLOCKING

    @property
    def message(self) -> str:
        return _(
            "In “%(file)s” somebody can recognise a child: “%(passage)s”, %(place)s. %(advice)s"
        ) % {
            "file": self.file,
            "passage": self.passage[:LONGEST_QUOTE],
            "place": self.place,
            "advice": ADVICE[self.kind],
        }


def unsettled_in(downloads: Iterable[Download], known: KnownNames) -> list[InFile]:
    """What in these files and in their names may show who a child is, and nobody settled.

    Names and titles are asked about each time, as the text of a page is: they may change.
    """
    return [each for download in downloads for each in _unsettled(download, known)]


def _unsettled(download: Download, known: KnownNames) -> Iterator[InFile]:
    for place, written in (
        (_("in its name"), names.readable(download.filename)),
        (_("in its title"), download.title),
        (_("in its description"), download.description),
        (_("in what is new"), download.change_note),
    ):
        for finding in look_at(written, known):
            yield InFile(download.title, finding.kind, place, finding.passage)
    text = DownloadText.objects.filter(download=download).first()
    if text is None or text.file_hash != download.file_hash:
        return
    for found in text.found.all():
        if found.blocks or not text.is_settled:
            yield InFile(download.title, Kind(found.kind), found.place, found.passage)


def settle(downloads: Iterable[Download]) -> None:
    """Somebody said why what was found in these files may stay: the passages are forgotten."""
    texts = DownloadText.objects.filter(download__in=[download.pk for download in downloads])
    texts.update(is_settled=True)
    FoundInFile.objects.filter(text_of__in=texts).exclude(kind__in=BLOCKING).update(passage="")


def unread(downloads: QuerySet[Download]) -> QuerySet[Download]:
    """Those of these files that wait to be read."""
    return downloads.exclude(
        text__state__in=[State.READ, State.NOT_SEARCHABLE], text__file_hash=F("file_hash")
    )


def is_looked_through(download: Download) -> bool:
    """Whether all that can stand in this file was looked at."""
    text = DownloadText.objects.filter(download=download).first()
    if text is None or text.file_hash != download.file_hash:
        return False
    return text.state == State.READ or text.reason == Reason.KIND


def unsettled_in_pictures(pictures: Iterable[Picture], known: KnownNames) -> list[InFile]:
    """What in the words of these pictures may show who a child is."""
    return [
        InFile(picture.title, finding.kind, place, finding.passage)
        for picture in pictures
        for place, written in (
            (_("in its name"), names.readable(picture.filename)),
            (_("in its title"), picture.title),
            (_("in its description"), picture.description),
        )
        for finding in look_at(written, known)
    ]
