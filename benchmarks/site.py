"""A site with the start content in a folder that is thrown away, served as production does."""

import gc
import os
import tempfile
from pathlib import Path


def set_up() -> Path:
    """Make the site and return its folder. Call it before anything of Django is imported."""
    folder = Path(tempfile.mkdtemp(prefix="lerende-praktijken-bench-"))
    os.environ.update(
        {
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
            "DATABASE_URL": f"sqlite:///{folder / 'platform.sqlite3'}",
            "ALLOWED_HOSTS": "localhost",
            "EMAIL_URL": "dummy://",
        }
    )
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_start_content", stdout=nowhere)
    # As config/gunicorn.py does.
    gc.freeze()
    return folder
