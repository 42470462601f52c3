from django.core.management.base import BaseCommand

from config.preparation import prepare


class Command(BaseCommand):
    help = "Makes the site ready to be served: database, start content, static files. Repeatable."
    requires_system_checks = []  # `migrate` checks, when there is something to migrate.

    def add_arguments(self, parser):
        parser.add_argument("--empty", action="store_true", help="begin without example content")

    def handle(self, *, empty, **options):
        prepare(say=lambda what: self.stdout.write(f"==> {what}"), empty=empty)
