"""Build the files under static/ from the sources in this folder.

    python frontend/build.py            build
    python frontend/build.py --check    exit 1 when a built file differs from what is committed

Needs only the `lightningcss` wheel. The same sources always give the same bytes.
"""

import argparse
import sys
from pathlib import Path

import lightningcss

FRONTEND = Path(__file__).resolve().parent
STATIC = FRONTEND.parent / "static"
FOLDERS = ("css", "fonts", "img", "js")
HEADER = (
    "/*! EUPL-1.2. Contains components of NL Design System: copyright Frameless B.V., "
    "Gemeente Utrecht and the NL Design System community. */\n"
)


def built_files() -> dict[str, bytes]:
    """Every file that belongs in static/, by its path there."""
    files = {"css/site.css": (HEADER + style_sheet() + "\n").encode()}
    for folder, pattern in (
        ("img", "img/*"),
        ("js", "js/*.js"),
        ("fonts", "vendor/fonts/*/*.woff2"),
    ):
        for source in FRONTEND.glob(pattern):
            files[f"{folder}/{source.name}"] = source.read_bytes()
    for licence in FRONTEND.glob("vendor/fonts/*/OFL.txt"):
        files[f"fonts/{licence.parent.name}-OFL.txt"] = licence.read_bytes()
    return dict(sorted(files.items()))


def style_sheet() -> str:
    return lightningcss.bundle_css(str(FRONTEND / "css" / "site.css"), minify=True)


def present_files() -> dict[str, bytes]:
    return {
        path.relative_to(STATIC).as_posix(): path.read_bytes()
        for folder in FOLDERS
        for path in (STATIC / folder).glob("*")
        if path.is_file()
    }


def write(files: dict[str, bytes]) -> None:
    for name in present_files().keys() - files.keys():
        (STATIC / name).unlink()
    for name, content in files.items():
        target = STATIC / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_bytes() != content:
            target.write_bytes(content)
        print(f"{name}: {len(content):,} bytes")


def check(files: dict[str, bytes]) -> int:
    present = present_files()
    different = sorted(
        name for name in files.keys() | present.keys() if files.get(name) != present.get(name)
    )
    for name in different:
        print(f"static/{name} is not what the sources give. Run: python frontend/build.py")
    return 1 if different else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    options = parser.parse_args()
    files = built_files()
    if options.check:
        return check(files)
    write(files)
    return 0


if __name__ == "__main__":
    sys.exit(main())
