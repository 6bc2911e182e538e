"""`manage.py purge_enquiries`: see docs/enquiries.md."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone as clock

from enquiries.models import Enquiry


class Command(BaseCommand):
    help = "Erases enquiries older than ENQUIRY_RETENTION_DAYS, including mails and webhooks not yet sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count them")

    def handle(self, *, dry_run: bool, **_: Any) -> None:
        outlived = Enquiry.objects.outlived(clock.now())
        if dry_run:
            self.stdout.write(f"{outlived.count()} would be erased")
        else:
            self.stdout.write(f"{outlived.erase()} erased")
