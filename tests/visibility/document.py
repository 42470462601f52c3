"""The tables of docs/permissions.md, for tests that try every cell."""

import re
from pathlib import Path

from django.conf import settings

DOCUMENT = Path(settings.BASE_DIR, "docs", "permissions.md").read_text()
PEOPLE = [
    *("visitor", "outer ring", "other professional", "own professional", "project leader"),
    "administrator",
]


def table(heading: str) -> list[list[str]]:
    """The rows of the table under this heading."""
    section = re.split(r"^## ", DOCUMENT, flags=re.MULTILINE)
    text = next(part for part in section if part.startswith(heading))
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in row] for row in rows]
    assert cells[0][-len(PEOPLE) :] == PEOPLE
    return cells[2:]


def promise(cell: str) -> bool:
    return {"yes": True, "no": False}[cell]
