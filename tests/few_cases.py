"""Which tests run on a second database: what that can change, and not every cell of every table.

`make test` runs every test on SQLite, and on PostgreSQL what is left by three rules:

- not what never asks for the database, because that is the same on both;
- not what is marked `once`, because what it tests is no matter of SQL, locks or transactions;
- of a test with a table of cases the first and the last, unless it is marked `every_case`, because
  each of its cases asks something else of the database.

`make test ARGS=--every-case` leaves out the third rule, and the first as well.
"""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """After -k and -m, so that a case that somebody asks for by name does run."""
    cases = {}
    for item in items:
        if asks_for_the_database(item):
            cases.setdefault((item.parent.nodeid, item.originalname), []).append(item)
    kept = {item for all_of_one in cases.values() for item in few_of(all_of_one)}
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def asks_for_the_database(item) -> bool:
    asked = "django_db_setup" in item.fixturenames
    return asked or item.get_closest_marker("django_db") is not None


def few_of(cases: list) -> list:
    if cases[0].get_closest_marker("every_case"):
        return cases
    return cases if len(cases) < 2 else [cases[0], cases[-1]]
