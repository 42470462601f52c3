from django.core.management.base import BaseCommand

from records.keeping import KEPT_DAYS, purge_log


class Command(BaseCommand):
    help = f"Throws away what the log says of more than {KEPT_DAYS} days ago."

    def handle(self, **options):
        self.stdout.write(f"{purge_log()} entries deleted")
