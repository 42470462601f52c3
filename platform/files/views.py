"""The door in front of every file. Nothing under MEDIA_ROOT is reached in another way."""

import logging
from functools import wraps

from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt
from wagtail.documents.views.serve import serve

from files import counting, guessing, versions
from files.access import can_see_download, can_see_picture
from files.kinds import content_type
from files.models import Download, Rendition
from files.names import split

METHODS = ["GET", "HEAD"]
# A file can be withdrawn with its page, so no proxy keeps it for long.
PUBLIC_DOWNLOAD_SECONDS = 60
# A picture can be withdrawn with its page just so.
PUBLIC_PICTURE_SECONDS = 60

logger = logging.getLogger(__name__)


def bounded(view):
    """A door at which nobody can go on guessing."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if guessing.guesses_too_often(request):
                return _wait(request)
            raise

    return answer


# Nothing changes here; and to a stranger a POST tells no more than a GET does.
@csrf_exempt
@bounded
def serve_document(request, document_id, document_filename):
    """A download, for whoever may see a page that offers it. Nothing is told before that check."""
    download = get_object_or_404(Download.objects.select_related("collection"), pk=document_id)
    is_earlier_name = document_filename != download.filename
    if is_earlier_name and not versions.goes_by(download, document_filename):
        raise Http404
    if not can_see_download(request.user, download):
        raise Http404
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    if is_earlier_name:
        response = HttpResponseRedirect(download.url)
        _allow_keeping(response, public=False, seconds=0)
        return response
    if download.is_missing:
        logger.error("The file of download %s is not on the disk.", download.pk)
        return TemplateResponse(
            request, "files/unavailable.html", {"title": download.title}, status=503
        )
    response = serve(request, document_id, document_filename)
    if response.status_code in (200, 304):
        _describe(response, download)
        public = request.user.is_anonymous or _open_to_everybody(download)
        _allow_keeping(response, public, PUBLIC_DOWNLOAD_SECONDS)
    if response.status_code == 200:
        counting.count_when_sent(response, request, download)
    return response


@csrf_exempt
@bounded
def serve_rendition(request, name):
    """A picture in one size, for whoever may see a page with it. Originals have no address."""
    rendition = get_object_or_404(
        Rendition.objects.select_related("image__collection"), file=f"images/{name}"
    )
    picture = rendition.image
    if not can_see_picture(request.user, picture):
        raise Http404
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    try:
        file = rendition.file.storage.open(rendition.file.name)
    except FileNotFoundError as error:
        logger.error("The file of rendition %s is not on the disk.", rendition.pk)
        raise Http404 from error
    response = FileResponse(file, content_type=content_type(split(name)[1]))
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    public = request.user.is_anonymous or can_see_picture(AnonymousUser(), picture)
    _allow_keeping(response, public, PUBLIC_PICTURE_SECONDS)
    return response


def _wait(request):
    response = TemplateResponse(request, "429.html", status=429)
    response["Retry-After"] = str(guessing.seconds_left())
    _allow_keeping(response, public=False, seconds=0)
    return response


def _open_to_everybody(download: Download) -> bool:
    # Wagtail's own limits on a collection hold as well, if somebody set one.
    return (
        can_see_download(AnonymousUser(), download)
        and not download.collection.get_view_restrictions()
    )


def _describe(response, download: Download) -> None:
    """Wagtail's headers, with a name that may hold quotes and any letter (RFC 5987)."""
    inline = download.content_disposition == "inline"
    response["Content-Disposition"] = content_disposition_header(not inline, download.filename)
    if response.get("Content-Encoding") == "None":
        del response["Content-Encoding"]


def _allow_keeping(response, public: bool, seconds: int) -> None:
    if public:
        patch_cache_control(response, public=True, max_age=seconds)
    else:
        patch_cache_control(response, private=True, no_store=True)
