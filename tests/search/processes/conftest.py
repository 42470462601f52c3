"""Servers and publishers as in production, beside the process of the tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.database import database_for_processes
from tests.search.processes.serving import Place


def pytest_collection_modifyitems(items):
    """On one worker, after each other: they need all the machine has."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("processes"))


@pytest.fixture
def database(django_db_setup, django_db_blocker, tmp_path_factory, tmp_path) -> Iterator[str]:
    """The address of a database with an empty site, for this test alone."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder
    with django_db_blocker.unblock(), database_for_processes(folder, tmp_path) as address:
        yield address


@pytest.fixture
def two_places(database, tmp_path) -> Iterator[list[Place]]:
    """Two machines on one database where that is possible; with SQLite one, twice."""
    folders = [tmp_path / name for name in ("one", "two")]
    if connection.vendor == "sqlite":
        folders[1] = folders[0]
    places = [Place(folder, database) for folder in folders]
    for place in places:
        place.data_dir.mkdir(exist_ok=True)
    yield places
    for place in places:
        place.stop()


@pytest.fixture
def place(two_places) -> Place:
    return two_places[0]
