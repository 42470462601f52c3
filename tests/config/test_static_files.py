import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

pytestmark = pytest.mark.once


def test_every_static_file_that_a_template_names_exists():
    # With hashed names a missing file is an error page for the visitor, and only in production.
    folder = Path(settings.BASE_DIR) / "templates"
    named = {
        name: path.relative_to(folder)
        for path in folder.rglob("*.html")
        for name in re.findall(r"""{%\s*static\s+["']([^"']+)["']""", path.read_text())
    }

    assert named
    assert {name: str(path) for name, path in named.items() if not finders.find(name)} == {}
