"""`manage.py verify_audit`: see docs/audit.md."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.models import FIRST, Entry


class Command(BaseCommand):
    help = "Verifies the hash chain of the audit trail, and names the first broken entry."

    def handle(self, **_: Any) -> None:
        number, previous = 0, FIRST
        for entry in Entry.objects.order_by("number").iterator():
            number += 1
            if entry.number != number:
                raise CommandError(f"entry {number} is missing: {entry.number} follows {number - 1}")
            if entry.previous_hash != previous:
                raise CommandError(f"entry {number} does not follow entry {number - 1}: one of the two was changed")
            if entry.hash != entry.expected_hash():
                raise CommandError(f"entry {number} was changed after it was written")
            previous = entry.hash
        self.stdout.write(f"{number} entries, unbroken; the last hash is {previous}")
