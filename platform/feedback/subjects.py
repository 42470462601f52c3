"""What an address of this site stands for: a page, a file, or something else."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from wagtail.models import Site

from content.models import ContentPage
from files.access import can_see_download
from files.models import Download
from files.versions import goes_by
from visibility.rules import can_see

LONGEST_ADDRESS = 500


@dataclass(frozen=True)
class Subject:
    """What somebody wants to say something about. At most one of these; none is the whole site."""

    page: ContentPage | None = None
    download: Download | None = None
    address: str = ""

    def title_for(self, user) -> str:
        """The title, for whoever may see it; else nothing, as for what does not exist."""
        if self.page is not None and can_see(user, self.page):
            return self.page.title
        if self.download is not None and can_see_download(user, self.download):
            return self.download.title
        return ""


def subject_at(address: str) -> Subject:
    """Whatever somebody made of the address: what it stands for, seen or hidden, or nothing."""
    path = _path_of(address)
    if not path:
        return Subject()
    if (download := _download_at(path)) is not None:
        return Subject(download=download)
    if (page := _page_at(path)) is not None:
        return Subject(page=page)
    return Subject(address=path)


def _path_of(address: str) -> str:
    """The path, without a question that was asked there; empty when it is no path of this site."""
    if (
        not address.startswith("/")
        or address.startswith("//")
        or len(address) > LONGEST_ADDRESS
        or not address.isprintable()
    ):
        return ""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _download_at(path: str) -> Download | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.url_name != "wagtaildocs_serve":
        return None
    download = Download.objects.filter(pk=match.kwargs["document_id"]).first()
    if download is None or not goes_by(download, match.kwargs["document_filename"]):
        return None
    return download


def _page_at(path: str) -> ContentPage | None:
    """The page in the language of the address; where that has none the Dutch one."""
    roots = {root.language_code: root.root_path for root in Site.get_site_root_paths()}
    language, _, below = path.lstrip("/").partition("/")
    if language not in dict(settings.LANGUAGES) or language == settings.LANGUAGE_CODE:
        language, below = settings.LANGUAGE_CODE, path.lstrip("/")
    below = f"{below.rstrip('/')}/" if below.strip("/") else ""
    for code in dict.fromkeys([language, settings.LANGUAGE_CODE]):
        if code not in roots:
            continue
        url_path = f"{roots[code]}{below}"
        slug = url_path.rstrip("/").rpartition("/")[2]
        # The slug as well, because the database keeps an index of it.
        page = ContentPage.objects.filter(slug=slug, url_path=url_path, alias_of=None).first()
        if page is not None:
            return page
    return None
