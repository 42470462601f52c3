"""`load_start_content --empty`: a site of one's own, without the practices of others."""

import io

import pytest
from django.core.management import call_command
from django.db import transaction

from accounts.models import User
from home.models import NewsPage
from lessons.models import LessonPage
from practices.models import PracticePage
from tests.factories import LessonPageFactory, PracticePageFactory
from tests.made_once import made_once, making, remove_the_empty_site
from vocabulary.models import Term

pytestmark = pytest.mark.xdist_group("empty installation")


@pytest.fixture(scope="module")
def installation(django_db_setup, django_db_blocker):
    """What loading printed."""
    printed = io.StringIO()
    with made_once(django_db_blocker):
        with making(django_db_blocker), pytest.MonkeyPatch.context() as patch:
            # The transaction around never ends well; what waits for that happens now.
            patch.setattr(transaction, "on_commit", lambda function, **kwargs: function())
            remove_the_empty_site()
            call_command("load_start_content", "--empty", stdout=printed)
        yield printed.getvalue()


@pytest.fixture
def empty_installation(db, installation):
    return installation


def test_an_empty_installation_has_words_and_pages_and_no_practices(client, empty_installation):
    assert Term.objects.count() > 100
    for model in (PracticePage, LessonPage, NewsPage):
        assert not model.objects.exists()
    for address in ("/", "/en/", "/praktijken/", "/over/", "/en/over/", "/privacy/", "/nieuws/",
                    "/zoeken/", "/vergelijken/", "/begrippen/", "/themas/", "/feeds/lessen.atom",
                    "/sitemap.xml", "/toegankelijkheid/",
                    "/vergelijken/situatie/?omgeving=city"):  # fmt: skip
        assert client.get(address).status_code == 200, address


def test_an_empty_installation_prints_one_login_that_works(client, empty_installation):
    (administrator,) = User.objects.all()
    (line,) = [line for line in empty_installation.splitlines() if "@" in line]
    password = line.split()[-1]

    assert administrator.is_superuser
    assert client.login(username=administrator.email, password=password)


def test_an_empty_installation_can_be_filled(client, empty_installation):
    lesson = LessonPageFactory(parent=PracticePageFactory())

    assert client.get(lesson.url).status_code == 200
    assert client.get(f"/les/{lesson.number}/")["Location"] == lesson.url
