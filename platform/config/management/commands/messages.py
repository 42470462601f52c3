from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Collects the texts to translate into locale/ and compiles the translations."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="Only say what is missing or out of date."
        )

    def handle(self, *, check, **options):
        # Babel is only there for developers.
        from config.translations import translations

        complaints = []
        for translation in translations():
            if not check:
                translation.write()
            complaints += translation.complaints()
        for complaint in complaints:
            self.stderr.write(complaint)
        if complaints and check:
            raise CommandError(f"{len(complaints)} faults in the translations.")
