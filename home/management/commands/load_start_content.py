from django.core.management.base import BaseCommand

from home.start_content.load import load


class Command(BaseCommand):
    help = "Adds the start content that is not there yet. Overwrites nothing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--empty", action="store_true", help="without practices, lessons and news"
        )

    def handle(self, *args, empty: bool, **options):
        accounts = load(empty=empty, tell=self.stdout.write)
        for account in accounts:
            # The only moment at which the password is readable.
            self.stdout.write(f"  {account.role:15} {account.email}  {account.password}")
