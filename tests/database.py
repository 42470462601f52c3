"""The databases of the tests: made once, with the migrations and a site in it, then copied.

A copy takes a moment; the migrations take longer than hundreds of tests, and every process of
every part of `make test` needs databases of its own. There is one for each `Beginning`: most tests
ask for the same practice, and to make it takes longer than all the rest of many a test.
"""

import contextlib
import enum
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
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


class Beginning(enum.StrEnum):
    """What stands in the database when a test begins: each has all of the one before it."""

    EMPTY_SITE = enum.auto()
    PRACTICE = enum.auto()
    TWO_PRACTICES = enum.auto()


class Databases:
    """The databases of this process, and the one in use."""

    def __init__(self) -> None:
        self.beginning = Beginning.EMPTY_SITE
        self._names: dict[Beginning, str] = {}

    def begin_with(self, beginning: Beginning) -> None:
        """For the next test. What was made once for some tests stays in use until after them."""
        if connection.in_atomic_block or beginning == self.beginning:
            return
        self.beginning = beginning
        if self._names:
            connect_to(self._names[beginning])

    @contextlib.contextmanager
    def copied(self, folder: Path, process: str) -> Iterator[None]:
        """Connected to databases for this process alone. `folder` is shared by all processes."""
        name = connection.settings_dict["NAME"]
        copies = copies_of_this_database()(folder, process)
        with open(folder / "database.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            made = folder / f"{connection.vendor}.made"
            if not made.exists():
                make_templates(copies)
                made.touch()
            self._names = {beginning: copies.copy_template(beginning) for beginning in Beginning}
        connect_to(self._names[self.beginning])
        try:
            yield
        finally:
            for copy in self._names.values():
                copies.drop_copy(copy)
            self._names = {}
            connect_to(name)


databases = Databases()


@contextlib.contextmanager
def database_for_processes(folder: Path, place: Path) -> Iterator[str]:
    """One more copy of the empty site, for processes that a test starts: its address.

    `folder` is as above. The file of SQLite, if that is what it is, lies in `place`.
    """
    with copies_of_this_database()(folder, "processes").for_processes(place) as address:
        yield address


def make_templates(copies: "SQLiteCopies | PostgreSQLCopies") -> None:
    make: dict[Beginning, Callable[[], object]] = {
        Beginning.EMPTY_SITE: make_empty_site,
        Beginning.PRACTICE: factories.orion,
        Beginning.TWO_PRACTICES: factories.veens_welzijn,
    }
    before = None
    for beginning in Beginning:
        template = copies.template(beginning)
        copies.create(template, like=before)
        connect_to(template)
        if before is None:
            call_command("migrate", verbosity=0)
        with translation.override("nl"):
            make[beginning]()
        copies.finish()
        before = template


def make_empty_site() -> None:
    factories.make_site()
    factories.practice_index()
    ensure_role_groups()
    ensure_review_workflow()


def connect_to(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def copies_of_this_database() -> "type[SQLiteCopies | PostgreSQLCopies]":
    return SQLiteCopies if connection.vendor == "sqlite" else PostgreSQLCopies


class SQLiteCopies:
    """A database is a file; its name is the path."""

    def __init__(self, folder: Path, process: str):
        self.folder = folder

    def template(self, beginning: Beginning) -> str:
        return str(self.folder / f"{TEMPLATE}_{beginning}.sqlite3")

    def create(self, name: str, *, like: str | None) -> None:
        if like:
            shutil.copyfile(like, name)

    def finish(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def copy_template(self, beginning: Beginning) -> str:
        copy = str(self.folder / f"{os.getpid()}_{beginning}.sqlite3")
        shutil.copyfile(self.template(beginning), copy)
        return copy

    def drop_copy(self, copy: str) -> None:
        connection.close()
        for path in self.folder.glob(f"{Path(copy).name}*"):
            path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def for_processes(self, place: Path) -> Iterator[str]:
        path = place / "platform.sqlite3"
        shutil.copyfile(self.template(Beginning.EMPTY_SITE), path)
        yield f"sqlite:///{quote(str(path))}"


class PostgreSQLCopies:
    def __init__(self, folder: Path, process: str):
        self.process = process

    def template(self, beginning: Beginning) -> str:
        return f"{TEMPLATE}_{beginning}"

    def create(self, name: str, *, like: str | None) -> None:
        copied = f" TEMPLATE {like}" if like else ""
        self.run(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}{copied}")

    def finish(self) -> None:
        connection.close()

    def copy_template(self, beginning: Beginning) -> str:
        copy = f"test_{self.process}_{os.getpid()}_{beginning}"
        self.create(copy, like=self.template(beginning))
        return copy

    def drop_copy(self, copy: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")

    @contextlib.contextmanager
    def for_processes(self, place: Path) -> Iterator[str]:
        copy = self.copy_template(Beginning.EMPTY_SITE)
        try:
            yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{copy}").geturl()
        finally:
            self.drop_copy(copy)

    def run(self, *statements: str) -> None:
        connection.close()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
