from django.core.management.base import BaseCommand
from django.db import connection

from files import reading, reading_lock
from files.models import DownloadText

# An import may write for minutes on end, and SQLite lets nobody else write meanwhile.
PATIENCE = 30 * 60 * 1000  # Milliseconds.


class Command(BaseCommand):
    help = (
        "Reads the words in downloads that wait for it, so that the search finds them. The site "
        "does so by itself after an upload."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="read the others anew as well")
        parser.add_argument("--lock", type=int, help="used by the site itself: the lock it took")

    def handle(self, *, all, lock, **options):
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        if all:
            reading.read_anew()
        total = reading.waiting().count()
        held = None if lock is None else reading_lock.inherited(lock)
        number = 0
        for number, download in enumerate(reading.read_waiting(held), start=1):
            text = DownloadText.objects.filter(download=download).first()
            # More may have come meanwhile.
            self.stdout.write(f"{number}/{max(number, total)} {download}: {text or 'gone'}")
            self.stdout.flush()
        if not number and total:
            self.stdout.write("Another process is reading them now.")
        elif not number:
            self.stdout.write("Nothing to read.")
