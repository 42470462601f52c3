"""What the tests look at in a page: its links, headings, ids, and what the site's policy blocks."""

from html.parser import HTMLParser


class Markup(HTMLParser):
    """`Markup(html)` reads a whole page."""

    def __init__(self, html: str):
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.landmarks: list[str] = []
        self.blocked: list[str] = []
        self.assets: list[str] = []
        self.head: list[tuple[str, dict[str, str]]] = []
        self.current: list[str] = []
        self.language = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given["lang"]
        if tag in ("meta", "link"):
            self.head.append((tag, given))
        if tag == "a":
            self.links.append(given["href"])
        if "id" in given:
            self.ids.append(given["id"])
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append(int(tag[1]))
        if tag in ("main", "header", "footer"):
            self.landmarks.append(tag)
        if "src" in given:
            self.assets.append(given["src"])
        if "aria-current" in given:
            self.current.append(given["aria-current"])
        # Data in a page is no script.
        is_data = given.get("type") == "application/json"
        inline_script = tag == "script" and "src" not in given and not is_data
        if inline_script or tag == "style" or any(n == "style" or n[:2] == "on" for n in given):
            self.blocked.append(self.get_starttag_text())

    def of_head(self, name: str) -> str | None:
        """The content of a meta line, or the address of a link, by its name."""
        for _, given in self.head:
            if name in (given.get("name"), given.get("property"), given.get("rel")):
                return given.get("content") or given.get("href")
        return None

    @property
    def alternates(self) -> dict[str, str]:
        return {line["hreflang"]: line["href"] for _, line in self.head if "hreflang" in line}

    def faults(self) -> list[str]:
        """What is wrong with this page on its own."""
        faults = [f"blocked by the policy: {text}" for text in self.blocked]
        faults += [f"foreign asset: {url}" for url in self.assets if not url.startswith("/")]
        faults += [f"id used twice: {name}" for name in set(self.ids) if self.ids.count(name) > 1]
        if self.headings.count(1) != 1:
            faults.append(f"{self.headings.count(1)} first headings")
        steps = zip([0, *self.headings], self.headings, strict=False)
        faults += [f"h{after} after h{before}" for before, after in steps if after > before + 1]
        if sorted(set(self.landmarks)) != ["footer", "header", "main"]:
            faults.append(f"landmarks: {self.landmarks}")
        return faults


def markup(response) -> Markup:
    return Markup(response.content.decode())
