"""The read API: what is public, as JSON, for other systems. Whoever asks gets the same."""

import hashlib
import json
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.html import escape
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from accounts.roles import Role
from content.languages import active_language
from search.api.description import describe
from search.facets import facets_of
from search.index.finding import IndexNotReadyError, Look, safely
from search.index.schema import FACETS
from search.index.suggesting import WORD
from search.kinds import Kind
from search.labels import with_labels
from search.lines import lines_of
from search.promotions import NOTHING_ON_TOP, hits_on_top, on_top_of
from search.query import MOST_VALUES, SearchQuery, Sort, read_query, values_of
from search.results import question_for, unknown_values

PAGE_SIZE, MOST_PAGE_SIZE = 20, 100
# No list goes on beyond this: a question with so many results is better asked more precisely.
LAST_RESULT = 100_000
MOST_SUGGESTIONS = 8
# How long another system may keep an answer without asking again.
FRESH_SECONDS = 60
RETRY_SECONDS = 30


class BadRequestError(ValueError):
    """A parameter that cannot be used; the message is for the person who reads the answer."""

    def __init__(self, parameter: str, message: str):
        super().__init__(message)
        self.parameter = parameter


def answering(view: Callable) -> Callable:
    """Give what a view returns as JSON, with an ETag, and an error as JSON too."""

    def answer(request: HttpRequest) -> HttpResponse:
        # Only what is public: who asks makes no difference, not even in what is remembered.
        request.user = AnonymousUser()
        try:
            return _with_etag(request, view(request))
        except BadRequestError as error:
            return _error(400, error.parameter, str(error))
        except IndexNotReadyError:
            message = _("The search is being prepared. Try again in a minute.")
            response = _error(503, "", message)
            response["Retry-After"] = str(RETRY_SECONDS)
            return response

    # Nothing is changed here: whoever posts is told that, not that a cookie is missing.
    return csrf_exempt(require_safe(answer))


@answering
def search(request: HttpRequest) -> dict:
    query = _read(request)
    number = _whole_number(request, "page", 1, LAST_RESULT)
    size = _whole_number(request, "page_size", PAGE_SIZE, MOST_PAGE_SIZE)
    if number * size > LAST_RESULT:
        raise BadRequestError("page", _("There are no pages that far."))
    return safely(
        lambda look: _search(look, query, number, size, request), Role(), active_language()
    )


@answering
def suggest(request: HttpRequest) -> dict:
    words, language = read_query(request.GET).words, _language(request)
    found = safely(lambda look: look.suggest(words, MOST_SUGGESTIONS), Role(), language)
    with translation.override(language):
        return {
            "query": words,
            "suggestions": [
                {"text": text, "type": kind, "label": _label_of(kind)} for kind, text, _key in found
            ],
        }


def _label_of(kind: str) -> str:
    return _("Word") if kind == WORD else str(Kind(kind).label)


@answering
def openapi(request: HttpRequest) -> dict:
    return describe()


def _search(look: Look, query: SearchQuery, number: int, size: int, request) -> dict:
    look, labels = with_labels(look, request.user)
    for name, value in unknown_values(query, labels, look):
        message = _("“%(value)s” is no value of this filter.") % {"value": value[:80]}
        raise BadRequestError(name, message)
    answer = look.find(question_for(query, labels, offset=(number - 1) * size, limit=size))
    return {
        "query": query.words,
        "total": answer.total,
        "page": number,
        "page_size": size,
        "also_searched": answer.also_searched,
        "did_you_mean": answer.did_you_mean,
        "promoted": _promoted(look, query, number, labels, request),
        "results": [_result(line) for line in lines_of(answer.hits, labels, request)],
        "facets": {
            facet.name: [
                {
                    "value": option.value,
                    "label": option.label,
                    "count": option.count,
                    "selected": option.selected,
                }
                for option in facet.options
            ]
            for facet in facets_of(answer.counts, query, labels, whole=FACETS)
        },
    }


def _promoted(look: Look, query: SearchQuery, number: int, labels, request) -> list[dict]:
    """What the project leader put on top. It may well be among the results too."""
    on_top = on_top_of(query) if number == 1 else NOTHING_ON_TOP
    lines = lines_of(hits_on_top(look, on_top), labels, request)
    return [_result(line) | {"reason": on_top.reason} for line in lines]


def _result(line) -> dict:
    return {
        "type": line.kind.value,
        "id": line.pk,
        "external_id": line.external_id,
        "title": line.title,
        "url": line.address,
        "practice": line.practice_slug or None,
        "snippet": line.snippet or escape(line.text),
        "date": line.date or None,
        "score": round(line.score, 4),
    }


def _read(request: HttpRequest) -> SearchQuery:
    sort = request.GET.get("sort")
    if sort is not None and sort not in Sort.values:
        raise BadRequestError("sort", _("Choose one of: %(all)s.") % {"all": ", ".join(Sort)})
    if request.GET.get("precies", "1") != "1":
        raise BadRequestError("precies", _("Choose one of: %(all)s.") % {"all": "1"})
    for name in FACETS:
        if len(values_of(request.GET, name)) > MOST_VALUES:
            message = _("Choose at most %(most)s values.") % {"most": MOST_VALUES}
            raise BadRequestError(name, message)
    return read_query(request.GET)


def _language(request: HttpRequest) -> str:
    """The language of the reader, for whom titles and labels are."""
    language = request.GET.get("taal", settings.LANGUAGE_CODE)
    codes = [code for code, _name in settings.LANGUAGES]
    if language not in codes:
        raise BadRequestError("taal", _("Choose one of: %(all)s.") % {"all": ", ".join(codes)})
    return language


def _whole_number(request: HttpRequest, name: str, default: int, most: int) -> int:
    text = request.GET.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= most):
        message = _("Give a whole number from 1 to %(most)s.") % {"most": most}
        raise BadRequestError(name, message)
    return int(text)


def _error(status: int, parameter: str, message: str) -> JsonResponse:
    error = {"message": message} | ({"parameter": parameter} if parameter else {})
    return JsonResponse({"error": error}, status=status)


def _with_etag(request: HttpRequest, data: dict) -> HttpResponse:
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in asked or etag in asked or f"W/{etag}" in asked:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response
