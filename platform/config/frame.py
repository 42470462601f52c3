"""The frame around every page: menu, languages, footer."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.encoding import escape_uri_path
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.languages import in_frame
from search.selection.found import number_chosen


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False
    code: str = ""


@dataclass(frozen=True)
class Column:
    title: str
    links: list[Link]


@dataclass(frozen=True)
class Frame:
    """What base.html shows around a page. It asks the database for nothing, but for `selection`."""

    home_url: str
    menu: list[Link]
    account: Link | None
    sign_in: Link
    # The visitor's own selection with its number; None, without a query, for who has none.
    selection: Callable[[], Link | None]
    languages: list[Link] = field(default_factory=list)
    footer: list[Column] = field(default_factory=list)


def frame(request) -> dict[str, Frame]:
    path = request.path

    def link(label: str, address: str, section: str = "") -> Link:
        url = in_frame(address)
        return Link(label, url, current=bool(section) and path.startswith(in_frame(section)))

    signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    return {
        "frame": Frame(
            home_url=in_frame("/"),
            menu=[
                link(_("Practices"), "/praktijken/", "/praktijken/"),
                link(_("Lessons"), "/zoeken/?soort=les", "/zoeken/"),
                link(_("Compare"), "/vergelijken/", "/vergelijken/"),
                link(_("Glossary"), "/begrippen/", "/begrippen/"),
                link(_("About"), "/over/", "/over/"),
            ],
            account=link(_("My account"), "/account/", "/account/") if signed_in else None,
            sign_in=(
                link(_("Sign out"), "/account/uitloggen/")
                if signed_in
                else link(_("Sign in"), "/account/inloggen/", "/account/")
            ),
            selection=lambda: _selection(request),
            languages=_languages(request),
            footer=[
                Column(
                    _("Take part"),
                    [
                        link(_("Share a lesson"), "/meedoen/#delen"),
                        link(_("Join the outer ring"), "/meedoen/#buitenring"),
                        link(_("Ask a question"), "/meedoen/#vraag"),
                        link(_("Follow new lessons (RSS)"), "/feeds/lessen.atom"),
                    ],
                ),
                Column(
                    _("About this site"),
                    [
                        link(_("News"), "/nieuws/"),
                        link(_("Your selection"), "/selectie/"),
                        link(_("Accessibility"), "/toegankelijkheid/"),
                        link(_("Privacy"), "/privacy/"),
                        link(_("Report a problem"), "/meedoen/#melden"),
                    ],
                ),
            ],
        )
    }


def _selection(request) -> Link | None:
    number = number_chosen(request)
    if not number:
        return None
    url = in_frame("/selectie/")
    label = _("Selection (%(number)s)") % {"number": number}
    return Link(label, url, current=request.path.startswith(url))


def _languages(request) -> list[Link]:
    """Each language under its own name, leading to this same address in that language.

    An address that has a translation of its own redirects there (ContentPage.serve), and one that
    has none shows the Dutch page in the frame of the language.
    """
    active = get_language()
    prefix = "" if active == settings.LANGUAGE_CODE else f"/{active}"
    # A translation may have an address of its own (ContentPage.get_context tells the Dutch one).
    path = getattr(request, "path_in_dutch", None) or request.path.removeprefix(prefix) or "/"
    bare = escape_leading_slashes(escape_uri_path(path))
    query = request.META.get("QUERY_STRING", "")
    links = []
    for code, name in settings.LANGUAGES:
        url = bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"
        links.append(Link(name, f"{url}?{query}" if query else url, code == active, code))
    return links
