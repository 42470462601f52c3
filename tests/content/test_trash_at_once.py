"""Several people at the trash at once: nobody breaks the tree, and who comes second is told."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from wagtail.models import Page

from content.models import ContentPage, Trashed
from content.trash import NotThereError, put_in_trash, restore
from lessons.models import LessonPage
from tests.factories import LessonPageFactory, PracticePageFactory, make_site


def all_at_once(works) -> list:
    """What each of these gave or raised, all begun in the same moment."""
    start, results = Barrier(len(works)), [None] * len(works)

    def run(number, work):
        start.wait()
        try:
            results[number] = work()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time"
)
def test_several_people_throw_away_and_bring_back_at_once():
    make_site()
    practice = PracticePageFactory()
    lessons = [LessonPageFactory(parent=practice, title=f"Les {number}") for number in range(3)]

    thrown = all_at_once(
        [lambda one=one: put_in_trash(one, by=None) for one in [*lessons, lessons[0]]]
    )

    assert sum(isinstance(result, NotThereError) for result in thrown) == 1
    assert sum(isinstance(result, Trashed) for result in thrown) == len(lessons)
    assert ContentPage.objects.filter(depth=1).count() == 1
    assert Page.find_problems() == ([], [], [], [], [])

    rows = list(Trashed.objects.all())
    back = all_at_once([lambda one=one: restore(one, by=None) for one in [*rows, rows[0]]])

    assert sum(isinstance(result, NotThereError) for result in back) == 1
    assert LessonPage.objects.outside_trash().count() == len(lessons)
    assert Page.find_problems() == ([], [], [], [], [])
