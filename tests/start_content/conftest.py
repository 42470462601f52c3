"""The real start content, loaded once for the tests in this folder and gone after them."""

from dataclasses import dataclass, field

import pytest
from django.db import transaction

from home.start_content.accounts import StartAccount
from home.start_content.load import load
from tests.made_once import made_once, making, remove_the_empty_site


@dataclass
class Loaded:
    """What the first load gave."""

    accounts: list[StartAccount]
    told: list[str] = field(default_factory=list)


@pytest.fixture(scope="package")
def start_content(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        with making(django_db_blocker), pytest.MonkeyPatch.context() as patch:
            # The transaction around these tests never ends well; what waits for that happens now.
            patch.setattr(transaction, "on_commit", lambda function, **kwargs: function())
            remove_the_empty_site()
            told: list[str] = []
            accounts = load(empty=False, tell=told.append)
        yield Loaded(accounts, told)


@pytest.fixture(autouse=True)
def _on_the_start_content(start_content, db):
    """Every test here has the start content, and changes it only for itself."""
