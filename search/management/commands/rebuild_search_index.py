import time

from django.core.management.base import BaseCommand

from search.index.copy import index_copy

# A line of progress after so many documents.
DOCUMENTS_PER_LINE = 5_000


class Command(BaseCommand):
    help = "Makes the search index anew from the database, while the site keeps answering."

    def handle(self, **options):
        begin = time.monotonic()
        self.told = 0
        number = index_copy().rebuild(self.tell)
        self.stdout.write(f"{number} documents in {time.monotonic() - begin:.1f} s")

    def tell(self, number):
        if number >= self.told + DOCUMENTS_PER_LINE:
            self.told = number
            self.stdout.write(f"{number} documents")
            self.stdout.flush()
