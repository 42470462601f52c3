"""Traps of the layout and of the locks, each found by stepping in it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]


def test_platform_is_a_source_root_and_never_a_package():
    # As a package it hides the standard library's module: manage.py dies, bare pytest still passes.
    assert not (ROOT / "platform" / "__init__.py").exists()


def test_the_standard_library_finds_its_own_platform_from_the_root():
    code = "import uuid, platform; platform.system()"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_every_folder_of_tests_is_a_package():
    # Without __init__.py, tests/search is imported as `search` and hides the app.
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}

    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_there_are_locks():
    assert {path.name for path in (ROOT / "requirements").iterdir()} == {
        "development.txt",
        "production.txt",
        "run.txt",
    }


LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_has_exact_versions_with_hashes_and_no_address(path):
    packages = path.read_text().replace("\\\n", "").splitlines()[1:]

    for package in packages:
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; .+)?( +--hash=sha256:[0-9a-f]{64})+$", package), (
            package
        )
    assert not re.search(r"://|--(extra-)?index|--find-links| @ ", path.read_text())


def test_the_locks_belong_to_the_project():
    done = subprocess.run([sys.executable, "bin/lock", "--check"], cwd=ROOT, capture_output=True)

    assert done.returncode == 0, done.stderr
