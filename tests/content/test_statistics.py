import pytest
from django.db import connection

from content.statistics import refresh_statistics


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_sqlite_knows_how_much_there_is_of_what(lesson):
    refresh_statistics()

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        counted = {table for (table,) in cursor.fetchall()}
    assert "lessons_lessonpage" in counted or "content_contentpage" in counted
