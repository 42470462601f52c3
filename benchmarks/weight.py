"""What a first visit brings over the wire: the page and everything that it loads."""

import gzip
import re
from dataclasses import dataclass
from pathlib import Path

KILOBYTE = 1000
PAGES = {
    "home": ("/", 150),
    "practice": ("/praktijken/integrated-care-emmen/", None),
    "lesson": ("/les/9/", None),
}
HTML_LIMIT = 15


@dataclass(frozen=True)
class Weight:
    html: int
    total: int


def measure() -> list[str]:
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    static_root = Path(settings.STATIC_ROOT)
    rows = [
        "Weight of a first visit in kB, compressed",
        f"{'page':24}{'HTML':>8}{'limit':>8}{'everything':>12}{'limit':>8}",
    ]
    for name, (path, limit) in PAGES.items():
        weight = _weigh(client.get(path, follow=True).content.decode(), static_root)
        html, total = weight.html / KILOBYTE, weight.total / KILOBYTE
        over = "  over" if html > HTML_LIMIT or (limit and total > limit) else ""
        rows.append(f"{name:24}{html:8.1f}{HTML_LIMIT:8}{total:12.1f}{limit or '':>8}{over}")
    return rows


def _weigh(html: str, static_root: Path) -> Weight:
    own = len(gzip.compress(html.encode()))
    files = set(re.findall(r'(?:href|src)="/static/([^"#?]+)"', html))
    for style_sheet in [name for name in files if name.endswith(".css")]:
        css = (static_root / style_sheet).read_text()
        folder = Path(style_sheet).parent
        for url in re.findall(r"url\(\"?'?([^)\"'#?]+)", css):
            if not url.startswith("data:"):
                files.add(
                    str((static_root / folder / url).resolve().relative_to(static_root.resolve()))
                )
    return Weight(own, own + sum(_on_the_wire(static_root / name) for name in files))


def _on_the_wire(path: Path) -> int:
    """WhiteNoise sends the compressed twin of a file where that is smaller."""
    twin = path.with_name(f"{path.name}.gz")
    return (twin if twin.exists() else path).stat().st_size
