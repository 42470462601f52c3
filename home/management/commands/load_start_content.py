from django.core.management import call_command
from django.core.management.base import BaseCommand
from wagtail.signal_handlers import disable_reference_index_auto_update

from content.statistics import refresh_statistics
from home.start_content.load import load


class Command(BaseCommand):
    help = "Adds the start content that is not there yet. Overwrites nothing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--empty", action="store_true", help="without practices, lessons and news"
        )

    def handle(self, *args, empty: bool, **options):
        # A page is saved several times on its way; what refers to what is noted once, at the end.
        with disable_reference_index_auto_update():
            accounts = load(empty=empty, tell=self.stdout.write)
        call_command("rebuild_references_index", verbosity=0)
        refresh_statistics()
        for account in accounts:
            # The only moment at which the password is readable.
            self.stdout.write(f"  {account.role:15} {account.email}  {account.password}")
            if account.key:
                codes = ", ".join(account.codes)
                self.stdout.write(f"  {'':15} second step: key {account.key}, or once: {codes}")
