"""What a site needs before it can be served. Every step looks first: doing it again is cheap."""

import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from content.statistics import refresh_statistics
from files import reading
from search.index.copy import index_copy
from visibility.setup import give_new_rights


def prepare(say, *, empty=False):
    """Bring the folders, the database, the start content and the static files up to date.

    `say` is told what takes time. Loading the start content prints one login per role; `empty`
    leaves the practices, lessons and news out of it.
    """
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    if has_migrations_to_apply():
        say("Preparing the database (half a minute the first time)")
        call_command("migrate", interactive=False, verbosity=0)
    if not settings.DEBUG and static_files_changed():
        say("Collecting the static files")
        collect_static_files()
    if not has_start_content():
        say("Loading the start content (some minutes), and a login for each role")
        call_command("load_start_content", empty=empty)
    # A newer version may know rights that the groups of this installation never had.
    give_new_rights()
    if not has_search_index():
        say("Making the search index")
        call_command("rebuild_search_index")
    refresh_statistics()


def read_what_waits():
    """Go on with downloads whose reading was broken off, beside the site."""
    if reading.waiting().exists():
        reading.start()


def has_migrations_to_apply():
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def has_start_content():
    """Loading ends with the accounts: pages without anybody are a load that was broken off."""
    pages, people = apps.get_model("content.ContentPage"), get_user_model()
    return pages.objects.exists() and people.objects.exists()


def has_search_index():
    return index_copy().exists()


def static_files_changed():
    note = static_files_note()
    return not note.exists() or note.read_text() != fingerprint_of_static_files()


def collect_static_files():
    static_files_note().unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    static_files_note().write_text(fingerprint_of_static_files())


def static_files_note():
    """Lies inside the collected files, so that it goes when they go."""
    return Path(settings.STATIC_ROOT) / ".collected-from"


def fingerprint_of_static_files():
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
