from django.core.management.base import BaseCommand
from django.db import transaction

from reviewing.reminding import remind_reviewers


class Command(BaseCommand):
    help = "Reminds who reads along of what waits a week. The timer runs it; each page goes once."

    @transaction.atomic
    def handle(self, **options):
        self.stdout.write(f"{remind_reviewers()} reminded")
