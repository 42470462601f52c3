"""What the database knows of its own tables."""

from django.db import connection


def refresh_statistics() -> None:
    """Let SQLite count its tables, so that it takes the shortest way through them.

    Without the counts it reads every lesson to find a handful of practices. PostgreSQL counts by
    itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
