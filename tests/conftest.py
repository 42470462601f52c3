"""What most tests start from: the site, two practices, and one person of each role."""

import gc
import os
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group
from django.core.cache import cache, caches
from django.utils import translation
from wagtail.models import Page

from accounts.roles import OUTER_RING, PROJECT_LEADERS
from home.models import HomePage
from practices.models import PracticeIndexPage, PracticePage
from practices.setup import practice_group
from reviewing.setup import ensure_review_workflow
from tests import factories
from tests.database import Beginning, databases
from visibility.setup import ensure_role_groups

LONGEST_BYTES_IN_A_NAME = 60


def pytest_make_parametrize_id(config, val, argname):
    """A file in the name of a test may hold the time at which it was made; no two runs agree."""
    return argname if isinstance(val, bytes) and len(val) > LONGEST_BYTES_IN_A_NAME else None


def pytest_collection_finish(session):
    """All that is loaded by now stays: to look for garbage in it again and again takes long."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(1_000, 10, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A test begins in the database in which the practices stand that it asks for."""
    asked = set(item.fixturenames)
    marker = item.get_closest_marker("django_db")
    if "practice" not in asked or (marker and marker.kwargs.get("transaction")):
        # A test that really commits has its database emptied at the end.
        databases.begin_with(Beginning.EMPTY_SITE)
    elif "other_practice" not in asked:
        databases.begin_with(Beginning.PRACTICE)
    else:
        databases.begin_with(Beginning.TWO_PRACTICES)


@pytest.fixture(autouse=True)
def _as_a_new_request():
    """What one test leaves in memory, a language or a cached address, is not there for the next."""
    cache.clear()
    caches["limits"].clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield


@dataclass(frozen=True)
class SiteTree:
    root: Page
    home: HomePage
    practices: PracticeIndexPage


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, tmp_path_factory):
    """Every test begins with the empty site, or with that and the practices it asks for."""
    folder = tmp_path_factory.getbasetemp()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    # Each worker of pytest-xdist has a folder of its own, in one that they share.
    database = databases.copied(folder.parent if worker else folder, worker)
    with django_db_blocker.unblock():
        database.__enter__()
    yield
    with django_db_blocker.unblock():
        database.__exit__(None, None, None)


@pytest.fixture
def site_tree(db) -> SiteTree:
    """The root, the home page at the default site, the overview of practices, and the roles."""
    home = factories.make_site()
    if not Group.objects.filter(name=PROJECT_LEADERS).exists():
        # A test with a live server has emptied the database.
        ensure_role_groups()
        ensure_review_workflow()
    return SiteTree(
        root=Page.get_first_root_node(), home=home, practices=factories.practice_index()
    )


@pytest.fixture
def practice(site_tree) -> PracticePage:
    if databases.beginning == Beginning.EMPTY_SITE:
        return factories.orion()
    return PracticePage.objects.get(slug="orion")


@pytest.fixture
def other_practice(site_tree) -> PracticePage:
    if databases.beginning == Beginning.TWO_PRACTICES:
        return PracticePage.objects.get(slug="veens-welzijn")
    return factories.veens_welzijn()


@pytest.fixture
def lesson(practice):
    return factories.LessonPageFactory(parent=practice)


@pytest.fixture
def visitor():
    return AnonymousUser()


@pytest.fixture
def outer_ring(site_tree):
    return factories.UserFactory(email="buitenring@voorbeeld.nl", groups=[OUTER_RING])


@pytest.fixture
def professional(practice):
    """Works in `practice`."""
    return factories.UserFactory(
        email="professional@voorbeeld.nl", groups=[practice_group(practice)]
    )


@pytest.fixture
def other_professional(other_practice):
    """Works in `other_practice`."""
    return factories.UserFactory(
        email="collega@voorbeeld.nl", groups=[practice_group(other_practice)]
    )


@pytest.fixture
def leader(site_tree):
    return factories.UserFactory(email="projectleider@voorbeeld.nl", groups=[PROJECT_LEADERS])


@pytest.fixture
def administrator(db):
    return factories.UserFactory(email="beheerder@voorbeeld.nl", is_superuser=True, is_staff=True)
