"""A site with the start content in a folder that is thrown away, served as production does."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def thrown_away() -> Iterator[Path]:
    """A folder for as long as it takes, in which a process with these settings keeps its data."""
    folder = Path(tempfile.mkdtemp(prefix="lerende-praktijken-bench-"))
    os.environ.update(
        {
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
            "DATABASE_URL": f"sqlite:///{folder / 'platform.sqlite3'}",
            "EMAIL_URL": "dummy://",
        }
    )
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def set_up() -> Iterator[Path]:
    """The site, by its folder. Enter it before anything of Django is imported."""
    os.environ["ALLOWED_HOSTS"] = "localhost"
    with thrown_away() as folder:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        with open(os.devnull, "w") as nowhere:
            call_command("load_start_content", stdout=nowhere)
        # As config/gunicorn.py does.
        gc.freeze()
        yield folder


def show(lines: Iterable[str]) -> None:
    """Each line as soon as it is known."""
    for line in lines:
        print(line, flush=True)
