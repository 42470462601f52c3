"""The database of the tests: made once with its migrations and the empty site, then copied.

A copy takes a moment; the migrations take longer than hundreds of tests, and every process of
every part of `make test` needs a database of its own.
"""

import contextlib
import fcntl
import os
import shutil
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from reviewing.setup import ensure_review_workflow
from tests import factories
from visibility.setup import ensure_role_groups

TEMPLATE = "template_of_tests"


@contextlib.contextmanager
def copied_database(folder: Path, process: str):
    """Connected to a database for this process alone. `folder` is shared by all processes."""
    name = connection.settings_dict["NAME"]
    copies = SQLiteCopies if connection.vendor == "sqlite" else PostgreSQLCopies
    database = copies(folder, process)
    with open(folder / "database.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / f"{connection.vendor}.made"
        if not made.exists():
            database.make_template(make_empty_site)
            made.touch()
        database.copy_template()
    try:
        yield
    finally:
        database.drop_copy()
        connect_to(name)


@contextlib.contextmanager
def database_for_processes(folder: Path, place: Path):
    """One more copy, for processes that a test starts: its address. `folder` is as above.

    The file of SQLite, if that is what it is, lies in `place`.
    """
    copies = SQLiteCopies if connection.vendor == "sqlite" else PostgreSQLCopies
    with copies.for_processes(folder, place) as address:
        yield address


def make_empty_site() -> None:
    call_command("migrate", verbosity=0)
    with translation.override("nl"):
        factories.make_site()
        factories.practice_index()
        ensure_role_groups()
        ensure_review_workflow()


def connect_to(name) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(name)


class SQLiteCopies:
    def __init__(self, folder: Path, process: str):
        self.template = folder / f"{TEMPLATE}.sqlite3"
        self.copy = folder / f"{os.getpid()}.sqlite3"

    def make_template(self, make) -> None:
        connect_to(self.template)
        make()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def copy_template(self) -> None:
        shutil.copyfile(self.template, self.copy)
        connect_to(self.copy)

    def drop_copy(self) -> None:
        connection.close()
        for path in self.copy.parent.glob(f"{self.copy.name}*"):
            path.unlink(missing_ok=True)

    @classmethod
    @contextlib.contextmanager
    def for_processes(cls, folder: Path, place: Path):
        path = place / "platform.sqlite3"
        shutil.copyfile(cls(folder, "").template, path)
        yield f"sqlite:///{quote(str(path))}"


class PostgreSQLCopies:
    def __init__(self, folder: Path, process: str):
        self.copy = f"test_{process}_{os.getpid()}"

    def make_template(self, make) -> None:
        self.run(f"DROP DATABASE IF EXISTS {TEMPLATE}", f"CREATE DATABASE {TEMPLATE}")
        connect_to(TEMPLATE)
        make()
        connection.close()

    def copy_template(self) -> None:
        self.run(f"CREATE DATABASE {self.copy} TEMPLATE {TEMPLATE}")
        connect_to(self.copy)

    def drop_copy(self) -> None:
        connection.close()
        self.run(f"DROP DATABASE IF EXISTS {self.copy}")

    @classmethod
    @contextlib.contextmanager
    def for_processes(cls, folder: Path, place: Path):
        copies = cls(folder, "processes")
        copies.run(f"CREATE DATABASE {copies.copy} TEMPLATE {TEMPLATE}")
        try:
            yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{copies.copy}").geturl()
        finally:
            copies.run(f"DROP DATABASE IF EXISTS {copies.copy} WITH (FORCE)")

    def run(self, *statements: str) -> None:
        connection.close()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
