"""`manage.py export_markdown`: see docs/import.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.utils import OperationalError, ProgrammingError

from posts.exporting import UnsafePath, export
from posts.management.database_problem import database_problem


class Command(BaseCommand):
    help = "Writes every post, with its local images, to the file it came from or would be imported from."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="created if it does not exist")
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if anything would change")
        parser.add_argument("--live-only", action="store_true", help="only what readers see, as they see it")

    def handle(self, *, folder: Path, check: bool, live_only: bool, verbosity: int, **_: Any) -> None:
        try:
            report = export(folder, live_only=live_only, check=check)
        except (OSError, UnsafePath) as error:
            raise CommandError(f"{folder}: cannot be written: {error}", returncode=2) from None
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(database_problem(error), returncode=2) from None
        if verbosity:
            self.stdout.write("\n".join(report.lines()))
        if check and report.changed:
            raise SystemExit(1)
