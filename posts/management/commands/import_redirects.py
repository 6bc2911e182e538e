"""`manage.py import_redirects`: redirects from a CSV."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from posts import redirect_files, redirecting


class Command(BaseCommand):
    help = "Imports redirects from a CSV file with the columns old, new and kind; after any error, none of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="do everything except writing")

    def handle(self, *, file: Path, dry_run: bool, **_: Any) -> None:
        try:
            lines = redirect_files.read(file.read_bytes())
        except (redirecting.RedirectError, OSError) as error:
            raise CommandError(str(error)) from error
        planned = redirecting.plan(lines) if dry_run else redirecting.apply(lines, whole=True)
        for outcome in planned.errors:
            self.stdout.write(f"{file}:{outcome.line.number}: {outcome.message}")
        counts = planned.counts
        self.stdout.write(
            f"{counts['created']} created, {counts['changed']} changed, {counts['unchanged']} unchanged,"
            f" {counts['error']} errors"
        )
        if planned.errors:
            raise CommandError("Nothing was written.")
