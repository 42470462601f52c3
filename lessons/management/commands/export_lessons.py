import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from lessons.models import LessonPage
from lessons.transfer.columns import FileFormat, RowError, TransferError
from lessons.transfer.exporting import exported
from lessons.transfer.known import Places
from lessons.transfer.writing import write
from records.noting import note


class Command(BaseCommand):
    help = (
        "Writes the lessons to standard output or to a file, as import_lessons reads them back "
        "without a change: every lesson that the project leader sees on the site, so all that are "
        "published, also those for one practice only. Drafts are not among them."
    )

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=FileFormat.values, default=FileFormat.JSONL)
        parser.add_argument("--practice", metavar="SLUG", help="only the lessons of this practice")
        parser.add_argument("--output", type=Path, metavar="FILE", help="not to standard output")

    def handle(self, *, practice, output, **options):
        file_format = FileFormat(options["format"])
        try:
            lessons = self._lessons(practice)
            if output is not None:
                with output.open("wb") as file:
                    count = self._write(lessons, file, file_format)
                self.stderr.write(f"{count} lessons in {output}")
            elif hasattr(self.stdout, "buffer"):
                self._write(lessons, self.stdout.buffer, file_format)
            else:
                self._write_as_text(lessons, file_format)
        except (OSError, RowError, TransferError) as error:
            raise CommandError(str(error)) from error

    def _lessons(self, practice: str | None):
        lessons = LessonPage.objects.all()
        return lessons.of_practice(Places()[practice].practice_key) if practice else lessons

    def _write(self, lessons, file, file_format: FileFormat) -> int:
        # Who has the machine sees what the project leader sees; this account is nowhere kept.
        count = write(exported(lessons, User(is_superuser=True)), file, file_format)
        note("records.exported", what="lessons", format=str(file_format), rows=count)
        return count

    def _write_as_text(self, lessons, file_format: FileFormat) -> None:
        """To an output that takes text only, such as that of `call_command`."""
        if file_format == FileFormat.XLSX:
            raise CommandError("An Excel file is no text: choose a file with --output.")
        with tempfile.TemporaryFile() as file:
            self._write(lessons, file, file_format)
            file.seek(0)
            for line in file:
                self.stdout.write(line.decode(), ending="")
