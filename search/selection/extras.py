"""Pictures, quotes and videos of lessons as they are printed, in a few queries for all of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from files.kinds import content_type
from files.models import Picture
from files.names import split
from lessons.models import LessonPage
from search.selection.printing import PageFile

# A size that the page of the lesson shows too, so that it is mostly there already.
RENDITION = "format-jpeg|width-960"
# More pictures than these are left out: a hand-out is to be read.
MOST_PICTURES = 40


@dataclass(frozen=True)
class Extra:
    """Something beside the text; a picture has the name of its file, a video an address."""

    text: str = ""
    note: str = ""
    picture: str = ""
    alt: str = ""
    title: str = ""
    url: str = ""


class Extras:
    """The extras of some lessons, and the files of their pictures."""

    def __init__(self, lessons: Iterable[LessonPage]):
        # As they are stored: the blocks themselves would ask for the pictures lesson by lesson.
        self._blocks = {lesson.pk: list(lesson.extra.raw_data) for lesson in lessons}
        self.files = dict(_picture_files(self._picture_keys()))

    def of(self, lesson: LessonPage) -> list[Extra]:
        found = (self._extra(block["type"], block["value"]) for block in self._blocks[lesson.pk])
        return [extra for extra in found if extra is not None]

    def _picture_keys(self) -> list[int]:
        values = (
            block["value"]
            for blocks in self._blocks.values()
            for block in blocks
            if block["type"] == "picture"
        )
        keys = (_image(value).get("image") for value in values if _is_shown(value))
        return list(dict.fromkeys(key for key in keys if key))[:MOST_PICTURES]

    def _extra(self, kind: str, value: dict[str, Any]) -> Extra | None:
        if kind == "quote":
            return Extra(text=value.get("quote", ""), note=value.get("role", ""))
        if kind == "video":
            url, spoken = value.get("url", ""), value.get("transcript", "")
            return Extra(title=value.get("title", ""), url=url, text=spoken)
        name = _name(_image(value).get("image"))
        if name not in self.files or not _is_shown(value):
            return None
        return Extra(picture=name, alt=_image(value)["alt_text"], text=value.get("caption") or "")


def _image(value: dict[str, Any]) -> dict[str, Any]:
    image = value.get("image")
    return image if isinstance(image, dict) else {}


def _is_shown(value: dict[str, Any]) -> bool:
    """What only decorates a page has no words, and says nothing on paper."""
    return bool(_image(value).get("alt_text")) and not _image(value).get("decorative")


def _name(key: int | None) -> str:
    return f"pictures/{key}"


def _picture_files(keys: list[int]) -> Iterator[tuple[str, PageFile]]:
    pictures = Picture.objects.filter(pk__in=keys).prefetch_renditions(RENDITION) if keys else []
    for picture in pictures:
        try:
            rendition = picture.get_rendition(RENDITION)
            with rendition.file.storage.open(rendition.file.name) as file:
                kind = content_type(split(rendition.file.name)[1])
                yield _name(picture.pk), PageFile(kind, file.read())
        except OSError:
            continue  # The page of the lesson has an empty place there as well.
