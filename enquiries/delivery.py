"""Sending what waits in the outbox. An attempt that fails is written down and due again later."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone as clock

from enquiries import mail, webhook
from enquiries.errors import DeliveryError
from enquiries.models import Delivery, DeliveryQuerySet

logger = logging.getLogger(__name__)
SENDERS = {Delivery.Channel.MAIL.value: mail.send, Delivery.Channel.WEBHOOK.value: webhook.send}


@dataclass(slots=True)
class Outcome:
    """How many deliveries arrived, and how many are due again later."""

    sent: int = 0
    failed: int = 0


def send(deliveries: DeliveryQuerySet, at: datetime) -> Outcome:
    """Tries each of these that is due at that moment once. Any number of workers may do so at a time.

    To be called outside any transaction: a claim must be seen by others before the sending begins.
    """
    outcome = Outcome()
    while delivery := deliveries.claim(at):
        if _arrives(delivery):
            outcome.sent += 1
        else:
            outcome.failed += 1
    return outcome


def _arrives(delivery: Delivery) -> bool:
    try:
        SENDERS[delivery.channel](delivery.enquiry)
    except DeliveryError as error:
        # What a server answers may repeat what a person wrote: it is kept beside the enquiry, and out of the log.
        logger.warning("delivery %d (%s) failed, attempt %d", delivery.pk, delivery.channel, delivery.attempts)
        delivery.failed(str(error), clock.now())
        return False
    delivery.succeeded(clock.now())
    return True
