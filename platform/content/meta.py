"""What a page tells search engines, and whoever shares its address."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.conf import settings

from content.languages import in_frame


@dataclass(frozen=True)
class Alternate:
    """The same page in a language; `x-default` is for readers of any other language."""

    language: str
    url: str


@dataclass(frozen=True)
class PageMeta:
    """The lines in the head of a page. Of a page that is not public it tells nothing."""

    title: str
    url: str
    description: str = ""
    is_public: bool = True
    alternates: list[Alternate] = field(default_factory=list)

    @property
    def base(self) -> str:
        """The site itself: the address of a picture must be whole."""
        return whole_address("")

    def below(self, path: str, title: str) -> "PageMeta":
        """The same for a part of this page with an address of its own."""
        return replace(
            self,
            title=f"{title}: {self.title}",
            url=self.url + path,
            alternates=[Alternate(one.language, one.url + path) for one in self.alternates],
        )


def whole_address(path: str) -> str:
    return settings.BASE_URL.rstrip("/") + path


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def alternates(paths: Iterable[tuple[str, str]]) -> list[Alternate]:
    """A page in its languages, from (language, path). One language alone has no alternates."""
    found = [Alternate(language, whole_address(path)) for language, path in paths]
    if len(found) < 2:
        return []
    default = next((one for one in found if one.language == settings.LANGUAGE_CODE), found[0])
    return [*found, Alternate("x-default", default.url)]


def meta_of_address(request, path: str, title: str, description: str = "") -> PageMeta:
    """For an address outside the page tree, given as it is in Dutch: it exists in each language."""
    codes = [code for code, _ in settings.LANGUAGES]
    return PageMeta(
        title=str(title),
        url=whole_address(in_frame(path)),
        description=in_one_line(description),
        # What a person sees when signed in may not be there for everybody.
        is_public=not request.user.is_authenticated,
        alternates=alternates((code, in_frame(path, code)) for code in codes),
    )
