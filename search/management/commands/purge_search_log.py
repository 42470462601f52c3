from django.core.management.base import BaseCommand

from search.question_log import KEPT_DAYS, purge


class Command(BaseCommand):
    help = f"Throws away what people asked the search more than {KEPT_DAYS} days ago."

    def handle(self, **options):
        self.stdout.write(f"{purge()} rows deleted")
