from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from lessons.transfer.columns import TransferError
from lessons.transfer.importing import LessonImport, Totals
from lessons.transfer.planning import Step
from lessons.transfer.reading import Source, format_of
from privacy.guard import Kind, look_at
from privacy.known import known_names
from records.noting import note

# A line as often as this where no terminal shows a bar.
ROWS_A_LINE = 1000
BAR_WIDTH = 40


class Command(BaseCommand):
    help = (
        "Brings lessons from a JSON Lines, CSV or XLSX file into the site. A lesson is known by "
        "its external_id, so the same file can be imported again. Reports each row as new, "
        "changed, same or error; nothing is imported when a row has an error, unless --skip-errors."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--practice", default="", metavar="SLUG", help="for rows that name no practice"
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="publish at once; without it a new lesson is a draft, and so is a change to a "
            "lesson that is public",
        )
        parser.add_argument(
            "--with-reason",
            default="",
            metavar="TEXT",
            help="with --publish: why what may show who a child is may stay online; it is logged",
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and change nothing")
        parser.add_argument(
            "--skip-errors", action="store_true", help="import the rows without an error"
        )

    def handle(self, *, file, practice, publish, dry_run, skip_errors, with_reason, **options):
        if look_at(with_reason, known_names()):
            raise CommandError("The reason itself may tell who a child is.")
        try:
            with file.open("rb") as opened:
                source = Source(opened, format_of(file.name))
                wanted = LessonImport(source, practice, publish, skip_errors, with_reason.strip())
                self._import(wanted, dry_run)
        except (OSError, TransferError) as error:
            raise CommandError(str(error)) from error

    def _import(self, wanted: LessonImport, dry_run: bool) -> None:
        totals = wanted.check(self._report)
        if wanted.source.unknown:
            self.stdout.write(f"Not read, unknown: {', '.join(sorted(wanted.source.unknown))}")
        if dry_run:
            self._total(totals, "Nothing was changed: this was a dry run.")
            return
        if totals.errors and not wanted.skip_errors:
            self._total(totals, "")
            raise CommandError(
                f"Nothing was imported: {totals.errors} of {totals.rows} rows have an error."
            )
        progress = Progress(totals.rows, self.stderr)
        done = wanted.apply(progress.step)
        note("lessons.imported", rows=done.rows, errors=done.errors)
        self._total(done, "Imported.")

    def _report(self, step: Step) -> None:
        kept = ", ".join(str(Kind(kind).label) for kind in step.kept_passages)
        warning = "stays a draft, has" if step.stays_draft else "look at it, may have"
        told = f"{step.title}  ({warning}: {kept})" if kept else step.title
        parts = [f"row {step.number}", str(step.state), step.external_id, step.reason or told]
        self.stdout.write("  ".join(part for part in parts if part))

    def _total(self, totals: Totals, end: str) -> None:
        counts = ", ".join(f"{count} {state}" for state, count in totals.counts.items())
        self.stdout.write(f"{totals.rows} rows: {counts}. {end}".rstrip())


class Progress:
    """How far it is: a bar in a terminal, else a line now and then."""

    def __init__(self, rows: int, stream) -> None:
        self._rows = rows
        self._done = 0
        self._stream = stream
        self._is_terminal = stream.isatty()

    def step(self, step: Step) -> None:
        self._done += 1
        if self._is_terminal:
            filled = BAR_WIDTH * self._done // self._rows
            bar = "#" * filled + "." * (BAR_WIDTH - filled)
            end = "\n" if self._done == self._rows else ""
            self._stream.write(f"\r[{bar}] {self._done} of {self._rows}", ending=end)
            self._stream.flush()
        elif self._done % ROWS_A_LINE == 0:
            self._stream.write(f"{self._done} of {self._rows} rows")
