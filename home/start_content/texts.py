"""Reading the TOML files, and making simple HTML of their plain text."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.html import escape

FOLDER = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    """One file, for example `news.toml`."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def read_all(folder: str) -> list[dict[str, Any]]:
    """Every file of a folder, by name."""
    return [read(f"{folder}/{path.name}") for path in sorted((FOLDER / folder).glob("*.toml"))]


def line(text: str) -> str:
    """A text without the line breaks that only wrap it in the file."""
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """Paragraphs, separated by a blank line in the file, as HTML."""
    parts = [line(part) for part in text.split("\n\n")]
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)


def list_html(items: Iterable[str], tag: str = "ul") -> str:
    """Items as an HTML list; empty for no items."""
    rows = "".join(f"<li>{escape(line(item))}</li>" for item in items)
    return f"<{tag}>{rows}</{tag}>" if rows else ""
