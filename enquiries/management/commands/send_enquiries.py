"""`manage.py send_enquiries`: see docs/enquiries.md."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone as clock

from enquiries import delivery
from enquiries.models import Delivery


class Command(BaseCommand):
    help = "Sends mails and webhooks of enquiries that are due. Run it every few minutes."

    def handle(self, **_: Any) -> None:
        outcome = delivery.send(Delivery.objects.all(), clock.now())
        self.stdout.write(f"{outcome.sent} sent, {outcome.failed} will be retried")
        if outcome.failed:
            raise SystemExit(1)
