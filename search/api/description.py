"""What the API takes and answers, as an OpenAPI document. A test holds it beside real answers."""

from django.conf import settings

from search.index.schema import FACETS
from search.kinds import Kind
from search.models import MOST_PROMOTED_PAGES
from search.query import Sort

TEXT = {"type": "string"}
NUMBER = {"type": "integer", "minimum": 0}


def describe() -> dict:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lerende Praktijken",
            "version": "1",
            "description": "Lessen van lerende praktijken: alleen wat openbaar is.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "paths": {
            "/api/v1/search/": {
                "get": {
                    "operationId": "search",
                    "summary": "Zoeken in alle praktijken, lessen, downloads, nieuws en thema's",
                    "parameters": _search_parameters(),
                    "responses": _responses("SearchAnswer"),
                }
            },
            "/api/v1/suggest/": {
                "get": {
                    "operationId": "suggest",
                    "summary": "Titels en woorden die zo beginnen",
                    "parameters": _suggest_parameters(),
                    "responses": _responses("SuggestAnswer"),
                }
            },
        },
        "components": {"schemas": _schemas()},
    }


def _search_parameters() -> list[dict]:
    size = {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
    return [
        _parameter("q", TEXT, "De vraag, in gewone woorden."),
        *(
            _parameter(name, {"type": "array", "items": TEXT}, "Filter; mag vaker voorkomen.")
            | {"style": "form", "explode": True}
            for name in FACETS
        ),
        _parameter("sort", {"type": "string", "enum": list(Sort.values)}, "De volgorde."),
        _parameter("precies", {"type": "string", "enum": ["1"]}, "Alleen deze woorden zelf."),
        _parameter("page", {"type": "integer", "minimum": 1, "default": 1}, "De bladzijde."),
        _parameter("page_size", size, "Zoveel resultaten op een bladzijde."),
    ]


def _suggest_parameters() -> list[dict]:
    languages = {
        "type": "string",
        "enum": [code for code, _name in settings.LANGUAGES],
        "default": settings.LANGUAGE_CODE,
    }
    return [
        _parameter("q", TEXT, "Het begin van een woord of titel."),
        _parameter("taal", languages, "De taal van de lezer: van titels en soorten."),
    ]


def _parameter(name: str, schema: dict, description: str) -> dict:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _responses(name: str) -> dict:
    def answer(description: str, schema: str) -> dict:
        reference = {"$ref": f"#/components/schemas/{schema}"}
        return {
            "description": description,
            "content": {"application/json": {"schema": reference}},
        }

    return {
        "200": answer("Het antwoord.", name),
        "304": {"description": "Niets veranderd sinds de ETag in If-None-Match."},
        "400": answer("Een parameter is niet te gebruiken.", "Error"),
        "503": answer("De zoekindex wordt gemaakt. Probeer het straks weer.", "Error"),
    }


def _schemas() -> dict:
    option = _object(value=TEXT, label=TEXT, count=NUMBER, selected={"type": "boolean"})
    return {
        "SearchAnswer": _object(
            query=TEXT,
            total=NUMBER,
            page={"type": "integer", "minimum": 1},
            page_size={"type": "integer", "minimum": 1, "maximum": 100},
            also_searched={"type": "array", "items": TEXT},
            did_you_mean={"type": ["string", "null"]},
            promoted={
                "type": "array",
                "maxItems": MOST_PROMOTED_PAGES,
                "items": _object(**_result(), reason=TEXT),
                "description": "Wat de projectleider bovenaan zet, met een zin waarom. Alleen op de"
                " eerste bladzijde, zonder filters. Staat het ook in results, dan telt het daar.",
            },
            results={"type": "array", "items": {"$ref": "#/components/schemas/Result"}},
            facets=_object(**{name: {"type": "array", "items": option} for name in FACETS}),
        ),
        "Result": _object(**_result()),
        "SuggestAnswer": _object(
            query=TEXT,
            suggestions={
                "type": "array",
                "maxItems": 8,
                "items": _object(text=TEXT, type={"type": "string"}, label=TEXT),
            },
        ),
        "Error": _object(
            error={
                "type": "object",
                "required": ["message"],
                "properties": {"message": TEXT, "parameter": TEXT},
                "additionalProperties": False,
            }
        ),
    }


def _result() -> dict:
    return {
        "type": {"type": "string", "enum": list(Kind.values)},
        "id": NUMBER,
        "external_id": TEXT,
        "title": TEXT,
        "url": TEXT,
        "practice": {"type": ["string", "null"]},
        "snippet": TEXT,
        "date": {"type": ["string", "null"]},
        "score": {"type": "number"},
    }


def _object(**properties) -> dict:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }
