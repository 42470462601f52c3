from django.core.management.base import BaseCommand

from feedback.forgetting import forget_settled
from feedback.models import KEPT_AFTER_SETTLING


class Command(BaseCommand):
    help = f"Throws away reports that were settled more than {KEPT_AFTER_SETTLING.days} days ago."

    def handle(self, **options):
        self.stdout.write(f"{forget_settled()} reports deleted")
