"""Data that takes long to make, made once for a module or a folder of tests."""

import contextlib

from django.db import transaction
from django.utils import translation
from wagtail.models import Page

from content.models import ContentPage
from content.trash import delete_branches
from tests.database import Beginning, databases


@contextlib.contextmanager
def made_once(blocker):
    """One transaction around some tests: what the caller makes before them goes with the last one.

    Each test has, as always, a transaction of its own within it, so what a test changes is gone
    after that test, and no test outside sees anything. `blocker` is pytest-django's
    `django_db_blocker`; the fixture that calls this needs `django_db_setup` as well.
    """
    # Whatever the first of these tests asks for, all of them begin alike.
    databases.begin_with(Beginning.EMPTY_SITE)
    with blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
    try:
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@contextlib.contextmanager
def making(blocker):
    """Access to the database, and Dutch, for a fixture that lives longer than one test."""
    with blocker.unblock(), translation.override("nl"):
        yield


def remove_the_empty_site():
    """Every test begins with it; a fresh installation does not."""
    delete_branches(ContentPage.objects.child_of(Page.get_first_root_node()))
