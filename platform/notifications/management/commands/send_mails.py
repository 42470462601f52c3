from django.core.management.base import BaseCommand

from notifications.outbox import forget_old, send_due


class Command(BaseCommand):
    help = "Sends the mails that wait. The timer runs it; a mail that fails is tried again later."

    def handle(self, **options):
        sent, failed = send_due()
        forget_old()
        self.stdout.write(f"{sent} sent, {failed} failed")
