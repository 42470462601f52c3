"""Take from the full Voorbeeld theme only the tokens that the vendored components ask for.

    python frontend/vendor/pick_tokens.py path/to/voorbeeld-design-tokens/dist/theme.css

Run it again after adding or upgrading a package; it writes
nl-design-system/tokens.css.
"""

import re
import sys
from pathlib import Path

COMPONENTS = Path(__file__).resolve().parent / "nl-design-system"
TARGET = COMPONENTS / "tokens.css"
# Looks of a button that this site never shows.
NEVER_SHOWN = re.compile(r"--nl-button-.*(positive|negative|pressed|subtle|disabled|icon-only)")
USE = re.compile(r"var\(\s*(--[a-z0-9-]+)", re.IGNORECASE)
TOKEN = re.compile(r"^\s*(--[a-z0-9-]+):\s*(.+?);", re.IGNORECASE)


def tokens_of(theme: str) -> dict[str, str]:
    matches = (TOKEN.match(line) for line in theme.splitlines())
    return {match[1]: match[2] for match in matches if match}


def needed(tokens: dict[str, str]) -> set[str]:
    """The tokens that the components name, and those that these in turn lean on."""
    found: set[str] = set()
    waiting = {
        name
        for path in COMPONENTS.glob("*.css")
        if path != TARGET
        for name in USE.findall(path.read_text(encoding="utf-8"))
    }
    while waiting:
        name = waiting.pop()
        if name in tokens and name not in found and not NEVER_SHOWN.match(name):
            found.add(name)
            waiting.update(USE.findall(tokens[name]))
    return found


def main() -> None:
    tokens = tokens_of(Path(sys.argv[1]).read_text(encoding="utf-8"))
    lines = [f"  {name}: {tokens[name]};" for name in sorted(needed(tokens))]
    TARGET.write_text(
        "/* EUPL-1.2. Selected by pick_tokens.py from @nl-design-system-unstable/"
        "voorbeeld-design-tokens. */\n:root {\n" + "\n".join(lines) + "\n}\n",
        encoding="utf-8",
    )
    print(f"{TARGET.name}: {len(lines)} of {len(tokens)} tokens")


if __name__ == "__main__":
    main()
