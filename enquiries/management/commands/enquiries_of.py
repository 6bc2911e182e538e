"""`manage.py enquiries_of`: see docs/enquiries.md."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from enquiries import subjects
from enquiries.models import Enquiry


class Command(BaseCommand):
    help = "Counts, exports or erases all enquiries of one person, found by e-mail address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--export", type=Path, metavar="FILE", help="write a copy as JSON; FILE must not exist yet")
        what.add_argument("--erase", action="store_true", help="delete them permanently")

    def handle(self, *, email: str, export: Path | None, erase: bool, **_: Any) -> None:
        enquiries = Enquiry.objects.of(email)
        if erase:
            self.stdout.write(f"{enquiries.erase()} erased")
            return
        if export:
            self._write(export, subjects.copy(enquiries))
            enquiries.record("exported")
        self.stdout.write(f"{enquiries.count()} found")

    def _write(self, file: Path, text: str) -> None:
        """Readable by its owner alone, from the first byte on."""
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
                handle.write(text)
        except OSError as error:
            raise CommandError(f"{file}: cannot be written: {error.strerror}", returncode=2) from None
