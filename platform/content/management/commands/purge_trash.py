from django.core.management.base import BaseCommand

from content.models import Trashed
from content.trash import KEPT_DAYS, purge


class Command(BaseCommand):
    help = (
        f"Deletes for good what has lain in the trash for {KEPT_DAYS} days, and says what. "
        "Files stay."
    )

    def handle(self, **options):
        things = pages = 0
        for trashed, number in purge():
            # Without its title: this goes to a log of the system.
            kind = trashed.page.page_type_display_name
            self.stdout.write(
                f"page {trashed.page_id}, {kind}, in the trash since {trashed.at:%Y-%m-%d}: "
                f"{number} pages deleted"
            )
            things, pages = things + 1, pages + number
        left = Trashed.objects.count()
        self.stdout.write(f"{things} things deleted, {pages} pages; {left} things left.")
